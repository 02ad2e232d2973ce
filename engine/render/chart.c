/* SPDX-License-Identifier: GPL-3.0-or-later
 * All charts of a call share one working folder inside the results' own: scripts once, data files under each
 * chart's name. Two processes draw a chart, one for each format; what they leave is checked, finished and
 * copied into the results, and the working folder is removed whatever happened. */
#include "render/chart.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embedded.h"
#include "base/vec.h"
#include "render/chart_files.h"
#include "render/gantt.h"
#include "render/gnuplot.h"
#include "render/reports.h"
#include "render/svg.h"

static const char scripts_folder[] = "reports/charts/";

struct drawing { /* one chart's names, which the jobs point to */
    char script[128], svg[160], png[160], svg_errors[176], png_errors[176];
};

static void remove_working(const char *folder)
{
    char path[4096 + 256];
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return;
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        const int n = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] != '.' && n > 0 && (size_t)n < sizeof path)
            (void)unlink(path); /* ours, and only a leftover */
    }
    closedir(dir);
    (void)rmdir(folder);
}

static bool write_file(const char *folder, const char *name, struct str content, struct err *err)
{
    char path[4096];
    const int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = n > 0 && (size_t)n < sizeof path ? fopen(path, "w") : NULL;
    if (file == NULL)
        return err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    const bool ok = fwrite(content.at, 1, content.length, file) == content.length;
    if (fclose(file) != 0 || !ok)
        return err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    return true;
}

/* Copies every script, because they load one another. */
static bool write_scripts(const char *folder, const char *reports, struct err *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n_embedded_files; i++) {
        const char *path = embedded_files[i].path;
        if (strncmp(path, scripts_folder, sizeof scripts_folder - 1) != 0)
            continue;
        struct text script = {0};
        ok =
            reports_read(reports, path + strlen("reports/"), &script, NULL, err) &&
            write_file(folder, path + sizeof scripts_folder - 1, (struct str){script.at, script.length}, err);
        text_free(&script);
    }
    return ok;
}

static bool name_is_safe(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return name[0] != '\0' && name[0] != '-' && strlen(name) < 100 && strspn(name, letters) == strlen(name);
}

static bool prepare(const struct chart_spec *spec, const char *folder, struct drawing *out, struct err *err)
{
    struct chart_drawn_panel panels[2] = {{0}};
    bool ok = true;
    bug_if(!name_is_safe(spec->name) || !name_is_safe(spec->script) || spec->n_panels > 2 ||
           (spec->n_panels == 0) != (spec->gantt != NULL));
    snprintf(out->script, sizeof out->script, "%s.gp", spec->script);
    snprintf(out->svg, sizeof out->svg, "./%s.svg", spec->name);
    snprintf(out->png, sizeof out->png, "./%s.png", spec->name);
    snprintf(out->svg_errors, sizeof out->svg_errors, "%s.svg.errors", spec->name);
    snprintf(out->png_errors, sizeof out->png_errors, "%s.png.errors", spec->name);
    for (size_t p = 0; ok && p < spec->n_panels; p++)
        ok = chart_panel_make(&panels[p], &spec->panels[p], spec->name, err);
    ok = ok && (spec->gantt != NULL ? gantt_files_write(spec, folder, err)
                                    : chart_files_write(spec, panels, folder, err));
    for (size_t p = 0; p < 2; p++)
        chart_panel_free(&panels[p]);
    return ok;
}

static bool save(struct folder *folder, const char *name, struct str content, struct err *err)
{
    FILE *file = folder_create(folder, name, err);
    if (file == NULL)
        return false;
    errno = 0;
    const bool ok = fwrite(content.at, 1, content.length, file) == content.length;
    struct err second = {0};
    if (!ok)
        err_set(err, ERR_IO, "cannot write %s: %s", name, strerror(errno));
    return folder_close_file(file, name, ok ? err : &second) && ok;
}

static bool save_svg(struct folder *folder, const char *working, const struct chart_spec *spec,
                     const char *name, struct err *err)
{
    char path[4096];
    struct text drawn = {0};
    struct text finished = {0};
    const int n = snprintf(path, sizeof path, "%s/%s", working, name);
    bug_if(n < 0 || (size_t)n >= sizeof path);
    const bool ok = reports_read_file(path, &drawn, err) &&
                    svg_finish((struct str){drawn.at, drawn.length}, spec->name, spec->title, spec->alt,
                               &finished, err) &&
                    save(folder, name, (struct str){finished.at, finished.length}, err);
    text_free(&drawn);
    text_free(&finished);
    return ok;
}

static bool save_png(struct folder *folder, const char *working, const char *name, struct err *err)
{
    /* the chunk that ends every PNG: type IEND, its CRC (PNG specification, 11.2.5) */
    static const char end[] = "IEND\xAE\x42\x60\x82";
    char path[4096];
    struct text drawn = {0};
    const int n = snprintf(path, sizeof path, "%s/%s", working, name);
    bug_if(n < 0 || (size_t)n >= sizeof path);
    bool ok = reports_read_file(path, &drawn, err);
    if (ok && (drawn.length < sizeof end - 1 ||
               memcmp(drawn.at + drawn.length - (sizeof end - 1), end, sizeof end - 1) != 0))
        ok = err_set(err, ERR_IO, "the picture %s is not whole: is the disk full?", name);
    ok = ok && save(folder, name, (struct str){drawn.at, drawn.length}, err);
    text_free(&drawn);
    return ok;
}

static bool draw_all(struct folder *folder, const char *working, const struct chart_spec specs[],
                     size_t n_specs, const char *gnuplot, const struct chart_options *options,
                     const struct log *log, struct drawing drawings[], struct gnuplot_job jobs[],
                     struct err *err)
{
    bool ok = write_scripts(working, options->reports, err);
    for (size_t i = 0; ok && i < n_specs; i++) {
        struct drawing *names = &drawings[i];
        ok = prepare(&specs[i], working, names, err);
        jobs[2 * i] = (struct gnuplot_job){
            working, names->script, {"png", names->png, specs[i].name}, names->png_errors, specs[i].name};
        jobs[2 * i + 1] = (struct gnuplot_job){
            working, names->script, {"svg", names->svg, specs[i].name}, names->svg_errors, specs[i].name};
    }
    ok = ok && gnuplot_run(gnuplot, jobs, 2 * n_specs, options->processes, log, err);
    for (size_t i = 0; ok && i < n_specs; i++)
        ok = save_svg(folder, working, &specs[i], drawings[i].svg + 2, err) &&
             save_png(folder, working, drawings[i].png + 2, err);
    return ok;
}

bool chart_draw(struct folder *folder, const struct chart_spec specs[], size_t n_specs,
                const struct chart_options *options, struct log *log, bool *drawn, struct err *err)
{
    char gnuplot[4096];
    char working[4096];
    *drawn = false;
    if (n_specs == 0)
        return true;
    if (!gnuplot_find(gnuplot, sizeof gnuplot)) {
        log_warning(log, "gnuplot is not installed, so there are no charts; tables and pages are complete");
        return true;
    }
    folder_path(folder, "charts-XXXXXX", working, sizeof working);
    if (mkdtemp(working) == NULL)
        return err_set(err, ERR_IO, "cannot make a folder for the charts: %s", strerror(errno));
    struct drawing *drawings = vec_new(n_specs, sizeof *drawings, err);
    struct gnuplot_job *jobs = vec_new(2 * n_specs, sizeof *jobs, err);
    const bool ok = drawings != NULL && jobs != NULL &&
                    draw_all(folder, working, specs, n_specs, gnuplot, options, log, drawings, jobs, err);
    remove_working(working);
    free(drawings);
    free(jobs);
    *drawn = ok;
    return ok;
}
