#include "engine/scenario/scenario_read.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "engine/scenario/excerpt.h"
#include "engine/messages.h"

source_ref reader_at(const scenario_reader *r, const yaml_node *node)
{
    return source_at(r->path, node->line, node->column);
}

void reader_refused(scenario_reader *r, const yaml_node *node, status s)
{
    char excerpt[640];
    if (excerpt_make(r->text, node->line, node->column, excerpt, sizeof excerpt)) {
        faults_excerpt(r->faults_list, excerpt);
    }
    r->result = r->result == STATUS_OK ? s : r->result;
}

void reader_out_of_memory(scenario_reader *r)
{
    error err;
    r->result = memory_error(&err, 0);
    (void)faults_add_error(r->faults_list, source_at(r->path, 0, 0), &err);
}

bool path_is_remote(const char *path)
{
    return strstr(path, "://") != NULL || strncmp(path, "/vsi", 4) == 0;
}

bool date_is_valid(const char *text)
{
    static const unsigned days[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint64_t year, month, day;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-' ||
        !text_to_u64(text_slice_of(text, 4), &year) ||
        !text_to_u64(text_slice_of(text + 5, 2), &month) ||
        !text_to_u64(text_slice_of(text + 8, 2), &day)) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1] &&
           (month != 2 || day < 29 || leap);
}

/* The scalar's text, NULL (and a fault) when it is no scalar or is empty. */
static const char *scalar(scenario_reader *r, const key *k, const yaml_node *node)
{
    if (node->kind != YAML_SCALAR) {
        REFUSE(r, node, M_RUN_FILE_NOT_VALUE, k->name);
        return NULL;
    }
    if (node->text[0] == '\0') {
        REFUSE(r, node, M_RUN_FILE_NO_VALUE, k->name);
        return NULL;
    }
    return node->text;
}

/* --- single values --- */

static void binding_add(scenario_reader *r, scenario_input *input, const char *canonical,
                        const char *header)
{
    column_binding *grown = arena_take(r->memory, input->binding_count + 1, sizeof *grown);
    if (grown == NULL) {
        reader_out_of_memory(r);
        return;
    }
    if (input->binding_count > 0) {
        memcpy(grown, input->bindings, input->binding_count * sizeof *grown);
    }
    grown[input->binding_count] = (column_binding){.column = canonical, .header = header};
    input->bindings = grown;
    input->binding_count++;
}

static void read_point(scenario_reader *r, const key *k, const yaml_node *node,
                       scenario_input *input)
{
    bool metres = strcmp(k->column, "x") == 0;
    if (node->kind != YAML_SEQUENCE || node->count != 2 || node->items[0].kind != YAML_SCALAR ||
        node->items[1].kind != YAML_SCALAR || node->items[0].text[0] == '\0' ||
        node->items[1].text[0] == '\0') {
        REFUSE(r, node, M_RUN_FILE_POINT, k->name);
        return;
    }
    binding_add(r, input, k->column, node->items[0].text);
    binding_add(r, input, metres ? "y" : "lat", node->items[1].text);
}

/* [address, postcode, city]; a single column is the address. */
static void read_address(scenario_reader *r, const key *k, const yaml_node *node,
                         scenario_input *input)
{
    static const char *const canonical[] = {"address", "postcode", "city"};
    size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
    bool good = node->kind != YAML_MAPPING && count >= 1 && count <= 3;
    for (size_t i = 0; good && i < count; i++) {
        const yaml_node *item = node->kind == YAML_SEQUENCE ? &node->items[i] : node;
        good = item->kind == YAML_SCALAR && item->text[0] != '\0';
    }
    if (!good) {
        REFUSE(r, node, M_RUN_FILE_ADDRESS, k->name);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const yaml_node *item = node->kind == YAML_SEQUENCE ? &node->items[i] : node;
        binding_add(r, input, canonical[i], item->text);
    }
}

static const char *bound_text(double value, const char *code, char *buffer, size_t size)
{
    size_t used = text_from_f64(value, buffer, size);
    if (code != NULL && strcmp(code, "1") != 0 && used + strlen(code) + 2 < size) {
        buffer[used] = ' ';
        memcpy(buffer + used + 1, code, strlen(code) + 1);
    }
    return buffer;
}

static void refuse_range(scenario_reader *r, const key *k, const yaml_node *node)
{
    char low[48], high[48];
    REFUSE(r, node, M_RUN_FILE_RANGE, k->name, bound_text(k->lowest, k->unit, low, sizeof low),
           bound_text(k->highest, k->unit, high, sizeof high), node->text);
}

/* What the reader may have meant: the number as typed, in the wanted unit; else the default. */
static const char *quantity_example(scenario_reader *r, const key *k, const char *text)
{
    double value;
    const char *number = arena_text_n(r->memory, text, strspn(text, "0123456789.,"));
    const char *meant = number != NULL ? arena_format(r->memory, "%s %s", number, k->unit) : NULL;
    if (meant == NULL) {
        reader_out_of_memory(r);
        return k->fallback;
    }
    bool fits = quantity_parse(text_slice_of(meant, strlen(meant)), k->unit, &value) &&
                value >= k->lowest && value <= k->highest;
    return fits ? meant : k->fallback;
}

static void refuse_quantity(scenario_reader *r, const key *k, const yaml_node *node,
                            const char *text)
{
    const char *example = quantity_example(r, k, text);
    if (strcmp(k->unit, "min") == 0 || strcmp(k->unit, "s") == 0) {
        REFUSE(r, node, M_RUN_FILE_QUANTITY, k->name, text, M_RUN_FILE_DURATION, example);
    } else if (strcmp(k->unit, "MiB") == 0) {
        REFUSE(r, node, M_RUN_FILE_QUANTITY, k->name, text, M_RUN_FILE_MEMORY, example);
    } else {
        REFUSE(r, node, M_RUN_FILE_QUANTITY, k->name, text, M_RUN_FILE_DISTANCE, example);
    }
}

static void read_quantity(scenario_reader *r, const key *k, const yaml_node *node, double *out)
{
    const char *text = scalar(r, k, node);
    double value;
    if (text == NULL) {
        return;
    }
    if (!quantity_parse(text_slice_of(text, strlen(text)), k->unit, &value)) {
        if (strcmp(k->unit, "1") == 0) {
            REFUSE(r, node, M_RUN_FILE_NUMBER, k->name, text);
        } else {
            refuse_quantity(r, k, node, text);
        }
    } else if (value < k->lowest || value > k->highest) {
        refuse_range(r, k, node);
    } else {
        *out = value;
    }
}

/* Digits that overflow 64 bits are out of range too, not "no number". */
static bool all_digits(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void read_whole(scenario_reader *r, const key *k, const yaml_node *node, int32_t *out)
{
    const char *text = scalar(r, k, node);
    int64_t value;
    if (text == NULL) {
        return;
    }
    bool read = text_to_i64(text_slice_of(text, strlen(text)), &value);
    if (!read && !all_digits(text)) {
        REFUSE(r, node, M_RUN_FILE_WHOLE, k->name, text);
    } else if (!read || (double)value < k->lowest || (double)value > k->highest) {
        refuse_range(r, k, node);
    } else {
        *out = (int32_t)value;
    }
}

static void read_seed(scenario_reader *r, const key *k, const yaml_node *node, uint64_t *out)
{
    const char *text = scalar(r, k, node);
    if (text != NULL && !text_to_u64(text_slice_of(text, strlen(text)), out)) {
        REFUSE(r, node, M_RUN_FILE_SEED, k->name, text);
    }
}

static void read_crs(scenario_reader *r, const key *k, const yaml_node *node, int32_t *out)
{
    static const char prefix[] = "EPSG:";
    const char *text = scalar(r, k, node);
    uint64_t code = 0;
    if (text == NULL) {
        return;
    }
    const char *digits =
        strncmp(text, prefix, sizeof prefix - 1) == 0 ? text + sizeof prefix - 1 : text;
    if (!text_to_u64(text_slice_of(digits, strlen(digits)), &code) || code < 1024 ||
        code > 999999) {
        REFUSE(r, node, M_RUN_FILE_CRS, k->name, text);
    } else {
        *out = (int32_t)code;
    }
}

static void read_file_name(scenario_reader *r, const key *k, const yaml_node *node,
                           const char **out)
{
    const char *text = scalar(r, k, node);
    if (text == NULL) {
        return;
    }
    if (path_is_remote(text)) {
        REFUSE(r, node, M_RUN_FILE_REMOTE, text);
    } else {
        *out = text;
    }
}

/* --- choices --- */

enum { CHOICES_MAX = 16 };

/* Cuts "a|b|c" into texts of the arena. */
static size_t choices_split(scenario_reader *r, const char *choices, const char *out[CHOICES_MAX])
{
    size_t count = 0;
    while (*choices != '\0' && count < CHOICES_MAX) {
        size_t size = strcspn(choices, "|");
        out[count] = arena_text_n(r->memory, choices, size);
        if (out[count] == NULL) {
            reader_out_of_memory(r);
            return 0;
        }
        count++;
        choices += size + (choices[size] == '|');
    }
    return count;
}

/* The choice's text; its position, from 0, in *at. NULL (and a fault) when it is none. */
static const char *choice(scenario_reader *r, const key *k, const yaml_node *node, size_t *at)
{
    const char *all[CHOICES_MAX], *text = scalar(r, k, node);
    size_t count = text != NULL ? choices_split(r, k->choices, all) : 0;
    char list[160] = "";
    for (size_t i = 0, used = 0; i < count; i++) {
        if (strcmp(all[i], text) == 0) {
            *at = i;
            return all[i];
        }
        if (used + strlen(all[i]) + 3 < sizeof list) {
            memcpy(list + used, i > 0 ? ", " : "", i > 0 ? 3 : 1);
            used += i > 0 ? 2 : 0;
            memcpy(list + used, all[i], strlen(all[i]) + 1);
            used += strlen(all[i]);
        }
    }
    if (count > 0) {
        REFUSE(r, node, M_RUN_FILE_CHOICE, k->name, text, list);
    }
    return NULL;
}

static void read_choices(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    size_t at = 0, count = 0;
    size_t room = node->kind == YAML_SEQUENCE ? node->count : 1;
    const char **out = arena_take(r->memory, room > 0 ? room : 1, sizeof *out);
    if (out == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < room; i++) {
        const char *text = choice(r, k, node->kind == YAML_SEQUENCE ? &node->items[i] : node, &at);
        bool known = false;
        for (size_t n = 0; text != NULL && n < count; n++) {
            known = known || strcmp(out[n], text) == 0;
        }
        if (text != NULL && !known) {
            out[count++] = text;
        }
    }
    *(const char *const **)((char *)base + k->offset) = out;
    *(size_t *)(void *)((char *)base + k->count_offset) = count;
}

/* Headers are the file's own words: anything but nothing. */
static void read_headers(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    size_t room = node->kind == YAML_SEQUENCE ? node->count : 1;
    const char **out = arena_take(r->memory, room > 0 ? room : 1, sizeof *out);
    size_t count = 0;
    if (out == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < room; i++) {
        const char *text = scalar(r, k, node->kind == YAML_SEQUENCE ? &node->items[i] : node);
        if (text != NULL) {
            out[count++] = text;
        }
    }
    *(const char *const **)((char *)base + k->offset) = out;
    *(size_t *)(void *)((char *)base + k->count_offset) = count;
}

/* --- speeds --- */

static void read_speed(scenario_reader *r, const key *k, const yaml_pair *pair,
                       line_class_speed *out)
{
    const char *text = scalar(r, k, &pair->value);
    double kmh = 0;
    if (text == NULL) {
        return;
    }
    const size_t digits = strspn(text, "0123456789.,");
    const bool fits = text[digits] == '\0' || strcmp(text + digits, " km/h") == 0;
    if (!fits || !text_to_f64(text_slice_of(text, digits), '.', &kmh) || kmh > LINE_SPEED_MAX_KMH) {
        REFUSE(r, &pair->value, M_RUN_FILE_SPEED, pair->key.text, text, (int)LINE_SPEED_MAX_KMH);
    }
    *out = (line_class_speed){.class_name = pair->key.text, .kmh = kmh};
}

/* {class: km/h} */
static void read_speeds(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    if (node->kind != YAML_MAPPING || node->count == 0) {
        REFUSE(r, node, M_RUN_FILE_SPEEDS, k->name);
        return;
    }
    line_class_speed *speeds = arena_take(r->memory, node->count, sizeof *speeds);
    if (speeds == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        read_speed(r, k, &node->pairs[i], &speeds[i]);
    }
    *(const line_class_speed **)(void *)((char *)base + k->offset) = speeds;
    *(size_t *)(void *)((char *)base + k->count_offset) = node->count;
}

/* --- kinds, status, perimeter --- */

/* Pairs of {column, map}; any other key is a fault. */
static const yaml_node *part(scenario_reader *r, const key *k, const yaml_node *node,
                             const char *name, const char *other)
{
    for (size_t i = 0; i < node->count; i++) {
        const yaml_node *typed = &node->pairs[i].key;
        if (strcmp(typed->text, name) != 0 && (other == NULL || strcmp(typed->text, other) != 0)) {
            REFUSE(r, typed, M_RUN_FILE_UNKNOWN_PART, typed->text, k->name, name);
        }
    }
    return yaml_find(node, name);
}

static void read_kind_map(scenario_reader *r, const key *k, const yaml_node *map,
                          scenario_venues *list)
{
    if (map->kind != YAML_MAPPING) {
        REFUSE(r, map, M_RUN_FILE_KIND_MAP, k->name);
        return;
    }
    kind_rule *rules = arena_take(r->memory, map->count > 0 ? map->count : 1, sizeof *rules);
    if (rules == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < map->count; i++) {
        const char *kind_code = scalar(r, k, &map->pairs[i].value);
        rules[i] = (kind_rule){.value = map->pairs[i].key.text,
                               .kind = kind_code != NULL ? kind_code : ""};
    }
    list->kind_map = rules;
    list->kind_map_count = map->count;
}

static void read_kinds(scenario_reader *r, const key *k, const yaml_node *node,
                       scenario_venues *list)
{
    if (node->kind != YAML_MAPPING) {
        list->kind = scalar(r, k, node);
        return;
    }
    const yaml_node *map = yaml_find(node, "map");
    const yaml_node *header = part(r, k, node, "column", "map");
    const char *text = header != NULL ? scalar(r, k, header) : NULL;
    if (header == NULL) {
        REFUSE(r, node, M_RUN_FILE_MISSING, "column", k->name, k->name);
    } else if (text != NULL) {
        binding_add(r, &list->input, "kind", text);
    }
    if (map != NULL) {
        read_kind_map(r, k, map, list);
    }
}

static void read_status(scenario_reader *r, const key *k, const yaml_node *node,
                        scenario_venues *list)
{
    size_t at;
    if (node->kind != YAML_MAPPING) {
        list->status = choice(r, k, node, &at);
        return;
    }
    const yaml_node *header = part(r, k, node, "column", NULL);
    const char *text = header != NULL ? scalar(r, k, header) : NULL;
    if (header == NULL) {
        REFUSE(r, node, M_RUN_FILE_MISSING, "column", k->name, k->name);
    } else if (text != NULL) {
        binding_add(r, &list->input, "status", text);
    }
}

static void read_keep(scenario_reader *r, const key *k, const yaml_node *node)
{
    scenario *s = &r->draft->scenario;
    s->perimeter.where = reader_at(r, node);
    if (node->kind == YAML_MAPPING) {
        section_read(r, &keep_section, node, &s->keep_file);
    } else {
        s->perimeter.keep = scalar(r, k, node);
    }
}

/* --- sections --- */

static void read_later(scenario_reader *r, const key *k, const yaml_node *at)
{
    if ((k->flags & KEY_NOTE_ONLY) != 0) {
        faults_note(r->faults_list, reader_at(r, at), M_RUN_FILE_LATER_NOTE, k->name, k->fr, k->en);
    } else {
        REFUSE(r, at, M_RUN_FILE_LATER, k->name, k->fr, k->en);
    }
}

/* A section that is a file's name alone reads as {file: name}. */
static void read_as_file(scenario_reader *r, const section *s, const yaml_node *node, void *target)
{
    scenario_input *input = (scenario_input *)(void *)((char *)target + s->input_offset);
    section_defaults(s, target);
    input->where = reader_at(r, node);
    read_file_name(r, &input_section.keys[0], node, &input->file);
}

static void read_subsection(scenario_reader *r, const key *k, const yaml_node *typed,
                            const yaml_node *node, void *target)
{
    const scenario_input *input =
        k->section->input
            ? (const scenario_input *)(void *)((char *)target + k->section->input_offset)
            : NULL;
    if (input != NULL && input->where.line > 0) {
        REFUSE(r, typed, M_RUN_FILE_TWICE, k->name, (unsigned long long)input->where.line);
    } else if ((k->flags & KEY_OR_FILE) != 0 && node->kind == YAML_SCALAR) {
        read_as_file(r, k->section, node, target);
    } else {
        section_read(r, k->section, node, target);
    }
}

static void read_list(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    const section *s = k->section;
    if (node->kind != YAML_SEQUENCE) {
        REFUSE(r, node, M_RUN_FILE_NOT_LIST, k->name);
        return;
    }
    char *items = arena_take(r->memory, node->count > 0 ? node->count : 1, s->size);
    if (items == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        char *item = items + i * s->size;
        if (s->where_offset > 0) {
            *(source_ref *)(void *)(item + s->where_offset) = reader_at(r, &node->items[i]);
        }
        section_read(r, s, &node->items[i], item);
    }
    *(void **)((char *)base + k->offset) = items;
    *(size_t *)(void *)((char *)base + k->count_offset) = node->count;
}

/* One file, or a list: names, or mappings of the key's section. */
static void read_files(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    const section *s = k->section;
    size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
    scenario_input *items = arena_take(r->memory, count > 0 ? count : 1, sizeof *items);
    if (items == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const yaml_node *item = node->kind == YAML_SEQUENCE ? &node->items[i] : node;
        if (item->kind == YAML_SCALAR) {
            read_as_file(r, s, item, &items[i]);
        } else {
            section_read(r, s, item, &items[i]);
        }
    }
    *(const scenario_input **)(void *)((char *)base + k->offset) = items;
    *(size_t *)(void *)((char *)base + k->count_offset) = count;
}

/* Nothing that climbs out of a folder of the search path. */
static void check_plugin_name(scenario_reader *r, const yaml_node *node, const char *name)
{
    if (name != NULL && (strchr(name, '/') != NULL || strstr(name, "..") != NULL)) {
        REFUSE(r, node, M_RUN_FILE_PLUGIN_PATH, name);
    }
}

/* A plugin's name, or a list: names, or mappings of the key's section. */
static void read_plugins(scenario_reader *r, const key *k, const yaml_node *node, void *base)
{
    size_t count = node->kind == YAML_SEQUENCE ? node->count : 1;
    scenario_plugin *items = arena_take(r->memory, count > 0 ? count : 1, sizeof *items);
    size_t read = 0;
    if (items == NULL) {
        reader_out_of_memory(r);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const yaml_node *item = node->kind == YAML_SEQUENCE ? &node->items[i] : node;
        scenario_plugin *one = &items[read];
        if (item->kind == YAML_MAPPING) {
            section_read(r, k->section, item, one);
        } else {
            one->name = scalar(r, k, item);
        }
        one->where = reader_at(r, item);
        check_plugin_name(r, item, one->name);
        read += one->name != NULL;
    }
    *(const scenario_plugin **)(void *)((char *)base + k->offset) = items;
    *(size_t *)(void *)((char *)base + k->count_offset) = read;
}

static void read_file(scenario_reader *r, const key *k, const yaml_node *node,
                      scenario_input *input, char *at)
{
    if (input != NULL && k == &input_section.keys[0]) {
        input->where = reader_at(r, node);
    }
    read_file_name(r, k, node, (const char **)(void *)at);
}

static void read_encoding(scenario_reader *r, const key *k, const yaml_node *node, encoding *out)
{
    size_t at = 0;
    if (choice(r, k, node, &at) != NULL) {
        *out = at == 0 ? ENCODING_UTF8 : ENCODING_LATIN1;
    }
}

static void read_text(scenario_reader *r, const key *k, const yaml_node *node, const char **out)
{
    const char *text = scalar(r, k, node);
    if (text != NULL && k->kind == KEY_DATE && !date_is_valid(text)) {
        REFUSE(r, node, M_RUN_FILE_DATE, k->name, text);
    } else if (text != NULL) {
        *out = text;
    }
}

static void read_choice(scenario_reader *r, const key *k, const yaml_node *node, const char **out)
{
    size_t at;
    *out = choice(r, k, node, &at);
}

/* `base`: the struct that the key's offset is relative to; `input`: the input of its section. */
static void key_read(scenario_reader *r, const key *k, const yaml_pair *pair, void *base,
                     scenario_input *input)
{
    const yaml_node *node = &pair->value;
    char *at = (char *)base + k->offset;
    void *field = at;
    switch (k->kind) {
    case KEY_TEXT:
    case KEY_FOLDER:
    case KEY_DATE:
        read_text(r, k, node, field);
        break;
    case KEY_FILE:
        read_file(r, k, node, input, at);
        break;
    case KEY_COLUMN: {
        const char *header = scalar(r, k, node);
        if (header != NULL) {
            binding_add(r, input, k->column, header);
        }
        break;
    }
    case KEY_POINT:
        read_point(r, k, node, input);
        break;
    case KEY_QUANTITY:
        read_quantity(r, k, node, field);
        break;
    case KEY_WHOLE:
        read_whole(r, k, node, field);
        break;
    case KEY_SEED:
        read_seed(r, k, node, field);
        break;
    case KEY_CHOICE:
        read_choice(r, k, node, field);
        break;
    case KEY_CHOICES:
        read_choices(r, k, node, base);
        break;
    case KEY_PLUGINS:
        read_plugins(r, k, node, base);
        break;
    case KEY_FILES:
        read_files(r, k, node, base);
        break;
    case KEY_ADDRESS:
        read_address(r, k, node, input);
        break;
    case KEY_HEADERS:
        read_headers(r, k, node, base);
        break;
    case KEY_CRS:
        read_crs(r, k, node, field);
        break;
    case KEY_ENCODING:
        read_encoding(r, k, node, field);
        break;
    case KEY_SECTION:
        read_subsection(r, k, &pair->key, node, field);
        break;
    case KEY_LIST:
        read_list(r, k, node, base);
        break;
    case KEY_KEEP:
        read_keep(r, k, node);
        break;
    case KEY_KINDS:
        read_kinds(r, k, node, base);
        break;
    case KEY_STATUS:
        read_status(r, k, node, base);
        break;
    case KEY_INDICATORS:
        indicators_read(r, node);
        break;
    case KEY_SPEEDS:
        read_speeds(r, k, node, base);
        break;
    case KEY_LATER:
        read_later(r, k, &pair->key);
        break;
    }
}

/* In French, then in English: only the whole file has two names. */
#define SECTION_NAME(s) ((s)->name_fr != NULL ? (s)->name_fr : (s)->name), (s)->name

/* Gives the key that was meant, so that the faults of its value are told too; NULL when there is
 * none, or when it is there in its own name. */
static const key *refuse_unknown(scenario_reader *r, const section *s, const yaml_node *typed,
                                 const yaml_node *in)
{
    const key *near = section_suggest(s, typed->text);
    if (near == NULL) {
        REFUSE(r, typed, M_RUN_FILE_UNKNOWN, typed->text, SECTION_NAME(s));
        return NULL;
    }
    REFUSE(r, typed, M_RUN_FILE_UNKNOWN_NEAR, typed->text, SECTION_NAME(s), near->name);
    r->understood++;
    return yaml_find(in, near->name) == NULL ? near : NULL;
}

void section_defaults(const section *s, void *target)
{
    for (size_t i = 0; i < s->count; i++) {
        const key *k = &s->keys[i];
        void *field = (char *)target + k->offset;
        uint64_t whole = 0;
        double value = 0;
        text_slice text = text_slice_of(k->fallback, k->fallback != NULL ? strlen(k->fallback) : 0);
        if (text.size > 0 && k->kind == KEY_QUANTITY && quantity_parse(text, k->unit, &value)) {
            *(double *)field = value;
        } else if (k->kind == KEY_QUANTITY && (k->flags & KEY_UNSET) != 0) {
            *(double *)field = NAN;
        } else if (text.size > 0 && k->kind == KEY_SEED && text_to_u64(text, &whole)) {
            *(uint64_t *)field = whole;
        }
    }
}

/* Whether the key is there, by its name or by a word for it. */
static bool key_is_told(const section *s, const yaml_node *node, const key *k)
{
    bool told = yaml_find(node, k->name) != NULL;
    for (size_t i = 0; !told && i < node->count; i++) {
        const char *typed = node->pairs[i].key.text;
        told = section_find(s, typed) == NULL && section_suggest(s, typed) == k;
    }
    return told;
}

static void check_required(scenario_reader *r, const section *s, const yaml_node *node)
{
    for (size_t i = 0; i < section_key_count(s); i++) {
        const key *k = section_key_at(s, i);
        if ((k->flags & KEY_REQUIRED) != 0 && !key_is_told(s, node, k)) {
            REFUSE(r, node, M_RUN_FILE_MISSING, k->name, SECTION_NAME(s));
        }
    }
}

void section_read(scenario_reader *r, const section *s, const yaml_node *node, void *target)
{
    char *input_at = (char *)target + s->input_offset;
    scenario_input *input = s->input ? (scenario_input *)(void *)input_at : NULL;
    if (node->kind != YAML_MAPPING) {
        REFUSE(r, node, M_RUN_FILE_NOT_MAPPING, SECTION_NAME(s));
        return;
    }
    section_defaults(s, target);
    const size_t doubts = faults_count(r->faults_list) - r->understood;
    if (input != NULL) {
        input->where = reader_at(r, node);
    }
    for (size_t i = 0; i < node->count; i++) {
        const yaml_node *typed = &node->pairs[i].key;
        const key *k = section_find(s, typed->text);
        if (k == NULL) {
            k = refuse_unknown(r, s, typed, node);
        }
        if (k == NULL) {
            continue;
        }
        bool common = k >= input_section.keys && k < input_section.keys + input_section.count;
        void *base = (k->flags & KEY_ROOT) != 0 ? (void *)r->draft
                     : common                   ? (void *)input_at
                                                : target;
        key_read(r, k, &node->pairs[i], base, input);
    }
    check_required(r, s, node);
    if (input != NULL) {
        input->doubtful = faults_count(r->faults_list) - r->understood != doubts;
    }
}
