# SPDX-License-Identifier: GPL-3.0-or-later
# What an interactive zsh makes of "turncurve fore<TAB>--scen<TAB>": completion.zsh FOLDER, where _turncurve lies. Says what it
# completed; waits for ever where it does not.
zmodload zsh/zpty
zpty shell "TERM=dumb zsh -f -i"
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -d $1/dump; print is-ready"
zpty -r -m shell said '*is-ready*is-ready*'
zpty -w -n shell $'turncurve fore\t'
zpty -r -m shell said '*turncurve fore*cast *'
print command
zpty -w -n shell $'--scen\t'
zpty -r -m shell said '*--scen*ario*'
print option
