/* The values of columns that a form describes, as a cell `values` of a codebook: its codes in its
 * order, with its texts as labels, and scores by the scale that the texts are, or else the
 * codes. */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "drafting/answers.h"
#include "drafting/form_texts.h"

enum { MOST_RC_SCORE = 127 };

bool answers_fit_form(const form_variable *v, const column_profile *c)
{
    bool known = c->values.count == 0;
    if (!v || v->multiple || v->count == 0 || v->count > MOST_CODES || c->many || c->unclean)
        return false;
    for (uint32_t i = 0; i < c->values.count && !known; i++)
        for (size_t k = 0; k < v->count && !known; k++)
            known = form_value_is(&v->choices[k], c->values.strings[i]);
    return known;
}

bool answers_same_choices(const form_variable *a, const form_variable *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->choices[i].value, b->choices[i].value) != 0
            || strcmp(a->choices[i].text, b->choices[i].text) != 0)
            return false;
    return true;
}

/* ---- Scores ---- */

/* Codes may be of no scale: then nothing is scored. */
static answers_kind score_by_codes(const form_variable *v, bool relational, code_kind *kinds,
                                   double *scores)
{
    bool any = false;
    for (size_t i = 0; i < v->count; i++) {
        double number;
        bool is = number_parse(v->choices[i].value, strlen(v->choices[i].value), &number);
        kinds[i] = answers_kind_of_label(v->choices[i].text);
        if (kinds[i] != CODE_UNSCORED || !is
            || (relational && !(number >= 1 && number <= MOST_RC_SCORE && number == floor(number))))
            continue;
        kinds[i] = CODE_SCORE;
        scores[i] = number;
        any = true;
    }
    return any ? ANSWERS_NUMBERS : ANSWERS_OTHER;
}

static answers_kind score_choices(const form_variable *v, bool relational, code_kind *kinds,
                                  double *scores, unsigned *checks)
{
    const char **labels = memory_new(v->count, sizeof *labels);
    answers_kind kind = ANSWERS_NONE;
    if (!labels)
        return ANSWERS_NONE;
    for (size_t i = 0; i < v->count; i++)
        labels[i] = v->choices[i].text;
    kind = answers_score_labels(labels, v->count, kinds, scores)
               ? ANSWERS_LABELS
               : score_by_codes(v, relational, kinds, scores);
    if (kind == ANSWERS_NUMBERS)
        *checks |= 1u << CHECK_CODES;
    else if (kind == ANSWERS_LABELS)
        *checks |= 1u << CHECK_SCORES;
    memory_free(labels);
    return kind;
}

bool answers_known_scale(const form_variable *v)
{
    code_kind kinds[MOST_CODES];
    double scores[MOST_CODES];
    unsigned checks = 0;
    return v->count <= MOST_CODES
           && score_choices(v, false, kinds, scores, &checks) == ANSWERS_LABELS;
}

/* ---- Writing ---- */

/* The values that stand in the data, and not in the form. */
static size_t write_unlabelled(const form_variable *v, const column_profile *const *columns,
                               size_t count, text *cell)
{
    intern others = {0};
    for (size_t i = 0; i < count; i++)
        for (uint32_t n = 0; n < columns[i]->values.count; n++) {
            const char *value = columns[i]->values.strings[n];
            size_t k = 0;
            while (k < v->count && !form_value_is(&v->choices[k], value))
                k++;
            if (k == v->count && intern_add(&others, value, strlen(value)) == INTERN_FULL)
                cell->failed = true;
        }
    if (others.count > 0 && v->count + others.count <= MOST_CODES) {
        unsigned unused = 0;
        answers_write_labels(&others, false, cell, &unused);
    }
    count = others.count;
    intern_free(&others);
    return count;
}

answers_kind answers_write_form(const form_variable *v, const column_profile *const *columns,
                                size_t count, form_answers as, language spoken, text *cell,
                                unsigned *checks)
{
    code_kind kinds[MOST_CODES] = {0};
    double scores[MOST_CODES];
    answers_kind kind = ANSWERS_LABELS;
    size_t others;
    for (size_t i = 0; i < v->count; i++)
        kinds[i] = CODE_UNSCORED;
    if (as != FORM_CATEGORIES)
        kind = score_choices(v, as == FORM_RATINGS, kinds, scores, checks);
    if (kind == ANSWERS_NONE)
        cell->failed = true;
    if (kind == ANSWERS_NONE || kind == ANSWERS_OTHER)
        return kind;
    for (size_t i = 0; i < v->count; i++) {
        answers_add_value(cell, v->choices[i].value, kinds[i], scores[i]);
        answers_add_label(cell, v->choices[i].text, spoken);
    }
    others = write_unlabelled(v, columns, count, cell);
    *checks |= (others ? 1u << CHECK_UNLABELLED : 0) | (v->differs ? 1u << CHECK_LABELS : 0);
    return kind;
}
