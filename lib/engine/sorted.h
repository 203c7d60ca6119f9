/* Sorted arrays of numbers. */
#ifndef ENGINE_SORTED_H
#define ENGINE_SORTED_H

#include <stddef.h>
#include <stdint.h>

/* Sorts in ascending order; the array may be NULL when there are none. */
void sorted_make(uint32_t *numbers, size_t count);

/* The place of the first that is not below a number; count when all are. */
size_t sorted_place(const uint32_t *numbers, size_t count, uint32_t number);

#endif
