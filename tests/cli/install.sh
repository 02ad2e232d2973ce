# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=sh
# make install and uninstall, into a folder of their own.
. "$TOP/tests/cli/lib.sh"

case $TURNCURVE in
*/build/release/*) ;;
*)
    skipped install "only the release build is installed"
    exit 0
    ;;
esac
root=$PWD/root
expect "install" make -s -C "$TOP" install DESTDIR="$root" PREFIX=/usr
expect "install: the program runs" "$root/usr/bin/turncurve" --version
for command in $(commands); do
    expect "install: page of $command" test -s "$root/usr/share/man/man1/turncurve-$command.1"
done
expect "install: page of the program" test -s "$root/usr/share/man/man1/turncurve.1"
expect "install: bash completion" test -s "$root/usr/share/bash-completion/completions/turncurve"
expect "install: zsh completion" test -s "$root/usr/share/zsh/site-functions/_turncurve"
# Pressed as a person does, the first time too: the file is read only then.
expect "install: bash completes" test "$(bash -c '. "$1"
    COMP_WORDS=(turncurve forecast --scen) COMP_CWORD=2
    _turncurve
    echo "${COMPREPLY[0]}"' bash "$root/usr/share/bash-completion/completions/turncurve")" = --scenario
if command -v zsh > /dev/null; then
    timeout 60 zsh -f "$TOP/tests/cli/completion.zsh" "$root/usr/share/zsh/site-functions" > said
    expect_text "install: zsh completes a command" said command
    expect_text "install: zsh completes an option" said option
    rm -f "$root/usr/share/zsh/site-functions/dump"
else
    skipped "install: zsh completes" "zsh is not installed"
fi
for page in README getting-started data-dictionary cookbook; do
    expect "install: the manual's $page" test -s "$root/usr/share/doc/turncurve/$page.md"
done
expect "install: examples" test -s "$root/usr/share/doc/turncurve/examples/budget.csv"
expect "install: schemas of --json" test -s "$root/usr/share/doc/turncurve/json/forecast.schema.json"
expect "install: readable by all" test -z "$(find "$root" -type f ! -perm -444)"
expect "uninstall" make -s -C "$TOP" uninstall DESTDIR="$root" PREFIX=/usr
expect "uninstall: nothing is left" test -z "$(find "$root" -type f)"
