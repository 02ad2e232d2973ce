/* SPDX-License-Identifier: GPL-3.0-or-later
 * Writes the C source of base/embedded.h from the files named on the command line, in the order given (the
 * Makefile sorts them bytewise). A build tool, not part of the program. */
#include <stdio.h>
#include <stdlib.h>

enum { BYTES_PER_LINE = 24 };

static int put_file(const char *path, size_t index)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        perror(path);
        return 1;
    }
    printf("static const char file_%zu[] = {\n", index);
    int c = 0;
    size_t n = 0;
    while ((c = getc(file)) != EOF)
        printf("%d,%s", (signed char)c, ++n % BYTES_PER_LINE == 0 ? "\n" : "");
    printf("0};\n");
    const int failed = ferror(file);
    return fclose(file) != 0 || failed;
}

int main(int argc, char **argv)
{
    printf("#include \"base/embedded.h\"\n");
    for (int i = 1; i < argc; i++)
        if (put_file(argv[i], (size_t)i) != 0)
            return EXIT_FAILURE;
    printf("const struct embedded embedded_files[] = {\n");
    for (int i = 1; i < argc; i++)
        printf("    {\"%s\", file_%d, sizeof file_%d - 1},\n", argv[i], i, i);
    printf("    {\"\", \"\", 0}};\nconst size_t n_embedded_files = %d;\n", argc - 1);
    return fflush(stdout) != 0 || ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
