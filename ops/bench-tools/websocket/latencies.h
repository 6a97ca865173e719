/* A histogram of latencies: buckets at most 1.6 % wide, whatever the size. */
#ifndef LATENCIES_H
#define LATENCIES_H

#include <stddef.h>
#include <stdint.h>

#define LATENCY_STEP_BITS 6
#define LATENCY_BUCKETS ((65 - LATENCY_STEP_BITS) << LATENCY_STEP_BITS)

struct latencies {
    uint64_t buckets[LATENCY_BUCKETS];
    uint64_t count;
};

/* Values below 128 have a bucket each; above, 64 to a power of two. */
static inline void latencies_add(struct latencies *latencies, uint64_t nanoseconds)
{
    int bits = 63 - __builtin_clzll(nanoseconds | 1);
    int shift = bits > LATENCY_STEP_BITS ? bits - LATENCY_STEP_BITS : 0;
    latencies->buckets[((size_t)shift << LATENCY_STEP_BITS) + (size_t)(nanoseconds >> shift)]++;
    latencies->count++;
}

/* Microseconds, the upper end of the bucket: never too good. 0 where there is nothing. */
static inline double latencies_quantile(const struct latencies *latencies, double share)
{
    uint64_t rank = (uint64_t)(share * (double)latencies->count), seen = 0;
    for (size_t i = 0; i < LATENCY_BUCKETS; i++) {
        seen += latencies->buckets[i];
        if (seen <= rank || latencies->buckets[i] == 0) continue;
        size_t shift = i >> LATENCY_STEP_BITS ? (i >> LATENCY_STEP_BITS) - 1 : 0;
        uint64_t first = (uint64_t)(i - (shift << LATENCY_STEP_BITS)) << shift;
        return (double)(first + (1ULL << shift)) / 1e3;
    }
    return 0;
}

#endif
