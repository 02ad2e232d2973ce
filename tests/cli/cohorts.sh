# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# Children to act on: counted for everybody, named only when asked.
. "$TOP/tests/cli/lib.sh"

cat > plan.csv <<'END'
plan,action_ref,action,due
oak,1,Review placements,31/03/12
END
run import --plan-date 2012-08-01 plan.csv
run plan
expect_status "cohorts: a plan without returns" 0
expect "cohorts: none without returns" test ! -e out/plan/cohorts.csv
run plan --show-children
expect_status "cohorts: nobody to name without returns" 66
run synth --children 150 --years 4 --seed 5 --out returns
run import --la Oakshire returns
expect_status "cohorts: import of returns" 0
run plan
expect_status "cohorts: with returns" 0
expect_text "cohorts: on the screen" stdout "Placed with parents for over 18 months"
head -1 out/plan/cohorts.csv > header
echo 'la,cohort,locality,children,nights_a_year,gbp_a_year' > header.wanted
expect_same "cohorts: columns" header.wanted header
expect "cohorts: nights are a year's of each child" \
    awk -F, 'NR > 1 && $5 != 365 * $4 { bad = 1 } END { exit bad || NR != 5 }' out/plan/cohorts.csv
expect "cohorts: a count of 1 to 5 is not on the screen" \
    sh -c 'grep -q "^Oakshire .* 1 to 5  " stdout && ! grep -qE "^Oakshire  *[0-9-]+  *[1-5]  " stdout'
expect "cohorts: no list unless asked for" test ! -e out/plan/children.csv

run plan --show-children
expect_status "cohorts: with names" 0
expect_text "cohorts: a warning" stderr "names children"
expect "cohorts: the list is private" test "$(stat -c %a out/plan/children.csv)" = 600
expect "cohorts: as many names as children" sh -c '
    test "$(awk -F, "NR > 1 && \$3 == \"all\" { n += \$4 } END { print n }" out/plan/cohorts.csv)" = \
        "$(tail -n +2 out/plan/children.csv | wc -l)"'
tail -n +2 out/plan/children.csv | cut -d, -f4 | sort -u > names
expect "cohorts: there are names" test -s names
expect "cohorts: of children in the last return" sh -c '
    cut -d, -f1 returns/*/episodes.csv | sort -u > filed && test -z "$(comm -23 names filed)"'
expect "cohorts: nowhere else" sh -c '! grep -qFf names stdout stderr out/plan/cohorts.csv out/plan/plan.csv'
run plan
expect "cohorts: the next run takes the list away" test ! -e out/plan/children.csv

# two authorities: it must be said which
run import --la Elmshire returns
run plan
expect "cohorts: none when it is not clear whose" test ! -e out/plan/cohorts.csv
run plan --la Elmshire
expect_text "cohorts: of the one that is named" out/plan/cohorts.csv "Elmshire,parents_18_months"
run plan --la all
expect "cohorts: of both" sh -c 'cut -d, -f1 out/plan/cohorts.csv | sort -u | grep -c shire | grep -qx 2'
run plan --la Oakshire --as-of 2024-01-31
expect_text "cohorts: on an earlier day" stdout "Oakshire   2024-01-31"
