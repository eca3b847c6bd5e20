/* Steps on stderr: a line each, a bar on a terminal, or JSON objects one a line. */
#include "base/progress.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"

enum { TIMINGS_MAX = 128, BAR_CELLS = 24, LABEL_BYTES = 160, UNIT_BYTES = 48, NUMBER_BYTES = 48 };

/* Steps belong to the main thread; `lock` orders what is written on stderr. */
struct progress_log {
    pthread_mutex_t lock;
    atomic_llong drawn_ms; /* of the last bar or progress event */
    bool color;
    bool running;
    bool bar_shown;
    char id[32];
    char label[LABEL_BYTES];
    char unit[UNIT_BYTES]; /* "": nothing that people count */
    double step_started_s;
    progress_timing timings[TIMINGS_MAX];
    size_t timing_count;
};

double progress_clock_s(void)
{
    struct timespec now = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

status progress_log_new(progress_log **out, error *err)
{
    progress_log *log = memory_new(1, sizeof *log);
    *out = log;
    if (log == NULL)
        return memory_error(err, sizeof *log);
    const char *no_color = getenv("NO_COLOR"); /* no-color.org: set and not empty */
    log->color = no_color == NULL || no_color[0] == '\0';
    (void)pthread_mutex_init(&log->lock, NULL);
    return STATUS_OK;
}

void progress_log_free(progress_log *log)
{
    if (log == NULL)
        return;
    (void)pthread_mutex_destroy(&log->lock);
    memory_free(log);
}

/* One write a line, so that lines of several processes do not mix. A closed stderr is nobody's
 * failure. */
static void say(text_buffer *b)
{
    if (!b->failed && b->size > 0) {
        ssize_t written = write(STDERR_FILENO, b->at, b->size);
        (void)written;
    }
    text_buffer_clear(b);
}

static void add_json_text(text_buffer *b, const char *key, const char *text)
{
    text_add_format(b, ",\"%s\":", key);
    text_add_json(b, text_slice_of(text, strlen(text)));
}

static size_t peak_kib(void)
{
    struct rusage used;
    return getrusage(RUSAGE_SELF, &used) == 0 ? (size_t)used.ru_maxrss : 0;
}

static void say_begin(const progress *p, const char *id, const char *label)
{
    text_buffer b = {0};
    if (p->json) {
        text_add(&b, "{\"event\":\"begin\"");
        add_json_text(&b, "id", id);
        add_json_text(&b, "text", label);
        text_add(&b, "}\n");
    } else if (!p->terminal) {
        text_add_format(&b, "%s\n", label);
    }
    say(&b);
}

static void say_end(const progress *p, const progress_timing *t)
{
    progress_log *log = p->log;
    text_buffer b = {0};
    if (p->json) {
        text_add(&b, "{\"event\":\"step\"");
        add_json_text(&b, "id", t->id);
        text_add_format(&b, ",\"seconds\":%.3f,\"peak_kib\":%zu}\n", t->seconds, t->peak_kib);
    } else if (p->terminal) {
        char seconds[32];
        (void)text_number(t->seconds, 1, p->lang, seconds, sizeof seconds);
        text_add_format(&b, "\r\033[K%s%s%s  %s s\n", log->color ? "\033[32m" : "", log->label,
                        log->color ? "\033[0m" : "", seconds);
    }
    say(&b);
}

/* "1 234 567 paires, 45 600/s" */
static void add_rate(text_buffer *b, const progress *p, size_t done)
{
    char count[NUMBER_BYTES], rate[NUMBER_BYTES];
    const double seconds = progress_clock_s() - p->log->step_started_s;
    (void)text_number((double)done, 0, p->lang, count, sizeof count);
    (void)text_number(seconds > 0 ? (double)done / seconds : 0, 0, p->lang, rate, sizeof rate);
    text_add_format(b, "  %s %s, %s/s", count, p->log->unit, rate);
}

static void draw_bar(const progress *p, size_t done, size_t total)
{
    progress_log *log = p->log;
    text_buffer b = {0};
    double share = total == 0 ? 1.0 : (double)done / (double)total;
    size_t filled = (size_t)(share * BAR_CELLS);
    text_add_format(&b, "\r\033[K%s  [", log->label);
    for (size_t i = 0; i < BAR_CELLS; i++)
        text_add(&b, i < filled ? "#" : "-");
    text_add_format(&b, "] %d %%", (int)(100.0 * share));
    if (log->unit[0] != '\0' && done > 0)
        add_rate(&b, p, done);
    say(&b);
}

static void say_advance(const progress *p, size_t done, size_t total)
{
    text_buffer b = {0};
    if (!p->json) {
        draw_bar(p, done, total);
        return;
    }
    text_add(&b, "{\"event\":\"progress\"");
    add_json_text(&b, "id", p->log->id);
    text_add_format(&b, ",\"done\":%zu,\"total\":%zu}\n", done, total);
    say(&b);
}

void progress_found(progress *p, const char *id, const char *mode, bool whole, size_t done,
                    size_t total)
{
    text_buffer b = {0};
    if (!p->json)
        return;
    text_add(&b, "{\"event\":\"found\"");
    add_json_text(&b, "id", id);
    add_json_text(&b, "mode", mode);
    text_add_format(&b, ",\"whole\":%s,\"done\":%zu,\"total\":%zu}\n", whole ? "true" : "false",
                    done, total);
    say(&b);
}

void progress_end(progress *p)
{
    progress_log *log = p->log;
    if (log == NULL || !log->running)
        return;
    (void)pthread_mutex_lock(&log->lock);
    log->running = false;
    progress_timing t = {.seconds = progress_clock_s() - log->step_started_s,
                         .peak_kib = peak_kib()};
    memcpy(t.id, log->id, sizeof t.id);
    if (log->timing_count < TIMINGS_MAX)
        log->timings[log->timing_count++] = t;
    say_end(p, &t);
    (void)pthread_mutex_unlock(&log->lock);
}

void progress_step(progress *p, const char *id, const char *fr, const char *en)
{
    char label[LABEL_BYTES];
    const char *text = tr(p->lang, fr, en);
    progress_end(p);
    (void)text_escape(text_slice_of(text, strlen(text)), label, sizeof label);
    progress_log *log = p->log;
    if (log == NULL) {
        say_begin(p, id, label);
        return;
    }
    (void)pthread_mutex_lock(&log->lock);
    (void)snprintf(log->id, sizeof log->id, "%s", id);
    memcpy(log->label, label, sizeof log->label);
    log->unit[0] = '\0';
    log->step_started_s = progress_clock_s();
    log->running = true;
    atomic_store(&log->drawn_ms, (long long)(1000.0 * log->step_started_s));
    say_begin(p, id, label);
    if (p->terminal && !p->json)
        draw_bar(p, 0, 1);
    (void)pthread_mutex_unlock(&log->lock);
}

void progress_unit(progress *p, const char *fr, const char *en)
{
    progress_log *log = p->log;
    if (log == NULL)
        return;
    (void)pthread_mutex_lock(&log->lock);
    (void)snprintf(log->unit, sizeof log->unit, "%s", tr(p->lang, fr, en));
    (void)pthread_mutex_unlock(&log->lock);
}

/* Ten bars or two events a second at most; the thread that wins the exchange draws. */
void progress_advance(progress *p, size_t done, size_t total)
{
    progress_log *log = p->log;
    if (log == NULL || !(p->json || p->terminal))
        return;
    long long now = (long long)(1000.0 * progress_clock_s());
    long long last = atomic_load_explicit(&log->drawn_ms, memory_order_relaxed);
    if (now - last < (p->json ? 500 : 100))
        return;
    if (!atomic_compare_exchange_strong(&log->drawn_ms, &last, now))
        return;
    (void)pthread_mutex_lock(&log->lock);
    if (log->running)
        say_advance(p, done < total ? done : total, total);
    (void)pthread_mutex_unlock(&log->lock);
}

size_t progress_timings(const progress *p, progress_timing *out, size_t capacity)
{
    if (p->log == NULL)
        return 0;
    size_t count = p->log->timing_count < capacity ? p->log->timing_count : capacity;
    for (size_t i = 0; i < count; i++)
        out[i] = p->log->timings[i];
    return p->log->timing_count;
}
