/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/pseudonym.h: what --pseudonymise does to a row on its way in.
 *
 * Ownership: plain values; texts that a row is given live in the struct pseudonym_texts of the caller.
 *
 * CHILD becomes a keyed BLAKE2b hash, so that the same child keeps one pseudonym over returns, and nobody
 * without the key can find it by trying all numbers. The key lies in a file of its own beside the database
 * (DATABASE.key, mode 0600): move the database without it, and nobody can link it to the case system again.
 * Dates of birth become the 16th of their month (ages stay right on average, at most 15 days off), postcodes
 * their district, social workers a hash; UPN is not stored. */
#ifndef TURNCURVE_STORE_PSEUDONYM_H
#define TURNCURVE_STORE_PSEUDONYM_H

#include "data/returns.h"

enum { PSEUDONYM_KEY = 32, PSEUDONYM_TEXT = 33, PSEUDONYM_DAY = 16, DISTRICT_TEXT = 8 };

struct pseudonyms {
    unsigned char key[PSEUDONYM_KEY];
    char path[4096]; /* of the key */
    bool made;       /* the key was made by this run */
};
/* Reads the key that belongs to a database, or makes it. ERR_IO; ERR_DATA when the file is no key. */
bool pseudonyms_open(struct pseudonyms *pseudonyms, const char *database, struct err *err);
/* Forgets the key; removes its file too when this run made it and nothing was stored under it. */
void pseudonyms_close(struct pseudonyms *pseudonyms, bool stored);

/* The pseudonym of an identifier: 32 hexadecimal digits. */
void pseudonyms_of(const struct pseudonyms *pseudonyms, struct str text, char out[PSEUDONYM_TEXT]);
/* True for a column whose values must not be shown or kept as they are. */
bool pseudonyms_hide(enum return_column column);

/* Room for the new texts of one row. */
struct pseudonym_texts {
    char texts[RECORD_COLUMNS][PSEUDONYM_TEXT];
};
/* Replaces what identifies a person in a row. Dates that could not be read become blank. */
void pseudonyms_apply(const struct pseudonyms *pseudonyms, struct record *record,
                      struct pseudonym_texts *texts);

#endif
