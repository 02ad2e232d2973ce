#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Debian package: deb.sh PACKAGE.deb. lintian finds no error; it unpacks to a program that runs with its pages and completion;
# as root it is installed for real, used and removed, unless a turncurve is installed already.
set -u
package=$1
failed=0
report() { if [ "$2" -eq 0 ]; then echo "ok deb $1"; else echo "not ok deb $1"; failed=1; fi; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

if command -v lintian > /dev/null 2>&1; then
    lintian --allow-root --fail-on error "$package" > "$work/lintian" 2>&1
    report "lintian finds no error" $?
    grep -v '^N:' "$work/lintian" | sed 's/^/    /'
else
    echo "skipped deb lintian: it is not installed"
fi
dpkg-deb -x "$package" "$work/root"
"$work/root/usr/bin/turncurve" --version > "$work/version"
report "the program runs" $?
for file in usr/share/man/man1/turncurve.1.gz usr/share/man/man1/turncurve-forecast.1.gz usr/share/man/man1/turncurve-query.1.gz \
    usr/share/bash-completion/completions/turncurve usr/share/zsh/vendor-completions/_turncurve usr/share/doc/turncurve/copyright \
    usr/share/doc/turncurve/changelog.Debian.gz usr/share/doc/turncurve/getting-started.md usr/share/doc/turncurve/examples/budget.csv; do
    test -s "$work/root/$file"
    report "has $file" $?
done
bash -n "$work/root/usr/share/bash-completion/completions/turncurve"
report "bash reads its completion" $?
dpkg-deb -f "$package" Depends > "$work/depends"
for library in libgsl libsqlite3 libyaml libjansson libsodium libxlsxwriter libcmark libcsv libglpk libgomp gnuplot fonts-dejavu; do
    grep -q "$library" "$work/depends"
    report "depends on $library" $?
done

if [ "$(id -u)" != 0 ]; then
    echo "skipped deb installing: only as root"
elif dpkg-query -W turncurve > /dev/null 2>&1; then
    echo "skipped deb installing: a turncurve is installed"
else
    dpkg -i "$package" > "$work/said" 2>&1
    report "installs with what it needs" $?
    /usr/bin/turncurve --version > /dev/null
    report "is found" $?
    (cd "$work" && /usr/bin/turncurve demo --children 60 --years 3 --runs 20 --quiet > said 2>&1)
    report "the demo runs" $?
    man turncurve-forecast > /dev/null 2>&1
    report "its manual page is found" $?
    dpkg -r turncurve > "$work/said" 2>&1
    report "is removed" $?
    test ! -e /usr/bin/turncurve && test ! -e /usr/share/doc/turncurve
    report "nothing is left" $?
fi
exit $failed
