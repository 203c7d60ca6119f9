/* The way of the figures into a file of the library's, which is whole or absent. */
#include "output.h"

#include <stdio.h>

#include "report.h"
#include "spoken.h"

/* "-" is standard output here. */
static int report_failure(const output *o)
{
    relcoord_error error = o->error;
    if (!o->a->output && error.file[0])
        snprintf(error.file, sizeof error.file, "%s", spoken("standard output"));
    return report_error(o->a->analysis, &error);
}

int output_open(output *o, const arguments *a, const relcoord_result *result)
{
    *o = (output){.a = a};
    for (size_t i = 0; i < a->file_count && !o->status; i++)
        o->status = relcoord_options_add_input(a->write, a->files[i], &o->error);
    if (!o->status)
        o->status = relcoord_file_create(a->output ? a->output : "-", result, a->write, &o->file,
                                         &o->error);
    return o->status ? report_failure(o) : EXIT_DONE;
}

int output_write(void *user, const char *bytes, size_t size)
{
    output *o = user;
    o->status = relcoord_file_write(o->file, bytes, size, &o->error);
    return o->status != RELCOORD_OK;
}

int output_finish(output *o)
{
    o->status = relcoord_file_commit(o->file, &o->error);
    return o->status ? report_failure(o) : EXIT_DONE;
}

int output_give_up(output *o, const relcoord_error *error)
{
    relcoord_file_discard(o->file);
    return o->status ? report_failure(o) : report_error(o->a->analysis, error);
}
