// The one file that calls RE2. Without its headers it compiles to nothing that can be linked: the gateway
// is built on machines that have no use for tests.

#include "CTestOracles.h"

#if __has_include(<re2/re2.h>)

#include <algorithm>

#include <re2/re2.h>

struct wafd_re2 {
    re2::RE2 pattern;
};

static re2::RE2::Options options() {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    options.set_dot_nl(true);
    options.set_log_errors(false);
    // The largest pattern of the rules has more than twelve thousand characters.
    options.set_max_mem(512 << 20);
    return options;
}

wafd_re2 *wafd_re2_compile(const uint8_t *pattern, size_t count) {
    re2::StringPiece text(reinterpret_cast<const char *>(pattern), count);
    auto *compiled = new wafd_re2{re2::RE2(text, options())};
    if (compiled->pattern.ok()) return compiled;
    delete compiled;
    return nullptr;
}

void wafd_re2_free(wafd_re2 *pattern) { delete pattern; }

int wafd_re2_group_count(const wafd_re2 *pattern) { return pattern->pattern.NumberOfCapturingGroups(); }

int wafd_re2_match(const wafd_re2 *pattern, const uint8_t *subject, size_t count, ptrdiff_t *bounds) {
    // RE2 tells a group that took no part from an empty one by its pointer alone.
    re2::StringPiece text(count > 0 ? reinterpret_cast<const char *>(subject) : "", count);
    if (bounds == nullptr) {
        return pattern->pattern.Match(text, 0, count, re2::RE2::UNANCHORED, nullptr, 0);
    }
    re2::StringPiece groups[WAFD_RE2_GROUPS];
    int told = std::min<int>(WAFD_RE2_GROUPS, 1 + pattern->pattern.NumberOfCapturingGroups());
    if (!pattern->pattern.Match(text, 0, count, re2::RE2::UNANCHORED, groups, told)) return 0;
    for (int group = 0; group < WAFD_RE2_GROUPS; group++) {
        bool took_part = group < told && groups[group].data() != nullptr;
        bounds[2 * group] = took_part ? groups[group].data() - text.data() : -1;
        bounds[2 * group + 1] = took_part ? bounds[2 * group] + (ptrdiff_t)groups[group].size() : -1;
    }
    return 1;
}

#endif
