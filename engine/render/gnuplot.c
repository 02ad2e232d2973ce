/* SPDX-License-Identifier: GPL-3.0-or-later
 * fork and execve, so that no shell reads anything; a loop that looks at its children every few milliseconds,
 * because a timeout and Ctrl-C have to be seen as well as an end. */
#include "render/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/str.h"

enum { SECONDS_MOST = 20, OUTPUT_MOST = 64 * 1024 * 1024, PROCESSES_MOST = 16, NAP_NANOSECONDS = 2000000 };
enum { EXIT_NOT_STARTED = 127 };

bool gnuplot_find(char *path, size_t size)
{
    const char *at = getenv("PATH");
    if (at == NULL)
        at = "/usr/bin:/usr/local/bin";
    while (*at != '\0') {
        const size_t length = strcspn(at, ":");
        const int n = snprintf(path, size, "%.*s/gnuplot", (int)length, at);
        /* only absolute folders: "." in PATH must not decide what runs */
        if (length > 0 && at[0] == '/' && n > 0 && (size_t)n < size && access(path, X_OK) == 0)
            return true;
        at += length;
        if (*at == ':')
            at++;
    }
    return false;
}

static void limit(int resource, rlim_t most)
{
    const struct rlimit value = {.rlim_cur = most, .rlim_max = most};
    if (setrlimit(resource, &value) != 0)
        _exit(EXIT_NOT_STARTED);
}

/* In the child: only async-signal-safe calls until execve. */
static void become_gnuplot(const char *path, const struct gnuplot_job *job)
{
    static const char *const environment[] = {"LC_ALL=C.UTF-8", "TZ=UTC", NULL};
    const char *argv[9] = {path, "-d", "-c", job->script};
    for (size_t i = 0; i < 4 && job->arguments[i] != NULL; i++)
        argv[4 + i] = job->arguments[i];
    if (chdir(job->folder) != 0)
        _exit(EXIT_NOT_STARTED);
    const int in = open("/dev/null", O_RDONLY);
    const int out = open("/dev/null", O_WRONLY);
    const int errors = open(job->errors, O_WRONLY | O_CREAT | O_APPEND, S_IRUSR | S_IWUSR);
    if (in < 0 || out < 0 || errors < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(errors, STDERR_FILENO) < 0)
        _exit(EXIT_NOT_STARTED);
    limit(RLIMIT_CPU, SECONDS_MOST);
    limit(RLIMIT_FSIZE, OUTPUT_MOST);
    limit(RLIMIT_CORE, 0);
    /* execve's prototype is older than const: it changes neither array (POSIX, rationale of exec) */
    union {
        const char *const *given;
        char *const *wanted;
    } arguments = {.given = argv}, variables = {.given = environment};
    execve(path, arguments.wanted, variables.wanted);
    _exit(EXIT_NOT_STARTED);
}

/* What gnuplot said last, "" when it said nothing: an error is the command, a mark under it, then the words.
 */
static void read_complaint(const struct gnuplot_job *job, char *out, size_t size)
{
    char path[4096];
    char line[256];
    out[0] = '\0';
    const int n = snprintf(path, sizeof path, "%s/%s", job->folder, job->errors);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "r") : NULL;
    if (file == NULL)
        return;
    while (fgets(line, sizeof line, file) != NULL) {
        const struct str words = str_trim(str_of(line));
        if (words.length > 0)
            str_copy(words, out, size);
    }
    if (!str_is_clean_utf8(str_of(out)))
        str_copy(str_of("a message that is not text"), out, size);
    (void)fclose(file); /* it was only read */
}

static bool judge(const struct gnuplot_job *job, int status, struct err *err)
{
    char said[256];
    read_complaint(job, said, sizeof said);
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NOT_STARTED && said[0] == '\0')
        return err_set(err, ERR_IO, "gnuplot could not be started for the chart %s", job->what);
    if (WIFSIGNALED(status))
        return err_set(err, ERR_IO, "gnuplot was stopped by signal %d while drawing %s", WTERMSIG(status),
                       job->what);
    if (said[0] != '\0' || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_set(err, ERR_IO, "gnuplot could not draw %s: %s", job->what,
                       said[0] == '\0' ? "it gave no reason" : said);
    return true;
}

static double seconds_now(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0.0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

struct running {
    pid_t pid; /* 0: free */
    size_t job;
    double started;
};

/* Ends whatever still runs. */
static void stop_all(struct running slots[], int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        if (slots[i].pid > 0) {
            (void)kill(slots[i].pid, SIGKILL);
            (void)waitpid(slots[i].pid, NULL, 0); /* a killed child always ends */
            slots[i].pid = 0;
        }
}

/* Looks at one running job: true while all is well; frees the slot when it has ended. */
static bool look_at(struct running *slot, const struct gnuplot_job jobs[], struct err *err)
{
    int status = 0;
    const pid_t ended = waitpid(slot->pid, &status, WNOHANG);
    if (ended == slot->pid) {
        slot->pid = 0;
        return judge(&jobs[slot->job], status, err);
    }
    if (ended < 0 && errno != EINTR)
        return err_set(err, ERR_INTERNAL, "lost sight of gnuplot: %s", strerror(errno));
    if (seconds_now() - slot->started > SECONDS_MOST)
        return err_set(err, ERR_IO, "gnuplot took more than %d seconds for the chart %s", SECONDS_MOST,
                       jobs[slot->job].what);
    return true;
}

bool gnuplot_run(const char *path, const struct gnuplot_job jobs[], size_t n_jobs, int32_t processes,
                 const struct log *log, struct err *err)
{
    struct running slots[PROCESSES_MOST] = {0};
    const int32_t n_slots = processes < 1 ? 1 : processes > PROCESSES_MOST ? PROCESSES_MOST : processes;
    size_t next = 0;
    size_t busy = 0;
    bool ok = true;
    while (ok && (next < n_jobs || busy > 0)) {
        busy = 0;
        for (int32_t i = 0; ok && i < n_slots; i++) {
            if (slots[i].pid > 0)
                ok = look_at(&slots[i], jobs, err);
            if (ok && slots[i].pid == 0 && next < n_jobs) {
                slots[i] = (struct running){.pid = fork(), .job = next, .started = seconds_now()};
                if (slots[i].pid == 0)
                    become_gnuplot(path, &jobs[next]);
                if (slots[i].pid < 0)
                    ok = err_set(err, ERR_IO, "cannot start gnuplot: %s", strerror(errno));
                next++;
            }
            busy += slots[i].pid > 0 ? 1 : 0;
        }
        if (ok && log_is_stopped(log))
            ok = err_set(err, ERR_INTERRUPTED, "stopped while drawing charts");
        if (ok && busy > 0)
            (void)nanosleep(&(struct timespec){.tv_nsec = NAP_NANOSECONDS},
                            NULL); /* a shorter nap is as good */
    }
    if (!ok)
        stop_all(slots, n_slots);
    return ok;
}
