/* More texts of descriptors in English and Danish: those of resampling. See words_texts.c. */
#include "words/words.h"

const char *const words_texts_of_resampling[][2] = {
    {"standard error of the silo", "siloens standardfejl"},
    {"how many times chance is simulated, and groups are drawn",
     "hvor mange gange tilfældet simuleres, og der trækkes grupper"},
    {"how whole groups are drawn: n - 1 of n and rescaled, or plainly n of n",
     "hvordan hele grupper trækkes: n - 1 af n og omskaleret, eller blot n af n"},
    {"samples of the parallel analysis, and how many times people are drawn",
     "stikprøver i parallelanalysen, og hvor mange gange der trækkes personer"},
    {NULL, NULL},
};
