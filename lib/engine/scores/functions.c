#include "engine/scores/functions.h"

#include <string.h>

#include "codebook/names.h"

const char *const coupling_functions[FUNCTION_COUNT] = {
    "bridge_builder",
    "communicator",
    "coordinator",
    "cooperation",
};

static const char *const danish_functions[FUNCTION_COUNT] = {
    "brobygger",
    "kommunikator",
    "koordinator",
    "kooperation",
};

int coupling_function_of(const char *dimension)
{
    for (int f = 0; f < FUNCTION_COUNT; f++)
        if (heading_is(dimension, strlen(dimension), coupling_functions[f])
            || heading_is(dimension, strlen(dimension), danish_functions[f]))
            return f;
    return heading_is(dimension, strlen(dimension), "kooperatør") ? 3 : FUNCTION_COUNT;
}
