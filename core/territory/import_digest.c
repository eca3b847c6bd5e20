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

static void add_header(text_buffer *to, const table *t)
{
    for (size_t c = 0; c < t->column_count; c++) {
        text_add_n(to, t->columns[c].name, strlen(t->columns[c].name) + 1);
    }
}

status imported_digest(const imported *in, int threads, sha256_hex *out, error *err)
{
    const size_t count = in->rows != NULL ? in->rows->rows : 0;
    digesting d = {.in = in, .rows = memory_new(count > 0 ? count : 1, sizeof *d.rows)};
    text_buffer whole = {0};
    *out = (sha256_hex){""};
    status rc =
        d.rows != NULL ? STATUS_OK : memory_error(err, (count > 0 ? count : 1) * sizeof *d.rows);
    if (rc == STATUS_OK) {
        rc = blocks_run(count, BLOCK_ROWS, threads, NULL, digest_block, &d, err);
    }
    if (rc == STATUS_OK && count > 0) {
        qsort(d.rows, count, sizeof *d.rows, compare_digests);
        add_header(&whole, in->rows);
        text_add_n(&whole, (const char *)d.rows, count * sizeof *d.rows);
        rc = whole.failed ? memory_error(err, count * sizeof *d.rows) : STATUS_OK;
        *out = sha256_of(whole.at, whole.size);
    }
    text_buffer_clear(&whole);
    memory_free(d.rows);
    return rc;
}
