/* table/frozen.h: the block of shareable memory behind a table. Private to this room.
 *
 * The block holds a header, the descriptions of the columns, the texts, then every array, 64-byte
 * aligned. It holds offsets, never addresses, so that any process maps it anywhere. It is shaped
 * first (all sizes known), filled in place, then sealed into a table. */
#ifndef TABLE_FROZEN_H
#define TABLE_FROZEN_H

#include "base/hash.h"
#include "table/table.h"

typedef struct frozen_column_shape {
    column_spec spec;
    bool has_state;
    uint32_t word_count;
    uint64_t word_bytes; /* with the NUL of each word */
} frozen_column_shape;

typedef struct frozen_shape {
    const char *name;
    size_t rows;
    size_t column_count;
    const frozen_column_shape *columns;
    const char *const *source_files;
    size_t source_file_count;
    bool has_source;
} frozen_shape;

/* The sizes of a text column's words; refuses what is not UTF-8. */
MUST_CHECK status frozen_shape_words(frozen_column_shape *out, const interner *words_in,
                                     const char *table_name, error *err);
/* Zeroed, writable. Clear it unless it was sealed. */
MUST_CHECK status frozen_new(shared_memory *out, const frozen_shape *shape, error *err);
/* Arrays to fill, of the shape's sizes; NULL where the shape has none. */
void *frozen_values(const shared_memory *m, size_t c);
uint8_t *frozen_state(const shared_memory *m, size_t c);
char *frozen_word_bytes(const shared_memory *m, size_t c);
uint64_t *frozen_word_start(const shared_memory *m, size_t c);
uint32_t *frozen_source_file(const shared_memory *m);
uint64_t *frozen_source_row(const shared_memory *m);
void frozen_fill_words(const shared_memory *m, size_t c, const interner *words_in);
/* Takes the memory in every case. */
MUST_CHECK status frozen_seal(shared_memory *m, table **out, error *err);

/* Bytes of one value. */
size_t column_value_size(column_type type);
const char *column_type_label(column_type type, language lang);

#endif
