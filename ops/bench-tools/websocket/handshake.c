#define _GNU_SOURCE
#include "handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

size_t head_size(const char *bytes, size_t count)
{
    const char *end = memmem(bytes, count, "\r\n\r\n", 4);
    return end ? (size_t)(end - bytes) + 4 : 0;
}

const char *head_field(const char *head, size_t count, const char *name, size_t *value_bytes)
{
    size_t name_bytes = strlen(name);
    for (const char *line = head, *end = head + count; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (!next) return NULL;
        bool is_longer = (size_t)(next - line) > name_bytes;
        if (is_longer && line[name_bytes] == ':' && strncasecmp(line, name, name_bytes) == 0) {
            const char *first = line + name_bytes + 1, *last = next;
            while (first < last && (*first == ' ' || *first == '\t')) first++;
            while (last > first && (last[-1] == '\r' || last[-1] == ' ' || last[-1] == '\t')) last--;
            *value_bytes = (size_t)(last - first);
            return first;
        }
        line = next + 1;
    }
    return NULL;
}

void accept_of_key(const char *key, char accept[ACCEPT_CHARACTERS + 1])
{
    static const char suffix[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char joined[KEY_CHARACTERS + sizeof suffix], digest[SHA_DIGEST_LENGTH];
    memcpy(joined, key, KEY_CHARACTERS);
    memcpy(joined + KEY_CHARACTERS, suffix, sizeof suffix - 1);
    SHA1(joined, KEY_CHARACTERS + sizeof suffix - 1, digest);
    EVP_EncodeBlock((unsigned char *)accept, digest, sizeof digest);
}

void key_of_nonce(const unsigned char nonce[16], char key[KEY_CHARACTERS + 1])
{
    EVP_EncodeBlock((unsigned char *)key, nonce, 16);
}

static bool holds(const char *value, size_t count, const char *word)
{
    return memmem(value, count, word, strlen(word)) != NULL;
}

enum deflate deflate_of(const char *head, size_t count)
{
    size_t value_bytes;
    const char *value = head_field(head, count, "Sec-WebSocket-Extensions", &value_bytes);
    if (!value || !holds(value, value_bytes, "permessage-deflate")) return DEFLATE_OFF;
    bool is_off = holds(value, value_bytes, "client_no_context_takeover") &&
                  holds(value, value_bytes, "server_no_context_takeover");
    return is_off ? DEFLATE_NO_TAKEOVER : DEFLATE_TAKEOVER;
}

const char *deflate_name(enum deflate deflate)
{
    switch (deflate) {
    case DEFLATE_TAKEOVER: return "permessage-deflate";
    case DEFLATE_NO_TAKEOVER:
        return "permessage-deflate; client_no_context_takeover; server_no_context_takeover";
    default: return NULL;
    }
}
