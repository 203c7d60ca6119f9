/* Tasks on several threads. Results must not depend on which thread runs which task. */
#ifndef BASE_PARALLEL_H
#define BASE_PARALLEL_H

#include <stddef.h>

#include "relcoord.h"

/* One task: returns a status and may fill err, which is the task's own. */
typedef relcoord_status (*parallel_task)(void *user, size_t task, relcoord_error *err);

/* How many threads `requested` means: itself, or for 0 the processors there are. */
size_t parallel_threads(int64_t requested);

/* Runs tasks 0 … count-1 on up to `threads` threads, the caller among them, which runs task 0; the
 * caller's thread reports progress from `options` between its tasks. Ends early on a failure, and
 * returns the failure of the lowest task that failed. Where a thread cannot be started the others
 * do its work. */
relcoord_status parallel_run(size_t threads, size_t count, parallel_task body, void *user,
                             const relcoord_options *options, relcoord_error *err);

#endif
