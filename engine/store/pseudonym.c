/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/pseudonym.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_key(struct pseudonyms *pseudonyms, int file, struct err *err)
{
    randombytes_buf(pseudonyms->key, sizeof pseudonyms->key);
    const bool written = write(file, pseudonyms->key, sizeof pseudonyms->key) == PSEUDONYM_KEY;
    const bool flushed = written && fsync(file) == 0;
    if (close(file) == 0 && flushed)
        return true;
    err_set(err, ERR_IO, "cannot write the key %s: %s", pseudonyms->path, strerror(errno));
    unlink(pseudonyms->path);
    return false;
}

static bool read_key(struct pseudonyms *pseudonyms, struct err *err)
{
    unsigned char surplus = 0;
    const int file = open(pseudonyms->path, O_RDONLY);
    if (file < 0)
        return err_set(err, ERR_IO, "cannot read the key %s: %s", pseudonyms->path, strerror(errno));
    const ssize_t n = read(file, pseudonyms->key, sizeof pseudonyms->key);
    const ssize_t rest = n == PSEUDONYM_KEY ? read(file, &surplus, 1) : 0;
    close(file);
    if (n != PSEUDONYM_KEY || rest != 0)
        return err_set(err, ERR_DATA, "%s is not a key of %d bytes; put the right one back", pseudonyms->path,
                       PSEUDONYM_KEY);
    return true;
}

bool pseudonyms_open(struct pseudonyms *pseudonyms, const char *database, struct err *err)
{
    *pseudonyms = (struct pseudonyms){0};
    if (sodium_init() < 0)
        return err_set(err, ERR_INTERNAL, "the cryptographic library cannot be started");
    const int length = snprintf(pseudonyms->path, sizeof pseudonyms->path, "%s.key", database);
    if (length < 0 || (size_t)length >= sizeof pseudonyms->path)
        return err_set(err, ERR_USAGE, "the name of the database is too long");
    const int file = open(pseudonyms->path, O_CREAT | O_EXCL | O_WRONLY, S_IRUSR | S_IWUSR);
    if (file >= 0) {
        pseudonyms->made = true;
        return write_key(pseudonyms, file, err);
    }
    if (errno != EEXIST)
        return err_set(err, ERR_IO, "cannot make the key %s: %s", pseudonyms->path, strerror(errno));
    return read_key(pseudonyms, err);
}

void pseudonyms_close(struct pseudonyms *pseudonyms, bool stored)
{
    if (pseudonyms->made && !stored)
        unlink(pseudonyms->path);
    sodium_memzero(pseudonyms, sizeof *pseudonyms);
}

void pseudonyms_of(const struct pseudonyms *pseudonyms, struct str text, char out[PSEUDONYM_TEXT])
{
    unsigned char hash[(PSEUDONYM_TEXT - 1) / 2];
    const unsigned char *bytes = text.length == 0 ? NULL : (const unsigned char *)text.at;
    bug_if(crypto_generichash(hash, sizeof hash, bytes, text.length, pseudonyms->key,
                              sizeof pseudonyms->key) != 0);
    sodium_bin2hex(out, PSEUDONYM_TEXT, hash, sizeof hash);
}

/* What is done with the values of a column. */
enum treatment { TREAT_NOTHING, TREAT_HASH, TREAT_BIRTH, TREAT_POSTCODE, TREAT_DROP };

static enum treatment treatment_of(enum return_column column)
{
    const struct column_spec *spec = column_spec(column);
    if (spec->kind == KIND_CHILD || column == COLUMN_SW_SW_ID)
        return TREAT_HASH;
    if (spec->kind == KIND_POSTCODE)
        return TREAT_POSTCODE;
    if (column == COLUMN_HEADER_UPN)
        return TREAT_DROP;
    const bool is_birth = column == COLUMN_HEADER_MC_DOB || strcmp(spec->name, "DOB") == 0;
    return is_birth ? TREAT_BIRTH : TREAT_NOTHING;
}

bool pseudonyms_hide(enum return_column column)
{
    return treatment_of(column) != TREAT_NOTHING;
}

static void coarsen_birth(struct value *value)
{
    if (value->state == VALUE_OK)
        value->number = date_month_start((day)value->number, 0) + PSEUDONYM_DAY - 1;
    else
        *value = (struct value){.state = VALUE_BLANK};
}

/* "LS12 3AB", "LS123AB" and "LS12 3" become "LS12". */
static void cut_postcode(struct value *value, char out[PSEUDONYM_TEXT])
{
    size_t n = 0, blank = 0;
    for (size_t i = 0; i < value->text.length && n + 1 < PSEUDONYM_TEXT; i++) {
        if (value->text.at[i] == ' ')
            blank = blank == 0 ? n : blank;
        else
            out[n++] = value->text.at[i];
    }
    if (blank > 0)
        n = blank;
    else if (n > 4) /* districts have 2 to 4 characters, whole postcodes 3 more */
        n -= 3;
    if (n >= DISTRICT_TEXT)
        n = 0;
    value->text = (struct str){.at = out, .length = n};
    if (n == 0)
        *value = (struct value){.state = VALUE_BLANK};
}

void pseudonyms_apply(const struct pseudonyms *pseudonyms, struct record *record,
                      struct pseudonym_texts *texts)
{
    const struct table_spec *spec = table_spec(record->table);
    for (int i = 0; i < spec->n_columns; i++) {
        struct value *value = &record->values[i];
        if (value->state == VALUE_BLANK)
            continue;
        switch (treatment_of(spec->first + (enum return_column)i)) {
        case TREAT_NOTHING:
            break;
        case TREAT_HASH:
            pseudonyms_of(pseudonyms, value->text, texts->texts[i]);
            value->text = str_of(texts->texts[i]);
            break;
        case TREAT_BIRTH:
            coarsen_birth(value);
            break;
        case TREAT_POSTCODE:
            cut_postcode(value, texts->texts[i]);
            break;
        case TREAT_DROP:
            *value = (struct value){.state = VALUE_BLANK};
            break;
        }
    }
}
