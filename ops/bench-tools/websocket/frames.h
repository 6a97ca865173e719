/* The frame layout of RFC 6455 section 5.2, for the load client and its backend. Lengths of a peer are
 * read, not judged: what a malformed frame does is the conformance benches' matter. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum opcode { CONTINUATION = 0, TEXT = 1, BINARY = 2, CLOSE = 8, PING = 9, PONG = 10 };

/* Two bytes, eight of length, four of mask. */
#define HEADER_BYTES_LIMIT 14
#define COMPRESSED 0x40

struct frame {
    enum opcode opcode;
    bool is_final, is_compressed, is_masked;
    uint8_t mask[4];
    uint64_t payload_bytes;
    size_t header_bytes;
};

/* False when the bytes end inside the header. */
static inline bool frame_read(const uint8_t *bytes, size_t count, struct frame *frame)
{
    if (count < 2) return false;
    unsigned size = bytes[1] & 0x7F;
    size_t length_bytes = size == 126 ? 2 : size == 127 ? 8 : 0;
    frame->is_masked = bytes[1] & 0x80;
    frame->header_bytes = 2 + length_bytes + (frame->is_masked ? 4 : 0);
    if (count < frame->header_bytes) return false;
    frame->opcode = bytes[0] & 0x0F;
    frame->is_final = bytes[0] & 0x80;
    frame->is_compressed = bytes[0] & COMPRESSED;
    frame->payload_bytes = length_bytes ? 0 : size;
    for (size_t i = 0; i < length_bytes; i++)
        frame->payload_bytes = frame->payload_bytes << 8 | bytes[2 + i];
    if (frame->is_masked) memcpy(frame->mask, bytes + 2 + length_bytes, 4);
    return true;
}

/* Writes a header whose first byte is given, masked unless `mask` is NULL; gives its size. */
static inline size_t frame_write(uint8_t *out, uint8_t first, uint64_t payload_bytes, const uint8_t *mask)
{
    size_t length_bytes = payload_bytes < 126 ? 0 : payload_bytes <= 0xFFFF ? 2 : 8;
    out[0] = first;
    out[1] = length_bytes == 0 ? (uint8_t)payload_bytes : length_bytes == 2 ? 126 : 127;
    if (mask) out[1] |= 0x80;
    for (size_t i = 0; i < length_bytes; i++)
        out[2 + i] = (uint8_t)(payload_bytes >> 8 * (length_bytes - 1 - i));
    if (!mask) return 2 + length_bytes;
    memcpy(out + 2 + length_bytes, mask, 4);
    return 6 + length_bytes;
}

/* The first byte is the mask's byte `phase`. The loop is wide enough for the compiler to vectorise. */
static inline void frame_mask(
    uint8_t *out, const uint8_t *in, size_t count, const uint8_t mask[4], size_t phase)
{
    uint8_t turned[8];
    uint64_t word, block;
    for (size_t i = 0; i < 8; i++) turned[i] = mask[(phase + i) % 4];
    memcpy(&word, turned, 8);
    size_t at = 0;
    for (; at + 8 <= count; at += 8) {
        memcpy(&block, in + at, 8);
        block ^= word;
        memcpy(out + at, &block, 8);
    }
    for (; at < count; at++) out[at] = in[at] ^ turned[at % 8];
}

#endif
