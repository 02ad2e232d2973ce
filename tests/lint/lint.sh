#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2046 # no file of the project has a blank in its name
# Rules of the house that a compiler cannot see. Run from the project's top; prints "ok NAME" or "not ok NAME" with the
# places, and fails when any rule is broken.
set -u
failed=0

# report NAME PLACES: one line for the rule, the places below it.
report()
{
    if [ -z "$2" ]; then
        echo "ok lint $1"
    else
        echo "not ok lint $1"
        printf '%s\n' "$2" | sed 's/^/    /'
        failed=1
    fi
}

sources() { find $(ls -d engine models tests 2> /dev/null) -name '*.[ch]' | sort; }
program() { find $(ls -d engine models 2> /dev/null) -name '*.[ch]' ! -path 'engine/embed/*' | sort; }

# What each layer may include (besides itself).
layers()
{
    awk '
    BEGIN {
        may["base"] = ""; may["numeric"] = "base"; may["data"] = "base"; may["plan"] = "base data"
        may["sim"] = "base numeric data plan"; may["models"] = "base numeric data sim"
        may["store"] = "base data plan sim"; may["study"] = "base numeric data plan sim"; may["render"] = "base"
        may["app"] = "base numeric data plan sim store study render"; may["main"] = "app models"
    }
    FNR == 1 {
        n = split(FILENAME, part, "/")
        layer = part[1] == "models" ? "models" : n == 2 ? "main" : part[2]
    }
    /^#include "/ {
        split($2, quoted, "\""); m = split(quoted[2], target, "/")
        if (m < 2) next
        if (target[1] != layer && index(" " may[layer] " ", " " target[1] " ") == 0)
            print FILENAME ":" FNR ": " layer " may not include " quoted[2]
    }' $(program)
}

banned()
{
    grep -nE '(^|[^a-zA-Z0-9_>.])(strcpy|strcat|sprintf|atoi|atof|atol|strtok|gets|system|popen|tmpnam|rand|srand|setlocale|strtol|strtoul)[[:space:]]*\(' \
        $(program) | grep -v '^[^:]*:[0-9]*: \*' || true
    grep -nE '(^|[^a-zA-Z0-9_])strtod[[:space:]]*\(' $(program) | grep -v '^engine/base/parse.c' || true
}

# Results go to stdout in app and render only.
printing()
{
    grep -nE '(^|[^a-zA-Z0-9_])(printf|puts|putchar)[[:space:]]*\(' $(program) |
        grep -vE '^engine/(app|render)/|format\(printf' || true
}

spdx()
{
    for f in $(sources) $(find tests engine -name '*.sh' | sort); do
        head -2 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$f: no SPDX line"
    done
}

long_files()
{
    for f in $(program); do
        n=$(wc -l < "$f")
        [ "$n" -le 500 ] || echo "$f: $n lines; look for the second idea"
    done
}

# A function fits a screen; twice that is two functions.
long_functions()
{
    awk 'FNR == 1 { start = 0 } /^{/ { start = FNR }
        /^}/ { if (start && FNR - start - 1 > 80) print FILENAME ":" start ": a function of " FNR - start - 1 " lines"
            start = 0 }' $(program)
}

unfinished()
{
    grep -nE '(TO''DO|FIX''ME|HA''CK|not impl''emented)' $(sources) || true
}

line_comments()
{
    grep -nE '^[[:space:]]*//' $(sources) || true
}

# A shared library calls a function of ours that has the name of its own.
library_names()
{
    grep -nE '^[a-z].*[ *](workbook|worksheet|chartsheet|format|lxw|cmark)_[a-z_]*\(' \
        $(find engine models -name '*.h') || true
}

sql_used()
{
    for f in engine/store/sql/*.sql; do
        [ -e "$f" ] || continue
        name=$(basename "$f" .sql)
        grep -rqE "\"${name}\"|${name}\\.sql|[(]${name}[,)]" engine --include='*.c' --include='*.h' --include='*.def' ||
            echo "$f: no code names it"
    done
}

text_in_code()
{
    # sandbox.c fills tables whose columns are known when it runs; sql.c writes SQL for others and runs none.
    grep -nE '"[^"]*(SELECT [a-z*]|INSERT INTO|DELETE FROM|CREATE TABLE|UPDATE [a-z]+ SET)' $(program) |
        grep -vE '^engine/(app/cmd_|store/sandbox\.c|render/sql\.c)' || true
    grep -nE '"[^"]*</?(div|p|table|html|body|td|th|li|ul|h[1-6])[ >]' $(program) || true
    grep -nE '"[^"]*(set terminal|set output|plot [^"]*using)' $(program) || true
}

gnuplot_safe()
{
    for f in reports/charts/*.gp; do
        [ -e "$f" ] || continue
        grep -nE '(^|[^a-z])eval[^a-z]|`|(^|[^a-z])system\(' "$f" | sed "s|^|$f:|" || true
    done
}

header_comments()
{
    for f in $(find $(ls -d engine models 2> /dev/null) -name '*.h' | sort); do
        grep -q '^ \* Ownership' "$f" || echo "$f: no opening comment that says who owns what"
    done
}

# Every function of a header stands below a comment, alone or in a block with others; what a name says is enough for
# x_free, x_name and x_words.
declarations_explained()
{
    awk '
    FNR == 1 { covered = 0; inside = 0; depth = 0 }
    /^#/ { next }
    /^[ \t]*$/ { covered = 0; next }
    inside { if (/\*\//) { inside = 0; covered = 1 } next }
    /^\/\*/ { if (/\*\//) covered = 1; else inside = 1; next }
    depth > 0 { depth += gsub(/{/, "{") - gsub(/}/, "}"); next }
    /{/ { depth += gsub(/{/, "{") - gsub(/}/, "}"); if (depth > 0) next }
    /^[a-z].*[a-z0-9_]\(/ && !/^(typedef|extern)/ && !/_(free|name|words)\(/ && !/\/\*/ && !covered {
        print FILENAME ":" FNR ": no comment says what it does"
    }' $(find $(ls -d engine models 2> /dev/null) -name '*.h' | sort)
}

module_tested()
{
    for f in $(find engine/base engine/numeric engine/data engine/plan engine/sim engine/study engine/render -name '*.c' | sort); do
        name=$(basename "$f" .c)
        header="${f%.c}.h"
        [ -e "$header" ] || continue
        head -6 "$header" | grep -qi 'internal to' && continue # tested through the module that it is part of
        grep -rlqE "include \"[a-z]+/$name\\.h\"" tests --include='*.[ch]' || echo "$f: no test includes $name.h"
    done
}

report layers "$(layers)"
report banned-calls "$(banned)"
report printing "$(printing)"
report spdx "$(spdx)"
report long-files "$(long_files)"
report long-functions "$(long_functions)"
report unfinished "$(unfinished)"
report line-comments "$(line_comments)"
report library-names "$(library_names)"
report sql-used "$(sql_used)"
report text-in-code "$(text_in_code)"
report gnuplot-safe "$(gnuplot_safe)"
report header-comments "$(header_comments)"
report declarations-explained "$(declarations_explained)"
report module-tested "$(module_tested)"
if command -v clang-format > /dev/null 2>&1; then
    report format "$(clang-format --dry-run -Werror $(sources) 2>&1 | grep -E 'error:' | cut -d: -f1 | sort -u)"
fi
if command -v shellcheck > /dev/null 2>&1; then
    report shellcheck "$(find tests .ci \( -name '*.sh' -o -path '.ci/run' \) -exec shellcheck -S warning {} + 2>&1)"
fi
if command -v cppcheck > /dev/null 2>&1; then
    # internalAstError: it cannot read a compound literal after a question mark.
    report cppcheck "$(cppcheck --quiet --enable=warning,performance,portability --inline-suppr --std=c11 -Iengine -I. \
        --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches --suppress=internalAstError \
        $(ls -d engine models 2> /dev/null) 2>&1 | grep -E '^(engine|models)/' || true)"
fi
exit $failed
