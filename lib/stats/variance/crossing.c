/* The crossing of rater and rated workgroups, laid out: ties sorted by counting, workgroups joined
 * to parts, and respondents gathered by the targets they rated. */
#include "stats/variance/crossing.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "stats/numbers/moments.h"

#define NONE UINT32_MAX

/* What is needed while the crossing is made. */
typedef struct maker {
    const component_ties *ties;
    crossing *out;
    uint32_t *order, *spare; /* ties by rater, respondent, rated */
    size_t *counts;
    uint32_t *parent;          /* by rater, then by rated: union-find; NONE where there is no tie */
    uint32_t *part_of, *place; /* by root its part; by rated its place in the part */
    uint32_t *local;           /* by rated: its cell in the workgroup at hand */
    uint32_t *owner;           /* by respondent: the workgroup */
    size_t *first_tie;         /* by rater, and one more: among the ordered ties */
    uint32_t *slots;           /* hash table of the workgroup's patterns */
    hash_key key;
} maker;

static size_t largest(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t slots_for(size_t patterns)
{
    size_t slots = 4;
    while (slots < 2 * patterns)
        slots *= 2;
    return slots;
}

static bool maker_start(maker *m)
{
    const component_ties *t = m->ties;
    size_t n = t->n, nodes = (size_t)t->raters + t->rateds;
    size_t keys = largest(largest(t->raters, t->rateds), t->respondents);
    m->order = memory_new(n, sizeof *m->order);
    m->spare = memory_new(n, sizeof *m->spare);
    m->counts = memory_new(keys + 1, sizeof *m->counts);
    m->parent = memory_new(nodes, sizeof *m->parent);
    m->part_of = memory_new(nodes, sizeof *m->part_of);
    m->place = memory_new(t->rateds, sizeof *m->place);
    m->local = memory_new(t->rateds, sizeof *m->local);
    m->owner = memory_new(t->respondents, sizeof *m->owner);
    m->first_tie = memory_zeroed((size_t)t->raters + 1, sizeof *m->first_tie);
    m->slots = memory_new(slots_for(n), sizeof *m->slots);
    return m->order && m->spare && m->counts && m->parent && m->part_of && m->place && m->local
           && m->owner && m->first_tie && m->slots;
}

static void maker_end(maker *m)
{
    memory_free(m->order);
    memory_free(m->spare);
    memory_free(m->counts);
    memory_free(m->parent);
    memory_free(m->part_of);
    memory_free(m->place);
    memory_free(m->local);
    memory_free(m->owner);
    memory_free(m->first_tie);
    memory_free(m->slots);
}

static bool allocate(crossing *c, const component_ties *t)
{
    c->part = memory_zeroed(t->raters, sizeof *c->part);
    c->group = memory_zeroed(t->raters, sizeof *c->group);
    c->cell = memory_zeroed(t->n, sizeof *c->cell);
    c->pattern = memory_zeroed(t->n, sizeof *c->pattern);
    c->entry = memory_new(t->n, sizeof *c->entry);
    return c->part && c->group && c->cell && c->pattern && c->entry;
}

void crossing_free(crossing *c)
{
    memory_free(c->part);
    memory_free(c->group);
    memory_free(c->cell);
    memory_free(c->pattern);
    memory_free(c->entry);
    *c = (crossing){0};
}

/* ---- Order ---- */

/* Sorts the order by one key, equal ones staying as they are. */
static void sort_by(maker *m, const uint32_t *key, size_t keys)
{
    size_t n = m->ties->n, sum = 0;
    memset(m->counts, 0, (keys + 1) * sizeof *m->counts);
    for (size_t i = 0; i < n; i++)
        m->counts[key[i]]++;
    for (size_t k = 0; k < keys; k++) {
        size_t count = m->counts[k];
        m->counts[k] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        m->spare[m->counts[key[m->order[i]]]++] = m->order[i];
    uint32_t *sorted = m->spare;
    m->spare = m->order;
    m->order = sorted;
}

static bool check_ranges(const component_ties *t)
{
    if (t->n >= NONE || (size_t)t->raters + t->rateds >= NONE)
        return false;
    for (size_t i = 0; i < t->n; i++)
        if (t->rater[i] >= t->raters || t->respondent[i] >= t->respondents
            || t->rated[i] >= t->rateds || !isfinite(t->score[i]))
            return false;
    return true;
}

/* Sorts the ties; false when one is there twice or a respondent is of two workgroups. */
static bool sort_ties(maker *m)
{
    const component_ties *t = m->ties;
    total sum = {0, 0};
    for (size_t i = 0; i < t->n; i++)
        m->order[i] = (uint32_t)i;
    sort_by(m, t->rated, t->rateds);
    sort_by(m, t->respondent, t->respondents);
    sort_by(m, t->rater, t->raters);

    for (size_t i = 0; i < t->respondents; i++)
        m->owner[i] = NONE;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t now = m->order[i], before = i ? m->order[i - 1] : NONE;
        uint32_t *owner = m->owner + t->respondent[now];
        if (*owner != NONE && *owner != t->rater[now])
            return false;
        if (i && t->respondent[now] == t->respondent[before] && t->rated[now] == t->rated[before])
            return false;
        m->out->respondents += *owner == NONE;
        *owner = t->rater[now];
        m->first_tie[t->rater[now] + 1] = i + 1;
        total_add(&sum, t->score[now]);
    }
    for (size_t g = 1; g <= t->raters; g++)
        m->first_tie[g] = largest(m->first_tie[g], m->first_tie[g - 1]);
    m->out->ties = t->n;
    m->out->centre = total_value(&sum) / (double)t->n;
    return true;
}

/* ---- Parts ---- */

static uint32_t find_root(uint32_t *parent, uint32_t node)
{
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = find_root(parent, a);
    b = find_root(parent, b);
    parent[a > b ? a : b] = a < b ? a : b;
}

static void find_parts(maker *m)
{
    const component_ties *t = m->ties;
    size_t nodes = (size_t)t->raters + t->rateds;
    for (size_t i = 0; i < nodes; i++)
        m->parent[i] = m->part_of[i] = NONE;
    for (size_t i = 0; i < t->n; i++) {
        m->parent[t->rater[i]] = t->rater[i];
        m->parent[t->raters + t->rated[i]] = t->raters + t->rated[i];
    }
    for (size_t i = 0; i < t->n; i++)
        join(m->parent, t->rater[i], t->raters + t->rated[i]);

    crossing *c = m->out;
    for (uint32_t g = 0; g < t->raters;
         g++) { /* a part's root is a rater, the one of the smallest id */
        if (m->parent[g] == NONE)
            continue;
        uint32_t root = find_root(m->parent, g);
        if (m->part_of[root] == NONE)
            m->part_of[root] = (uint32_t)c->parts++;
        c->part[m->part_of[root]].groups++;
        c->groups++;
    }
    for (uint32_t h = 0; h < t->rateds; h++) {
        if (m->parent[t->raters + h] == NONE)
            continue;
        crossing_part *part = c->part + m->part_of[find_root(m->parent, t->raters + h)];
        m->place[h] = (uint32_t)part->rated++;
        c->most_rated = largest(c->most_rated, part->rated);
        c->rated++;
    }
    for (size_t p = 1; p < c->parts; p++)
        c->part[p].first_group = c->part[p - 1].first_group + c->part[p - 1].groups;
}

/* ---- Workgroups ---- */

/* Cells of a workgroup in the order in which its respondents name them. */
static void gather_cells(maker *m, crossing_group *g, size_t first, size_t end)
{
    const component_ties *t = m->ties;
    crossing *c = m->out;
    g->first_cell = c->cells;
    for (size_t i = first; i < end; i++)
        m->local[t->rated[m->order[i]]] = NONE;
    for (size_t i = first; i < end; i++) {
        uint32_t rated = t->rated[m->order[i]];
        double off = t->score[m->order[i]] - c->centre;
        c->squares += off * off;
        if (m->local[rated] == NONE) {
            m->local[rated] = (uint32_t)g->cells++;
            c->cell[c->cells++].rated = m->place[rated];
        }
        c->cell[g->first_cell + m->local[rated]].n++;
    }
    c->most_cells = largest(c->most_cells, g->cells);
}

/* The pattern whose cells stand behind the last entry; a new one keeps them there. */
static crossing_pattern *find_pattern(maker *m, crossing_group *g, size_t first_entry,
                                      uint32_t size, size_t mask)
{
    crossing *c = m->out;
    const uint32_t *cells = c->entry + first_entry;
    uint32_t hash = (uint32_t)hash_bytes(&m->key, cells, size * sizeof *cells);
    size_t slot = hash & mask;
    for (; m->slots[slot] != NONE; slot = (slot + 1) & mask) {
        crossing_pattern *p = c->pattern + m->slots[slot];
        if (p->hash == hash && p->size == size
            && memcmp(c->entry + p->first, cells, size * sizeof *cells) == 0)
            return p;
    }
    m->slots[slot] = (uint32_t)c->patterns;
    g->patterns++;
    crossing_pattern *p = c->pattern + c->patterns++;
    p->first = first_entry;
    p->size = size;
    p->hash = hash;
    return p;
}

/* Adds the scores of a respondent's ties about their mean; that much less is left to cancel
 * later. */
static void add_within(maker *m, crossing_group *g, size_t first, size_t end, double mean)
{
    const component_ties *t = m->ties;
    for (size_t i = first; i < end; i++) {
        double off = t->score[m->order[i]] - m->out->centre - mean;
        m->out->cell[g->first_cell + m->local[t->rated[m->order[i]]]].sum += off;
        g->squares += off * off;
    }
}

static void gather_patterns(maker *m, crossing_group *g, size_t first, size_t end, size_t *entries)
{
    const component_ties *t = m->ties;
    crossing *c = m->out;
    size_t slots = slots_for(end - first);
    for (size_t i = 0; i < slots; i++)
        m->slots[i] = NONE;
    g->first_pattern = c->patterns;
    for (size_t i = first, next; i < end; i = next) {
        double sum = 0;
        uint32_t respondent = t->respondent[m->order[i]];
        for (next = i; next < end && t->respondent[m->order[next]] == respondent; next++) {
            c->entry[*entries + next - i] = m->local[t->rated[m->order[next]]];
            sum += t->score[m->order[next]] - c->centre;
        }
        add_within(m, g, i, next, sum / (double)(next - i));
        size_t known = c->patterns;
        crossing_pattern *p = find_pattern(m, g, *entries, (uint32_t)(next - i), slots - 1);
        if (c->patterns > known)
            *entries += next - i;
        double off = sum - p->mean; /* Welford 1962 */
        p->respondents++;
        p->mean += off / p->respondents;
        p->squares += off * (sum - p->mean);
    }
}

static void gather_groups(maker *m)
{
    crossing *c = m->out;
    size_t entries = 0;
    for (size_t p = 0; p < c->parts; p++)
        m->counts[p] = c->part[p].first_group;
    /* Workgroups are numbered by part; cells and patterns lie in the raters' order, which is as
     * good as any. */
    for (uint32_t rater = 0; rater < m->ties->raters; rater++) {
        size_t first = m->first_tie[rater], end = m->first_tie[rater + 1];
        if (first == end)
            continue;
        crossing_group *g = c->group + m->counts[m->part_of[find_root(m->parent, rater)]]++;
        gather_cells(m, g, first, end);
        gather_patterns(m, g, first, end, &entries);
    }
}

crossing_status crossing_make(const component_ties *ties, crossing *out)
{
    maker m = {.ties = ties, .out = out, .key = hash_key_new()};
    crossing_status status = CROSSING_NO_MEMORY;
    if (!check_ranges(ties))
        return CROSSING_INVALID;
    if (!maker_start(&m) || !allocate(out, ties))
        goto done;
    status = CROSSING_INVALID;
    if (!sort_ties(&m))
        goto done;
    find_parts(&m);
    gather_groups(&m);
    status = CROSSING_MADE;
done:
    maker_end(&m);
    return status;
}
