/* base/sandbox_guards.h: the guards that sandbox_enter puts up, one file each; private to the room.
 */
#ifndef BASE_SANDBOX_GUARDS_H
#define BASE_SANDBOX_GUARDS_H

#include "base/sandbox.h"

/* Sanitized builds report on stderr, and read what the kernel says of the process to do so. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* An exit_group with these upper bits is allowed: the kernel reads the last byte alone. */
#define SANDBOX_EXIT_KEY UINT64_C(0x62617373696E0000)
#define SANDBOX_EXIT_MASK UINT64_C(0xFFFFFFFFFFFFFF00)

/* 0, or an errno. */
MUST_CHECK int sandbox_seccomp_enter(sandbox_level level, const sandbox_options *options);
/* abi: of the kernel's Landlock; 0: none, and nothing is done. */
MUST_CHECK int sandbox_landlock_enter(sandbox_level level, const sandbox_options *options, int abi);
int sandbox_landlock_abi(void);
/* Handlers of fatal signals on a stack of their own. 0, or an errno. */
MUST_CHECK int sandbox_handlers_set(sandbox_trace *trace);

/* sandbox_enter, with the Landlock of another kernel. */
enum { SANDBOX_KERNELS_LANDLOCK = -1 };
MUST_CHECK status sandbox_enter_with(sandbox_level level, const sandbox_options *options,
                                     int landlock_abi, error *err);

#endif
