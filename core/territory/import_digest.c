/* What a file says, whatever the order of its rows: the digest of the sorted digests of its rows.
 *
 * A row is its values by column, with their states, and its outline. Texts end with a NUL; numbers
 * are their eight bytes. Lines and file names are no content. */
#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"
#include "territory/importer.h"

typedef struct row_digest {
    uint8_t at[SHA256_BYTES];
} row_digest;

typedef struct digesting {
    const imported *in;
    row_digest *rows;
} digesting;

static void add_number(text_buffer *to, const void *bytes, size_t size)
{
    uint64_t value = 0;
    memcpy(&value, bytes, size);
    text_add_n(to, (const char *)&value, sizeof value);
}

static void add_value(text_buffer *to, const column *c, size_t row)
{
    const char state = (char)column_state(c, row);
    text_add_n(to, &state, 1);
    switch (c->type) {
    case COLUMN_F64:
        add_number(to, &c->at.f64[row], sizeof *c->at.f64);
        break;
    case COLUMN_I64:
        add_number(to, &c->at.i64[row], sizeof *c->at.i64);
        break;
    case COLUMN_U32:
        add_number(to, &c->at.u32[row], sizeof *c->at.u32);
        break;
    case COLUMN_TEXT: {
        const char *text = column_text(c, row);
        text_add_n(to, text, strlen(text) + 1);
        break;
    }
    }
}

/* Each ring is told by its number of points, each part by its number of rings. */
static void add_outline(text_buffer *to, const polygons *p, size_t row)
{
    for (uint64_t part = p->part_start[row]; part < p->part_start[row + 1]; part++) {
        const uint64_t rings = p->ring_start[part + 1] - p->ring_start[part];
        add_number(to, &rings, sizeof rings);
        for (uint64_t ring = p->ring_start[part]; ring < p->ring_start[part + 1]; ring++) {
            const uint64_t first = p->point_start[ring];
            const uint64_t points = p->point_start[ring + 1] - first;
            add_number(to, &points, sizeof points);
            text_add_n(to, (const char *)&p->x[first], (size_t)points * sizeof *p->x);
            text_add_n(to, (const char *)&p->y[first], (size_t)points * sizeof *p->y);
        }
    }
}

static status digest_block(void *context, block b, error *err)
{
    const digesting *d = context;
    const table *t = d->in->rows;
    text_buffer bytes = {0};
    for (size_t row = b.begin; row < b.end && !bytes.failed; row++) {
        bytes.size = 0;
        for (size_t c = 0; c < t->column_count; c++) {
            add_value(&bytes, &t->columns[c], row);
        }
        if (d->in->outlines != NULL) {
            add_outline(&bytes, d->in->outlines, row);
        }
        sha256_bytes_of(bytes.at, bytes.size, d->rows[row].at);
    }
    const status rc = bytes.failed ? memory_error(err, bytes.size) : STATUS_OK;
    text_buffer_clear(&bytes);
    return rc;
}

static int compare_digests(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(row_digest));
}

/* --- in order: a file may have a hundred million rows --- */

enum { BUCKETS = 1 << 16 };

typedef struct bucketing {
    row_digest *rows;
    uint64_t *end;  /* of each bucket */
    uint64_t *next; /* where its next digest goes */
} bucketing;

static size_t bucket_of(const row_digest *d)
{
    return (size_t)d->at[0] << 8 | d->at[1];
}

/* Digests are spread evenly by their first two bytes: each moves once to its bucket, in place. */
static void spread(const bucketing *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        b->end[bucket_of(&b->rows[i])]++;
    }
    for (size_t k = 1; k < BUCKETS; k++) {
        b->end[k] += b->end[k - 1];
        b->next[k] = b->end[k - 1];
    }
    for (size_t k = 0; k < BUCKETS; k++) {
        while (b->next[k] < b->end[k]) {
            row_digest moved = b->rows[b->next[k]];
            size_t to = bucket_of(&moved);
            while (to != k) {
                const row_digest other = b->rows[b->next[to]];
                b->rows[b->next[to]++] = moved;
                moved = other;
                to = bucket_of(&moved);
            }
            b->rows[b->next[k]++] = moved;
        }
    }
}

static status sort_buckets(void *context, block b, error *err)
{
    const bucketing *k = context;
    (void)err;
    for (size_t i = b.begin; i < b.end; i++) {
        const uint64_t begin = i > 0 ? k->end[i - 1] : 0;
        if (k->end[i] > begin + 1) {
            qsort(k->rows + begin, (size_t)(k->end[i] - begin), sizeof *k->rows, compare_digests);
        }
    }
    return STATUS_OK;
}

static status sort_digests(row_digest *rows, size_t count, int threads, error *err)
{
    bucketing b = {.rows = rows,
                   .end = memory_new(BUCKETS, sizeof *b.end),
                   .next = memory_new(BUCKETS, sizeof *b.next)};
    status rc = b.end != NULL && b.next != NULL ? STATUS_OK
                                                : memory_error(err, 2 * BUCKETS * sizeof *b.end);
    if (rc == STATUS_OK) {
        spread(&b, count);
        rc = blocks_run(BUCKETS, BLOCK_ROWS, threads, NULL, sort_buckets, &b, err);
    }
    memory_free(b.end);
    memory_free(b.next);
    return rc;
}

static void add_header(text_buffer *to, const table *t)
{
    for (size_t c = 0; c < t->column_count; c++) {
        text_add_n(to, t->columns[c].name, strlen(t->columns[c].name) + 1);
    }
}

/* The header, then the digests, where they are hashed as they lie: 32 bytes a row. */
status imported_digest(const imported *in, int threads, sha256_hex *out, error *err)
{
    const size_t count = in->rows != NULL ? in->rows->rows : 0;
    text_buffer header = {0};
    *out = (sha256_hex){""};
    if (count == 0) {
        return STATUS_OK;
    }
    add_header(&header, in->rows);
    const size_t room = header.size / sizeof(row_digest) + 1;
    row_digest *all = header.failed ? NULL : memory_new(room + count, sizeof *all);
    digesting d = {.in = in, .rows = all != NULL ? all + room : NULL};
    status rc = all != NULL ? STATUS_OK : memory_error(err, (room + count) * sizeof *all);
    if (rc == STATUS_OK) {
        rc = blocks_run(count, BLOCK_ROWS, threads, NULL, digest_block, &d, err);
    }
    if (rc == STATUS_OK) {
        rc = sort_digests(d.rows, count, threads, err);
    }
    if (rc == STATUS_OK) {
        char *begin = (char *)d.rows - header.size;
        memcpy(begin, header.at, header.size);
        *out = sha256_of(begin, header.size + count * sizeof *d.rows);
    }
    text_buffer_clear(&header);
    memory_free(all);
    return rc;
}
