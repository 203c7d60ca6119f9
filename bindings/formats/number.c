/* Numbers by the C library, which is told that its locale is "C": in this thread, and for the
 * while. */
#include "number.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* The C library has this locale at hand: it is neither made nor freed. */
static locale_t plain_locale(void)
{
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

void foreign_print_number(double number, char buffer[NUMBER_TEXT_SIZE])
{
    locale_t plain, before;
    if (fabs(number) < 1e15 && number == floor(number)) {
        snprintf(buffer, NUMBER_TEXT_SIZE, "%lld", (long long)number);
        return;
    }
    plain = plain_locale();
    before = uselocale(plain);
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, NUMBER_TEXT_SIZE, "%.*g", digits, number);
        if (strtod(buffer, NULL) == number)
            break;
    }
    uselocale(before);
    freelocale(plain);
}

bool foreign_read_number(const char *text, double *out)
{
    const locale_t plain = plain_locale(), before = uselocale(plain);
    char *end;
    *out = strtod(text, &end);
    uselocale(before);
    freelocale(plain);
    return *text && !*end && isfinite(*out);
}
