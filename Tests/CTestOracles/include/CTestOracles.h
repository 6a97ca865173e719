// RE2 behind a C interface, for tests to compare the matcher with.

#ifndef WAFD_CTESTORACLES_H
#define WAFD_CTESTORACLES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A compiled pattern over bytes; `.` takes every byte, `$` is the very end.
typedef struct wafd_re2 wafd_re2;

/// Groups that are told, the whole match included.
enum { WAFD_RE2_GROUPS = 10 };

/// NULL when the pattern is not in RE2's syntax.
wafd_re2 *wafd_re2_compile(const uint8_t *pattern, size_t count);

void wafd_re2_free(wafd_re2 *pattern);

/// Capturing groups, the whole match not counted.
int wafd_re2_group_count(const wafd_re2 *pattern);

/// 1 when the pattern matches anywhere in the subject, else 0. Without `bounds` that is all; else begin and
/// end of each group are stored in it, 2 * WAFD_RE2_GROUPS numbers, -1 for one that took no part.
int wafd_re2_match(const wafd_re2 *pattern, const uint8_t *subject, size_t count, ptrdiff_t *bounds);

#ifdef __cplusplus
}
#endif

#endif
