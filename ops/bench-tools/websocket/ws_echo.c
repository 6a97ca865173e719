/* The backend of ws_load: sends each message back as it came, compressed bytes included, on loopback.
 *
 *     ws_echo -p PORT [-a]        -a: answers each message with one of a byte
 *
 * permessage-deflate is agreed on with the same takeover in both directions, so that what was compressed
 * for one reads in the other and nothing needs to be inflated here. One thread; a client that takes
 * nothing is not read from. */
#define _GNU_SOURCE
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "frames.h"
#include "handshake.h"

#define READ_BYTES (256 * 1024)
#define EVENTS 256

struct client {
    int fd;
    bool is_open, is_closing, waits_for_room;
    /* The start of a head or of a frame's header. */
    uint8_t part[HEAD_BYTES_LIMIT];
    size_t part_bytes;
    struct frame frame;
    uint64_t rest;
    size_t phase;
    /* What the socket did not take. */
    uint8_t *unsent;
    size_t unsent_start, unsent_end;
};

static int poll_fd;
static bool acknowledges;
static uint8_t input[HEAD_BYTES_LIMIT + READ_BYTES];
/* A header without mask is shorter than the one that was read; an acknowledgement is three bytes for a
 * frame of at least six. */
static uint8_t output[HEAD_BYTES_LIMIT + READ_BYTES + HEAD_BYTES_LIMIT];

static void wait_for(struct client *client, bool room)
{
    if (client->waits_for_room == room) return;
    client->waits_for_room = room;
    struct epoll_event event = {.events = room ? EPOLLOUT : EPOLLIN, .data.ptr = client};
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, client->fd, &event);
}

/* False when the connection is of no more use. */
static bool send_all(struct client *client, const uint8_t *bytes, size_t count)
{
    ssize_t sent = send(client->fd, bytes, count, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return false;
    size_t taken = sent < 0 ? 0 : (size_t)sent;
    if (taken == count) return !client->is_closing;
    client->unsent = malloc(count - taken);
    if (!client->unsent) return false;
    memcpy(client->unsent, bytes + taken, count - taken);
    client->unsent_start = 0;
    client->unsent_end = count - taken;
    wait_for(client, true);
    return true;
}

static bool send_rest(struct client *client)
{
    ssize_t sent = send(client->fd, client->unsent + client->unsent_start,
                        client->unsent_end - client->unsent_start, MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    client->unsent_start += (size_t)sent;
    if (client->unsent_start < client->unsent_end) return true;
    free(client->unsent);
    client->unsent = NULL;
    wait_for(client, false);
    return !client->is_closing;
}

/* The answer's size, 0 where the request is no handshake. */
static size_t answer(const char *head, size_t count, uint8_t *out)
{
    size_t key_bytes;
    char accept[ACCEPT_CHARACTERS + 1];
    const char *key = head_field(head, count, "Sec-WebSocket-Key", &key_bytes);
    if (!key || key_bytes != KEY_CHARACTERS) return 0;
    accept_of_key(key, accept);
    const char *extension = deflate_name(deflate_of(head, count));
    return (size_t)sprintf((char *)out,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: %s\r\n%s%s%s\r\n", accept, extension ? "Sec-WebSocket-Extensions: " : "",
        extension ? extension : "", extension ? "\r\n" : "");
}

/* Turns frames into what is sent back, and gives where it ends in `output`. */
static uint8_t *echo(struct client *client, const uint8_t *bytes, const uint8_t *end, uint8_t *out)
{
    while (bytes < end && !client->is_closing) {
        struct frame *frame = &client->frame;
        if (client->rest == 0) {
            if (!frame_read(bytes, (size_t)(end - bytes), frame)) {
                client->part_bytes = (size_t)(end - bytes);
                memcpy(client->part, bytes, client->part_bytes);
                return out;
            }
            bytes += frame->header_bytes;
            client->rest = frame->payload_bytes;
            client->phase = 0;
            uint8_t opcode = frame->opcode == PING ? PONG : frame->opcode;
            uint8_t first = opcode;
            if (frame->is_final) first |= 0x80;
            if (frame->is_compressed) first |= COMPRESSED;
            if (!acknowledges || opcode >= CLOSE) out += frame_write(out, first, frame->payload_bytes, NULL);
        }
        size_t count = (size_t)(end - bytes);
        if (count > client->rest) count = (size_t)client->rest;
        bool is_data = frame->opcode < CLOSE;
        if (!acknowledges || !is_data) {
            frame_mask(out, bytes, count, frame->mask, client->phase);
            out += count;
        }
        client->phase = (client->phase + count) % 4;
        client->rest -= count;
        bytes += count;
        if (client->rest > 0) continue;
        client->is_closing = frame->opcode == CLOSE;
        if (acknowledges && is_data && frame->is_final) {
            out += frame_write(out, 0x80 | TEXT, 1, NULL);
            *out++ = '1';
        }
    }
    return out;
}

static bool read_some(struct client *client)
{
    size_t before = client->part_bytes;
    memcpy(input, client->part, before);
    client->part_bytes = 0;
    ssize_t count = recv(client->fd, input + before, READ_BYTES, 0);
    if (count == 0 || (count < 0 && errno != EAGAIN)) return false;
    const uint8_t *bytes = input, *end = input + before + (count < 0 ? 0 : count);
    uint8_t *out = output;
    if (!client->is_open) {
        size_t head_bytes = head_size((const char *)bytes, (size_t)(end - bytes));
        if (head_bytes == 0) {
            client->part_bytes = (size_t)(end - bytes);
            if (client->part_bytes > sizeof client->part) return false;
            memcpy(client->part, bytes, client->part_bytes);
            return true;
        }
        size_t answer_bytes = answer((const char *)bytes, head_bytes, out);
        if (answer_bytes == 0) return false;
        out += answer_bytes;
        bytes += head_bytes;
        client->is_open = true;
    }
    out = echo(client, bytes, end, out);
    return out == output || send_all(client, output, (size_t)(out - output));
}

static void accept_all(int listener)
{
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
        int one = 1;
        struct client *client = calloc(1, sizeof *client);
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = client};
        if (!client || epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event) != 0) {
            perror("ws_echo");
            exit(1);
        }
        client->fd = fd;
    }
}

int main(int argc, char **argv)
{
    int port = 0, one = 1;
    for (int option; (option = getopt(argc, argv, "p:a")) != -1;) {
        if (option == 'p') port = atoi(optarg);
        else if (option == 'a') acknowledges = true;
    }
    signal(SIGPIPE, SIG_IGN);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    poll_fd = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL}, events[EVENTS];
    if (port < 1 || bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 4096) != 0 || epoll_ctl(poll_fd, EPOLL_CTL_ADD, listener, &event) != 0) {
        perror("ws_echo -p PORT [-a]");
        return 2;
    }
    for (;;) {
        int count = epoll_wait(poll_fd, events, EVENTS, -1);
        for (int i = 0; i < count; i++) {
            struct client *client = events[i].data.ptr;
            if (!client) {
                accept_all(listener);
                continue;
            }
            if (client->waits_for_room ? send_rest(client) : read_some(client)) continue;
            close(client->fd);
            free(client->unsent);
            free(client);
        }
    }
}
