/* More texts of descriptors in English and Danish: those of forms that survey systems export. See
 * words_texts.c. */
#include "words/words.h"

const char *const words_texts_of_forms[][2] = {
    {"in place of a draft, a codebook that relcoord brings along: identifiers and names of scales",
     "i stedet for et udkast: en kodebog, der følger med relcoord, med skalaers betegnelser og "
     "navne"},
    {"file of the structure that a survey system exports: questions and their choices",
     "fil med den struktur, et spørgeskemasystem eksporterer: spørgsmål og deres svarmuligheder"},
    {"file of the labels that a survey system exports: variable, value, label, without a header",
     "fil med de betegnelser, et spørgeskemasystem eksporterer: variabel, værdi, betegnelse, uden "
     "overskrift"},
    {NULL, NULL},
};
