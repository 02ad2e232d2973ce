/* SPDX-License-Identifier: GPL-3.0-or-later
 * Runs a command and writes what it used: measure FILE COMMAND ARGUMENT... writes "wall_ms user_ms peak_kib"
 * to FILE and exits as the command did. The peak is the resident memory's. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long ms_between(struct timespec a, struct timespec b)
{
    return (long)(b.tv_sec - a.tv_sec) * 1000 + (b.tv_nsec - a.tv_nsec) / 1000000;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return EXIT_FAILURE;
    struct timespec start;
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return EXIT_FAILURE;
    clock_gettime(CLOCK_MONOTONIC, &end);
    struct rusage use;
    FILE *file = fopen(argv[1], "w");
    if (file == NULL || getrusage(RUSAGE_CHILDREN, &use) != 0)
        return EXIT_FAILURE;
    const long user_ms = use.ru_utime.tv_sec * 1000 + use.ru_utime.tv_usec / 1000;
    fprintf(file, "%ld %ld %ld\n", ms_between(start, end), user_ms, use.ru_maxrss);
    fclose(file);
    return WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE;
}
