/* SPDX-License-Identifier: GPL-3.0-or-later
 * One block of memory: what is left of it moves to the front when no whole line remains, and the space behind
 * is filled again. Each new piece is looked at once, so that nearly all lines need no look of their own. */
#include "data/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/vec.h"

enum {
    RAW_PIECE = 16384,         /* bytes of UTF-16 converted at a time */
    MARK_BYTES = 4,            /* enough to see a byte-order mark */
    BUFFER = LINES_BLOCK + 64, /* the last characters of a piece of UTF-16 may need more than was left */
    FULL = LINES_BLOCK - 16
};

static bool is_wide(const struct lines *lines)
{
    return lines->mark == ENCODING_UTF16_LE || lines->mark == ENCODING_UTF16_BE;
}

static bool open_file(struct lines *lines, const char *path, struct err *err)
{
    lines->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (lines->fd < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return err_set_at(err, ERR_NO_INPUT, path, 0, 0, "there is no such file");
        return err_set_at(err, ERR_IO, path, 0, 0, "the file cannot be opened: %s", strerror(errno));
    }
    struct stat info;
    if (fstat(lines->fd, &info) != 0)
        return err_set_at(err, ERR_IO, path, 0, 0, "the file cannot be read: %s", strerror(errno));
    if (S_ISDIR(info.st_mode))
        return err_set_at(err, ERR_NO_INPUT, path, 0, 0, "is a folder, not a file");
    return true;
}

/* Up to n bytes, 0 at the end of the file, -1 with err filled. */
static ssize_t read_bytes(struct lines *lines, char *out, size_t n, struct err *err)
{
    if (lines->fd < 0) {
        const size_t left = lines->memory.length - lines->memory_used;
        const size_t taken = n < left ? n : left;
        if (taken > 0)
            memcpy(out, lines->memory.at + lines->memory_used, taken);
        lines->memory_used += taken;
        return (ssize_t)taken;
    }
    for (;;) {
        const ssize_t got = read(lines->fd, out, n);
        if (got >= 0)
            return got;
        if (errno != EINTR) {
            err_set_at(err, ERR_IO, lines->name, 0, 0, "the file cannot be read: %s", strerror(errno));
            return -1;
        }
    }
}

/* Adds UTF-8 behind what is in the buffer, as much as a piece of UTF-16 gives. */
static ssize_t read_utf16(struct lines *lines, size_t room, struct err *err)
{
    char raw[RAW_PIECE];
    size_t n = room / 3 * 2;
    n = n > 8 ? n - 8 : 1;
    n = n < sizeof raw ? n : sizeof raw;
    const ssize_t got = read_bytes(lines, raw, n, err);
    if (got <= 0)
        return got;
    const size_t written = encoding_from_utf16(&lines->utf16, (const unsigned char *)raw, (size_t)got,
                                               lines->buffer + lines->end);
    lines->end += written;
    return got;
}

/* Reads until something is added or the file ends, and looks at what is in the buffer. */
static bool fill(struct lines *lines, struct err *err)
{
    const size_t left = lines->end - lines->start;
    const char before = left == 0 && lines->end > 0 ? lines->buffer[lines->end - 1] : '\0';
    if (left > 0 && lines->start > 0)
        memmove(lines->buffer, lines->buffer + lines->start, left);
    lines->start = 0;
    lines->end = left;
    while (!lines->at_end && lines->end == left) {
        const size_t room = LINES_BLOCK - lines->end;
        const bool wide = is_wide(lines);
        const ssize_t got =
            wide ? read_utf16(lines, room, err) : read_bytes(lines, lines->buffer + lines->end, room, err);
        if (got < 0)
            return false;
        if (got == 0)
            lines->at_end = true;
        else if (!wide)
            lines->end += (size_t)got;
    }
    lines->look.control = false;
    lines->look.high = false;
    encoding_look(&lines->look, (struct str){lines->buffer, lines->end}, before);
    return true;
}

/* The first bytes decide about marks. */
static bool read_beginning(struct lines *lines, struct err *err)
{
    char first[MARK_BYTES];
    size_t n = 0;
    while (!lines->at_end && n < MARK_BYTES) {
        const ssize_t got = read_bytes(lines, first + n, MARK_BYTES - n, err);
        if (got < 0)
            return false;
        n += (size_t)got;
        lines->at_end = got == 0;
    }
    size_t length = 0;
    lines->mark = encoding_mark((struct str){first, n}, &length);
    lines->utf16.big_endian = lines->mark == ENCODING_UTF16_BE;
    lines->zeros_look_like_16 = n >= 2 && (first[0] == '\0') != (first[1] == '\0');
    if (is_wide(lines)) {
        lines->end = encoding_from_utf16(&lines->utf16, (const unsigned char *)first + length, n - length,
                                         lines->buffer);
    } else if (n > length) {
        memcpy(lines->buffer, first + length, n - length);
        lines->end = n - length;
    }
    return fill(lines, err);
}

bool lines_open(struct lines *lines, const char *path, struct str memory, const char *name, struct err *err)
{
    *lines = (struct lines){.fd = -1, .memory = memory, .number = 1};
    str_copy(str_of(name), lines->name, sizeof lines->name);
    lines->buffer = vec_new(BUFFER, 1, err);
    if (lines->buffer != NULL && (path == NULL || open_file(lines, path, err)) && read_beginning(lines, err))
        return true;
    lines_close(lines);
    return false;
}

void lines_close(struct lines *lines)
{
    if (lines->fd >= 0)
        close(lines->fd);
    free(lines->buffer);
    text_free(&lines->converted);
    *lines = (struct lines){.fd = -1};
}

struct str lines_ahead(const struct lines *lines)
{
    return (struct str){lines->buffer + lines->start, lines->end - lines->start};
}

/* The end of the first line in the buffer: the text's length and the end's. from: bytes searched before. */
static bool find_end(const struct lines *lines, size_t from, size_t *length, size_t *end_length)
{
    const char *const at = lines->buffer + lines->start;
    const size_t n = lines->end - lines->start;
    if (!lines->look.lone_cr) {
        const char *const found = n > from ? memchr(at + from, '\n', n - from) : NULL;
        if (found == NULL)
            return false;
        *length = (size_t)(found - at);
        *end_length = 1;
        if (*length > 0 && at[*length - 1] == '\r') {
            (*length)--;
            *end_length = 2;
        }
        return true;
    }
    /* A CR may have been the last byte searched: its LF decides. */
    for (size_t i = from > 0 ? from - 1 : 0; i < n; i++) {
        if (at[i] != '\r' && at[i] != '\n')
            continue;
        if (at[i] == '\r' && i + 1 == n && !lines->at_end)
            return false;
        *length = i;
        *end_length = at[i] == '\r' && i + 1 < n && at[i + 1] == '\n' ? 2 : 1;
        return true;
    }
    return false;
}

/* Shortens a piece so that it does not end within a character. */
static size_t whole_characters(const char *at, size_t n)
{
    size_t back = 0;
    while (back < 3 && back < n && ((unsigned char)at[n - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == n)
        return n;
    const unsigned char lead = (unsigned char)at[n - 1 - back];
    const size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return needed > back + 1 ? n - 1 - back : n;
}

/* Hands out the next bytes of the buffer, converted when they are no UTF-8. */
static bool give(struct lines *lines, size_t length, size_t end_length, struct line *out, struct err *err)
{
    const char *const at = lines->buffer + lines->start;
    lines->start += length + end_length;
    *out = (struct line){.text = {at, length},
                         .raw = {at, length + end_length},
                         .plain = !lines->look.control && !lines->look.high};
    if (lines->look.high && !encoding_is_utf8(out->text)) {
        lines->was_1252 = true;
        lines->converted.length = 0;
        if (!encoding_append_1252(&lines->converted, out->raw, err))
            return false;
        out->raw = (struct str){lines->converted.at, lines->converted.length};
        out->text = (struct str){lines->converted.at, lines->converted.length - end_length};
    }
    return true;
}

enum lines_next lines_next(struct lines *lines, struct line *out, struct err *err)
{
    size_t searched = 0;
    for (;;) {
        size_t length = 0;
        size_t end_length = 0;
        const size_t left = lines->end - lines->start;
        if (lines->look.nul)
            return LINES_NUL;
        if (find_end(lines, searched, &length, &end_length)) {
            lines->number++;
            return give(lines, length, end_length, out, err) ? LINES_LINE : LINES_FAILED;
        }
        if (left >= FULL) {
            length = whole_characters(lines->buffer + lines->start, left);
            return give(lines, length, 0, out, err) ? LINES_PART : LINES_FAILED;
        }
        if (lines->at_end) {
            if (left == 0)
                return LINES_END;
            end_length = lines->buffer[lines->end - 1] == '\r';
            lines->number++;
            return give(lines, left - end_length, end_length, out, err) ? LINES_LINE : LINES_FAILED;
        }
        searched = left;
        if (!fill(lines, err))
            return LINES_FAILED;
    }
}
