/* The messages that the load sends: made once, compressed once, sent in a cycle by every connection. */
#ifndef MESSAGES_H
#define MESSAGES_H

#include <stddef.h>
#include <stdint.h>

#include "handshake.h"

enum kind { KIND_JSON, KIND_TEXT, KIND_BINARY };

struct message {
    uint8_t *plain, *wire;
    size_t plain_bytes, wire_bytes;
};

/* With takeover a message may refer to those before it in the cycle; the first refers to none, so that
 * a connection may go round without a new context. */
struct cycle {
    struct message *messages;
    size_t count;
    double wire_bytes_mean;
};

/* Payloads of exactly `bytes`; the seed makes them differ. Ends the program where memory is short. */
struct cycle cycle_make(enum kind kind, size_t bytes, enum deflate deflate, uint64_t seed);

/* Microseconds of processor time that zlib takes to inflate a message, with as many contexts in turn as
 * there are streams: their windows compete for the cache as they do in a gateway. */
double cycle_inflate_microseconds(
    const struct cycle *cycle, enum deflate deflate, size_t streams, double seconds);

/* xorshift64*: masks and payloads need no better one. */
static inline uint64_t random_next(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545F4914F6CDD1DULL;
}

#endif
