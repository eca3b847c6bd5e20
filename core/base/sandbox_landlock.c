/* Files by Landlock, where the kernel has it: what may be read, and the one folder to write in. Raw
 * system calls: the C library has no names for them. */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/sandbox_guards.h"

/* The same on every architecture; headers of older kernels lack the later ones. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif
#define ACCESS_REFER (UINT64_C(1) << 13)     /* ABI 2 */
#define ACCESS_TRUNCATE (UINT64_C(1) << 14)  /* ABI 3 */
#define ACCESS_TCP UINT64_C(3)               /* ABI 4: bind and connect */
#define ACCESS_IOCTL_DEV (UINT64_C(1) << 15) /* ABI 5 */
#define SCOPE_ALL UINT64_C(3)                /* ABI 6: abstract sockets, signals to others */

#define ACCESS_READ (UINT64_C(0) | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define ACCESS_WRITE                                                                               \
    (UINT64_C(0) | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |                 \
     LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |  \
     LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SOCK |   \
     ACCESS_REFER | ACCESS_TRUNCATE)
#define ACCESS_ALL                                                                                 \
    (ACCESS_READ | ACCESS_WRITE | ACCESS_IOCTL_DEV | LANDLOCK_ACCESS_FS_EXECUTE |                  \
     LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_BLOCK)
/* Of a rule on what is no folder. */
#define ACCESS_OF_FILE                                                                             \
    (UINT64_C(0) | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |                    \
     LANDLOCK_ACCESS_FS_READ_FILE | ACCESS_TRUNCATE | ACCESS_IOCTL_DEV)

typedef struct ruleset {
    uint64_t files, network, scoped;
} ruleset;

int sandbox_landlock_abi(void)
{
    long abi =
        syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : (int)abi;
}

/* Everything that this kernel can refuse. Interpreters use the terminal and signal their children:
 * signals stay within the sandbox. */
static ruleset refusable(int abi)
{
    ruleset r = {.files = ACCESS_ALL};
    if (abi < 2)
        r.files &= ~ACCESS_REFER;
    if (abi < 3)
        r.files &= ~ACCESS_TRUNCATE;
    if (abi < 5)
        r.files &= ~ACCESS_IOCTL_DEV;
    if (abi >= 4)
        r.network = ACCESS_TCP;
    if (abi >= 6)
        r.scoped = SCOPE_ALL;
    return r;
}

/* Older kernels know a shorter record. */
static size_t size_known(int abi)
{
    return abi >= 6 ? sizeof(ruleset) : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
}

/* What does not exist needs no rule. 0, or an errno. */
static int allow(int rules, const char *path, uint64_t access)
{
    struct stat facts;
    struct landlock_path_beneath_attr beneath = {.allowed_access = access};
    beneath.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (beneath.parent_fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : errno;
    int failed = fstat(beneath.parent_fd, &facts) == 0 ? 0 : errno;
    if (failed == 0 && !S_ISDIR(facts.st_mode))
        beneath.allowed_access &= ACCESS_OF_FILE;
    if (failed == 0 &&
        syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0)
        failed = errno;
    (void)close(beneath.parent_fd);
    return failed;
}

static int allow_each(int rules, const char *const *paths, uint64_t access)
{
    int failed = 0;
    for (size_t i = 0; paths[i] != NULL && failed == 0; i++)
        failed = allow(rules, paths[i], access);
    return failed;
}

/* The rules of a level; `handled`: what this kernel can refuse, beyond which it takes no rule. */
static int allow_level(int rules, sandbox_level level, const sandbox_options *options,
                       uint64_t handled)
{
    static const char *const libraries[] = {
        "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache", NULL};
    static const char *const programs[] = {"/usr", "/bin",  "/sbin", "/etc",
                                           "/opt", "/proc", "/dev",  NULL};
    static const char *const everything[] = {"/", NULL};
    static const char *const sinks[] = {"/dev/null", "/dev/tty", NULL};
    static const char *const own_facts[] = {"/proc/self", NULL}; /* for the sanitizers' reports */
    const bool program = level == SANDBOX_PROGRAM;
    uint64_t reading = ACCESS_READ | (program ? LANDLOCK_ACCESS_FS_EXECUTE : 0);
    const char *const *wanted = options->read_paths;
    int failed = allow_each(rules, libraries, reading);
    if (failed == 0 && SANITIZED)
        failed = allow_each(rules, own_facts, ACCESS_READ);
    if (failed == 0 && wanted != NULL)
        failed = allow_each(rules, wanted, reading);
    if (failed == 0 && program)
        failed = allow_each(rules, wanted == NULL ? everything : programs, reading);
    if (failed == 0 && program)
        failed = allow_each(rules, sinks, (reading | ACCESS_WRITE | ACCESS_IOCTL_DEV) & handled);
    if (failed == 0 && program && options->write_path != NULL)
        failed = allow(rules, options->write_path, (reading | ACCESS_WRITE) & handled);
    return failed;
}

int sandbox_landlock_enter(sandbox_level level, const sandbox_options *options, int abi)
{
    if (abi <= 0)
        return 0;
    const ruleset handled = refusable(abi);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size_known(abi), 0);
    if (rules < 0)
        return errno;
    int failed = allow_level(rules, level, options, handled.files);
    if (failed == 0 && syscall(SYS_landlock_restrict_self, rules, 0) != 0)
        failed = errno;
    (void)close(rules);
    return failed;
}
