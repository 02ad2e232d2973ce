# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# What is written: modes, whole folders, the same bytes wherever and however it runs.
. "$TOP/tests/cli/lib.sh"

# Everything is 0600 (folders 0700), whatever the umask.
umask 000
run synth --children 80 --years 3 --seed 5 --out returns
run import --la Northtown returns
expect_status "outputs: import" 0
run check
run history
run forecast --runs 40 --months 24 --scenario baseline --scenario worst
expect_status "outputs: forecast" 0
expect "outputs: files are readable by their owner alone" test -z "$(find returns out turncurve.db -type f ! -perm 0600)"
expect "outputs: folders are closed to others" test -z "$(find returns out -mindepth 1 -type d ! -perm 0700)"
umask 022
expect "outputs: nothing unfinished is left" test -z "$(find . -name '*.new-*' -o -name '*-journal')"

# Another folder, time zone, locale, number of threads: the same bytes, but for the command line and run time.
alike() { sed -i -E -e '/"(command_line|seconds|threads)"/d' -e 's/ --threads [0-9]+//g' "$1/manifest.json" "$1/index.html"; }
mkdir -p "another folder"
cp turncurve.db "another folder"
run forecast --runs 40 --months 24 --scenario baseline --scenario worst --threads 1 --out one
(cd "another folder" && LC_ALL=de_DE.UTF-8 LANG=de_DE.UTF-8 TZ=Asia/Kolkata run forecast --runs 40 --months 24 \
    --scenario baseline --scenario worst --threads 4 --out one)
alike one
alike "another folder/one"
expect_same "outputs: forecast is the same with 1 and 4 threads, elsewhere" one "another folder/one"
run history --out first
(cd "another folder" && LC_ALL=tr_TR.UTF-8 TZ=America/New_York run history --out first)
alike first
alike "another folder/first"
expect_same "outputs: history is the same elsewhere" first "another folder/first"
run synth --children 80 --years 3 --seed 5 --out again
expect_same "outputs: synth is the same again" returns again
run synth --children 80 --years 3 --seed 6 --out again
expect "outputs: another seed gives another authority" test -n "$(diff -r returns again)"

# An earlier result gives way only to a whole new one.
cp -r out/forecast before
run forecast --model nonsense
expect_status "outputs: an unknown model" 64
expect_same "outputs: a failed run leaves the old folder" before out/forecast

# Text files end their lines with LF and decimals have a dot.
expect "outputs: no CR in CSV" test -z "$(grep -rl "$(printf '\r')" out --include='*.csv')"
expect "outputs: JSON is read by others" sh -c 'for f in $(find out -name "*.json"); do
    sqlite3 :memory: "select json_valid(readfile('"'"'$f'"'"'))" | grep -qx 1 || exit 1; done'
expect "outputs: charts are XML" sh -c 'find out -name "*.svg" -exec xmllint --noout {} +'
expect "outputs: no identifier of a child in charts, pages and manifests" sh -c '
    cut -d, -f1 $(find returns -name header.csv) | sort -u | grep -vi child | awk "length > 5" > ids
    test -s ids && ! grep -rwFlf ids out/forecast out/history --include="*.svg" --include="*.html" --include="*.json"'
