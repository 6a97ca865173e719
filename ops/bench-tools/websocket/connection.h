/* One connection of the load: handshake, messages on their way out, echoes checked on their way in. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "frames.h"
#include "handshake.h"
#include "messages.h"

enum connection_state { CONNECTING, SHAKING_HANDS, OPEN, ENDED };

/* What all connections share. */
struct load {
    struct sockaddr_in address;
    const char *path;
    const struct cycle *cycle;
    enum kind kind;
    enum deflate deflate;
    /* The backend answers each message with one of a byte instead of an echo. */
    bool is_acknowledged;
    /* Messages that may be under way on a connection. */
    uint64_t depth;
    int poll;
    uint64_t random;
    /* Called for each message that is answered, with the time when it was due. */
    void (*answered)(uint64_t due_nanoseconds);
};

struct connection {
    int fd;
    enum connection_state state;
    /* Why it ended before its time, NULL where it did not. */
    const char *failure;
    char key[KEY_CHARACTERS + 1];

    uint8_t *out;
    size_t out_start, out_end, out_size;
    bool waits_for_room;
    /* Messages asked for, written to `out`, and answered; ring of `depth` times when each was due. */
    uint64_t asked, begun, done;
    uint64_t *due_nanoseconds;

    /* The start of a head or of a frame's header. */
    uint8_t *part;
    size_t part_bytes;
    struct frame frame;
    uint64_t frame_rest;
    bool is_in_message;
    size_t message_offset;
};

bool connection_start(struct connection *connection, struct load *load);
void connection_ready(struct connection *connection, struct load *load, uint32_t events);
/* Sends one more message, as soon as there is room. False when `depth` are under way. */
bool connection_ask(struct connection *connection, struct load *load, uint64_t due_nanoseconds);
/* Writes and sends what was asked for. */
void connection_send(struct connection *connection, struct load *load);
void connection_end(struct connection *connection, const char *failure);

#endif
