/* Writing the guesses down: the rows of the codebook, and the decisions that are left to the
 * user. */
#include "drafting/draft.h"

#include <string.h>

#include "base/memory.h"
#include "drafting/form_texts.h"
#include "drafting/guess_columns.h"
#include "drafting/guess_form.h"

enum { MOST_SEEN = 8 };

const char *const draft_check_names[CHECK_COUNT] = {
    [CHECK_ROLE] = "check_role",
    [CHECK_SCORES] = "check_scores",
    [CHECK_GAP] = "check_gap",
    [CHECK_UNSEEN] = "check_unseen",
    [CHECK_UNSEEN_LISTED] = "check_unseen_listed",
    [CHECK_UNSCORED] = "check_unscored",
    [CHECK_SCALE] = "check_scale",
    [CHECK_MEMBERSHIP] = "check_membership",
    [CHECK_CLOSED] = "check_closed",
    [CHECK_SCORES_NEEDED] = "scores_needed",
    [CHECK_VALUES_NOT_LISTED] = "values_not_listed",
    [CHECK_SAME_NUMBER] = "same_number",
    [CHECK_NOT_LISTED] = "not_listed",
    [CHECK_NOT_FOUND] = "not_found",
    [CHECK_CODES] = "check_codes",
    [CHECK_UNLABELLED] = "check_unlabelled",
    [CHECK_LABELS] = "check_labels",
};

typedef struct drafting {
    codebook_draft *d;
    guesses g;
    language spoken; /* by the form */
    const char
        *rc_values; /* of all items of relational coordination alike; NULL where they differ */
    unsigned rc_checks;
} drafting;

static const char *keep(codebook_draft *d, const text *t)
{
    uint32_t id = t->failed ? INTERN_FULL
                            : intern_add(&d->strings, t->length ? t->bytes : "", t->length);
    d->failed = d->failed || id == INTERN_FULL;
    return id == INTERN_FULL ? "" : d->strings.strings[id];
}

static void add_row(codebook_draft *d, draft_row row)
{
    void *rows = d->rows;
    if (!memory_reserve(&rows, &d->row_capacity, d->row_count + 1, sizeof row)) {
        d->failed = true;
        return;
    }
    d->rows = rows;
    d->rows[d->row_count++] = row;
}

static void add_decision(codebook_draft *d, draft_decision decision)
{
    void *decisions = d->decisions;
    if (!memory_reserve(&decisions, &d->decision_capacity, d->decision_count + 1,
                        sizeof decision)) {
        d->failed = true;
        return;
    }
    d->decisions = decisions;
    d->decisions[d->decision_count++] = decision;
}

static const char *seen_in(codebook_draft *d, const column_profile *c)
{
    text seen = {0};
    const char *kept;
    answers_write_seen(&c->values, MOST_SEEN, &seen);
    kept = keep(d, &seen);
    text_free(&seen);
    return kept;
}

/* ---- With a form ---- */

/* Writes the values of columns, whose choices are those of one of them. */
static answers_kind write_choices(drafting *f, size_t column, const column_profile *const *columns,
                                  size_t count, form_answers as, text *cell, unsigned *checks)
{
    answers_kind kind = answers_write_form(f->g.of[column].form, columns, count, as, f->spoken,
                                           cell, checks);
    f->d->failed = f->d->failed || cell->failed;
    return kind;
}

/* What a form calls a column. */
static void label_row(const drafting *f, size_t column, draft_row *row)
{
    const guess *of = &f->g.of[column];
    bool named = of->labels[ENGLISH] || of->labels[DANISH];
    for (int l = 0; l < LABEL_LANGUAGES; l++) {
        bool said = l == (int)f->spoken && of->form && !of->form->multiple;
        row->labels[l] = named ? of->labels[l] : said ? of->form->text : NULL;
    }
}

static void count_scores(codebook_draft *d, unsigned checks)
{
    d->by_codes += (checks & 1u << CHECK_CODES) != 0;
    d->by_scale += (checks & 1u << CHECK_SCORES) != 0;
}

/* ---- Relational coordination ---- */

static bool is_relational(const guess *of)
{
    return of->dimension < ITEM_COUNT
           && (of->state == GUESS_LISTED || of->state == GUESS_PATTERNED);
}

/* The ratings, and of those that a form describes the first: NO_COLUMN when their choices differ,
 * or some have none. */
static size_t gather_ratings(const drafting *f, const column_profile **columns, size_t *first)
{
    size_t count = 0;
    *first = NO_COLUMN;
    for (size_t i = 0; i < f->g.profile->count; i++) {
        if (!is_relational(&f->g.of[i]))
            continue;
        if (count == 0 && guess_has_choices(&f->g, i))
            *first = i;
        else if (*first != NO_COLUMN
                 && (!guess_has_choices(&f->g, i)
                     || !answers_same_choices(f->g.of[*first].form, f->g.of[i].form)))
            *first = NO_COLUMN;
        columns[count++] = &f->g.profile->columns[i];
    }
    return count;
}

static bool any_choices(const drafting *f)
{
    for (size_t i = 0; i < f->g.profile->count; i++)
        if (is_relational(&f->g.of[i]) && guess_has_choices(&f->g, i))
            return true;
    return false;
}

/* One form has one scale: an answer that nobody gave about one workgroup was offered there, too. */
static void find_rc_values(drafting *f)
{
    const profile *p = f->g.profile;
    const column_profile **columns = memory_new(p->count + 1, sizeof *columns);
    text cell = {0};
    size_t count, first = NO_COLUMN;
    f->d->failed = f->d->failed || !columns;
    count = columns ? gather_ratings(f, columns, &first) : 0;
    if (columns && first != NO_COLUMN) {
        if (write_choices(f, first, columns, count, FORM_RATINGS, &cell, &f->rc_checks)
            != ANSWERS_OTHER)
            f->rc_values = keep(f->d, &cell);
    } else if (columns && !any_choices(f)
               && answers_write(p, columns, count, true, &cell, &f->rc_checks) != ANSWERS_OTHER)
        f->rc_values = keep(f->d, &cell);
    f->d->failed = f->d->failed || cell.failed;
    text_free(&cell);
    memory_free(columns);
}

/* The values of one item, or of the pattern's, when they are not those of all. */
static const char *rc_values_of(drafting *f, size_t column, unsigned *checks, bool *known)
{
    const column_profile *c = column == NO_COLUMN ? NULL : &f->g.profile->columns[column];
    text cell = {0};
    const char *values;
    *known = true;
    if (f->rc_values) {
        *checks |= f->rc_checks;
        return f->rc_values;
    }
    if (c && guess_has_choices(&f->g, column))
        *known = write_choices(f, column, &c, 1, FORM_RATINGS, &cell, checks) != ANSWERS_OTHER;
    else
        *known = c && answers_write(f->g.profile, &c, 1, true, &cell, checks) != ANSWERS_OTHER;
    *checks |= *known ? 0 : 1u << CHECK_SCORES_NEEDED;
    values = keep(f->d, &cell);
    text_free(&cell);
    return values;
}

/* With what the form calls them, in the order of its rows; or as they are. */
static bool write_targets(const drafting *f, const intern *targets, text *cell, unsigned *checks)
{
    for (uint32_t t = 0; t < targets->count && targets->count <= MOST_CODES; t++)
        for (size_t i = 0; i < f->g.profile->count; i++) {
            const guess *of = &f->g.of[i];
            if (!is_relational(of) || !of->target
                || strlen(targets->strings[t]) != of->target_length
                || memcmp(targets->strings[t], of->target, of->target_length) != 0)
                continue;
            if (!of->row)
                return answers_write_labels(targets, false, cell, checks);
            answers_add_value(cell, targets->strings[t], CODE_UNSCORED, 0);
            answers_add_label(cell, of->row, f->spoken);
            break;
        }
    return targets->count <= MOST_CODES;
}

/* The targets of wide data, each once. */
static void add_targets(drafting *f)
{
    const profile *p = f->g.profile;
    intern targets = {0};
    text cell = {0};
    unsigned checks = 1u << CHECK_CLOSED;
    for (size_t i = 0; i < p->count && !f->d->failed; i++)
        if (is_relational(&f->g.of[i]) && f->g.of[i].target)
            f->d->failed = intern_add(&targets, f->g.of[i].target, f->g.of[i].target_length)
                           == INTERN_FULL;
    if (targets.count > 0 && !f->d->failed && write_targets(f, &targets, &cell, &checks)
        && !(checks & 1u << CHECK_SAME_NUMBER)) {
        add_row(
            f->d,
            (draft_row){
                "", codebook_role_names[ROLE_TARGET], "", "", "", keep(f->d, &cell), {NULL, NULL}});
        add_decision(f->d, (draft_decision){"", codebook_role_names[ROLE_TARGET],
                                            "dimension_and_target", "", checks});
    }
    f->d->failed = f->d->failed || cell.failed;
    text_free(&cell);
    intern_free(&targets);
}

static void add_pattern(drafting *f)
{
    const profile *p = f->g.profile;
    const column_profile *first = NULL;
    unsigned checks = 0;
    bool known;
    const char *values = rc_values_of(f, NO_COLUMN, &checks, &known);
    for (size_t i = 0; i < p->count && !first; i++)
        first = f->g.of[i].state == GUESS_PATTERNED ? &p->columns[i] : NULL;
    add_row(f->d,
            (draft_row){
                f->g.pattern, codebook_role_names[ROLE_ITEM], "rc", "", "", values, {NULL, NULL}});
    count_scores(f->d, any_choices(f) ? checks : 0);
    add_decision(f->d, (draft_decision){f->g.pattern, codebook_role_names[ROLE_ITEM],
                                        "dimension_and_target",
                                        known || !first ? "" : seen_in(f->d, first), checks});
}

static void add_rc_item(drafting *f, size_t column)
{
    const column_profile *c = &f->g.profile->columns[column];
    const guess *of = &f->g.of[column];
    text target = {0};
    unsigned checks = of->checks;
    draft_row row;
    bool known;
    const char *values = rc_values_of(f, column, &checks, &known);
    if (of->target)
        text_add_bytes(&target, of->target, of->target_length);
    row = (draft_row){c->name,
                      codebook_role_names[ROLE_ITEM],
                      "rc",
                      dimension_names[of->dimension],
                      keep(f->d, &target),
                      values,
                      {NULL, NULL}};
    label_row(f, column, &row);
    add_row(f->d, row);
    count_scores(f->d, of->form ? checks : 0);
    add_decision(f->d, (draft_decision){c->name, codebook_role_names[ROLE_ITEM], of->reason,
                                        known ? "" : seen_in(f->d, c), checks});
    text_free(&target);
}

/* ---- Other columns ---- */

static bool has_values(codebook_role role)
{
    return role != ROLE_RESPONDENT && role != ROLE_WEIGHT;
}

/* The values of an item: those of all numbers of its scale, for an answer that nobody gave to one
 * item was offered there, too, unless they are no one scale. */
static void write_item(drafting *f, size_t column, text *cell, unsigned *checks)
{
    const profile *p = f->g.profile;
    const guess *of = &f->g.of[column];
    const column_profile **alike = memory_new(p->count, sizeof *alike), *own = &p->columns[column];
    unsigned found = 0;
    size_t count = 0;
    for (size_t i = 0; alike && i < p->count; i++)
        if (f->g.of[i].state == GUESS_LISTED && f->g.of[i].role == ROLE_ITEM
            && f->g.of[i].stem == of->stem)
            alike[count++] = &p->columns[i];
    if (!alike)
        f->d->failed = true;
    else if (answers_write(p, alike, count, false, cell, &found) != ANSWERS_OTHER)
        *checks |= found;
    else
        answers_write(p, &own, 1, false, cell, checks);
    memory_free(alike);
}

static void add_column(drafting *f, size_t column)
{
    const profile *p = f->g.profile;
    const column_profile *c = &p->columns[column];
    const guess *of = &f->g.of[column];
    bool item = of->role == ROLE_ITEM,
         member = (of->role == ROLE_GROUP || of->role == ROLE_STATUS) && of->stem;
    unsigned checks = of->checks;
    text cell = {0};
    draft_row row = {c->name,
                     codebook_role_names[of->role],
                     item ? of->stem : "",
                     member ? of->stem : "",
                     "",
                     "",
                     {NULL, NULL}};
    draft_decision decision = {c->name, row.role, of->reason, "", 0};
    if (has_values(of->role) && !member && guess_has_choices(&f->g, column)
        && write_choices(f, column, &c, 1, item ? FORM_ANSWERS : FORM_CATEGORIES, &cell, &checks)
               != ANSWERS_OTHER)
        count_scores(f->d, checks);
    else if (item)
        write_item(f, column, &cell, &checks);
    else if (has_values(of->role) && !member
             && (c->many || !answers_write_labels(&c->values, c->unclean, &cell, &checks)))
        checks |= 1u << CHECK_VALUES_NOT_LISTED;
    row.values = keep(f->d, &cell);
    label_row(f, column, &row);
    decision.seen = checks & 1u << CHECK_VALUES_NOT_LISTED ? seen_in(f->d, c) : "";
    decision.checks = checks;
    add_row(f->d, row);
    add_decision(f->d, decision);
    text_free(&cell);
}

/* What a survey cannot do without. */
static void add_lacking(drafting *f)
{
    bool found[ROLE_COUNT] = {false}, wide = false, items = false;
    for (size_t i = 0; i < f->g.profile->count; i++) {
        const guess *of = &f->g.of[i];
        wide = wide || (is_relational(of) && of->target);
        items = items || is_relational(of);
        if (of->state == GUESS_LISTED)
            found[of->role] = true;
    }
    found[ROLE_ITEM] = items;
    found[ROLE_TARGET] = found[ROLE_TARGET] || wide;
    for (int role = 0; role < ROLE_COUNT; role++) {
        bool needed = role == ROLE_RESPONDENT || role == ROLE_WORKGROUP || role == ROLE_TARGET
                      || role == ROLE_ITEM;
        if (needed && !found[role] && !(wide && role == ROLE_RESPONDENT))
            add_decision(f->d, (draft_decision){"", codebook_role_names[role], "no_column", "",
                                                1u << CHECK_NOT_FOUND});
    }
    if (f->g.profile->unnamed)
        add_decision(f->d, (draft_decision){"", "", "no_heading", "", 1u << CHECK_NOT_LISTED});
}

/* ---- The whole ---- */

static void write_down(drafting *f)
{
    bool targets = false, patterned = false;
    find_rc_values(f);
    for (size_t i = 0; i < f->g.profile->count && !f->d->failed; i++) {
        const guess *of = &f->g.of[i];
        const column_profile *c = &f->g.profile->columns[i];
        if (is_relational(of) && of->target && !targets) {
            add_targets(f);
            targets = true;
        }
        if (of->state == GUESS_LEFT) {
            add_decision(f->d,
                         (draft_decision){c->name, "", of->reason, seen_in(f->d, c), of->checks});
        } else if (of->state == GUESS_PATTERNED && !patterned) {
            add_pattern(f);
            patterned = true;
        } else if (of->state == GUESS_LISTED && is_relational(of)) {
            add_rc_item(f, i);
        } else if (of->state == GUESS_LISTED) {
            add_column(f, i);
        }
    }
    add_lacking(f);
}

void draft_make(const profile *p, const survey_form *form, codebook_draft *d)
{
    drafting f = {.d = d, .g = {.profile = p, .form = form, .strings = &d->strings}};
    f.spoken = form ? form_language(form) : ENGLISH;
    *d = (codebook_draft){.row_count = 0};
    f.g.of = memory_new(p->count + 1, sizeof *f.g.of);
    if (!f.g.of) {
        d->failed = true;
        return;
    }
    guess_columns(&f.g);
    d->failed = d->failed || f.g.failed;
    if (!d->failed)
        write_down(&f);
    memory_free(f.g.of);
    memory_free(f.g.stems);
}

void draft_free(codebook_draft *d)
{
    memory_free(d->rows);
    memory_free(d->decisions);
    intern_free(&d->strings);
}
