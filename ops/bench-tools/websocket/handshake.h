/* The opening handshake, RFC 6455 section 4, and the parameters of permessage-deflate, RFC 7692 section 7. */
#ifndef HANDSHAKE_H
#define HANDSHAKE_H

#include <stdbool.h>
#include <stddef.h>

#define HEAD_BYTES_LIMIT 16384
#define KEY_CHARACTERS 24
#define ACCEPT_CHARACTERS 28

enum deflate { DEFLATE_OFF, DEFLATE_TAKEOVER, DEFLATE_NO_TAKEOVER };

/* Size of the head with its blank line, 0 where that has not come. */
size_t head_size(const char *bytes, size_t count);

/* The field's value without blanks around it, NULL where it is missing. */
const char *head_field(const char *head, size_t count, const char *name, size_t *value_bytes);

/* `accept` gets ACCEPT_CHARACTERS and a NUL. */
void accept_of_key(const char *key, char accept[ACCEPT_CHARACTERS + 1]);

/* `key` gets KEY_CHARACTERS and a NUL. */
void key_of_nonce(const unsigned char nonce[16], char key[KEY_CHARACTERS + 1]);

/* What the extension field of an offer, or of an answer, says. Takeover is off only where it is off both
 * ways: a backend that sends compressed bytes back as they came needs one state for both. */
enum deflate deflate_of(const char *head, size_t count);

/* The value of Sec-WebSocket-Extensions, NULL for none. */
const char *deflate_name(enum deflate deflate);

#endif
