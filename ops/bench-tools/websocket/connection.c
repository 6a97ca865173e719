#define _GNU_SOURCE
#include "connection.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define READ_BYTES (256 * 1024)
/* Written at once, so that many small messages go in one call. */
#define OUT_BYTES_LEAST (64 * 1024)
#define ACKNOWLEDGEMENT "1"

static uint8_t input[READ_BYTES];

static void *memory(size_t bytes)
{
    void *memory = calloc(1, bytes);
    if (memory) return memory;
    perror("ws_load: memory");
    exit(2);
}

void connection_end(struct connection *connection, const char *failure)
{
    if (connection->state == ENDED) return;
    connection->state = ENDED;
    connection->failure = failure;
    close(connection->fd);
    free(connection->out);
    free(connection->part);
    free(connection->due_nanoseconds);
}

bool connection_start(struct connection *connection, struct load *load)
{
    int one = 1;
    connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (connection->fd < 0) return false;
    setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    size_t largest = 0;
    for (size_t i = 0; i < load->cycle->count; i++)
        if (load->cycle->messages[i].wire_bytes > largest) largest = load->cycle->messages[i].wire_bytes;
    connection->out_size = largest + HEADER_BYTES_LIMIT;
    if (connection->out_size < OUT_BYTES_LEAST) connection->out_size = OUT_BYTES_LEAST;
    connection->out = memory(connection->out_size);
    connection->part = memory(HEAD_BYTES_LIMIT);
    connection->due_nanoseconds = memory(load->depth * sizeof *connection->due_nanoseconds);
    connection->waits_for_room = true;
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.ptr = connection};
    const struct sockaddr *address = (const struct sockaddr *)&load->address;
    if (connect(connection->fd, address, sizeof load->address) != 0 && errno != EINPROGRESS) return false;
    return epoll_ctl(load->poll, EPOLL_CTL_ADD, connection->fd, &event) == 0;
}

static void wait_for_room(struct connection *connection, struct load *load, bool waits)
{
    if (connection->waits_for_room == waits) return;
    connection->waits_for_room = waits;
    struct epoll_event event = {.events = waits ? EPOLLIN | EPOLLOUT : EPOLLIN, .data.ptr = connection};
    epoll_ctl(load->poll, EPOLL_CTL_MOD, connection->fd, &event);
}

/* True when all is sent. */
static bool flush(struct connection *connection, struct load *load)
{
    while (connection->out_start < connection->out_end) {
        ssize_t sent = send(connection->fd, connection->out + connection->out_start,
                            connection->out_end - connection->out_start, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            wait_for_room(connection, load, true);
            return false;
        }
        if (sent < 0) {
            connection_end(connection, "the connection broke while sending");
            return false;
        }
        connection->out_start += (size_t)sent;
    }
    connection->out_start = connection->out_end = 0;
    wait_for_room(connection, load, false);
    return true;
}

static void send_handshake(struct connection *connection, struct load *load)
{
    uint64_t nonce[2] = {random_next(&load->random), random_next(&load->random)};
    const char *extension = deflate_name(load->deflate);
    key_of_nonce((const unsigned char *)nonce, connection->key);
    connection->out_end = (size_t)snprintf((char *)connection->out, connection->out_size,
        "GET %s HTTP/1.1\r\nHost: load.test\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) ws_load\r\n"
        "Accept: */*\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: %s\r\nSec-WebSocket-Version: 13\r\n%s%s%s\r\n",
        load->path, connection->key, extension ? "Sec-WebSocket-Extensions: " : "",
        extension ? extension : "", extension ? "\r\n" : "");
    connection->state = SHAKING_HANDS;
    flush(connection, load);
}

/* Messages that were asked for, while there is room for whole ones. */
static void write_messages(struct connection *connection, struct load *load)
{
    uint8_t first = (uint8_t)(0x80 | (load->kind == KIND_BINARY ? BINARY : TEXT));
    if (load->deflate != DEFLATE_OFF) first |= COMPRESSED;
    while (connection->begun < connection->asked) {
        const struct message *message = &load->cycle->messages[connection->begun % load->cycle->count];
        size_t room = connection->out_size - connection->out_end;
        if (room < message->wire_bytes + HEADER_BYTES_LIMIT) return;
        uint32_t random = (uint32_t)(random_next(&load->random) >> 32);
        uint8_t mask[4], *out = connection->out + connection->out_end;
        memcpy(mask, &random, 4);
        size_t header_bytes = frame_write(out, first, message->wire_bytes, mask);
        frame_mask(out + header_bytes, message->wire, message->wire_bytes, mask, 0);
        connection->out_end += header_bytes + message->wire_bytes;
        connection->begun++;
    }
}

bool connection_ask(struct connection *connection, struct load *load, uint64_t due_nanoseconds)
{
    if (connection->state != OPEN || connection->asked - connection->done >= load->depth) return false;
    connection->due_nanoseconds[connection->asked++ % load->depth] = due_nanoseconds;
    return true;
}

void connection_send(struct connection *connection, struct load *load)
{
    if (connection->state != OPEN || connection->out_start > 0) return;
    do write_messages(connection, load);
    while (flush(connection, load) && connection->begun < connection->asked);
}

/* What is wrong with the answer's head, NULL for nothing. */
static const char *check_head(const struct connection *connection, const struct load *load, size_t count)
{
    const char *head = (const char *)connection->part;
    char accept[ACCEPT_CHARACTERS + 1];
    size_t value_bytes = 0;
    if (strncmp(head, "HTTP/1.1 101 ", 13) != 0) return "the handshake was refused";
    const char *value = head_field(head, count, "Sec-WebSocket-Accept", &value_bytes);
    accept_of_key(connection->key, accept);
    if (!value || value_bytes != ACCEPT_CHARACTERS || memcmp(value, accept, ACCEPT_CHARACTERS) != 0)
        return "Sec-WebSocket-Accept is wrong";
    return deflate_of(head, count) == load->deflate ? NULL : "not the compression that was asked for";
}

/* Compares as many bytes of the answer that is awaited. */
static bool is_expected(
    struct connection *connection, const struct load *load, const uint8_t *bytes, size_t count)
{
    const struct message *message = &load->cycle->messages[connection->done % load->cycle->count];
    const uint8_t *wire = load->is_acknowledged ? (const uint8_t *)ACKNOWLEDGEMENT : message->wire;
    size_t wire_bytes = load->is_acknowledged ? sizeof ACKNOWLEDGEMENT - 1 : message->wire_bytes;
    size_t offset = connection->message_offset;
    if (count > wire_bytes - offset || memcmp(bytes, wire + offset, count) != 0) return false;
    connection->message_offset += count;
    bool is_last = connection->frame.is_final && connection->frame_rest == count;
    return !is_last || connection->message_offset == wire_bytes;
}

static const char *check_header(struct connection *connection, const struct load *load)
{
    const struct frame *frame = &connection->frame;
    if (frame->is_masked) return "the server masks";
    if (frame->opcode >= CLOSE) return frame->opcode == CLOSE ? "the connection was closed" : NULL;
    if (connection->done == connection->begun) return "an answer that nothing asked for";
    if ((frame->opcode == CONTINUATION) != connection->is_in_message) return "frames are out of order";
    if (connection->is_in_message) return NULL;
    bool is_text = load->is_acknowledged || load->kind != KIND_BINARY;
    if (frame->opcode != (is_text ? TEXT : BINARY)) return "the answer is of another type";
    if (frame->is_compressed != (!load->is_acknowledged && load->deflate != DEFLATE_OFF))
        return "the answer is compressed where the message is not, or the reverse";
    connection->is_in_message = true;
    connection->message_offset = 0;
    return NULL;
}

/* What is wrong, NULL for nothing. */
static const char *receive(
    struct connection *connection, struct load *load, const uint8_t *bytes, size_t count)
{
    for (const uint8_t *end = bytes + count; bytes < end;) {
        if (connection->frame_rest == 0) {
            size_t available = (size_t)(end - bytes), before = connection->part_bytes;
            size_t taken = available < HEADER_BYTES_LIMIT - before ? available : HEADER_BYTES_LIMIT - before;
            memcpy(connection->part + before, bytes, taken);
            if (!frame_read(connection->part, before + taken, &connection->frame)) {
                connection->part_bytes = before + taken;
                return NULL;
            }
            bytes += connection->frame.header_bytes - before;
            connection->part_bytes = 0;
            connection->frame_rest = connection->frame.payload_bytes;
            const char *wrong = check_header(connection, load);
            if (wrong) return wrong;
        }
        size_t taken = (size_t)(end - bytes);
        if (taken > connection->frame_rest) taken = (size_t)connection->frame_rest;
        bool is_data = connection->frame.opcode < CLOSE;
        if (is_data && !is_expected(connection, load, bytes, taken)) return "the echo differs";
        bytes += taken;
        connection->frame_rest -= taken;
        if (connection->frame_rest > 0) return NULL;
        if (!is_data || !connection->frame.is_final) continue;
        connection->is_in_message = false;
        load->answered(connection->due_nanoseconds[connection->done++ % load->depth]);
    }
    return NULL;
}

static void read_head(struct connection *connection, struct load *load)
{
    size_t before = connection->part_bytes;
    ssize_t count = recv(connection->fd, connection->part + before, HEAD_BYTES_LIMIT - before, 0);
    if (count < 0 && errno == EAGAIN) return;
    if (count <= 0) return connection_end(connection, "the connection broke in the handshake");
    size_t total = before + (size_t)count, head_bytes = head_size((const char *)connection->part, total);
    connection->part_bytes = total;
    if (head_bytes == 0) return;
    const char *wrong = check_head(connection, load, head_bytes);
    if (wrong) return connection_end(connection, wrong);
    connection->part_bytes = 0;
    connection->state = OPEN;
    if (total > head_bytes) connection_end(connection, "a frame before any message");
}

void connection_ready(struct connection *connection, struct load *load, uint32_t events)
{
    if (connection->state == CONNECTING) {
        if (events & (EPOLLERR | EPOLLHUP)) return connection_end(connection, "no connection");
        if (events & EPOLLOUT) send_handshake(connection, load);
        return;
    }
    if (connection->state == SHAKING_HANDS) {
        if (events & EPOLLOUT) flush(connection, load);
        if (connection->state == SHAKING_HANDS && events & ~(uint32_t)EPOLLOUT) read_head(connection, load);
        return;
    }
    if (events & ~(uint32_t)EPOLLOUT) {
        ssize_t count = recv(connection->fd, input, sizeof input, 0);
        bool is_broken = count == 0 || (count < 0 && errno != EAGAIN);
        if (is_broken) return connection_end(connection, "the connection broke");
        const char *wrong = count > 0 ? receive(connection, load, input, (size_t)count) : NULL;
        if (wrong) return connection_end(connection, wrong);
    }
    if (events & EPOLLOUT && flush(connection, load)) connection_send(connection, load);
}
