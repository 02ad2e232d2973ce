/* SPDX-License-Identifier: GPL-3.0-or-later
 * The table of commands, from commands.def. A new command is one line there and one cmd_NAME.c. */
#include "app/command.h"

const struct command *const commands[] = {
#define COMMAND(name) &command_##name,
#include "app/commands.def"
#undef COMMAND
    NULL,
};
const size_t n_commands = sizeof commands / sizeof commands[0] - 1;
