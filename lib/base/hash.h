/* Hashes for tables of what stands in a file, keyed so that nobody can choose ids that collide.
 * A hash shows nowhere: what is kept in a table has its order from the data. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct hash_key {
    uint64_t words[2];
} hash_key;

/* A key that the writer of a file cannot know, another one at each call. */
hash_key hash_key_new(void);

/* SipHash-1-3 (Aumasson & Bernstein 2012, with the rounds that hash tables take). */
uint64_t hash_bytes(const hash_key *key, const void *bytes, size_t length);
/* The same of one number, whatever the machine's order of bytes. */
uint64_t hash_number(const hash_key *key, uint64_t number);

#endif
