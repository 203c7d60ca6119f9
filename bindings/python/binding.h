/* What the extension adds to relcoord.h: an Arrow stream of one batch whose memory Python keeps,
 * and streams in capsules. In C, because Arrow calls these at times when no Python may run. */
#include <errno.h>
#include <stdlib.h>

/* ---- A batch that Python keeps ----
 * Schema, array and all below them live until the stream was read, so that releasing them is no
 * more than saying so. */

typedef struct kept_batch {
    struct ArrowSchema *schema;
    struct ArrowArray *array;
} kept_batch;

static void mark_schema_released(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void mark_array_released(struct ArrowArray *array)
{
    array->release = NULL;
}

static int give_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    *out = *((kept_batch *)stream->private_data)->schema;
    return 0;
}

static int give_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    kept_batch *batch = (kept_batch *)stream->private_data;
    *out = *batch->array;
    batch->array->release = NULL; /* the second time it is the end */
    return 0;
}

static const char *give_reason(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release_batch(struct ArrowArrayStream *stream)
{
    free(stream->private_data);
    stream->release = NULL;
}

/* Leaves the stream unreleasable, release NULL, when memory runs out. */
static void open_batch(struct ArrowArrayStream *stream, struct ArrowSchema *schema,
                       struct ArrowArray *array)
{
    kept_batch *batch = (kept_batch *)malloc(sizeof *batch);
    stream->release = NULL;
    if (!batch)
        return;
    batch->schema = schema;
    batch->array = array;
    stream->get_schema = give_schema;
    stream->get_next = give_batch;
    stream->get_last_error = give_reason;
    stream->release = release_batch;
    stream->private_data = batch;
}

/* ---- Streams in capsules ---- */

static struct ArrowArrayStream *new_stream(void)
{
    return (struct ArrowArrayStream *)calloc(1, sizeof(struct ArrowArrayStream));
}

static void free_stream(struct ArrowArrayStream *stream)
{
    if (stream && stream->release)
        stream->release(stream);
    free(stream);
}

static void destroy_capsule(PyObject *capsule)
{
    free_stream((struct ArrowArrayStream *)PyCapsule_GetPointer(capsule, "arrow_array_stream"));
}

static void *stream_destructor(void)
{
    return (void *)destroy_capsule;
}
