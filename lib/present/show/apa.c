#include "present/show/apa.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static const char *symbol_of(const char *const symbols[][2], size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(symbols[i][0], name) == 0)
            return symbols[i][1];
    return NULL;
}

const char *apa_heading(const writer *w, const char *column)
{
    static const char *const symbols[][2] = {
        {"n", "n"}, {"mean", "M"}, {"sd", "SD"}, {"se", "SE"}, {"r", "r"}, {"p", "p"}, {"df", "df"},
    };
    return w->apa ? symbol_of(symbols, LENGTH(symbols), column) : NULL;
}

const char *apa_word(const writer *w, const table_column *column, size_t row)
{
    static const char *const symbols[][2] = {{"alpha", "α"}, {"omega_u", "ω"}};

    return w->apa && strcmp(column->spec.name, "coefficient") == 0
               ? symbol_of(symbols, LENGTH(symbols), column->values.strings[row])
               : NULL;
}

/* By its column, or where a column holds coefficients of all kinds by the row's. */
static bool names_bounded(const char *name)
{
    static const char *const begins[] = {"alpha", "omega", "lambda", "split", "icc", "p_"};
    static const char *const whole[] = {"r", "p", "item_total", "item_rest", "smc"};

    for (size_t i = 0; i < LENGTH(begins); i++)
        if (strncmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    for (size_t i = 0; i < LENGTH(whole); i++)
        if (strcmp(name, whole[i]) == 0)
            return true;
    return false;
}

bool apa_is_bounded(const writer *w, const relcoord_table *table, const table_column *column,
                    size_t row)
{
    size_t index = table_column_index(table, "coefficient");
    const table_column *of = index < table->column_count ? &table->columns[index] : NULL;

    if (!w->apa)
        return false;
    while (column->spec.kind == RELCOORD_INTERVAL && column > table->columns)
        column--; /* the bounds are as what they are of, */
    if (of && column > of && column->spec.kind == RELCOORD_ESTIMATE)
        return names_bounded(of->values.strings[row]); /* its standard error, too */
    return names_bounded(column->spec.name);
}

void apa_drop_zero(char *shown)
{
    char *digits = shown + (*shown == '-');

    if (digits[0] == '0' && digits[1] && (digits[1] < '0' || digits[1] > '9'))
        memmove(digits, digits + 1, strlen(digits));
}
