#include "datasets/catalogue/fetch.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/files.h"
#include "datasets/catalogue/fetching.h"
#include "datasets/catalogue/messages.h"
#include "territory/support.h"

enum { HOSTS_MAX = 16, HOST_BYTES = 256 };

/* The work in progress. */
typedef struct fetching {
    const fetch_options *options;
    fetch_plan *plan;
    faults *list;
    bool mirror_is_folder;
    char lost[HOSTS_MAX][HOST_BYTES]; /* servers that could not be reached: tried once more only */
    size_t lost_count;
} fetching;

static void advance(void *context, uint64_t done, uint64_t total)
{
    if (total > 0) {
        progress_advance(context, (size_t)done, (size_t)total);
    }
}

static char *now_text(arena *memory)
{
    struct tm utc;
    const time_t now = time(NULL);
    char text[32] = "";
    if (gmtime_r(&now, &utc)) {
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    }
    return arena_text(memory, text);
}

/* --- mirrors --- */

static bool is_address(const char *text)
{
    return strncmp(text, "http://", 7) == 0 || strncmp(text, "https://", 8) == 0;
}

static status check_mirror(fetching *f, error *err)
{
    struct stat facts;
    const char *mirror = f->options->mirror;
    if (!mirror || is_address(mirror)) {
        return STATUS_OK;
    }
    f->mirror_is_folder = true;
    if (strstr(mirror, "://")) {
        return error_set(err, STATUS_USAGE, M_FETCH_MIRROR_FORM, mirror);
    }
    if (stat(mirror, &facts) != 0 || !S_ISDIR(facts.st_mode)) {
        return error_set(err, STATUS_INPUT, M_FETCH_MIRROR_FOLDER, mirror);
    }
    return STATUS_OK;
}

/* The base, then the name with everything but letters, digits and -._~ as %XX. */
static char *mirror_address(const char *base, const char *file, arena *memory)
{
    text_buffer b = {0};
    size_t size = strlen(base);
    while (size > 0 && base[size - 1] == '/') {
        size--;
    }
    text_add_n(&b, base, size);
    text_add(&b, "/");
    for (const char *c = file; *c; c++) {
        const bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                           (*c >= '0' && *c <= '9') || strchr("-._~", *c);
        text_add_format(&b, plain ? "%c" : "%%%02X", (unsigned char)*c);
    }
    char *made = b.failed ? NULL : arena_text_n(memory, b.at, b.size);
    text_buffer_clear(&b);
    return made;
}

static const char *address_of(const fetching *f, const fetch_item *item)
{
    const char *mirror = f->options->mirror;
    arena *memory = f->plan->memory;
    if (item->state == ITEM_BY_HAND) {
        return item->path;
    }
    return !mirror               ? item->address
           : f->mirror_is_folder ? arena_format(memory, "%s/%s", mirror, item->file)
                                 : mirror_address(mirror, item->file, memory);
}

/* --- servers that do not answer --- */

static void host_of(const char *address, char out[HOST_BYTES])
{
    const char *host = strstr(address, "://");
    host = host ? host + 3 : address;
    const size_t size = strcspn(host, "/?#");
    out[0] = '\0';
    if (size < HOST_BYTES) {
        memcpy(out, host, size);
        out[size] = '\0';
    }
}

static bool host_is_lost(const fetching *f, const char *address)
{
    char host[HOST_BYTES];
    host_of(address, host);
    for (size_t i = 0; i < f->lost_count; i++) {
        if (strcmp(f->lost[i], host) == 0) {
            return true;
        }
    }
    return false;
}

static void host_lose(fetching *f, const char *address)
{
    if (!host_is_lost(f, address) && f->lost_count < HOSTS_MAX) {
        host_of(address, f->lost[f->lost_count++]);
    }
}

/* --- one file --- */

static provenance provenance_of(const fetching *f, const fetch_item *item,
                                const download_facts *facts, const char *fetched)
{
    const catalogue_entry *e = item->entry;
    const bool by_hand = item->state == ITEM_BY_HAND;
    const char *mirror = f->options->mirror && !by_hand ? f->options->mirror : "";
    return (provenance){.id = e->id,
                        .title_fr = e->title_fr,
                        .title_en = e->title_en,
                        .producer = e->producer,
                        .licence = e->licence,
                        .vintage = e->vintage,
                        .geography = e->geography,
                        .role = e->role,
                        .importer = e->importer,
                        .address = item->address,
                        .final_address = by_hand || f->mirror_is_folder ? "" : facts->final_address,
                        .origin = by_hand   ? "by_hand"
                                  : *mirror ? "mirror"
                                            : "address",
                        .mirror = mirror,
                        .fetched = fetched,
                        .bytes = facts->bytes,
                        .sha256 = facts->sha256,
                        .verified = *e->sha256      ? "sha256"
                                    : e->size_exact ? "size"
                                                    : "none",
                        .unpacked = ""};
}

/* Verified bytes beside the final name. */
static status get_part(fetching *f, fetch_item *item, download_facts *facts, error *err)
{
    const fetch_options *o = f->options;
    const char *address = address_of(f, item);
    download_request request = {.address = address,
                                .path = item->path,
                                .size = item->entry->size_exact ? item->entry->size : 0,
                                .sha256 = item->entry->sha256,
                                .page = item->entry->page,
                                .rules = o->rules,
                                .cancel = o->progress->cancel,
                                .advance = advance,
                                .context = o->progress};
    if (!address) {
        return memory_error(err, strlen(item->file));
    }
    if (!is_address(address)) {
        return copy_part(&request, f->plan->memory, facts, err);
    }
    if (host_is_lost(f, address)) {
        request.rules.attempts = 1;
    }
    const status s = download_part(&request, f->plan->memory, facts, err);
    if (s != STATUS_OK && facts->unreachable) {
        host_lose(f, address);
    }
    return s;
}

/* Its provenance first, then its name: a stop in between is put right by the next fetch. */
static status keep_part(fetching *f, fetch_item *item, const download_facts *facts, provenance *p,
                        error *err)
{
    arena *memory = f->plan->memory;
    const char *part = part_path(item->path, memory);
    const char *fetched = now_text(memory);
    if (!part || !fetched) {
        return memory_error(err, 64);
    }
    *p = provenance_of(f, item, facts, fetched);
    status s = provenance_write(item->path, p, NULL, memory, err);
    if (s == STATUS_OK) {
        s = file_publish(part, item->path, err);
    }
    if (s == STATUS_OK) {
        part_forget(item->path, false, memory);
        item->bytes = facts->bytes;
        item->fetched = fetched;
    }
    return s;
}

static bool folder_is_there(const char *path)
{
    struct stat facts;
    return path && stat(path, &facts) == 0 && S_ISDIR(facts.st_mode);
}

static status unpack_item(fetching *f, fetch_item *item, provenance *p, error *err)
{
    unpacked_list members;
    arena *memory = f->plan->memory;
    const unpack_request request = {.archive = item->path,
                                    .folder = unpack_folder_of(item->path, memory),
                                    .members = item->entry->members,
                                    .rules = unpack_usual_rules,
                                    .cancel = f->options->progress->cancel,
                                    .advance = advance,
                                    .context = f->options->progress};
    if (!request.folder) {
        return memory_error(err, strlen(item->path));
    }
    status s = unpack_into_folder(&request, memory, &members, err);
    if (s == STATUS_OK) {
        const char *slash = strrchr(request.folder, '/');
        p->unpacked = slash ? slash + 1 : request.folder;
        s = provenance_write(item->path, p, &members, memory, err);
    }
    return s;
}

/* A folder of that name that is not known to be ours is somebody's: it stays. */
static status unpack_where_due(fetching *f, fetch_item *item, const provenance *before,
                               provenance *p, error *err)
{
    const char *folder = unpack_folder_of(item->path, f->plan->memory);
    const bool ours = *before->unpacked != '\0';
    if (item->entry->archive == ARCHIVE_KEPT) {
        return STATUS_OK;
    }
    if (folder && folder_is_there(folder) && !ours) {
        faults_warn(f->list, source_at(folder, 0, 0), M_FETCH_FOLDER_THERE, item->file);
        return STATUS_OK;
    }
    const bool due = item->done || !ours || !folder_is_there(folder);
    return due ? unpack_item(f, item, p, err) : STATUS_OK;
}

static status fetch_item_now(fetching *f, fetch_item *item, error *err)
{
    download_facts facts;
    provenance before;
    arena *memory = f->plan->memory;
    const bool told = provenance_read(item->path, memory, &before);
    provenance now = before;
    status s = STATUS_OK;
    if (item->state == ITEM_CHANGED) {
        faults_warn(f->list, source_at(item->path, 0, 0), M_FETCH_CHANGED);
        return STATUS_OK;
    }
    if (item->state != ITEM_THERE || !told) {
        s = get_part(f, item, &facts, err);
        s = s == STATUS_OK ? keep_part(f, item, &facts, &now, err) : s;
        item->done = s == STATUS_OK;
    }
    return s == STATUS_OK ? unpack_where_due(f, item, &before, &now, err) : s;
}

static void say_step(const fetching *f, const fetch_item *item, size_t number)
{
    error text; /* for its two languages alone */
    (void)error_set(&text, STATUS_OK, M_FETCH_STEP, item->file, number, f->plan->count);
    progress_step(f->options->progress, item->entry->id, text.fr, text.en);
}

/* A failure is told and the others go on; only a stop ends all. */
static status fetch_from(fetching *f, size_t first)
{
    status worst = STATUS_OK;
    for (size_t i = first; i < f->plan->count; i++) {
        error err = {.status = STATUS_OK};
        fetch_item *item = &f->plan->items[i];
        say_step(f, item, i + 1);
        const status s = fetch_item_now(f, item, &err);
        if (s == STATUS_OK) {
            f->plan->done += item->done;
            f->plan->there += !item->done;
            f->plan->done_bytes += item->done ? item->bytes : 0;
            continue;
        }
        f->plan->failed++;
        worst = faults_add_error(f->list, item->entry->where, &err);
        if (s == STATUS_INTERRUPTED) {
            break;
        }
    }
    return worst;
}

/* --- all of them --- */

static status take_lock(const fetching *f, int *lock, error *err)
{
    const char *path = arena_format(f->plan->memory, "%s/.bassin-fetch.lock", f->options->folder);
    if (!path) {
        return memory_error(err, 64);
    }
    *lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (*lock < 0) {
        return error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, path, SYSTEM_CAUSE(errno));
    }
    if (flock(*lock, LOCK_EX | LOCK_NB) != 0) {
        return errno == EWOULDBLOCK
                   ? error_set(err, STATUS_BUSY, M_FETCH_BUSY, f->options->folder)
                   : error_set(err, STATUS_ENVIRONMENT, M_FETCH_WRITE, path, SYSTEM_CAUSE(errno));
    }
    return STATUS_OK;
}

/* The files cut by the territory, once the communes tell where it lies. */
static status fetch_cut(fetching *f)
{
    error err;
    fetch_plan *plan = f->plan;
    const size_t first = plan->count;
    status s = plan_find_territory(f->options, plan, &err);
    if (s == STATUS_OK && !territory_word_is_whole(&plan->word)) {
        s = plan->failed > 0
                ? error_set(&err, STATUS_INPUT, M_FETCH_TERRITORY_WAITS, plan->word.name)
                : territory_word_unknown(f->options->areas, &plan->word, &err);
    }
    if (s == STATUS_OK) {
        s = plan_add(f->options, plan, true, &err);
    }
    for (size_t i = first; s == STATUS_OK && i < plan->count; i++) {
        s = item_look(&plan->items[i], plan->memory, f->options->progress->cancel, &err);
    }
    if (s != STATUS_OK) {
        return faults_add_error(f->list, SOURCE_NONE, &err);
    }
    plan->cut_waits = false;
    return fetch_from(f, first);
}

static status worse(status a, status b)
{
    return a == STATUS_OK || b == STATUS_INTERRUPTED ? b : a;
}

static status fetch_locked(fetching *f)
{
    error err;
    const fetch_options *o = f->options;
    status s = download_begin(&err);
    if (s != STATUS_OK) {
        return faults_add_error(f->list, SOURCE_NONE, &err);
    }
    s = fetch_from(f, 0);
    if (f->plan->cut_waits && s != STATUS_INTERRUPTED) {
        s = worse(s, fetch_cut(f));
    }
    progress_end(o->progress);
    download_end();
    /* The gravest of all that was told, this run's own. */
    return s == STATUS_OK ? STATUS_OK : faults_status(f->list);
}

status fetch_all(const fetch_options *options, fetch_plan *plan, faults *faults_list)
{
    error err;
    int lock = -1;
    fetching f = {.options = options, .plan = plan, .list = faults_list};
    status s = check_mirror(&f, &err);
    if (s == STATUS_OK) {
        s = folder_make(options->folder, &err);
    }
    if (s == STATUS_OK) {
        s = take_lock(&f, &lock, &err);
    }
    s = s == STATUS_OK ? fetch_locked(&f) : faults_add_error(faults_list, SOURCE_NONE, &err);
    if (lock >= 0) {
        (void)close(lock); /* the file stays: whoever waits for it holds the same one */
    }
    return s;
}
