/* However a text is read - at any level of the processor, cut anywhere, by any number of threads -
 * people get the table and the faults that the plain reader gives, record after record. */
#include "fixture.h"
#include "same_read.h"

#include "table/quick_number.h"

static const char *const CODE[] = {"code", "1", NULL};
static const wanted_column WANTED[] = {
    {.name = "code", .aliases = CODE, .type = COLUMN_TEXT, .required = true},
    {.name = "weight", .type = COLUMN_F64, .lowest = 0, .highest = 1e9, .decimals = -1},
    {.name = "rank", .type = COLUMN_I64},
    {.name = "class", .type = COLUMN_U32, .lowest = 0, .highest = 9},
    {.name = "name", .type = COLUMN_TEXT}};

enum { WANTED_COUNT = sizeof WANTED / sizeof *WANTED };

static const marks_level LEVELS[] = {MARKS_PORTABLE, MARKS_AVX2, MARKS_AVX512};
static const size_t CHUNKS[] = {1, 13, 64, 257, 4096, 0};
static const int THREADS[] = {1, 2, 4, 8};

static void assert_same(const char *bytes, size_t size, const read_options *options,
                        const read_tuning *tuning, bool must_gather)
{
    bool declined = false;
    const char *found = read_difference(bytes, size, options, tuning, &declined);
    if (found)
        fail_msg("%s differ (level %d, chunks of %zu, %d threads) in:\n%.*s", found,
                 (int)tuning->level, tuning->chunk_bytes, tuning->threads,
                 (int)(size < 4000 ? size : 4000), bytes);
    if (must_gather && declined)
        fail_msg("a sound text was declined (chunks of %zu):\n%.*s", tuning->chunk_bytes,
                 (int)(size < 4000 ? size : 4000), bytes);
}

static void assert_same_always(const char *bytes, size_t size, const read_options *options,
                               bool must_gather)
{
    for (size_t c = 0; c < sizeof CHUNKS / sizeof *CHUNKS; c++) {
        const read_tuning tuning = {
            .level = LEVELS[c % 3], .chunk_bytes = CHUNKS[c], .threads = THREADS[(c + c / 4) % 4]};
        assert_same(bytes, size, options, &tuning, must_gather);
    }
}

static read_options options_of(size_t columns)
{
    return (read_options){.path = "in.csv", .columns = WANTED, .column_count = columns};
}

static void small_texts_are_read_alike(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool sound;
    } texts[] = {
        {"code;weight;rank;class;name\n01004;1,5;-3;7;Ambérieu\n2A004;;NA;0;Ajaccio\n", true},
        {"code;weight\r\n\"01\"\"004\";1.5\r\n\"a\nb\r\n;c\";\"2.5\"", true},
        {"code;weight\n01;1\n\n\r\n\n", true},  /* empty lines at the end are nothing */
        {"code;weight\n01;1\n\n02;2\n", false}, /* and a fault before a row */
        {"code\n01\n\n02\n\n\n", true},         /* but empty values in a file of one column */
        {"code\r\n01\r\n\r\n02", true},
        {"code;name\n01;12\" pipe\n02;a\"b\"c\n03;\"\"\n", true}, /* quotes inside a bare cell */
        {"code;name\n01;\"open\n02;b\n03;c\n", false},
        {"code;name\n01;\"a\" b\n02;c\n", false},
        {"code;name\n01;\"a\"\r;b\n", false},
        {"code;name\n01;a;b\n02\n03;c\n", false}, /* as many marks as two rows have */
        {"code;name\n01\n02\n03;c\n", false},
        {"code;weight\n01;1.5\n02;1,5\n", false},
        {"code;weight\n01;-1\n", false},
        {"code;weight\n01;1e400\n", false},
        {"code;weight;rank;class\n01; 1.5 ;9223372036854775807; 3\n02;+2;-1;///\n03;1e3;7;s\n",
         true},
        {"code;weight;rank;class\n01;1;1;10\n", false},
        {"code;weight\n01;0.1234567890123456789\n02;18446744073709551616\n03;9007199254740993\n",
         false},
        {"code;weight\n01;0.1234567890123456789\n02;900719925.4740993\n03;00000000000000000001.5\n",
         true},
        {"code;name\n01; \n02;\t\n03; a \n", true},
        {"\xef\xbb\xbf"
         "code;name\n01;Gu\xc3\xa9ret\n",
         true},
        {"code;name\n01;Gu\xe9ret\n02;\xab \x9cuf \xbb\n03;Gu\xe9ret\n", true},
        {"code;name\n01;Gu\xe9ret\n02;Gu\xc3\xa9ret\n", false},
        {"code;name\n", false},
        {"code;name", false},
        {"code;name\n01;a\r", true},
        {"code;name\n01;\r\n02;\n03;", true},
        {"code;class\n1;4294967295\n", false},
        {"code;name\r01;a\r", false},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const read_options wanted = options_of(WANTED_COUNT), all = options_of(0);
        assert_same_always(texts[i].text, strlen(texts[i].text), &wanted, texts[i].sound);
        assert_same_always(texts[i].text, strlen(texts[i].text), &all, false);
    }
}

static void a_nul_byte_is_found_alike(void **state)
{
    (void)state;
    char text[] = "code;name\n01;abc\n02;def\n03;ghi\n04;jkl\n05;mno\n06;pqr\n07;stu\n08;vwx\n";
    const read_options options = options_of(WANTED_COUNT);
    for (size_t at = 0; at < sizeof text - 1; at++) {
        char kept = text[at];
        text[at] = '\0';
        const read_tuning tuning = {
            .level = LEVELS[at % 3], .chunk_bytes = CHUNKS[at % 6], .threads = THREADS[at % 2]};
        assert_same(text, sizeof text - 1, &options, &tuning, false);
        text[at] = kept;
    }
}

/* --- generated files --- */

/* The same numbers on every run. */
typedef struct stream {
    uint64_t state;
} stream;

static stream stream_new(uint64_t seed)
{
    return (stream){.state = seed};
}

static uint64_t stream_u64(stream *s)
{
    s->state = s->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return s->state >> 33;
}

typedef struct file {
    char *at;
    size_t size, capacity;
} file;

static void put(file *f, const char *text)
{
    size_t size = strlen(text);
    assert_true(f->size + size < f->capacity);
    memcpy(f->at + f->size, text, size);
    f->size += size;
}

static uint64_t below(stream *s, uint64_t n)
{
    return stream_u64(s) % n;
}

static void put_quoted(file *f, stream *s)
{
    static const char *const parts[] = {"a", "\"\"", "\n", "\r\n",     ";",
                                        ",", "é",    " ",  "\"\"\"\"", "xyz"};
    put(f, "\"");
    for (uint64_t n = below(s, 8); n > 0; n--)
        put(f, parts[below(s, sizeof parts / sizeof *parts)]);
    put(f, "\"");
}

static void put_cell(file *f, stream *s, size_t c, bool latin1, const char *mark)
{
    static const char *const codes[] = {
        "01004",    "2A004",    "75056", "ZZZZZ",
        "97411",    "99999",    "1",     "a code longer than eight bytes",
        "12345678", "123456789"};
    static const char *const names[] = {"Ambérieu", "a\"b", " x ", "", "L’Haÿ-les-Roses", "œuf"};
    static const char *const odd[] = {"", "NA", "s", "///", " 7 ", "…", "+4"};
    char text[64];
    if (c == 0) {
        put(f, codes[below(s, sizeof codes / sizeof *codes)]);
        return;
    }
    if (c == 4) {
        if (below(s, 3) == 0)
            put_quoted(f, s);
        else
            put(f, latin1 ? "Gu\xe9ret" : names[below(s, sizeof names / sizeof *names)]);
        return;
    }
    if (below(s, 12) == 0) {
        const char *text_odd = odd[below(s, sizeof odd / sizeof *odd)];
        put(f, latin1 && strcmp(text_odd, "…") == 0 ? "nd" : text_odd);
        return;
    }
    if (c == 1)
        (void)snprintf(text, sizeof text, "%u%s%0*llu", (unsigned)below(s, 100), mark,
                       1 + (int)below(s, 17), (unsigned long long)below(s, 10));
    else
        (void)snprintf(text, sizeof text, "%u", (unsigned)below(s, 10));
    put(f, text);
}

/* A sound file, or one with a fault somewhere; false: it has one. */
static bool put_file(file *f, stream *s, bool faulty)
{
    static const char *const faults_of[] = {"a\n",           "b;c\n",         "\"x\"y;1;2;3;z\n",
                                            "c;-1;2;3;z\n",  "c;1;2.5;3;z\n", "\n",
                                            "c;1;2;3;\"z\n", "c;1;2;3;z;\n"};
    bool latin1 = below(s, 4) == 0, crlf = below(s, 2);
    const char *mark = below(s, 2) ? "." : ",", *newline = crlf ? "\r\n" : "\n";
    uint64_t rows = 1 + below(s, 60), fault_row = faulty ? below(s, rows) : rows;
    f->size = 0;
    put(f, "code;weight;rank;class;name");
    put(f, newline);
    for (uint64_t r = 0; r < rows; r++) {
        if (r == fault_row)
            put(f, faults_of[below(s, sizeof faults_of / sizeof *faults_of)]);
        for (size_t c = 0; c < 5; c++) {
            put_cell(f, s, c, latin1 && below(s, 2), mark);
            put(f, c < 4 ? ";" : newline);
        }
    }
    for (uint64_t n = below(s, 3); n > 0; n--)
        put(f, newline);
    if (below(s, 3) == 0)
        f->size -= crlf ? 2 : 1;
    return !faulty;
}

static void generated_files_are_read_alike(void **state)
{
    (void)state;
    stream s = stream_new(1);
    file f = {.capacity = 1 << 16};
    f.at = malloc(f.capacity);
    assert_non_null(f.at);
    for (int i = 0; i < 500; i++) {
        (void)put_file(&f, &s, i % 3 == 2);
        const read_options options = options_of(below(&s, 4) ? WANTED_COUNT : 0);
        const read_tuning tuning = {.level = LEVELS[below(&s, 3)],
                                    .chunk_bytes = 1 + below(&s, 400),
                                    .threads = THREADS[below(&s, 4)]};
        assert_same(f.at, f.size, &options, &tuning, false);
    }
    free(f.at);
}

/* Rows past one tile of the index, quoted fields longer than a chunk. */
static void long_files_are_read_alike(void **state)
{
    (void)state;
    stream s = stream_new(2);
    file f = {.capacity = 1 << 21};
    f.at = malloc(f.capacity);
    assert_non_null(f.at);
    for (int quoted = 0; quoted < 2; quoted++) {
        f.size = 0;
        put(&f, "code;weight;rank;class;name\n");
        for (int r = 0; r < 12000; r++) {
            for (size_t c = 0; c < 4; c++) {
                put_cell(&f, &s, c, false, ".");
                put(&f, ";");
            }
            if (quoted && r % 1000 == 7) {
                put(&f, "\"");
                for (int i = 0; i < 3000; i++)
                    put(&f, i % 7 ? "line;\n" : "\"\"\r\n");
                put(&f, "\"");
            }
            put(&f, "\n");
        }
        const read_options options = options_of(WANTED_COUNT);
        static const size_t chunks[] = {5000, 70000, 0};
        for (size_t i = 0; i < 12; i++) {
            const read_tuning tuning = {
                .level = LEVELS[i % 3], .chunk_bytes = chunks[i / 4], .threads = THREADS[i % 4]};
            assert_same(f.at, f.size, &options, &tuning, true);
        }
    }
    free(f.at);
}

/* A field at the limit is read, one byte more is refused, by both. */
static void long_fields_are_refused_alike(void **state)
{
    (void)state;
    file f = {.capacity = READER_MAX_FIELD_BYTES + 200};
    f.at = malloc(f.capacity);
    assert_non_null(f.at);
    for (int quoted = 0; quoted < 2; quoted++) {
        for (size_t more = 0; more < 2; more++) {
            f.size = 0;
            put(&f, quoted ? "code;name\n01;\"" : "code;name\n01;");
            memset(f.at + f.size, 'x', READER_MAX_FIELD_BYTES + more);
            f.size += READER_MAX_FIELD_BYTES + more;
            put(&f, quoted ? "\"\n02;b\n" : "\n02;b\n");
            const read_options options = options_of(WANTED_COUNT);
            const read_tuning tuning = {.chunk_bytes = 1000, .threads = 2};
            assert_same(f.at, f.size, &options, &tuning, false);
        }
    }
    free(f.at);
}

/* --- the parts --- */

static void every_level_sees_the_same_marks(void **state)
{
    (void)state;
    stream s = stream_new(3);
    static const char some[] = ";\n\"\r,x\xe9\0;;";
    char text[700];
    uint32_t wanted[sizeof text + MARKS_SLACK], found[sizeof text + MARKS_SLACK];
    for (int i = 0; i < 3000; i++) {
        size_t size = below(&s, sizeof text), count = 0;
        uint64_t newlines = 0, seen = 0;
        for (size_t b = 0; b < size; b++)
            text[b] = below(&s, 3) ? 'a' : some[below(&s, sizeof some - 1)];
        for (size_t b = 0; b < size; b++) {
            newlines += text[b] == '\n';
            if (text[b] == '\n' || text[b] == ';')
                wanted[count++] = 1000 + (uint32_t)b;
        }
        for (size_t l = 0; l < sizeof LEVELS / sizeof *LEVELS; l++) {
            const marks_kernel *k = marks_kernel_of(LEVELS[l]);
            assert_true(k->level <= LEVELS[l]);
            assert_int_equal(k->index(text, size, ';', 1000, found, &seen), count);
            assert_int_equal(seen, newlines);
            assert_memory_equal(found, wanted, count * sizeof *wanted);
            marks_facts f;
            k->survey(text, size, &f);
            assert_int_equal(f.newlines, newlines);
            assert_int_equal(f.quotes != 0, memchr(text, '"', size) != NULL);
            assert_int_equal(f.nul != 0, memchr(text, 0, size) != NULL);
            assert_int_equal(f.high != 0, memchr(text, 0xe9, size) != NULL);
        }
    }
}

/* Wherever the quick way answers, it answers as text_to_f64 does, to the last bit. */
static void quick_numbers_are_exact(void **state)
{
    (void)state;
    stream s = stream_new(4);
    size_t answered = 0;
    for (int i = 0; i < 200000; i++) {
        static const char some[] = "00112233445566778899.,e-+ ;";
        char text[24];
        size_t size = below(&s, 21);
        for (size_t b = 0; b < size; b++)
            text[b] = some[below(&s, i % 2 ? 21 : sizeof some - 1)];
        text_slice t = text_slice_of(text, size);
        char mark = 0;
        double value = 0, exact = 0;
        uint32_t whole = 0;
        uint64_t exact_whole = 0;
        if (quick_f64(t, &mark, &value)) {
            answered++;
            assert_true(text_to_f64(t, mark ? mark : '.', &exact));
            assert_memory_equal(&value, &exact, sizeof value);
        }
        if (quick_u32(t, &whole)) {
            assert_true(text_to_u64(t, &exact_whole));
            assert_true(whole == exact_whole);
        }
    }
    assert_true(answered > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_texts_are_read_alike),
        cmocka_unit_test(a_nul_byte_is_found_alike),
        cmocka_unit_test(generated_files_are_read_alike),
        cmocka_unit_test(long_files_are_read_alike),
        cmocka_unit_test(long_fields_are_refused_alike),
        cmocka_unit_test(every_level_sees_the_same_marks),
        cmocka_unit_test(quick_numbers_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
