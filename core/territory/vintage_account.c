/* What a conversion did to a table: merged, split, lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "territory/support.h"
#include "territory/vintage_carry.h"

static bool changes(const vintage_link *l)
{
    return l && l->kind != LINK_SAME;
}

static double row_weight(const carrying *w, size_t row)
{
    const carry_piece whole = {.row = (uint32_t)row, .ratio = 1};
    return carry_weight(w, &whole);
}

static void account_pieces(const carrying *w, carried_link *links, carry_report *out)
{
    for (size_t i = 0; i < w->piece_count; i++) {
        const carry_piece *p = &w->pieces[i];
        const double weight = carry_weight(w, p);
        bool merged = false;
        bool split = false;
        for (size_t c = 0; c < w->plan->code_count; c++) {
            const vintage_link *l = p->link[c];
            if (changes(l)) {
                links[l - w->by->links].rows++;
                links[l - w->by->links].weight += weight;
            }
            merged = merged || (l && l->kind == LINK_MERGE);
            split = split || (l && l->kind == LINK_SPLIT);
        }
        out->weight_merged += merged ? weight : 0;
        out->weight_split += split ? weight : 0;
        out->weight_after += weight;
    }
    out->weight_after -= w->missing_weight;
}

/* In the order of the rows' values: the sums are the same whatever the order of the file. */
static status account_rows(const carrying *w, carry_report *out)
{
    uint8_t *lost = NULL;
    size_t *order = NULL;
    status rc = take_array(w->scratch, w->t->rows, sizeof *lost, &lost, w->list);
    rc = rc == STATUS_OK ? take_array(w->scratch, w->t->rows, sizeof *order, &order, w->list) : rc;
    for (size_t i = 0; rc == STATUS_OK && i < w->lost_count; i++) {
        lost[w->lost[i]] = 1;
    }
    for (size_t row = 0; rc == STATUS_OK && row < w->t->rows; row++) {
        order[w->rank[row]] = row;
    }
    for (size_t i = 0; rc == STATUS_OK && i < w->t->rows; i++) {
        const double weight = row_weight(w, order[i]);
        out->weight_before += weight;
        out->lost_weight += lost[order[i]] ? weight : 0;
    }
    return rc;
}

static bool is_first_of(const carried_link *links, size_t i)
{
    return i == 0 || strcmp(links[i - 1].link->from, links[i].link->from) != 0;
}

static void count_codes(const carried_link *links, size_t count, carry_report *out)
{
    for (size_t i = 0; i < count; i++) {
        const vintage_link *l = links[i].link;
        const bool first = is_first_of(links, i);
        out->renamed += l->kind == LINK_SIMPLE;
        out->merged += l->kind == LINK_MERGE && strcmp(l->from, l->to) != 0;
        out->split += l->kind == LINK_SPLIT && first;
        out->split_into += l->kind == LINK_SPLIT;
        out->strays += first && l->read_in != out->from;
        out->unknown_weights += first && !l->weight_known;
    }
}

static status count_heirs(carrying *w, const carried_link *links, size_t count, carry_report *out)
{
    const char **heirs = NULL;
    size_t found = 0;
    const status rc = take_array(w->scratch, count, sizeof *heirs, &heirs, w->list);
    for (size_t i = 0; rc == STATUS_OK && i < count; i++) {
        if (links[i].link->kind == LINK_MERGE && strcmp(links[i].link->from, links[i].link->to)) {
            heirs[found++] = links[i].link->to;
        }
    }
    if (found) {
        qsort(heirs, found, sizeof *heirs, compare_texts);
    }
    for (size_t i = 0; i < found; i++) {
        out->merged_into += i == 0 || strcmp(heirs[i - 1], heirs[i]) != 0;
    }
    return rc;
}

void carry_unknown_print(const carry_report *r, char *buffer, size_t size)
{
    static const char more[] = ", …";
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < r->link_count; i++) {
        const vintage_link *l = r->links[i].link;
        if (l->weight_known || !is_first_of(r->links, i)) {
            continue;
        }
        if (used + strlen(l->from) + sizeof more + 2 > size) {
            (void)snprintf(buffer + used, size - used, "%s", more);
            return;
        }
        used += (size_t)snprintf(buffer + used, size - used, "%s%s", used ? ", " : "", l->from);
    }
}

status carry_account(carrying *w, carry_report *out)
{
    carried_link *links = NULL;
    size_t kept = 0;
    *out = (carry_report){.from = w->by->from,
                          .to = w->by->to,
                          .rows_before = w->t->rows,
                          .rows_after = w->cell_count,
                          .has_weight = w->measure != SIZE_MAX,
                          .lost_rows = w->lost_count,
                          .lost_row = w->lost,
                          .missing_weight = w->missing_weight,
                          .missing_split = w->missing_split,
                          .missing_merged = w->missing_merged,
                          .memory = w->memory};
    const status rc = take_array(w->memory, w->by->count, sizeof *links, &links, w->list);
    if (rc != STATUS_OK) {
        return rc;
    }
    for (size_t i = 0; i < w->by->count; i++) {
        links[i].link = &w->by->links[i];
    }
    account_pieces(w, links, out);
    if (account_rows(w, out) != STATUS_OK) {
        return STATUS_ENVIRONMENT;
    }
    for (size_t i = 0; i < w->by->count; i++) {
        if (links[i].rows) {
            links[kept++] = links[i];
        }
    }
    out->links = links;
    out->link_count = kept;
    count_codes(links, kept, out);
    return count_heirs(w, links, kept, out);
}
