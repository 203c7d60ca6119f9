#include "engine/regressions.h"

enum { MANY_CLUSTERS = 10 };

void regression_write_term(relcoord_table *table, size_t column, const regression_term *term,
                           double confidence)
{
    double reach = regression_reach(term, confidence);
    table_set_number(table, column, term->estimate);
    table_set_number(table, column + 1, term->se);
    table_set_number(table, column + 2, term->df);
    table_set_number(table, column + 3, term->estimate - reach);
    table_set_number(table, column + 4, term->estimate + reach);
    table_set_number(table, column + 5, term->p);
}

void regression_note_clusters(relcoord_table *table, const regression *fit, size_t terms)
{
    if (fit->clusters < 2 || fit->clusters < terms)
        table_add_note(table, "fewer_clusters_than_terms");
    else if (fit->clusters < MANY_CLUSTERS)
        table_add_note(table, "few_clusters");
}
