/* SPDX-License-Identifier: GPL-3.0-or-later
 * store/findings_sink.h: findings into the database.
 *
 * Ownership: a sink borrows its store and file names; findings_sink_finish or _discard ends it.
 *
 * Rules that are summed are kept in memory, one count for each file and column, and written at the end with
 * the first line and value met. */
#ifndef TURNCURVE_STORE_FINDINGS_SINK_H
#define TURNCURVE_STORE_FINDINGS_SINK_H

#include "base/arena.h"
#include "data/findings.h"
#include "store/db.h"

/* When a finding was made, and so when it is forgotten again. */
enum finding_stage {
    STAGE_READING,   /* with its file */
    STAGE_SETTLING,  /* when the authority is settled again */
    STAGE_COMPARING, /* when authorities are compared again */
    STAGE_PLANS      /* when plans are checked again */
};

struct summed_finding {
    enum rule rule;
    int32_t file;
    const char *column;
    int64_t rows;
    struct finding first; /* texts in the arena */
};

struct findings_sink {
    struct findings base; /* first: a sink is a struct findings */
    struct store *store;
    int32_t la; /* 0: about no authority */
    enum finding_stage stage;
    /* Not NULL: identifiers and dates of birth in findings are replaced before they are stored. */
    const struct pseudonyms *pseudonyms;
    struct summed_finding *summed;
    size_t n_summed, capacity;
    struct arena texts;
    char refusal[512]; /* the last refusal, for people: what is wrong, then what to do; names no child */
};

/* A sink for the findings of one stage of an authority's import. */
void findings_sink_init(struct findings_sink *sink, struct store *store, int32_t la,
                        enum finding_stage stage);
/* Writes the summed findings and releases the sink. */
bool findings_sink_finish(struct findings_sink *sink, struct err *err);
/* Releases the sink without writing. */
void findings_sink_discard(struct findings_sink *sink);

#endif
