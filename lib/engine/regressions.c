#include "engine/regressions.h"

enum { MANY_CLUSTERS = 10 };

void regression_note_clusters(relcoord_table *table, const regression *fit, size_t terms)
{
    if (fit->clusters < 2 || fit->clusters < terms)
        table_add_note(table, "fewer_clusters_than_terms");
    else if (fit->clusters < MANY_CLUSTERS)
        table_add_note(table, "few_clusters");
}
