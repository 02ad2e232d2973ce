/* SPDX-License-Identifier: GPL-3.0-or-later
 * One bash function with a case per command; zsh runs the same function through its bashcompinit, so that the
 * two cannot differ. Option names and command names hold no character that a shell reads. */
#include "app/completion.h"

#include <string.h>

#include "app/options.h"

static bool put_words(struct text *text, const struct command *command, struct err *err)
{
    for (size_t i = 0; i < options_n_specs(command); i++) {
        const struct option_spec *spec = options_spec(command, i);
        if (!text_format(text, err, "%s--%s", i == 0 ? "" : " ", spec->name) ||
            (spec->letter != 0 && !text_format(text, err, " -%c", spec->letter)))
            return false;
    }
    return true;
}

static bool put_commands(struct text *text, struct err *err)
{
    for (size_t i = 0; i < n_commands; i++)
        if (!text_format(text, err, "%s%s", i == 0 ? "" : " ", commands[i]->name))
            return false;
    return true;
}

static bool put_function(struct text *text, const struct command *program, struct err *err)
{
    bool ok =
        text_append_c(text,
                      "_turncurve()\n"
                      "{\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} name='' options i\n"
                      "    local commands='",
                      err) &&
        put_commands(text, err) &&
        text_append_c(text,
                      "'\n"
                      "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                      "        case \" $commands \" in *\" ${COMP_WORDS[i]} \"*) name=${COMP_WORDS[i]}; "
                      "break ;; esac\n"
                      "    done\n"
                      "    case $name in\n",
                      err);
    for (size_t i = 0; ok && i < n_commands; i++)
        ok = text_format(text, err, "    %s) options='", commands[i]->name) &&
             put_words(text, commands[i], err) && text_append_c(text, "' ;;\n", err);
    return ok && text_append_c(text, "    *) options='", err) && put_words(text, program, err) &&
           text_append_c(text,
                         "' ;;\n"
                         "    esac\n"
                         "    if [[ $word == -* ]]; then\n"
                         "        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                         "    elif [[ -z $name ]]; then\n"
                         "        COMPREPLY=($(compgen -W \"$commands\" -- \"$word\"))\n"
                         "    else\n"
                         "        COMPREPLY=()\n"
                         "    fi\n"
                         "}\n"
                         "complete -o default -F _turncurve turncurve\n",
                         err);
}

bool completion_write(struct text *text, const char *shell, const struct command *program, struct err *err)
{
    if (strcmp(shell, "bash") == 0)
        return text_append_c(text, "# bash completion for turncurve\n", err) &&
               put_function(text, program, err);
    if (strcmp(shell, "zsh") == 0)
        return text_append_c(text, "#compdef turncurve\nautoload -U +X bashcompinit && bashcompinit\n",
                             err) &&
               put_function(text, program, err) &&
               /* The file is read at the first TAB, which is to be answered too. */
               text_append_c(text,
                             "if [[ ${funcstack[1]} == _turncurve ]]; then\n"
                             "    _bash_complete -o default -F _turncurve\n"
                             "fi\n",
                             err);
    return err_set(err, ERR_USAGE, "completion is written for bash and zsh, not \"%s\"", shell);
}
