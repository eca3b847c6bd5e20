/* The page in the making: escaping, messages, sections and the four lines. */
#include "reports/html/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "reports/html/messages.h"

void put(page *p, const char *markup)
{
    text_add(&p->out, markup);
}

void put_format(page *p, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof text)
        p->out.failed = true;
    else
        text_add_n(&p->out, text, (size_t)n);
}

void put_text(page *p, const char *text)
{
    if (text)
        text_add_markup(&p->out, text_slice_of(text, strlen(text)));
}

void put_element(page *p, const char *tag, const char *text)
{
    put_format(p, "<%s>", tag);
    put_text(p, text);
    put_format(p, "</%s>", tag);
}

/* args 0: a va_list, checked where it comes from. */
static char *filled(page *p, const char *fr, const char *en, va_list args) MESSAGE_FORMAT(2, 3, 0);
static char *filled(page *p, const char *fr, const char *en, va_list args)
{
    va_list again;
    va_copy(again, args);
    const int size =
        p->lang == LANGUAGE_FR ? vsnprintf(NULL, 0, fr, args) : vsnprintf(NULL, 0, en, args);
    char *const text = size < 0 ? NULL : arena_take(p->memory, (size_t)size + 1, 1);
    if (text && p->lang == LANGUAGE_FR)
        (void)vsnprintf(text, (size_t)size + 1, fr, again);
    else if (text)
        (void)vsnprintf(text, (size_t)size + 1, en, again);
    va_end(again);
    return text;
}

void put_say(page *p, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *const text = filled(p, fr, en, args);
    va_end(args);
    p->out.failed = p->out.failed || !text;
    put_text(p, text);
}

const char *page_say(page *p, const char *fr, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    const char *const text = filled(p, fr, en, args);
    va_end(args);
    p->out.failed = p->out.failed || !text;
    return text ? text : "";
}

void section_begin(page *p, const char *id, const char *title)
{
    put_format(p, "\n<section id=\"%s\" aria-labelledby=\"%s-h\">\n<h2 id=\"%s-h\">", id, id, id);
    put_text(p, title);
    put(p, "</h2>\n");
}

void section_end(page *p)
{
    put(p, "</section>\n");
}

static void put_line(page *p, line_word word, const char *text)
{
    if (!text || !*text)
        return;
    put(p, "<p><strong>");
    put_text(p, line_word_text(word, p->lang));
    put(p, p->lang == LANGUAGE_FR ? "\u00a0:</strong> " : ":</strong> ");
    put_text(p, text);
    put(p, "</p>\n");
}

void put_four_lines(page *p, const four_lines *lines)
{
    put(p, "<div class=\"lines\">\n");
    put_line(p, LINE_READING, lines->reading);
    put_line(p, LINE_CHAMP, lines->champ);
    put_line(p, LINE_SOURCE, lines->source);
    put_line(p, LINE_NOTE, lines->note);
    put(p, "</div>\n");
}

void put_run_lines(page *p, const char *reading)
{
    const results *const r = p->results;
    const four_lines lines = {
        .reading = reading ? reading : "",
        .champ = tr(p->lang, r->champ_fr, r->champ_en),
        .source = tr(p->lang, r->source_fr, r->source_en),
        .note = tr(p->lang, r->note_fr, r->note_en),
    };
    put_four_lines(p, &lines);
}
