/* Tasks on several threads: each thread takes the next task until none is left. */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/options.h"

typedef struct crew {
    parallel_task body;
    void *user;
    size_t count;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* over the three below */
    size_t failed_task;
    relcoord_status status;
    relcoord_error error;
} crew;

enum { MOST_THREADS = 256 };

size_t parallel_threads(int64_t requested)
{
    long processors = requested > 0 ? (long)requested : sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MOST_THREADS ? MOST_THREADS : (size_t)processors;
}

static void record_failure(crew *c, size_t task, relcoord_status status,
                           const relcoord_error *error)
{
    pthread_mutex_lock(&c->lock);
    if (c->status == RELCOORD_OK || task < c->failed_task) {
        c->failed_task = task;
        c->status = status;
        c->error = *error;
    }
    pthread_mutex_unlock(&c->lock);
    atomic_store(&c->stop, true);
}

/* Works from `task` on until none is left; progress is NULL in all threads but the caller's. A task
 * once taken is run, so that of those that fail the lowest is always known. */
static void work(crew *c, size_t task, const relcoord_options *progress)
{
    for (bool stop = false; !stop && task < c->count; task = atomic_fetch_add(&c->next, 1)) {
        relcoord_error error = {0};
        relcoord_status status = options_progress(progress, (double)task / (double)c->count,
                                                  &error);
        if (!status)
            status = c->body(c->user, task, &error);
        if (status)
            record_failure(c, task, status, &error);
        stop = atomic_load(&c->stop);
    }
}

static void *thread_main(void *user)
{
    crew *c = user;
    if (!atomic_load(&c->stop))
        work(c, atomic_fetch_add(&c->next, 1), NULL);
    return NULL;
}

relcoord_status parallel_run(size_t threads, size_t count, parallel_task body, void *user,
                             const relcoord_options *options, relcoord_error *err)
{
    pthread_t started[MOST_THREADS];
    size_t start_count = 0;
    crew c = {.body = body, .user = user, .count = count, .lock = PTHREAD_MUTEX_INITIALIZER};
    threads = threads > MOST_THREADS ? MOST_THREADS : threads;
    atomic_init(&c.next, 1); /* the caller takes task 0, which may report progress of its own */
    while (start_count + 1 < threads && start_count + 1 < count
           && pthread_create(&started[start_count], NULL, thread_main, &c) == 0)
        start_count++;
    work(&c, 0, options);
    for (size_t i = 0; i < start_count; i++)
        pthread_join(started[i], NULL);
    pthread_mutex_destroy(&c.lock);
    if (c.status && err)
        *err = c.error;
    return c.status;
}
