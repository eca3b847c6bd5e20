#include "tests/http/server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST_BYTES = 8192, SLOTS = 256 };

/* Seen by every process of the server and by the test. */
typedef struct shared {
    atomic_uint requests, ranges;
    atomic_uint seen[SLOTS]; /* by path */
} shared;

struct http_server {
    pid_t process;
    int socket;
    char base[64], folder[256];
    shared *shared;
};

/* One request being answered. */
typedef struct exchange {
    const http_server *server;
    int to;
    char request[REQUEST_BYTES];
    char path[512]; /* "/how/N/name" */
    char how[32], name[256];
    size_t n;
    unsigned before; /* requests of the same path before this one */
    char *bytes;
    size_t size;
} exchange;

static void send_all(int to, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = send(to, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0)
            _exit(0);
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void send_text(int to, const char *text)
{
    send_all(to, text, strlen(text));
}

static void pause_ms(long ms)
{
    const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    (void)nanosleep(&t, NULL);
}

static const char *header_of(const exchange *x, const char *name)
{
    const char *at = strstr(x->request, name);
    return at != NULL ? at + strlen(name) : NULL;
}

static bool load(exchange *x)
{
    char path[768];
    struct stat facts;
    (void)snprintf(path, sizeof path, "%s/%s", x->server->folder, x->name);
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &facts) != 0)
        return false;
    x->size = (size_t)facts.st_size;
    x->bytes = malloc(x->size + 1);
    return x->bytes != NULL && read(fd, x->bytes, x->size) == (ssize_t)x->size;
}

static void head(const exchange *x, const char *line, size_t length, const char *more)
{
    char text[1024];
    (void)snprintf(text, sizeof text,
                   "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n", line,
                   length, more);
    send_text(x->to, text);
}

static void refuse(const exchange *x, const char *line)
{
    static const char page[] = "<html>no</html>";
    head(x, line, sizeof page - 1, "Content-Type: text/html\r\n");
    send_text(x->to, page);
}

/* Bytes from..to of the file; `most` of them, SIZE_MAX all. */
static void body(const exchange *x, size_t from, size_t to, size_t most)
{
    size_t size = to - from;
    send_all(x->to, x->bytes + from, size < most ? size : most);
}

static void serve(const exchange *x, const char *validator, bool ranges, size_t most)
{
    char more[512], line[64] = "200 OK";
    size_t from = 0;
    const char *range = header_of(x, "\r\nRange: bytes=");
    const char *condition = header_of(x, "\r\nIf-Range: ");
    const char *value = strstr(validator, ": ") + 2;
    bool same = condition == NULL || strncmp(condition, value, strlen(value)) == 0;
    if (ranges && range != NULL && same) {
        from = (size_t)strtoull(range, NULL, 10);
        if (from >= x->size) {
            (void)snprintf(more, sizeof more, "Content-Range: bytes */%zu\r\n", x->size);
            head(x, "416 Range Not Satisfiable", 0, more);
            return;
        }
        (void)snprintf(line, sizeof line, "206 Partial Content");
    }
    (void)snprintf(more, sizeof more, "%s\r\n", validator);
    if (from > 0)
        (void)snprintf(more, sizeof more, "%s\r\nContent-Range: bytes %zu-%zu/%zu\r\n", validator,
                       from, x->size - 1, x->size);
    head(x, line, x->size - from, more);
    body(x, from, x->size, most);
}

static void redirect(const exchange *x, const char *where)
{
    char more[768];
    (void)snprintf(more, sizeof more, "Location: %s\r\n", where);
    head(x, "302 Found", 0, more);
}

static void serve_slowly(const exchange *x)
{
    head(x, "200 OK", x->size, "ETag: \"slow\"\r\n");
    for (size_t at = 0; at < x->size; at += 1024) {
        body(x, at, x->size, 1024);
        pause_ms(20);
    }
}

static void answer_file(exchange *x)
{
    char where[600];
    const char *how = x->how;
    if (strcmp(how, "plain") == 0)
        serve(x, "ETag: \"one\"", true, SIZE_MAX);
    else if (strcmp(how, "dated") == 0)
        serve(x, "Last-Modified: Mon, 02 Mar 2026 08:00:00 GMT", true, SIZE_MAX);
    else if (strcmp(how, "no-ranges") == 0)
        serve(x, "ETag: \"one\"", false, SIZE_MAX);
    else if (strcmp(how, "cut") == 0)
        serve(x, "ETag: \"one\"", true, x->before == 0 ? x->n : SIZE_MAX);
    else if (strcmp(how, "always-cut") == 0)
        serve(x, "ETag: \"one\"", true, x->n);
    else if (strcmp(how, "short") == 0)
        serve(x, "ETag: \"one\"", false, x->size / 2);
    else if (strcmp(how, "renewed") == 0) {
        if (x->before > 0)
            memset(x->bytes, 'n', x->size);
        serve(x, x->before == 0 ? "ETag: \"old\"" : "ETag: \"new\"", true,
              x->before == 0 ? x->n : SIZE_MAX);
    } else if (strcmp(how, "wrong-range") == 0 && header_of(x, "\r\nRange: ") != NULL) {
        head(x, "206 Partial Content", x->size, "Content-Range: bytes 0-9/10\r\n");
        body(x, 0, x->size, SIZE_MAX);
    } else if (strcmp(how, "wrong-range") == 0)
        serve(x, "ETag: \"one\"", true, x->before == 0 ? x->size / 2 : SIZE_MAX);
    else if (strcmp(how, "busy") == 0 && x->before < x->n)
        refuse(x, "503 Service Unavailable");
    else if (strcmp(how, "busy") == 0)
        serve(x, "ETag: \"one\"", true, SIZE_MAX);
    else if (strcmp(how, "stall") == 0) {
        serve(x, "ETag: \"one\"", true, x->n);
        pause_ms(60000);
    } else if (strcmp(how, "slow") == 0)
        serve_slowly(x);
    else if (strcmp(how, "page") == 0)
        refuse(x, "200 OK");
    else if (strcmp(how, "empty") == 0)
        head(x, "200 OK", 0, "");
    else if (strcmp(how, "redirect") == 0) {
        (void)snprintf(where, sizeof where, "/plain/%s", x->name);
        redirect(x, where);
    } else if (strcmp(how, "loop") == 0)
        redirect(x, x->path);
    else if (strcmp(how, "to-file") == 0)
        redirect(x, "file:///etc/passwd");
    else
        refuse(x, strcmp(how, "forbidden") == 0 ? "403 Forbidden" : "404 Not Found");
}

/* "/how/name", "/how/N/name" */
static void read_path(exchange *x)
{
    size_t size = strcspn(x->request + 4, " \r\n");
    (void)snprintf(x->path, sizeof x->path, "%.*s", (int)size, x->request + 4);
    const char *how = x->path + 1;
    size_t length = strcspn(how, "/");
    (void)snprintf(x->how, sizeof x->how, "%.*s", (int)length, how);
    const char *rest = how + length + (how[length] == '/');
    char *end = NULL;
    x->n = (size_t)strtoull(rest, &end, 10);
    if (end != rest && *end == '/')
        rest = end + 1;
    (void)snprintf(x->name, sizeof x->name, "%s", rest);
}

static unsigned count_path(const exchange *x)
{
    unsigned slot = 5381;
    for (const char *c = x->path; *c != '\0'; c++)
        slot = slot * 33 + (unsigned char)*c;
    return atomic_fetch_add(&x->server->shared->seen[slot % SLOTS], 1);
}

static void answer(const http_server *s, int to)
{
    static exchange x;
    size_t used = 0;
    x = (exchange){.server = s, .to = to};
    while (strstr(x.request, "\r\n\r\n") == NULL && used + 1 < sizeof x.request) {
        ssize_t got = recv(to, x.request + used, sizeof x.request - 1 - used, 0);
        if (got <= 0)
            _exit(0);
        used += (size_t)got;
    }
    read_path(&x);
    x.before = count_path(&x);
    (void)atomic_fetch_add(&s->shared->requests, 1);
    if (header_of(&x, "\r\nRange: ") != NULL)
        (void)atomic_fetch_add(&s->shared->ranges, 1);
    if (load(&x))
        answer_file(&x);
    else
        refuse(&x, "404 Not Found");
    (void)shutdown(to, SHUT_WR);
    _exit(0);
}

static _Noreturn void serve_for_ever(const http_server *s)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setpgid(0, 0);
    (void)signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int to = accept(s->socket, NULL, NULL);
        if (to < 0)
            continue;
        pid_t child = fork();
        if (child == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
            answer(s, to);
        }
        (void)close(to);
    }
}

http_server *http_server_start(const char *folder)
{
    http_server *s = calloc(1, sizeof *s);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof at;
    if (s == NULL)
        abort();
    (void)snprintf(s->folder, sizeof s->folder, "%s", folder);
    s->shared =
        mmap(NULL, sizeof *s->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    s->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->shared == MAP_FAILED || s->socket < 0 ||
        bind(s->socket, (struct sockaddr *)(void *)&at, sizeof at) != 0 ||
        listen(s->socket, 64) != 0 ||
        getsockname(s->socket, (struct sockaddr *)(void *)&at, &size) != 0)
        abort();
    (void)snprintf(s->base, sizeof s->base, "http://127.0.0.1:%u", (unsigned)ntohs(at.sin_port));
    /* offices have proxies; the loopback is not behind them */
    (void)setenv("no_proxy", "127.0.0.1", 1);
    s->process = fork();
    if (s->process < 0)
        abort();
    if (s->process == 0)
        serve_for_ever(s);
    return s;
}

void http_server_stop(http_server *s)
{
    if (s == NULL)
        return;
    (void)kill(s->process, SIGKILL);
    (void)kill(-s->process, SIGKILL); /* those that answer */
    (void)waitpid(s->process, NULL, 0);
    (void)close(s->socket);
    (void)munmap(s->shared, sizeof *s->shared);
    free(s);
}

const char *http_server_base(const http_server *s)
{
    return s->base;
}

unsigned http_server_requests(const http_server *s)
{
    return atomic_load(&s->shared->requests);
}

unsigned http_server_ranges(const http_server *s)
{
    return atomic_load(&s->shared->ranges);
}
