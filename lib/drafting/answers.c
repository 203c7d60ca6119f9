/* Guessing what values mean as answers: whole numbers, don't knows beyond a gap, and the labels of
 * common scales in English and Danish. The 8, 9, 98 and 99 of don't know and no answer are a habit
 * of questionnaires, no rule: whoever uses a guess is told to look at it. */
#include "drafting/answers.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "codebook/codebook.h"
#include "codebook/names.h"

enum { SMALL = 20, SCALE_STEPS = 5, RC_TOP = 5 };

/* From the lowest score to the highest; heading_is compares them. */
static const char *const scales[][SCALE_STEPS] = {
    {"i_meget_lav_grad", "i_lav_grad", "i_nogen_grad", "i_høj_grad", "i_meget_høj_grad"},
    {"i_meget_ringe_grad", "i_ringe_grad", "i_nogen_grad", "i_høj_grad", "i_meget_høj_grad"},
    {"slet_ikke", "i_mindre_grad", "i_nogen_grad", "i_høj_grad", "i_meget_høj_grad"},
    {"slet_ikke", "i_ringe_grad", "i_nogen_grad", "i_høj_grad", "i_meget_høj_grad"},
    {"slet_ikke", "i_lav_grad", "i_nogen_grad", "i_høj_grad", "i_meget_høj_grad"},
    {"meget_uenig", "uenig", "hverken_enig_eller_uenig", "enig", "meget_enig"},
    {"helt_uenig", "uenig", "hverken_enig_eller_uenig", "enig", "helt_enig"},
    {"helt_uenig", "overvejende_uenig", "hverken_enig_eller_uenig", "overvejende_enig",
     "helt_enig"},
    {"meget_utilfreds", "utilfreds", "hverken_tilfreds_eller_utilfreds", "tilfreds",
     "meget_tilfreds"},
    {"aldrig", "sjældent", "nogle_gange", "ofte", "altid"},
    {"to_a_very_low_degree", "to_a_low_degree", "to_some_degree", "to_a_high_degree",
     "to_a_very_high_degree"},
    {"to_a_very_small_extent", "to_a_small_extent", "to_some_extent", "to_a_large_extent",
     "to_a_very_large_extent"},
    {"strongly_disagree", "disagree", "neither_agree_nor_disagree", "agree", "strongly_agree"},
    {"very_dissatisfied", "dissatisfied", "neither_satisfied_nor_dissatisfied", "satisfied",
     "very_satisfied"},
    {"never", "rarely", "sometimes", "often", "always"},
    {"meget_uenig", "uenig", "hverken/eller", "enig", "meget_enig"},
    {"helt_uenig", "uenig", "hverken/eller", "enig", "helt_enig"},
    {"meget_utilfreds", "utilfreds", "hverken/eller", "tilfreds", "meget_tilfreds"},
    {"meget_dårligt", "dårligt", "hverken_godt_eller_dårligt", "godt", "meget_godt"},
    {"aldrig", "sjældent", "af_og_til", "ofte", "altid"},
    {"aldrig", "sjældent", "af_og_til", "ofte", "konstant"},
    {"never", "rarely", "occasionally", "often", "constantly"},
    {"not_at_all", "a_little", "somewhat", "a_lot", "completely"},
    {"not_at_all", "to_a_low_degree", "to_some_degree", "to_a_high_degree",
     "to_a_very_high_degree"},
    {"to_a_very_low_extent", "to_a_low_extent", "to_some_extent", "to_a_high_extent",
     "to_a_very_high_extent"},
};
enum { SCALE_COUNT = sizeof scales / sizeof *scales };

static const char *const dont_know[] = {"ved_ikke", "don't_know", "don’t_know", "do_not_know",
                                        "dont_know"};
static const char *const no_answer[] = {
    "ikke_relevant",  "uoplyst",      "intet_svar", "ubesvaret",        "ønsker_ikke_at_svare",
    "not_applicable", "not_relevant", "no_answer",  "prefer_not_to_say"};

typedef struct value {
    const char *text;
    bool number;
    double size;
    code_kind kind; /* CODE_UNSCORED until more is known */
    double score;
} value;

typedef struct value_list {
    intern texts;
    value *values; /* in order */
    size_t count;
    bool failed;
} value_list;

/* ---- Gathering ---- */

static bool is_one_of(const char *label, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (heading_is(label, strlen(label), names[i]))
            return true;
    return false;
}

code_kind answers_kind_of_label(const char *label)
{
    if (is_one_of(label, dont_know, sizeof dont_know / sizeof *dont_know))
        return CODE_DONT_KNOW;
    if (is_one_of(label, no_answer, sizeof no_answer / sizeof *no_answer))
        return CODE_MISSING;
    return CODE_UNSCORED;
}

static void gather(const profile *p, const column_profile *const *columns, size_t count,
                   value_list *list)
{
    uint32_t *order = NULL;
    for (size_t c = 0; c < count && !list->failed; c++)
        for (uint32_t i = 0; i < columns[c]->values.count && !list->failed; i++) {
            const char *bytes = columns[c]->values.strings[i];
            list->failed = intern_add(&list->texts, bytes, strlen(bytes)) == INTERN_FULL;
        }
    order = memory_new(list->texts.count + (size_t)1, sizeof *order);
    list->values = memory_zeroed(list->texts.count + (size_t)1, sizeof *list->values);
    list->failed = list->failed || !order || !list->values
                   || intern_order(&list->texts, order) != 0;
    for (uint32_t i = 0; i < list->texts.count && !list->failed; i++) {
        value *v = &list->values[list->count++];
        v->text = list->texts.strings[order[i]];
        v->number = profile_number(p, v->text, &v->size);
        v->kind = answers_kind_of_label(v->text);
    }
    memory_free(order);
}

static void drop(value_list *list)
{
    intern_free(&list->texts);
    memory_free(list->values);
}

/* ---- Writing ---- */

static void add_escaped(text *cell, const char *bytes)
{
    for (; *bytes; bytes++) {
        if (memchr(";=|\\", *bytes, 4))
            text_add(cell, "\\");
        text_add_bytes(cell, bytes, 1);
    }
}

void answers_add_value(text *cell, const char *bytes, code_kind kind, double score)
{
    if (cell->length > 0)
        text_add(cell, ";");
    add_escaped(cell, bytes);
    if (kind == CODE_UNSCORED)
        return;
    text_add(cell, "=");
    if (kind == CODE_SCORE)
        text_add_number(cell, score);
    else
        text_add(cell, kind == CODE_MISSING ? "missing" : "dk");
}

void answers_add_label(text *cell, const char *label, language spoken)
{
    if (!*label)
        return;
    text_add(cell, spoken == DANISH ? "||" : "|");
    add_escaped(cell, label);
}

static void add_entry(text *cell, const value *v)
{
    answers_add_value(cell, v->text, v->kind, v->score);
}

/* Those that have a score come first, by that; then categories, don't know, missing. */
static bool stands_before(const value *a, const value *b)
{
    static const int rank[] = {
        [CODE_SCORE] = 0, [CODE_UNSCORED] = 1, [CODE_DONT_KNOW] = 2, [CODE_MISSING] = 3};
    return rank[a->kind] != rank[b->kind] ? rank[a->kind] < rank[b->kind]
                                          : a->kind == CODE_SCORE && a->score < b->score;
}

static void sort_values(value_list *list)
{
    for (size_t i = 1; i < list->count; i++)
        for (size_t j = i; j > 0 && stands_before(&list->values[j], &list->values[j - 1]); j--) {
            value other = list->values[j];
            list->values[j] = list->values[j - 1];
            list->values[j - 1] = other;
        }
}

/* A codebook takes equal numbers for the same value. */
static bool repeats_number(const value_list *list, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (list->values[i].number && list->values[i].size == list->values[index].size)
            return list->values[index].number;
    return false;
}

static void add_entries(const value_list *list, text *cell, unsigned *checks)
{
    for (size_t i = 0; i < list->count; i++) {
        if (repeats_number(list, i))
            *checks |= 1u << CHECK_SAME_NUMBER;
        else
            add_entry(cell, &list->values[i]);
    }
}

/* ---- Numbers ---- */

static value *highest_score(value_list *list)
{
    value *high = NULL;
    for (size_t i = 0; i < list->count; i++)
        if (list->values[i].kind == CODE_SCORE && (!high || list->values[i].score > high->score))
            high = &list->values[i];
    return high;
}

/* 99 and 98, or 9 and 8, behind numbers that end at least two below: no answer, and don't know. */
static void take_beyond_gap(value_list *list, double missing, unsigned *checks)
{
    value *taken[2] = {NULL, NULL}, *high;
    double lowest = missing + 1;
    for (int i = 0; i < 2; i++) {
        high = highest_score(list);
        if (!high || (high->score != missing && high->score != missing - 1)
            || high->score >= lowest)
            break;
        lowest = high->score;
        high->kind = high->score == missing ? CODE_MISSING : CODE_DONT_KNOW;
        taken[i] = high;
    }
    high = highest_score(list);
    if (taken[0] && high && high->score <= lowest - 2) {
        *checks |= 1u << CHECK_GAP;
        return;
    }
    for (int i = 0; i < 2; i++)
        if (taken[i])
            taken[i]->kind = CODE_SCORE; /* numbers like the others */
}

/* Relational coordination has no score below 1, and its scale is 1 to 5 unless an answer is
 * higher. */
static void fit_relational(value_list *list, unsigned *checks)
{
    for (size_t i = 0; i < list->count; i++) {
        value *v = &list->values[i];
        if (v->kind == CODE_SCORE && v->score < 1) {
            v->kind = CODE_UNSCORED;
            *checks |= 1u << CHECK_UNSCORED;
        }
    }
}

/* The scores 1 to 5 that nobody gave, too; the list has room for them. */
static void complete_relational(value_list *list, unsigned *checks)
{
    static const char *const digits[RC_TOP] = {"1", "2", "3", "4", "5"};
    const value *high = highest_score(list);
    if (!high || high->score > RC_TOP)
        return;
    for (int score = 1; score <= RC_TOP; score++) {
        bool seen = false;
        for (size_t i = 0; i < list->count; i++)
            seen = seen || (list->values[i].number && list->values[i].size == score);
        if (seen)
            continue;
        list->values[list->count++] = (value){digits[score - 1], true, score, CODE_SCORE, score};
        *checks |= 1u << CHECK_UNSEEN_LISTED;
    }
}

static void look_for_holes(const value_list *list, unsigned *checks)
{
    const value *before = NULL;
    for (size_t i = 0; i < list->count && list->values[i].kind == CODE_SCORE;
         before = &list->values[i++])
        if (before && list->values[i].score > before->score + 1)
            *checks |= 1u << CHECK_UNSEEN;
}

static bool score_numbers(value_list *list, bool relational, unsigned *checks)
{
    size_t numbers = 0;
    for (size_t i = 0; i < list->count; i++) {
        value *v = &list->values[i];
        if (v->number && v->size == floor(v->size)
            && ((v->size >= -SMALL && v->size <= SMALL) || v->size == 98 || v->size == 99)) {
            v->kind = CODE_SCORE;
            v->score = v->size;
            numbers++;
        } else if (v->kind == CODE_UNSCORED) {
            return false;
        }
    }
    if (numbers == 0 || numbers > MOST_ANSWERS)
        return false;
    take_beyond_gap(list, 99, checks);
    take_beyond_gap(list, 9, checks);
    if (relational)
        fit_relational(list, checks);
    if (!highest_score(list) || highest_score(list)->score > SMALL)
        return false;
    if (relational)
        complete_relational(list, checks);
    sort_values(list);
    look_for_holes(list, checks);
    return true;
}

/* ---- Labels ---- */

static int step_of(const char *label, const char *const scale[SCALE_STEPS])
{
    int step = 0;
    while (step < SCALE_STEPS && !heading_is(label, strlen(label), scale[step]))
        step++;
    return step;
}

static bool all_of_scale(const char *const *labels, size_t count,
                         const char *const scale[SCALE_STEPS], code_kind *kinds, double *scores)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        int step = step_of(labels[i], scale);
        kinds[i] = step < SCALE_STEPS ? CODE_SCORE : answers_kind_of_label(labels[i]);
        scores[i] = step < SCALE_STEPS ? step + 1 : 0;
        found += step < SCALE_STEPS;
        if (kinds[i] == CODE_UNSCORED)
            return false;
    }
    return found >= 2;
}

bool answers_score_labels(const char *const *labels, size_t count, code_kind *kinds, double *scores)
{
    for (int s = 0; s < SCALE_COUNT; s++)
        if (all_of_scale(labels, count, scales[s], kinds, scores))
            return true;
    return false;
}

static bool score_by(value_list *list, const char *const scale[SCALE_STEPS], unsigned *checks)
{
    size_t found = 0;
    for (size_t i = 0; i < list->count; i++) {
        value *v = &list->values[i];
        int step = step_of(v->text, scale);
        if (step == SCALE_STEPS && v->kind != CODE_DONT_KNOW && v->kind != CODE_MISSING)
            return false;
        v->score = step + 1;
        found += step < SCALE_STEPS;
    }
    if (found < 2)
        return false;
    for (size_t i = 0; i < list->count; i++)
        if (list->values[i].kind == CODE_UNSCORED)
            list->values[i].kind = CODE_SCORE;
    if (found < SCALE_STEPS)
        *checks |= 1u << CHECK_UNSEEN;
    sort_values(list);
    return true;
}

static bool score_labels(value_list *list, unsigned *checks)
{
    for (int s = 0; s < SCALE_COUNT; s++)
        if (score_by(list, scales[s], checks))
            return true;
    return false;
}

/* ---- Asking ---- */

bool answers_are_zero_or_one(const profile *p, const column_profile *c)
{
    double number;
    for (uint32_t i = 0; i < c->values.count; i++)
        if (!profile_number(p, c->values.strings[i], &number) || (number != 0 && number != 1))
            return false;
    return c->values.count > 0 && !c->many;
}

answers_kind answers_write(const profile *p, const column_profile *const *columns, size_t count,
                           bool relational, text *cell, unsigned *checks)
{
    value_list list = {.count = 0};
    answers_kind kind = ANSWERS_OTHER;
    unsigned found = 0;
    void *values;
    bool many = false;
    for (size_t i = 0; i < count; i++)
        many = many || columns[i]->many;
    if (many)
        return ANSWERS_OTHER;
    gather(p, columns, count, &list);
    values = list.values;
    list.values = memory_resize(values, list.count + RC_TOP + 1,
                                sizeof *list.values); /* for complete_relational */
    if (!list.values) {
        list.values = values;
        list.failed = true;
    }
    if (list.failed)
        cell->failed = true;
    else if (list.count == 0)
        kind = ANSWERS_NONE;
    else if (score_numbers(&list, relational, &found))
        kind = ANSWERS_NUMBERS;
    else if (found = 0, score_labels(&list, &found))
        kind = ANSWERS_LABELS;
    if (kind == ANSWERS_NUMBERS || kind == ANSWERS_LABELS) {
        add_entries(&list, cell, &found);
        *checks |= found | 1u << CHECK_SCORES;
    }
    drop(&list);
    return kind;
}

bool answers_write_labels(const intern *values, bool unclean, text *cell, unsigned *checks)
{
    uint32_t *order = memory_new(values->count + (size_t)1, sizeof *order);
    value_list list = {.values = memory_zeroed(values->count + (size_t)1, sizeof *list.values)};
    bool fits = values->count <= MOST_CODES && !unclean;
    if (!order || !list.values || intern_order(values, order) != 0)
        cell->failed = true;
    for (uint32_t i = 0; i < values->count && fits && !cell->failed; i++) {
        value *v = &list.values[list.count++];
        v->text = values->strings[order[i]];
        v->number = number_parse(v->text, strlen(v->text), &v->size);
        v->kind = CODE_UNSCORED;
    }
    if (fits && !cell->failed)
        add_entries(&list, cell, checks);
    memory_free(order);
    memory_free(list.values);
    return fits;
}

void answers_write_seen(const intern *values, size_t most, text *cell)
{
    for (uint32_t i = 0; i < values->count && i < most; i++)
        add_entry(cell, &(value){.text = values->strings[i], .kind = CODE_UNSCORED});
    if (values->count > most)
        text_add(cell, ";…");
}
