/* Handles of what the library gives, failures as values, options, interrupts: see binding.h. */
#include "binding.h"

#include <stdlib.h>
#include <string.h>

/* ---- Handles ---- */

static SEXP tag_of(handle_kind kind)
{
    static const char *const tags[] = {"relcoord_options", "relcoord_survey", "relcoord_result",
                                       "relcoord_text"};
    return Rf_install(tags[kind]);
}

static void free_held(void *held, handle_kind kind)
{
    switch (kind) {
    case HANDLE_OPTIONS: relcoord_options_free(held); break;
    case HANDLE_SURVEY: relcoord_survey_free(held); break;
    case HANDLE_RESULT: relcoord_result_free(held); break;
    case HANDLE_TEXT: free(held); break;
    }
}

void r_handle_drop(SEXP handle, handle_kind kind)
{
    void *held = r_handle_get(handle, kind);
    if (!held)
        return;
    R_ClearExternalPtr(handle);
    free_held(held, kind);
}

static void finalize(SEXP handle)
{
    for (int kind = HANDLE_OPTIONS; kind <= HANDLE_TEXT; kind++)
        r_handle_drop(handle, (handle_kind)kind);
}

SEXP r_handle_new(handle_kind kind)
{
    SEXP handle = PROTECT(R_MakeExternalPtr(NULL, tag_of(kind), R_NilValue));
    R_RegisterCFinalizerEx(handle, finalize, TRUE);
    UNPROTECT(1);
    return handle;
}

void r_handle_fill(SEXP handle, void *held)
{
    R_SetExternalPtrAddr(handle, held);
}

void *r_handle_get(SEXP handle, handle_kind kind)
{
    if (TYPEOF(handle) != EXTPTRSXP || R_ExternalPtrTag(handle) != tag_of(kind))
        return NULL;
    return R_ExternalPtrAddr(handle);
}

/* ---- Failures ---- */

SEXP r_text_new(const char *text)
{
    SEXP string = PROTECT(text ? Rf_mkCharCE(text, CE_UTF8) : NA_STRING),
         vector = Rf_ScalarString(string);
    UNPROTECT(1);
    return vector;
}

SEXP r_texts_new(ask_text ask, const void *thing)
{
    R_xlen_t count = 0;
    SEXP texts;
    while (ask(thing, (size_t)count))
        count++;
    texts = PROTECT(Rf_allocVector(STRSXP, count));
    for (R_xlen_t i = 0; i < count; i++)
        SET_STRING_ELT(texts, i, Rf_mkCharCE(ask(thing, (size_t)i), CE_UTF8));
    UNPROTECT(1);
    return texts;
}

static SEXP place_new(int64_t place)
{
    return Rf_ScalarReal(place > 0 ? (double)place : NA_REAL);
}

static const char *unless_empty(const char *text)
{
    return text[0] ? text : NULL;
}

SEXP r_failure_new(const call_state *call)
{
    static const char *names[] = {"status", "message", "line",        "row", "column",
                                  "option", "file",    "interrupted", ""};
    const relcoord_error *error = &call->error;
    SEXP failure = PROTECT(Rf_mkNamed(VECSXP, names)), class;
    SET_VECTOR_ELT(failure, 0, r_text_new(relcoord_status_name((relcoord_status)error->status)));
    SET_VECTOR_ELT(failure, 1, r_text_new(error->message));
    SET_VECTOR_ELT(failure, 2, place_new(error->line));
    SET_VECTOR_ELT(failure, 3, place_new(error->row));
    SET_VECTOR_ELT(failure, 4, r_text_new(unless_empty(error->column)));
    SET_VECTOR_ELT(failure, 5, r_text_new(unless_empty(error->option)));
    SET_VECTOR_ELT(failure, 6, r_text_new(unless_empty(error->file)));
    SET_VECTOR_ELT(failure, 7, Rf_ScalarLogical(call->interrupted));
    class = PROTECT(Rf_mkString("relcoord_failure"));
    Rf_setAttrib(failure, R_ClassSymbol, class);
    UNPROTECT(2);
    return failure;
}

SEXP r_failure_lost(const char *what)
{
    call_state call = {.status = RELCOORD_EUSAGE, .error = {.status = RELCOORD_EUSAGE}};
    snprintf(call.error.message, sizeof call.error.message,
             "this %s is no longer there: it does not outlive the session that made it, nor saving "
             "and loading",
             what);
    return r_failure_new(&call);
}

/* ---- Options and interrupts ---- */

static void check_interrupt(void *unused)
{
    (void)unused;
    R_CheckUserInterrupt();
}

/* An interrupt would jump out of the library: here it jumps to R_ToplevelExec, and the library is
 * asked to end. */
static int ask_interrupt(void *user, double share)
{
    int *interrupted = user;
    (void)share;
    if (!*interrupted && !R_ToplevelExec(check_interrupt, NULL))
        *interrupted = 1;
    return *interrupted;
}

/* The text of a codebook or a register, of which a part is read already. */
typedef struct raw_text {
    const unsigned char *bytes;
    size_t left;
} raw_text;

static int64_t give_bytes(void *user, void *buffer, size_t capacity)
{
    raw_text *text = user;
    size_t count = text->left < capacity ? text->left : capacity;
    memcpy(buffer, text->bytes, count);
    text->bytes += count;
    text->left -= count;
    return (int64_t)count;
}

/* A codebook that is no file comes as the bytes of one: it is read as it is, whatever the options
 * say of data. */
static void set_codebook(relcoord_options *options, SEXP bytes, call_state *call)
{
    raw_text text = {RAW(bytes), (size_t)XLENGTH(bytes)};
    relcoord_codebook *codebook;
    call->status = relcoord_codebook_read_source(give_bytes, &text, "codebook", NULL, &codebook,
                                                 &call->error);
    if (call->status)
        return;
    call->status = relcoord_options_set_codebook(options, codebook, &call->error);
    relcoord_codebook_free(codebook);
}

/* Each name as it is, instead of those that the list had. */
static void set_names(relcoord_options *options, const char *name, SEXP names, call_state *call)
{
    call->status = relcoord_options_set(options, name, "", &call->error);
    for (R_xlen_t i = 0; i < XLENGTH(names) && !call->status; i++)
        call->status = relcoord_options_add(
            options, name, CHAR(STRING_ELT(VECTOR_ELT(names, i), 0)), &call->error);
}

static void set_option(relcoord_options *options, const char *name, SEXP value, call_state *call)
{
    if (TYPEOF(value) == RAWSXP)
        set_codebook(options, value, call);
    else if (TYPEOF(value) == VECSXP)
        set_names(options, name, value, call);
    else if (TYPEOF(value) == REALSXP)
        call->status = relcoord_options_set_number(options, name, REAL_ELT(value, 0), &call->error);
    else
        call->status = relcoord_options_set(options, name, CHAR(STRING_ELT(value, 0)),
                                            &call->error);
}

static int is_register(const char *name, SEXP value)
{
    return TYPEOF(value) == RAWSXP && strcmp(name, "register") == 0;
}

/* The same for a register, by what the values say of a codebook and of keeping answers out of
 * messages. None of R's functions that are called here can fail. */
static void set_register(relcoord_options *options, SEXP bytes, SEXP names, SEXP values,
                         call_state *call)
{
    raw_text text = {RAW(bytes), (size_t)XLENGTH(bytes)};
    relcoord_options *own = NULL;
    relcoord_register *invited = NULL;
    call->status = relcoord_options_new("read", &own, &call->error);
    for (R_xlen_t i = 0; i < XLENGTH(values) && !call->status; i++) {
        const char *name = CHAR(STRING_ELT(names, i));
        if (strcmp(name, "codebook") == 0 || strcmp(name, "redact_values") == 0)
            set_option(own, name, VECTOR_ELT(values, i), call);
    }
    if (!call->status)
        call->status = relcoord_register_read_source(give_bytes, &text, "register", own, &invited,
                                                     &call->error);
    if (!call->status)
        call->status = relcoord_options_set_register(options, invited, &call->error);
    relcoord_register_free(invited);
    relcoord_options_free(own);
}

SEXP r_options_new(SEXP purpose, SEXP values, call_state *call)
{
    SEXP handle = PROTECT(r_handle_new(HANDLE_OPTIONS)),
         names = PROTECT(Rf_getAttrib(values, R_NamesSymbol));
    relcoord_options *options;
    call->status = relcoord_options_new(CHAR(STRING_ELT(purpose, 0)), &options, &call->error);
    if (!call->status) {
        r_handle_fill(handle, options);
        relcoord_options_set_progress(options, ask_interrupt, &call->interrupted);
        for (R_xlen_t i = 0; i < XLENGTH(values) && !call->status; i++) {
            const char *name = CHAR(STRING_ELT(names, i));
            if (is_register(name, VECTOR_ELT(values, i)))
                set_register(options, VECTOR_ELT(values, i), names, values, call);
            else
                set_option(options, name, VECTOR_ELT(values, i), call);
        }
    }
    UNPROTECT(2);
    return handle;
}

relcoord_options *r_options_get(SEXP options)
{
    return r_handle_get(options, HANDLE_OPTIONS);
}
