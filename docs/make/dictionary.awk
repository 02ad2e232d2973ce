# SPDX-License-Identifier: GPL-3.0-or-later
# The data dictionary in Markdown, from the table `turncurve export dictionary` (part, table, name, type, words, more).
# Run with lib.awk before it.

function cell(s) {
    sub(/^'/, "", s) # the guard of a text that begins like a formula
    gsub(/\\/, "\\\\", s); gsub(/\|/, "\\|", s); gsub(/</, "\\&lt;", s)
    return s
}
function code(s) { return s == "" ? "" : "`" s "`" }
function heading(part) {
    if (part == "returns") say("The return (SSDA903)", "As filed, one CSV file a table. Files are known by their columns; order and capitals do not matter.")
    if (part == "inputs") say("Other files that can be imported", "Published files as their publishers name their columns; the council's own with words. Make those in a spreadsheet and save them as CSV.")
    if (part == "views") say("What is stored: tables for `query` and `export`", "Children are numbers that say nothing outside the database. What is private is given only with `--show-children`.")
    if (part == "outputs") say("What commands write", "One folder a command, `out/COMMAND/`. The name in brackets is that of the table in `query` and `export`.")
    if (part == "codes") say("Codes and names", "Codes of the return with the group that they count in, and the names that scenarios, prices and results use.")
    if (part == "rules") say("Rules of data quality", "What `turncurve check` looks for. The number in brackets is the Department for Education's.")
    if (part == "parameters") say("Parameters", "Every number that a scenario can set under `params`, with its default and range.")
}
function say(title, words) { printf "\n## %s\n\n%s\n", title, words }
function columns(a, b, c, d) { printf "\n| %s | %s | %s | %s |\n| --- | --- | --- | --- |\n", a, b, c, d }

BEGIN {
    print "# Data dictionary"
    print ""
    print "Everything that has a name: what the program reads, stores, writes and knows. This page is made by `make docs` from"
    print "the tables by which the program works; `turncurve export dictionary` gives the same as CSV, JSON or SQL."
}
NR == 1 { next }
{
    if (split_csv($0, c) != 6) { print "a row of the dictionary has not six cells: " $0 > "/dev/stderr"; exit 1 }
    for (i = 1; i <= 6; i++) c[i] = cell(c[i])
    if (open_list && (c[1] != "inputs" || c[3] == "" || c[5] != "")) { print "."; open_list = 0 }
    if (c[1] != part) { part = c[1]; table = ""; heading(part) }
    if (part == "rules") {
        if (!rules++) columns("Rule", "Severity", "What is wrong", "What to do")
        printf "| %s | %s | %s | %s |\n", c[3] (c[4] == "" ? "" : " (" c[4] ")"), c[2], c[5], c[6]
    } else if (part == "codes") {
        if (c[2] != table) { printf "\n### %s\n", c[2]; columns("Code", "Group", "Words", "In use") }
        printf "| %s | %s | %s | %s |\n", code(c[3]), c[4], c[5], c[6]
    } else if (c[3] == "") {
        note = ""
        if (part == "outputs") note = c[6] == "" ? "" : " (" code(c[6]) ")"
        else if (part == "views") note = c[6] == "" ? "" : " (" c[6] ")"
        printf "\n### %s\n\n%s%s.\n", code(c[2]), toupper(substr(c[5], 1, 1)) substr(c[5], 2), note
        if (part == "parameters" && c[6] != "") printf "Sources: %s\n", c[6]
        wanted = 1
    } else if (part == "inputs" && c[5] == "") { # a published file: its publisher says what a column holds
        printf "%s%s%s", c[2] != table || wanted ? "\nColumns: " : ", ", code(c[3]), c[6] == "needed" ? " (needed)" : ""
        wanted = 0
        open_list = 1
    } else {
        if (c[2] != table && !wanted) printf "\n### %s\n", c[2]
        if (c[2] != table || wanted) {
            if (part == "parameters") columns("Name", "Unit", "Default (range)", "What it is")
            else columns("Column", "Type", "What it holds", "Note")
            wanted = 0
        }
        if (part == "parameters") printf "| %s | %s | %s | %s |\n", code(c[3]), c[4], c[6], c[5]
        else printf "| %s | %s | %s | %s |\n", code(c[3]), c[4], c[5], c[6]
    }
    table = c[2]
}
