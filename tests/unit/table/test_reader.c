/* What a user relies on when a file is read: exact values, and each fault at its line and column.
 */
#include "fixture.h"

#define TEXT(name_of)                                                                              \
    {                                                                                              \
        .name = name_of, .type = COLUMN_TEXT, .required = true                                     \
    }
#define NUMBER(name_of)                                                                            \
    {                                                                                              \
        .name = name_of, .type = COLUMN_F64, .required = true, .decimals = 2                       \
    }

static const wanted_column FLOW[] = {
    TEXT("o"),
    TEXT("j"),
    {.name = "weight", .type = COLUMN_F64, .required = true, .lowest = 0, .highest = 1e9}};
static const read_options PLAIN = {0};

static outcome flow(const char *text)
{
    return read_bytes(text, strlen(text), FLOW, 3, PLAIN);
}

static void assert_refused(const char *text, const char *message)
{
    char printed[1024];
    outcome o = flow(text);
    assert_int_equal(o.status, STATUS_INPUT);
    assert_contains(first_fault(&o, printed), message);
    outcome_clear(&o);
}

static void reads_each_dialect_to_the_same_table(void **state)
{
    (void)state;
    static const char *const dialects[] = {
        "o;j;weight\n01004;2A004;1.5\n97411;75056;2\n",
        "o,j,weight\n01004,2A004,1.5\n97411,75056,2\n",
        "o\tj\tweight\n01004\t2A004\t1.5\n97411\t75056\t2\n",
        "o;j;weight\r\n01004;2A004;1.5\r\n97411;75056;2\r\n",
        "\xef\xbb\xbfo;j;weight\n01004;2A004;1.5\n97411;75056;2",
        "o;j;weight\n01004;2A004;1,5\n97411;75056;2\n\n\n",
        "\"o\",\"j\",\"weight\"\n\"01004\",2A004,\"1,5\"\n97411,\"75056\",2\n",
        "x;weight;o;J\na;1.5;01004;2A004\nb;2;97411;75056\n",
    };
    for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++) {
        outcome o = flow(dialects[i]);
        assert_int_equal(o.status, STATUS_OK);
        assert_int_equal(o.table->rows, 2);
        assert_string_equal(column_text(&o.table->columns[0], 0), "01004");
        assert_string_equal(column_text(&o.table->columns[1], 0), "2A004");
        assert_true(o.table->columns[2].at.f64[0] == 1.5);
        assert_true(o.table->columns[2].at.f64[1] == 2);
        assert_int_equal(o.table->source_row[1], 3);
        assert_string_equal(table_source(o.table, 1).file, "in.csv");
        outcome_clear(&o);
    }
}

static void tells_what_it_saw(void **state)
{
    (void)state;
    outcome o = flow("\xef\xbb\xbfo;j;weight\r\n1;2;3,5\r\n");
    assert_true(o.facts.bom && o.facts.crlf);
    assert_int_equal(o.facts.separator, ';');
    assert_int_equal(o.facts.decimal_mark, ',');
    assert_int_equal(o.facts.encoding, ENCODING_UTF8);
    assert_int_equal(o.facts.rows, 1);
    assert_int_equal(o.facts.bytes, 24);
    outcome_clear(&o);
}

static void keeps_quoted_newlines_and_counts_lines_through_them(void **state)
{
    (void)state;
    outcome o = flow("o;j;weight\n\"a\nb\"\"c\";x;1\ny;z;2\n");
    assert_int_equal(o.status, STATUS_OK);
    assert_string_equal(column_text(&o.table->columns[0], 0), "a\nb\"c");
    assert_int_equal(o.table->source_row[0], 2);
    assert_int_equal(o.table->source_row[1], 4);
    outcome_clear(&o);
    assert_refused("o;j;weight\n\"a\nb\";x;1\ny;z;2x\n", "in.csv:4:5: “2x” is not a number");
    assert_refused("o;j;weight\n\"a\nb\";é;1x\n", "in.csv:3:6: ");
}

static void keeps_text_exactly(void **state)
{
    (void)state;
    outcome o = flow("o;j;weight\n a  b ;5\" disc;1\n\x1b[31m;=1+1;1\n");
    assert_int_equal(o.status, STATUS_OK);
    assert_string_equal(column_text(&o.table->columns[0], 0), " a  b ");
    assert_string_equal(column_text(&o.table->columns[1], 0), "5\" disc");
    assert_string_equal(column_text(&o.table->columns[0], 1), "\x1b[31m");
    outcome_clear(&o);
}

static void refuses_with_place_and_reason(void **state)
{
    (void)state;
    assert_refused("", "in.csv: empty file");
    assert_refused("\xef\xbb\xbf", "in.csv: empty file");
    assert_refused("\n\n", "in.csv: empty file");
    assert_refused("o;weight\n1;2\n", "in.csv:1: missing column “j”");
    assert_refused("o;j;weight;o\n1;2;3;4\n", "“o” is twice in the header: fields 1");
    assert_refused("o;j;weight\n1;2\n", "in.csv:2: expected 3 fields, found 2");
    assert_refused("o;j;weight\n1;2;3;4\n", "in.csv:2: expected 3 fields, found 4");
    assert_refused("o;j;weight\n1;2;3\n\n1;2;3\n", "in.csv:3: expected 3 fields, found an empty");
    assert_refused("o;j;weight\n1;2;-310.25\n", "in.csv:2:5: negative value -310.25");
    assert_refused("o;j;weight\n1;2;NaN\n", "in.csv:2:5: “NaN” is not a finite number");
    assert_refused("o;j;weight\n1;2;-inf\n", "is not a finite number");
    assert_refused("o;j;weight\n1;2;1e999\n", "is not a finite number");
    assert_refused("o;j;weight\n1;2;2e9\n", "value 2e9 is above");
    assert_refused("o;j;weight\n1;2;61.125abc\n", "“61.125abc” is not a number");
    assert_refused("o;j;weight\n1;2;0x10\n", "is not a number");
    assert_refused("o;j;weight\n1;2;1 000\n", "is not a number");
    assert_refused("o;j;weight\n1;2;1.5\n1;2;1,5\n", "in.csv:3:5: “1,5”: one file has one decimal");
    assert_refused("o;j;weight\n1;\"2;3\n4;5;6\n", "in.csv:2:3: unclosed quote opened at line 2");
    assert_refused("o;j;weight\n1;\"2\"x;3\n", "in.csv:2:6: text after a closing quote");
    assert_refused("o;j;weight\r1;2;3\r", "carriage return");
    assert_refused("\xff\xfeo\0;\0", "UTF-16");
}

static void refuses_a_nul_byte(void **state)
{
    (void)state;
    char printed[1024];
    static const char text[] = "o;j;weight\n1;C\0ro;3\n";
    outcome o = read_bytes(text, sizeof text - 1, FLOW, 3, PLAIN);
    assert_int_equal(o.status, STATUS_INPUT);
    assert_contains(first_fault(&o, printed), "in.csv:2:4: NUL byte");
    outcome_clear(&o);
}

static void shows_the_line_and_a_caret(void **state)
{
    (void)state;
    outcome o = flow("o;j;weight\né;\x1b;abc\n");
    assert_int_equal(o.status, STATUS_INPUT);
    assert_string_equal(faults_at(o.faults, 0)->excerpt, "é;\\u{1B};abc\n         ^");
    outcome_clear(&o);
}

static void reports_every_fault_up_to_the_limit(void **state)
{
    (void)state;
    text_buffer text = {0};
    text_add(&text, "o;j;weight\n");
    for (int i = 0; i < READER_MAX_FAULTS + 7; i++)
        text_add(&text, "1;2;x\n");
    outcome o = flow(text.at);
    assert_int_equal(faults_count(o.faults), READER_MAX_FAULTS + 1);
    assert_contains(faults_at(o.faults, READER_MAX_FAULTS)->en, "7 more faults");
    outcome_clear(&o);
    text_buffer_clear(&text);
}

static void reads_latin1_with_a_warning(void **state)
{
    (void)state;
    char printed[1024];
    outcome o = flow("o;j;weight\na;b;1\nCr\xe9teil;V\x9cuil;2\n");
    assert_int_equal(o.status, STATUS_OK);
    assert_string_equal(column_text(&o.table->columns[0], 1), "Créteil");
    assert_string_equal(column_text(&o.table->columns[1], 1), "Vœuil");
    assert_int_equal(faults_count(o.faults), 2);
    assert_int_equal(faults_at(o.faults, 0)->severity, SEVERITY_WARNING);
    assert_contains(first_fault(&o, printed), "in.csv:3:3: ");
    assert_contains(printed, "read as ISO-8859-1");
    assert_string_equal(faults_at(o.faults, 0)->excerpt, "Créteil;Vœuil;2\n  ^");
    assert_int_equal(o.facts.encoding, ENCODING_LATIN1);
    outcome_clear(&o);
}

static void refuses_other_encodings_than_asked(void **state)
{
    (void)state;
    char printed[1024];
    const char latin1[] = "o;j;weight\nCr\xe9teil;b;1\n";
    outcome o =
        read_bytes(latin1, strlen(latin1), FLOW, 3, (read_options){.encoding = ENCODING_UTF8});
    assert_int_equal(o.status, STATUS_INPUT);
    assert_contains(first_fault(&o, printed), "in.csv:2:3: ");
    outcome_clear(&o);
    o = read_bytes(latin1, strlen(latin1), FLOW, 3, (read_options){.encoding = ENCODING_LATIN1});
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(faults_count(o.faults), 0);
    outcome_clear(&o);
    assert_refused("o;j;weight\nCréteil;b;1\nCr\xe9teil;b;1\n", "in.csv:3:3: two encodings");
    assert_refused("\xef\xbb\xbfo;j;weight\nCr\xe9teil;b;1\n", "in.csv:2:3: ");
}

static void names_the_states_of_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        value_state state;
    } cases[] = {{"", VALUE_MISSING},   {"  ", VALUE_MISSING},         {"NA", VALUE_MISSING},
                 {"nd", VALUE_MISSING}, {"n.d.", VALUE_MISSING},       {"…", VALUE_MISSING},
                 {"s", VALUE_SECRET},   {"///", VALUE_NOT_APPLICABLE}, {" 12.5 ", VALUE_PRESENT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[64];
        (void)snprintf(text, sizeof text, "o;j;weight\ns;NA;%s\n", cases[i].text);
        outcome o = flow(text);
        assert_int_equal(o.status, STATUS_OK);
        assert_int_equal(column_state(&o.table->columns[2], 0), cases[i].state);
        assert_string_equal(column_text(&o.table->columns[0], 0), "s");
        assert_string_equal(column_text(&o.table->columns[1], 0), "NA");
        outcome_clear(&o);
    }
    outcome o = flow("o;j;weight\n;  ;1\n");
    assert_int_equal(column_state(&o.table->columns[0], 0), VALUE_MISSING);
    assert_int_equal(column_state(&o.table->columns[1], 0), VALUE_MISSING);
    outcome_clear(&o);
}

static void reads_whole_numbers(void **state)
{
    (void)state;
    char printed[1024];
    static const wanted_column whole[] = {{.name = "i", .type = COLUMN_I64, .required = true},
                                          {.name = "u", .type = COLUMN_U32, .required = true}};
    const char *good = "i;u\n-9223372036854775808;4294967295\n7;0\n";
    outcome o = read_bytes(good, strlen(good), whole, 2, PLAIN);
    assert_int_equal(o.status, STATUS_OK);
    assert_true(o.table->columns[0].at.i64[0] == INT64_MIN);
    assert_true(o.table->columns[1].at.u32[0] == UINT32_MAX);
    outcome_clear(&o);
    static const char *const bad[][2] = {{"i;u\n1.5;1\n", "not a whole number"},
                                         {"i;u\n1;4294967296\n", "is above 4294967295"},
                                         {"i;u\n1;-1\n", "negative value -1"},
                                         {"i;u\n9223372036854775808;1\n", "whole number"},
                                         {"i;u\n1e3;1\n", "not a whole number"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        o = read_bytes(bad[i][0], strlen(bad[i][0]), whole, 2, PLAIN);
        assert_int_equal(o.status, STATUS_INPUT);
        assert_contains(first_fault(&o, printed), bad[i][1]);
        outcome_clear(&o);
    }
}

static void finds_columns_by_alias_prefix_and_fold(void **state)
{
    (void)state;
    static const char *const aliases[] = {"COM", "CODGEO", NULL};
    static const char *const flows[] = {"NBFLUX_C*", NULL};
    static const char *const regions[] = {"Région", NULL};
    static const wanted_column wanted[] = {
        {.name = "code", .aliases = aliases, .type = COLUMN_TEXT, .required = true},
        {.name = "weight", .aliases = flows, .type = COLUMN_F64, .required = true},
        {.name = "region", .aliases = regions, .type = COLUMN_TEXT},
        {.name = "absent", .type = COLUMN_TEXT}};
    const char *text = "REGION;CODGEO;NBFLUX_C20_ACTOCC15P\nx;01001;3\n";
    outcome o = read_bytes(text, strlen(text), wanted, 4, PLAIN);
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.table->column_count, 3);
    assert_string_equal(column_text(table_find(o.table, "code"), 0), "01001");
    assert_string_equal(column_text(table_find(o.table, "region"), 0), "x");
    assert_null(table_find(o.table, "absent"));
    outcome_clear(&o);
    char printed[1024];
    text = "COM;NBFLUX_C20_A;NBFLUX_C20_B\n1;2;3\n";
    o = read_bytes(text, strlen(text), wanted, 4, PLAIN);
    assert_contains(first_fault(&o, printed), "NBFLUX_C20_B");
    outcome_clear(&o);
}

static void reads_without_header(void **state)
{
    (void)state;
    static const char *const first[] = {"1", NULL}, *const second[] = {"2", NULL};
    static const wanted_column wanted[] = {
        {.name = "code", .aliases = first, .type = COLUMN_TEXT, .required = true},
        {.name = "label", .aliases = second, .type = COLUMN_TEXT, .required = true}};
    const char *text = "MO001,Monaco (MO001)\nAL000,\"L'Aquila, IT\"\n";
    outcome o = read_bytes(text, strlen(text), wanted, 2, (read_options){.headerless = true});
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.table->rows, 2);
    assert_string_equal(column_text(&o.table->columns[1], 1), "L'Aquila, IT");
    assert_int_equal(o.table->source_row[0], 1);
    outcome_clear(&o);
}

static void reads_every_column_as_text(void **state)
{
    (void)state;
    const char *text = "code;Libellé;\n01;x;\n";
    outcome o = read_bytes(text, strlen(text), NULL, 0, PLAIN);
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.table->column_count, 3);
    assert_string_equal(o.table->columns[1].name, "Libellé");
    assert_string_equal(column_text(&o.table->columns[0], 0), "01");
    outcome_clear(&o);
}

static void keeps_empty_values_of_a_single_column(void **state)
{
    (void)state;
    static const wanted_column one[] = {TEXT("code")};
    const char *text = "code\na\n\n\nb\n\n";
    outcome o = read_bytes(text, strlen(text), one, 1, PLAIN);
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.table->rows, 4);
    assert_int_equal(column_state(&o.table->columns[0], 1), VALUE_MISSING);
    assert_int_equal(o.table->source_row[2], 4);
    assert_int_equal(o.table->source_row[3], 5);
    outcome_clear(&o);
}

static void hints_at_the_separator(void **state)
{
    (void)state;
    char printed[1024];
    const char *text = "o\tj\tweight\n1\t2\t3\n";
    outcome o = read_bytes(text, strlen(text), FLOW, 3, (read_options){.separator = ';'});
    assert_int_equal(o.status, STATUS_INPUT);
    assert_contains(first_fault(&o, printed), "one column found");
    assert_contains(printed, "a tab");
    assert_contains(faults_at(o.faults, 0)->fr, "tabulation");
    outcome_clear(&o);
    o = read_bytes(text, strlen(text), FLOW, 3, (read_options){.separators = ";,"});
    assert_contains(first_fault(&o, printed), "in.csv:1: one column found");
    outcome_clear(&o);
    text = "o;j;weight\n1\t2\t3\n";
    assert_refused(text, "expected 3 fields, found 1");
}

static void prefers_the_separator_under_which_columns_are_found(void **state)
{
    (void)state;
    outcome o = flow("o;j;weight;a,b,c,d,e,f\n1;2;3;x\n");
    assert_int_equal(o.status, STATUS_OK);
    assert_int_equal(o.facts.separator, ';');
    outcome_clear(&o);
}

/* Limits at N and N + 1. */
static void holds_the_field_limit(void **state)
{
    (void)state;
    for (int quoted = 0; quoted < 2; quoted++) {
        for (size_t over = 0; over < 2; over++) {
            size_t size = READER_MAX_FIELD_BYTES + over;
            char *field = malloc(size + 1);
            assert_non_null(field);
            memset(field, 'x', size);
            field[size] = '\0';
            text_buffer text = {0};
            const char *quote = quoted ? "\"" : "";
            text_add_format(&text, "o;j;weight\n1;%s%s%s;3\n", quote, field, quote);
            char printed[1024];
            outcome o = flow(text.at);
            assert_int_equal(o.status, over ? STATUS_INPUT : STATUS_OK);
            if (over)
                assert_contains(first_fault(&o, printed), "in.csv:2:3: field longer than");
            outcome_clear(&o);
            text_buffer_clear(&text);
            free(field);
        }
    }
}

static void holds_the_column_limit(void **state)
{
    (void)state;
    for (int over = 0; over < 2; over++) {
        text_buffer text = {0};
        text_add(&text, "c0");
        for (int i = 1; i < READER_MAX_COLUMNS + over; i++)
            text_add_format(&text, ";c%d", i);
        text_add(&text, "\n");
        outcome o = read_bytes(text.at, text.size, NULL, 0, PLAIN);
        assert_int_equal(o.status, over ? STATUS_INPUT : STATUS_OK);
        outcome_clear(&o);
        text_buffer_clear(&text);
    }
}

/* An XLSX sheet or a vector layer: texts that another reader made. */
static void types_texts_of_another_source(void **state)
{
    (void)state;
    const char *text = "o;j;weight\n1;2;3,5\n1;2;s\n";
    outcome cells = read_bytes(text, strlen(text), NULL, 0, PLAIN);
    outcome o = {0};
    error err;
    assert_int_equal(faults_new(&o.faults, &err), STATUS_OK);
    assert_int_equal(table_type(cells.table, FLOW, 3, &o.table, o.faults), STATUS_OK);
    assert_true(o.table->columns[2].at.f64[0] == 3.5);
    assert_int_equal(column_state(&o.table->columns[2], 1), VALUE_SECRET);
    assert_int_equal(o.table->source_row[1], 3);
    outcome_clear(&o);
    outcome_clear(&cells);

    char printed[1024];
    text = "o;j;weight\n1;2;x\n1;2;-1\n";
    cells = read_bytes(text, strlen(text), NULL, 0, PLAIN);
    o = (outcome){0};
    assert_int_equal(faults_new(&o.faults, &err), STATUS_OK);
    assert_int_equal(table_type(cells.table, FLOW, 3, &o.table, o.faults), STATUS_INPUT);
    assert_null(o.table);
    assert_int_equal(faults_count(o.faults), 2);
    assert_contains(first_fault(&o, printed), "in.csv:2:3: “x” is not a number");
    outcome_clear(&o);
    outcome_clear(&cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_each_dialect_to_the_same_table),
        cmocka_unit_test(tells_what_it_saw),
        cmocka_unit_test(keeps_quoted_newlines_and_counts_lines_through_them),
        cmocka_unit_test(keeps_text_exactly),
        cmocka_unit_test(refuses_with_place_and_reason),
        cmocka_unit_test(refuses_a_nul_byte),
        cmocka_unit_test(shows_the_line_and_a_caret),
        cmocka_unit_test(reports_every_fault_up_to_the_limit),
        cmocka_unit_test(reads_latin1_with_a_warning),
        cmocka_unit_test(refuses_other_encodings_than_asked),
        cmocka_unit_test(names_the_states_of_numbers),
        cmocka_unit_test(reads_whole_numbers),
        cmocka_unit_test(finds_columns_by_alias_prefix_and_fold),
        cmocka_unit_test(reads_without_header),
        cmocka_unit_test(reads_every_column_as_text),
        cmocka_unit_test(keeps_empty_values_of_a_single_column),
        cmocka_unit_test(hints_at_the_separator),
        cmocka_unit_test(prefers_the_separator_under_which_columns_are_found),
        cmocka_unit_test(holds_the_field_limit),
        cmocka_unit_test(holds_the_column_limit),
        cmocka_unit_test(types_texts_of_another_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
