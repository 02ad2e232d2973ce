/* SPDX-License-Identifier: GPL-3.0-or-later
 * render/folder.h: a folder of results that appears whole or not at all.
 *
 * Ownership: a struct folder is ended by exactly one of folder_commit and folder_abandon.
 *
 * Files are written in DIR.new-XXXXXX beside the target, mode 0600, each flushed to disk; commit moves the
 * old folder aside (DIR.old-XXXXXX), renames the new one into place and removes the old one. A failed or
 * killed run leaves the old folder; what a killed run had begun stays behind under its DIR.new- name.
 *
 * Nobody's own files are ever removed: each folder lists what was written in a file ".turncurve", and a
 * folder that is there already is replaced only when it is empty or holds nothing but what its list names. */
#ifndef TURNCURVE_RENDER_FOLDER_H
#define TURNCURVE_RENDER_FOLDER_H

#include <stdio.h>

#include "base/err.h"

struct folder {
    char target[4096];
    char working[4096];
    bool open;
};
/* Makes the working folder (and the parents of the target). ERR_IO when it cannot; ERR_USAGE when the target
 * is a file, or a folder that holds a file which turncurve did not write (the message names it). */
bool folder_begin(struct folder *folder, const char *target, struct err *err);
/* A new file in it, or in a folder within ("2021/header.csv", made when it is not there); no part of the name
 * begins with a dot. NULL with err filled on failure. End with folder_close_file. */
FILE *folder_create(struct folder *folder, const char *name, struct err *err);
/* Flushes, syncs and closes; a full disk is found here. */
bool folder_close_file(FILE *file, const char *name, struct err *err);
/* Writes the path of a file in the working folder, for programs that write it themselves. */
void folder_path(const struct folder *folder, const char *name, char *out, size_t size);
/* Puts the folder in the target's place. On failure the old folder is as it was and the new one is gone. */
bool folder_commit(struct folder *folder, struct err *err);
/* Removes the working folder; harmless after commit. */
void folder_abandon(struct folder *folder);

#endif
