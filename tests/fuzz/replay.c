/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a fuzz target over the files named on the command line: stored seeds and every input that once
 * crashed. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_LARGEST = 1 << 20 };

int main(int argc, char **argv)
{
    uint8_t *data = malloc(INPUT_LARGEST);
    if (data == NULL)
        return EXIT_FAILURE;
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (file == NULL) {
            perror(argv[i]);
            free(data);
            return EXIT_FAILURE;
        }
        const size_t size = fread(data, 1, INPUT_LARGEST, file);
        fclose(file);
        LLVMFuzzerTestOneInput(data, size);
    }
    free(data);
    return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
