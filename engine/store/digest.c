/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/digest.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 65536 };

bool digest_file(const char *path, char out[DIGEST_TEXT], struct err *err)
{
    unsigned char block[BLOCK], hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return err_set_at(err, errno == ENOENT || errno == ENOTDIR ? ERR_NO_INPUT : ERR_IO, path, 0, 0,
                          "cannot be read: %s", strerror(errno));
    bug_if(sodium_init() < 0 || crypto_hash_sha256_init(&state) != 0);
    size_t n = 0;
    while ((n = fread(block, 1, sizeof block, file)) > 0)
        bug_if(crypto_hash_sha256_update(&state, block, n) != 0);
    const bool failed = ferror(file) != 0;
    const int reason = errno;
    fclose(file);
    if (failed)
        return err_set_at(err, ERR_IO, path, 0, 0, "cannot be read: %s", strerror(reason));
    bug_if(crypto_hash_sha256_final(&state, hash) != 0);
    sodium_bin2hex(out, DIGEST_TEXT, hash, sizeof hash);
    return true;
}

void digest_str(struct str text, char out[DIGEST_TEXT])
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    bug_if(sodium_init() < 0 || crypto_hash_sha256(hash, (const unsigned char *)text.at, text.length) != 0);
    sodium_bin2hex(out, DIGEST_TEXT, hash, sizeof hash);
}
