/* SPDX-License-Identifier: GPL-3.0-or-later
 * tests/store/scratch.h: databases that live for one test.
 *
 * Ownership: scratch_path gives constants of the process; scratch_remove deletes what lies there. */
#ifndef TURNCURVE_TESTS_STORE_SCRATCH_H
#define TURNCURVE_TESTS_STORE_SCRATCH_H

#include "store/store.h"

enum { SCRATCH_PATH = 256 };
/* A fresh private folder; `path` becomes the name of a database in it. */
void scratch_make(char path[SCRATCH_PATH]);
/* Removes the database, its key and the folder. */
void scratch_remove(const char path[SCRATCH_PATH]);
/* Opens a store and stops the test when it cannot. */
struct store *scratch_open(const char *path, enum store_mode mode);

#endif
