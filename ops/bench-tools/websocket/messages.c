#include "messages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

/* Enough for messages to differ, few enough to stay in the cache with the load's other work. */
#define CYCLE_BYTES (4u << 20)
#define CYCLE_MESSAGES_LEAST 4
#define CYCLE_MESSAGES_MOST 256
/* Raw deflate ends a flushed block so, and RFC 7692 section 7.2.1 takes it off. */
static const uint8_t flush_tail[4] = {0x00, 0x00, 0xFF, 0xFF};

static void *memory(size_t bytes)
{
    void *memory = calloc(1, bytes + 1);
    if (memory) return memory;
    perror("ws_load: memory");
    exit(2);
}

static const char *const words[] = {
    "the", "meeting", "moved", "to", "Tuesday", "at", "ten", "please", "bring", "your", "notes", "and",
    "tell", "everybody", "who", "asked", "about", "tickets", "for", "concert", "we", "have", "two", "left",
    "in", "row", "seven", "thanks", "again", "see", "you", "there", "later", "tonight", "lunch", "was",
    "great", "weather",
};
#define WORDS (sizeof words / sizeof *words)

/* Words with blanks between, exactly `bytes`. */
static void fill_words(uint8_t *out, size_t bytes, uint64_t *random)
{
    for (size_t at = 0; at < bytes;) {
        const char *word = words[random_next(random) % WORDS];
        size_t count = strlen(word);
        if (count > bytes - at) count = bytes - at;
        memcpy(out + at, word, count);
        at += count;
        if (at < bytes) out[at++] = ' ';
    }
}

/* An object as a chat sends it; its text takes up what the other members leave. */
static void fill_json(uint8_t *out, size_t bytes, uint64_t *random)
{
    char head[160];
    int head_bytes = snprintf(head, sizeof head,
        "{\"type\":\"message\",\"id\":%u,\"room\":\"room-%u\",\"user\":{\"id\":%u,\"name\":\"%s\"},"
        "\"unread\":%s,\"text\":\"",
        (unsigned)(random_next(random) % 100000000), (unsigned)(random_next(random) % 100),
        (unsigned)(random_next(random) % 10000), words[random_next(random) % WORDS],
        random_next(random) & 1 ? "true" : "false");
    if ((size_t)head_bytes + 2 > bytes) {
        /* Too short for members: a string is JSON, too. */
        fill_words(out, bytes, random);
        if (bytes >= 2) out[0] = out[bytes - 1] = '"';
        return;
    }
    memcpy(out, head, (size_t)head_bytes);
    fill_words(out + head_bytes, bytes - (size_t)head_bytes - 2, random);
    memcpy(out + bytes - 2, "\"}", 2);
}

static void compress_cycle(struct cycle *cycle, enum deflate deflate_mode)
{
    z_stream stream = {0};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        fprintf(stderr, "ws_load: deflateInit2\n");
        exit(2);
    }
    for (size_t i = 0; i < cycle->count; i++) {
        struct message *message = &cycle->messages[i];
        if (deflate_mode == DEFLATE_NO_TAKEOVER) deflateReset(&stream);
        size_t room = deflateBound(&stream, message->plain_bytes) + 16;
        message->wire = memory(room);
        stream.next_in = message->plain;
        stream.avail_in = (uInt)message->plain_bytes;
        stream.next_out = message->wire;
        stream.avail_out = (uInt)room;
        size_t written = deflate(&stream, Z_SYNC_FLUSH) == Z_OK ? room - stream.avail_out : 0;
        if (stream.avail_in || written < 4 || memcmp(message->wire + written - 4, flush_tail, 4)) {
            fprintf(stderr, "ws_load: deflate\n");
            exit(2);
        }
        message->wire_bytes = written - 4;
    }
    deflateEnd(&stream);
}

struct cycle cycle_make(enum kind kind, size_t bytes, enum deflate deflate, uint64_t seed)
{
    struct cycle cycle = {0};
    uint64_t random = seed * 0x9E3779B97F4A7C15ULL | 1;
    cycle.count = CYCLE_BYTES / (bytes ? bytes : 1);
    if (cycle.count < CYCLE_MESSAGES_LEAST) cycle.count = CYCLE_MESSAGES_LEAST;
    if (cycle.count > CYCLE_MESSAGES_MOST) cycle.count = CYCLE_MESSAGES_MOST;
    cycle.messages = memory(cycle.count * sizeof *cycle.messages);
    for (size_t i = 0; i < cycle.count; i++) {
        struct message *message = &cycle.messages[i];
        message->plain = message->wire = memory(bytes);
        message->plain_bytes = message->wire_bytes = bytes;
        switch (kind) {
        case KIND_JSON: fill_json(message->plain, bytes, &random); break;
        case KIND_TEXT: fill_words(message->plain, bytes, &random); break;
        case KIND_BINARY:
            for (size_t at = 0; at < bytes; at++) message->plain[at] = (uint8_t)(random_next(&random) >> 56);
        }
    }
    if (deflate != DEFLATE_OFF) compress_cycle(&cycle, deflate);
    for (size_t i = 0; i < cycle.count; i++) cycle.wire_bytes_mean += (double)cycle.messages[i].wire_bytes;
    cycle.wire_bytes_mean /= (double)cycle.count;
    return cycle;
}

static double processor_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* False when the message does not become what it was. */
static bool inflate_one(z_stream *stream, const struct message *message, uint8_t *out)
{
    stream->next_out = out;
    stream->avail_out = (uInt)message->plain_bytes + 16;
    stream->next_in = message->wire;
    stream->avail_in = (uInt)message->wire_bytes;
    if (inflate(stream, Z_SYNC_FLUSH) != Z_OK) return false;
    stream->next_in = (uint8_t *)flush_tail;
    stream->avail_in = sizeof flush_tail;
    int status = inflate(stream, Z_SYNC_FLUSH);
    if (status != Z_OK && status != Z_BUF_ERROR) return false;
    return (size_t)(stream->next_out - out) == message->plain_bytes;
}

double cycle_inflate_microseconds(
    const struct cycle *cycle, enum deflate deflate, size_t streams, double seconds)
{
    z_stream *contexts = memory(streams * sizeof *contexts);
    uint8_t *out = memory(cycle->messages[0].plain_bytes + 16);
    for (size_t i = 0; i < streams; i++) {
        if (inflateInit2(&contexts[i], -15) == Z_OK) continue;
        fprintf(stderr, "ws_load: inflateInit2\n");
        exit(2);
    }
    /* The first time round windows are allocated, and everything is compared. */
    uint64_t done = 0;
    double start = 0, used = 0;
    for (size_t turn = 0; turn <= 1 || used < seconds; turn++) {
        if (turn == 1) start = processor_seconds();
        for (size_t m = 0; m < cycle->count; m++) {
            const struct message *message = &cycle->messages[m];
            for (size_t i = 0; i < streams; i++) {
                if (deflate == DEFLATE_NO_TAKEOVER) inflateReset(&contexts[i]);
                if (inflate_one(&contexts[i], message, out) &&
                    (turn > 0 || memcmp(out, message->plain, message->plain_bytes) == 0)) continue;
                fprintf(stderr, "ws_load: a message does not inflate to what it was\n");
                exit(2);
            }
            if (turn == 0) continue;
            done += streams;
            used = processor_seconds() - start;
            if (used >= seconds) break;
        }
    }
    for (size_t i = 0; i < streams; i++) inflateEnd(&contexts[i]);
    free(contexts);
    free(out);
    return used * 1e6 / (double)done;
}
