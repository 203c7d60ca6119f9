/* Keyed hashes: SipHash-1-3. */
#include "base/hash.h"

#include <string.h>

#include "base/platform.h"

typedef struct sip {
    uint64_t a, b, c, d;
} sip;

static inline uint64_t turn(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static inline void mix(sip *s)
{
    s->a += s->b;
    s->c += s->d;
    s->b = turn(s->b, 13) ^ s->a;
    s->d = turn(s->d, 16) ^ s->c;
    s->a = turn(s->a, 32) + s->d;
    s->c += s->b;
    s->d = turn(s->d, 21) ^ s->a;
    s->b = turn(s->b, 17) ^ s->c;
    s->c = turn(s->c, 32);
}

static inline sip start(const hash_key *key)
{
    return (sip){
        key->words[0] ^ UINT64_C(0x736f6d6570736575), key->words[1] ^ UINT64_C(0x646f72616e646f6d),
        key->words[0] ^ UINT64_C(0x6c7967656e657261), key->words[1] ^ UINT64_C(0x7465646279746573)};
}

static inline void take(sip *s, uint64_t word)
{
    s->d ^= word;
    mix(s);
    s->a ^= word;
}

static inline uint64_t finish(sip *s)
{
    s->c ^= 0xff;
    mix(s);
    mix(s);
    mix(s);
    return s->a ^ s->b ^ s->c ^ s->d;
}

/* Lowest byte first; one load where the machine has them so. */
static inline uint64_t word_at(const unsigned char *bytes)
{
    return (uint64_t)bytes[0] | (uint64_t)bytes[1] << 8 | (uint64_t)bytes[2] << 16
           | (uint64_t)bytes[3] << 24 | (uint64_t)bytes[4] << 32 | (uint64_t)bytes[5] << 40
           | (uint64_t)bytes[6] << 48 | (uint64_t)bytes[7] << 56;
}

uint64_t hash_bytes(const hash_key *key, const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    uint64_t last = (uint64_t)length << 56;
    sip s = start(key);
    for (size_t left = length; left >= 8; left -= 8, from += 8) {
        take(&s, word_at(from));
    }
    for (size_t i = 0; i < length % 8; i++)
        last |= (uint64_t)from[i] << 8 * i;
    take(&s, last);
    return finish(&s);
}

uint64_t hash_number(const hash_key *key, uint64_t number)
{
    sip s = start(key);
    take(&s, number);
    take(&s, UINT64_C(8) << 56);
    return finish(&s);
}

/* A fresh key for each table: one that a table of the same process shows, by how long it takes,
 * helps nobody with the next. */
hash_key hash_key_new(void)
{
    hash_key key;
    platform_random(&key, sizeof key);
    return key;
}
