#include "datasets/catalogue/download.h"

#include <curl/curl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "datasets/catalogue/download_part.h"
#include "datasets/catalogue/messages.h"

const download_rules download_usual_rules = {.connect_s = 20,
                                             .stall_s = 30,
                                             .attempts = 5,
                                             .first_wait_s = 1,
                                             .longest_wait_s = 60,
                                             .redirects = 8,
                                             .max_bytes = UINT64_C(64) << 30};

enum { POLL_MS = 100, REQUESTS_MAX = 200, STALL_BYTES_A_SECOND = 16 };

#define USER_AGENT "bassin/0.1"

status download_begin(error *err)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK
               ? STATUS_OK
               : error_set(err, STATUS_ENVIRONMENT, M_FETCH_LIBRARY);
}

void download_end(void)
{
    curl_global_cleanup();
}

/* --- one answer --- */

/* What the headers of the last answer say; a redirect's are forgotten by the next. */
typedef struct answer {
    long code;
    uint64_t length, from, total; /* Content-Length; of Content-Range */
    bool has_length, has_range, is_page;
    char etag[VALIDATOR_BYTES], last_modified[VALIDATOR_BYTES];
    double retry_after_s;
} answer;

/* One request on its way. */
typedef struct transfer {
    const download_request *request;
    part *part;
    answer answer;
    CURL *curl;
    uint64_t asked_from;
    bool body_begun, gone_on; /* gone_on: the bytes follow those had */
    bool restart;             /* the range cannot be had: again from the start */
    status failed;            /* of a callback: err is set */
    error *err;
} transfer;

static const char *header_value(const char *line, size_t size, const char *name, size_t *length)
{
    const size_t name_size = strlen(name);
    if (size <= name_size || line[name_size] != ':' || strncasecmp(line, name, name_size) != 0) {
        return NULL;
    }
    size_t at = name_size + 1;
    while (at < size && (line[at] == ' ' || line[at] == '\t')) {
        at++;
    }
    while (size > at && (unsigned char)line[size - 1] <= ' ') {
        size--;
    }
    *length = size - at;
    return line + at;
}

static void keep_value(char *out, const char *value, size_t size)
{
    out[0] = '\0';
    if (size < VALIDATOR_BYTES && text_utf8_valid_prefix(value, size) == size) {
        memcpy(out, value, size);
        out[size] = '\0';
    }
}

/* "bytes 100-199/200", "bytes " "*" "/200" */
static void read_range(answer *a, const char *value, size_t size)
{
    const char *end = value + size;
    const char *slash = memchr(value, '/', size);
    if (size < 6 || strncasecmp(value, "bytes ", 6) != 0 || !slash) {
        return;
    }
    const char *dash = memchr(value, '-', size);
    if (!text_to_u64(text_slice_of(slash + 1, (size_t)(end - slash - 1)), &a->total)) {
        a->total = 0;
    }
    if (dash && dash < slash) {
        a->has_range = text_to_u64(text_slice_of(value + 6, (size_t)(dash - value - 6)), &a->from);
    }
}

static size_t on_header(char *line, size_t one, size_t size, void *context)
{
    transfer *t = context;
    answer *a = &t->answer;
    size_t length = 0;
    uint64_t number = 0;
    const char *value = NULL;
    (void)one;
    if (size > 5 && strncmp(line, "HTTP/", 5) == 0) {
        *a = (answer){.retry_after_s = 0};
    } else if ((value = header_value(line, size, "etag", &length)) != NULL) {
        keep_value(a->etag, value, length);
    } else if ((value = header_value(line, size, "last-modified", &length)) != NULL) {
        keep_value(a->last_modified, value, length);
    } else if ((value = header_value(line, size, "content-length", &length)) != NULL) {
        a->has_length = text_to_u64(text_slice_of(value, length), &a->length);
    } else if ((value = header_value(line, size, "content-range", &length)) != NULL) {
        read_range(a, value, length);
    } else if ((value = header_value(line, size, "content-type", &length)) != NULL) {
        a->is_page = length >= 9 && strncasecmp(value, "text/html", 9) == 0;
    } else if ((value = header_value(line, size, "retry-after", &length)) != NULL) {
        a->retry_after_s = text_to_u64(text_slice_of(value, length), &number) ? (double)number : 0;
    }
    return size;
}

/* A weak ETag does not vouch for bytes (RFC 9110, 13.1.5). */
static const char *validator(const part_origin *o)
{
    return *o->etag && strncmp(o->etag, "W/", 2) != 0 ? o->etag : o->last_modified;
}

/* Whether the bytes of a 206 follow those that the part holds, of the same version. */
static bool follows(const transfer *t)
{
    const answer *a = &t->answer;
    const part_origin *o = &t->part->origin;
    const bool same_tag = !*o->etag || !*a->etag || strcmp(o->etag, a->etag) == 0;
    const bool same_total = o->total == 0 || a->total == 0 || o->total == a->total;
    return a->code == 206 && a->has_range && a->from == t->part->size && same_tag && same_total;
}

static status begin_whole(transfer *t)
{
    part *p = t->part;
    const answer *a = &t->answer;
    char *final = NULL;
    status s = part_restart(p, t->err);
    if (s != STATUS_OK) {
        return s;
    }
    (void)curl_easy_getinfo(t->curl, CURLINFO_EFFECTIVE_URL, &final);
    (void)snprintf(p->origin.address, sizeof p->origin.address, "%s", t->request->address);
    (void)snprintf(p->origin.final_address, sizeof p->origin.final_address, "%s",
                   final ? final : "");
    memcpy(p->origin.etag, a->etag, sizeof a->etag);
    memcpy(p->origin.last_modified, a->last_modified, sizeof a->last_modified);
    p->origin.total = a->has_length ? a->length : 0;
    return part_remember(p, t->err);
}

/* A page where a file should be: the commonest dead link. */
static bool is_page_instead(const transfer *t)
{
    const char *path = t->request->path;
    const size_t size = strlen(path);
    return t->answer.is_page && (size < 5 || strcmp(path + size - 5, ".html") != 0);
}

/* Before the first byte of a body is kept. */
static status begin_body(transfer *t)
{
    const download_request *r = t->request;
    const answer *a = &t->answer;
    const uint64_t more = a->has_length ? a->length : 0;
    if (is_page_instead(t)) {
        return error_set(t->err, STATUS_INPUT, M_FETCH_PAGE, r->address);
    }
    t->gone_on = follows(t);
    if (t->gone_on && a->total > 0) {
        t->part->origin.total = a->total;
    }
    if (a->code == 206 && !t->gone_on) {
        t->restart = true;
        return STATUS_INPUT;
    }
    const uint64_t whole = more > 0 ? more + (t->gone_on ? t->part->size : 0) : 0;
    if (r->size > 0 && whole > 0 && whole != r->size) {
        return error_set(t->err, STATUS_INPUT, M_FETCH_SIZE, r->address, whole, r->size);
    }
    if (whole > r->rules.max_bytes) {
        return error_set(t->err, STATUS_INPUT, M_FETCH_TOO_LARGE, r->address,
                         (double)r->rules.max_bytes / 1e9);
    }
    const status s = t->gone_on ? STATUS_OK : begin_whole(t);
    return s == STATUS_OK ? part_room(t->part, more, t->err) : s;
}

static size_t on_body(char *bytes, size_t one, size_t size, void *context)
{
    transfer *t = context;
    const download_request *r = t->request;
    const uint64_t most = r->size > 0 ? r->size : r->rules.max_bytes;
    (void)one;
    if (t->answer.code == 0) {
        (void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &t->answer.code);
    }
    if (t->answer.code != 200 && t->answer.code != 206) {
        return size; /* the page of an error says nothing that the code does not */
    }
    if (!t->body_begun) {
        t->body_begun = true;
        t->failed = begin_body(t);
    }
    if (t->failed == STATUS_OK && t->part->size + size > most) {
        t->failed = r->size > 0 ? error_set(t->err, STATUS_INPUT, M_FETCH_SIZE, r->address,
                                            t->part->size + size, r->size)
                                : error_set(t->err, STATUS_INPUT, M_FETCH_TOO_LARGE, r->address,
                                            (double)most / 1e9);
    }
    if (t->failed == STATUS_OK) {
        t->failed = part_write(t->part, bytes, size, t->err);
    }
    if (t->failed == STATUS_OK && r->advance) {
        r->advance(r->context, t->part->size, r->size > 0 ? r->size : t->part->origin.total);
    }
    return t->failed == STATUS_OK ? size : 0;
}

/* --- one request --- */

/* Options of the library; the first refusal wins. */
static CURLcode set_text(CURL *curl, CURLcode so_far, CURLoption option, const char *text)
{
    return so_far == CURLE_OK ? curl_easy_setopt(curl, option, text) : so_far;
}

static CURLcode set_long(CURL *curl, CURLcode so_far, CURLoption option, long value)
{
    return so_far == CURLE_OK ? curl_easy_setopt(curl, option, value) : so_far;
}

static CURLcode set_rules(CURL *curl, const download_request *r)
{
    const bool safe = strncmp(r->address, "https:", 6) == 0;
    CURLcode c = set_text(curl, CURLE_OK, CURLOPT_URL, r->address);
    c = set_text(curl, c, CURLOPT_USERAGENT, USER_AGENT);
    c = set_text(curl, c, CURLOPT_PROTOCOLS_STR, "http,https");
    c = set_text(curl, c, CURLOPT_REDIR_PROTOCOLS_STR, safe ? "https" : "http,https");
    c = set_long(curl, c, CURLOPT_FOLLOWLOCATION, 1);
    c = set_long(curl, c, CURLOPT_MAXREDIRS, r->rules.redirects);
    c = set_long(curl, c, CURLOPT_CONNECTTIMEOUT, r->rules.connect_s);
    c = set_long(curl, c, CURLOPT_LOW_SPEED_LIMIT, STALL_BYTES_A_SECOND);
    c = set_long(curl, c, CURLOPT_LOW_SPEED_TIME, r->rules.stall_s);
    c = set_long(curl, c, CURLOPT_NOSIGNAL, 1);
    return set_long(curl, c, CURLOPT_QUICK_EXIT, 1); /* a stop does not wait for a name server */
}

static CURLcode set_callbacks(CURL *curl, transfer *t)
{
    CURLcode c = curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
    c = c == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_HEADERDATA, t) : c;
    c = c == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body) : c;
    return c == CURLE_OK ? curl_easy_setopt(curl, CURLOPT_WRITEDATA, t) : c;
}

/* "Range: bytes=N-", and "If-Range:" so that another version comes whole. */
static CURLcode set_range(CURL *curl, const transfer *t, struct curl_slist **headers)
{
    char line[VALIDATOR_BYTES + 32];
    const char *tag = validator(&t->part->origin);
    if (t->asked_from == 0) {
        return CURLE_OK;
    }
    (void)snprintf(line, sizeof line, "Range: bytes=%" PRIu64 "-", t->asked_from);
    struct curl_slist *list = curl_slist_append(NULL, line);
    if (list && *tag) {
        (void)snprintf(line, sizeof line, "If-Range: %s", tag);
        struct curl_slist *longer = curl_slist_append(list, line);
        if (!longer) {
            curl_slist_free_all(list);
        }
        list = longer;
    }
    *headers = list;
    return list ? curl_easy_setopt(curl, CURLOPT_HTTPHEADER, list) : CURLE_OUT_OF_MEMORY;
}

/* Waits in short steps, so that a stop is seen at once. */
static status perform(CURLM *multi, const transfer *t, CURLcode *how)
{
    int running = 1;
    int left = 0;
    *how = CURLE_OK;
    while (running > 0) {
        if (atomic_load(t->request->cancel) != 0) {
            return error_set(t->err, STATUS_INTERRUPTED, M_FETCH_STOPPED);
        }
        if (curl_multi_perform(multi, &running) != CURLM_OK ||
            (running > 0 && curl_multi_poll(multi, NULL, 0, POLL_MS, NULL) != CURLM_OK)) {
            *how = CURLE_OUT_OF_MEMORY;
            return STATUS_OK;
        }
    }
    const CURLMsg *message = curl_multi_info_read(multi, &left);
    *how = message ? message->data.result : CURLE_OUT_OF_MEMORY;
    return STATUS_OK;
}

static status transfer_run(transfer *t, CURLcode *how)
{
    struct curl_slist *headers = NULL;
    CURLM *multi = curl_multi_init();
    status s = STATUS_OK;
    t->curl = curl_easy_init();
    *how = CURLE_OUT_OF_MEMORY;
    if (multi && t->curl) {
        *how = set_rules(t->curl, t->request);
        *how = *how == CURLE_OK ? set_callbacks(t->curl, t) : *how;
        *how = *how == CURLE_OK ? set_range(t->curl, t, &headers) : *how;
    }
    if (*how == CURLE_OK && curl_multi_add_handle(multi, t->curl) == CURLM_OK) {
        s = perform(multi, t, how);
        (void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &t->answer.code);
        (void)curl_multi_remove_handle(multi, t->curl);
    }
    curl_easy_cleanup(t->curl);
    (void)curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    return s;
}

/* --- what came of it --- */

typedef enum outcome { OUTCOME_DONE, OUTCOME_AGAIN, OUTCOME_AT_ONCE, OUTCOME_FAILED } outcome;

static outcome judge_code(const transfer *t)
{
    const download_request *r = t->request;
    const long code = t->answer.code;
    const char *page = *r->page ? r->page : r->address;
    switch (code) {
    case 404:
    case 410:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_GONE, r->address, code, page, r->path);
        return OUTCOME_FAILED;
    case 401:
    case 403:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_FORBIDDEN, r->address, code, page, r->path);
        return OUTCOME_FAILED;
    case 408:
    case 425:
    case 429:
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_CODE_LATER, r->address, code);
        return OUTCOME_AGAIN;
    default:
        (void)error_set(t->err, code >= 500 ? STATUS_BUSY : STATUS_INPUT, M_FETCH_CODE, r->address,
                        code);
        return code >= 500 ? OUTCOME_AGAIN : OUTCOME_FAILED;
    }
}

static outcome judge_network(const transfer *t, CURLcode how, download_facts *out)
{
    const char *address = t->request->address;
    switch (how) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
        out->unreachable = true;
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_NO_NAME, address);
        return OUTCOME_AGAIN;
    case CURLE_COULDNT_CONNECT:
        out->unreachable = true;
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_NO_SERVER, address);
        return OUTCOME_AGAIN;
    case CURLE_OPERATION_TIMEDOUT:
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_STALLED, address);
        return OUTCOME_AGAIN;
    case CURLE_TOO_MANY_REDIRECTS:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_REDIRECTS, address,
                        t->request->rules.redirects);
        return OUTCOME_FAILED;
    case CURLE_UNSUPPORTED_PROTOCOL:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_PROTOCOL, address);
        return OUTCOME_FAILED;
    case CURLE_URL_MALFORMAT:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_ADDRESS, address);
        return OUTCOME_FAILED;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_CERTIFICATE, address);
        return OUTCOME_FAILED;
    case CURLE_OUT_OF_MEMORY:
        (void)memory_error(t->err, 0);
        return OUTCOME_FAILED;
    default:
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_CUT, address, curl_easy_strerror(how));
        return OUTCOME_AGAIN;
    }
}

/* A whole body? The library counts Content-Length; the part must hold it all. */
static outcome judge_body(transfer *t)
{
    const download_request *r = t->request;
    const part *p = t->part;
    const uint64_t total = p->origin.total;
    if (!t->body_begun) { /* an empty body: nothing was kept */
        (void)error_set(t->err, STATUS_INPUT, M_FETCH_EMPTY, r->address);
        return OUTCOME_FAILED;
    }
    if (total > 0 && p->size < total) {
        (void)error_set(t->err, STATUS_BUSY, M_FETCH_SHORT, r->address, p->size, total);
        return OUTCOME_AGAIN;
    }
    return OUTCOME_DONE;
}

static outcome judge(transfer *t, CURLcode how, download_facts *out)
{
    if (t->restart || t->answer.code == 416) {
        const status s = part_restart(t->part, t->err);
        return s == STATUS_OK ? OUTCOME_AT_ONCE : OUTCOME_FAILED;
    }
    if (t->failed != STATUS_OK) {
        return OUTCOME_FAILED;
    }
    if (how != CURLE_OK) {
        return judge_network(t, how, out);
    }
    if (t->answer.code != 200 && t->answer.code != 206) {
        return judge_code(t);
    }
    return judge_body(t);
}

/* --- again and again --- */

static status wait_a_while(const download_request *r, double seconds, error *err)
{
    const struct timespec step = {.tv_nsec = POLL_MS * 1000000L};
    for (double waited = 0; waited < seconds; waited += POLL_MS / 1000.0) {
        if (atomic_load(r->cancel) != 0) {
            return error_set(err, STATUS_INTERRUPTED, M_FETCH_STOPPED);
        }
        (void)nanosleep(&step, NULL);
    }
    return STATUS_OK;
}

static double wait_of(const download_rules *rules, unsigned failures, double asked_s)
{
    double wait = rules->first_wait_s;
    for (unsigned i = 1; i < failures && wait < rules->longest_wait_s; i++) {
        wait *= 2;
    }
    wait = asked_s > wait ? asked_s : wait;
    return wait < rules->longest_wait_s ? wait : rules->longest_wait_s;
}

static bool complete_already(const part *p)
{
    return p->size > 0 && p->origin.total > 0 && p->size == p->origin.total;
}

/* One request. A body that came is judged whole by the caller. */
static outcome ask(const download_request *r, part *p, download_facts *out, double *asked_wait_s,
                   status *stopped, error *err)
{
    CURLcode how = CURLE_OK;
    transfer t = {.request = r, .part = p, .asked_from = p->size, .err = err};
    out->attempts++;
    *stopped = transfer_run(&t, &how);
    if (*stopped != STATUS_OK) {
        return OUTCOME_FAILED;
    }
    *asked_wait_s = t.answer.retry_after_s;
    if (t.gone_on && out->resumed_from == 0) {
        out->resumed_from = t.asked_from;
    }
    return judge(&t, how, out);
}

static status fetch_bytes(const download_request *r, part *p, download_facts *out, error *err)
{
    unsigned failures = 0;
    unsigned restarts = 0;
    status stopped = STATUS_OK;
    while (!complete_already(p)) {
        const uint64_t before = p->size;
        double asked_wait_s = 0;
        const outcome o = ask(r, p, out, &asked_wait_s, &stopped, err);
        if (o == OUTCOME_DONE) {
            return STATUS_OK;
        }
        if (o == OUTCOME_FAILED) {
            return err->status;
        }
        if (o == OUTCOME_AT_ONCE && restarts++ < 2) {
            continue;
        }
        failures = p->size > before ? 1 : failures + 1;
        if (failures >= r->rules.attempts || out->attempts >= REQUESTS_MAX) {
            return err->status != STATUS_OK
                       ? err->status
                       : error_set(err, STATUS_BUSY, M_FETCH_RANGE, r->address);
        }
        stopped = wait_a_while(r, wait_of(&r->rules, failures, asked_wait_s), err);
        if (stopped != STATUS_OK) {
            return stopped;
        }
    }
    return STATUS_OK;
}

static void keep_facts(const part *p, arena *memory, download_facts *out)
{
    const char *final = arena_text(memory, p->origin.final_address);
    const char *etag = arena_text(memory, p->origin.etag);
    const char *modified = arena_text(memory, p->origin.last_modified);
    out->final_address = final ? final : "";
    out->etag = etag ? etag : "";
    out->last_modified = modified ? modified : "";
}

/* A checksum that is wrong after going on from an old part: once more, from the start. */
static status fetch_and_verify(const download_request *r, part *p, download_facts *out, error *err)
{
    for (unsigned round = 0;; round++) {
        *err = (error){.status = STATUS_OK};
        status s = fetch_bytes(r, p, out, err);
        if (s != STATUS_OK) {
            return s;
        }
        const bool mended = out->resumed_from > 0 || out->attempts == 0;
        s = part_verify(p, r, out, err);
        if (s != STATUS_INPUT || !mended || round > 0) {
            return s;
        }
        out->resumed_from = 0;
        s = part_restart(p, err);
        if (s != STATUS_OK) {
            return s;
        }
    }
}

status download_part(const download_request *request, arena *memory, download_facts *out,
                     error *err)
{
    part p = {.fd = -1};
    struct sigaction before;
    const struct sigaction ignored = {.sa_handler = SIG_IGN};
    *out = (download_facts){.final_address = "", .etag = "", .last_modified = ""};
    status s = part_open(&p, request, memory, err);
    if (s == STATUS_OK) {
        const bool quiet = sigaction(SIGPIPE, &ignored, &before) == 0;
        s = fetch_and_verify(request, &p, out, err);
        if (quiet) {
            (void)sigaction(SIGPIPE, &before, NULL);
        }
        keep_facts(&p, memory, out);
    }
    part_close(&p);
    if (s == STATUS_INPUT) {
        part_forget(request->path, true, memory); /* nothing to go on from */
    } else if (p.path && p.size == 0 && s != STATUS_OK) {
        part_forget(request->path, true, memory);
    }
    return s;
}
