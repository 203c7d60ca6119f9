/* Random numbers that depend on what they are for and on nothing else: counter-based streams, keyed
 * by seed, stream and replicate, so that threads and the order of work change no draw.
 * Philox4x32-10 of Salmon, Moraes, Dror & Shaw (2011), "Parallel random numbers: as easy as 1, 2,
 * 3", SC '11. Not for secrets. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

/* A place in a stream; copied, both copies go on alike. */
typedef struct random_stream {
    uint32_t key[2], counter[4];
    uint32_t block[4]; /* the draws of the counter before */
    uint32_t used;     /* how many of them are gone */
} random_stream;

/* The start of a stream. With one seed, different pairs of stream and replicate never share a
 * draw's place. */
random_stream random_start(uint64_t seed, uint64_t stream, uint64_t replicate);

/* 32 random bits. */
uint32_t random_next(random_stream *stream);

/* One of 0 … count - 1, each exactly as likely; 0 when count is 0. */
uint32_t random_index(random_stream *stream, uint32_t count);

/* A multiple of 2^-53 between 0 and 1, neither of them. */
double random_uniform(random_stream *stream);

/* A standard normal deviate: random_normal_at of one uniform. */
double random_normal(random_stream *stream);

/* The standard normal quantile of 0 < p < 1 (Wichura 1988, AS 241, PPND16): to 1e-15 relative to
 * the larger of 1 and its size, and the same bits on every machine while |p - 0.5| <= 0.425;
 * beyond, as the C library's log rounds. */
double random_normal_at(double p);

/* Ten rounds of Philox4x32: the four numbers at a counter under a key. */
void random_block(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#endif
