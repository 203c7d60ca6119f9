/* Values of columns in English and Danish: those that are relcoord's own words and not labels of the data, by their
 * column. */
#include "present/words.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

typedef struct value_words {
    const char *column, *value, *words[2];
} value_words;

static const value_words values[] = {
    {"band", "weak", {"weak", "svag"}},
    {"band", "moderate", {"moderate", "moderat"}},
    {"band", "strong", {"strong", "stærk"}},
    {"basis", "ties", {"ties", "forbindelser"}},
    {"basis", "respondents", {"respondents", "respondenter"}},
    {"coefficient", "alpha", {"Cronbach’s alpha", "Cronbachs alfa"}},
    {"coefficient", "alpha_std", {"alpha, standardised", "alfa, standardiseret"}},
    {"coefficient", "omega_u", {"omega, one factor", "omega, én faktor"}},
    {"coefficient", "omega_u_std", {"omega, standardised", "omega, standardiseret"}},
    {"coefficient", "lambda2", {"Guttman’s λ2", "Guttmans λ2"}},
    {"coefficient", "lambda2_std", {"λ2, standardised", "λ2, standardiseret"}},
    {"coefficient", "lambda6", {"Guttman’s λ6", "Guttmans λ6"}},
    {"coefficient", "lambda6_std", {"λ6, standardised", "λ6, standardiseret"}},
    {"coefficient", "lambda4_min", {"split half, least", "halvdele, mindst"}},
    {"coefficient", "lambda4_mean", {"split half, mean", "halvdele, gennemsnit"}},
    {"coefficient", "lambda4_max", {"split half, largest", "halvdele, størst"}},
    {"coefficient", "alpha_within", {"alpha within workgroups", "alfa inden for faggrupper"}},
    {"coefficient", "alpha_between", {"alpha between workgroups", "alfa mellem faggrupper"}},
    {"coefficient", "omega_within", {"omega within workgroups", "omega inden for faggrupper"}},
    {"coefficient", "omega_between", {"omega between workgroups", "omega mellem faggrupper"}},
    {"coefficient", "r_mean", {"item r, mean", "r mellem spørgsmål, gennemsnit"}},
    {"coefficient", "r_min", {"item r, least", "r mellem spørgsmål, mindst"}},
    {"coefficient", "r_max", {"item r, largest", "r mellem spørgsmål, størst"}},
    {"coefficient", "sem", {"error of measurement", "målefejl"}},
    {"coefficient", "mdc", {"least detectable change", "mindste påviselige ændring"}},
    {"dimension", "frequent", {"frequent", "hyppig"}},
    {"dimension", "timely", {"timely", "rettidig"}},
    {"dimension", "accurate", {"accurate", "korrekt"}},
    {"dimension", "problem_solving", {"problem-solving", "problemløsende"}},
    {"dimension", "shared_goals", {"shared goals", "fælles mål"}},
    {"dimension", "shared_knowledge", {"shared knowledge", "fælles viden"}},
    {"dimension", "mutual_respect", {"mutual respect", "gensidig respekt"}},
    {"dimension", "communication", {"communication", "kommunikation"}},
    {"dimension", "relationship", {"relationship", "relation"}},
    {"dimension", "rc", {"relational coordination", "relationel koordinering"}},
    {"part", "within", {"within workgroups", "inden for faggruppen"}},
    {"part", "between", {"between workgroups", "mellem faggrupper"}},
    {"part", "all", {"all", "alle"}},
    {"problem", "duplicate", {"duplicate", "dublet"}},
    {"problem", "invalid", {"invalid", "ugyldigt"}},
    {"reason", "known_name", {"its name is known", "navnet er kendt"}},
    {"reason", "dimension_and_target", {"its name is a dimension and a workgroup", "navnet er en dimension og en faggruppe"}},
    {"reason", "among_targets", {"its values are workgroups that are rated", "dens værdier er faggrupper, der bedømmes"}},
    {"reason", "all_different", {"every row has another value", "hver række har sin egen værdi"}},
    {"reason", "zero_or_one", {"columns of 0 and 1 whose names begin alike", "kolonner med 0 og 1, hvis navne begynder ens"}},
    {"reason", "few_numbers", {"few different whole numbers", "få forskellige hele tal"}},
    {"reason", "known_labels", {"labels of a common scale", "betegnelser fra en almindelig skala"}},
    {"reason", "few_labels", {"few different labels", "få forskellige betegnelser"}},
    {"reason", "many_values", {"many different values", "mange forskellige værdier"}},
    {"reason", "many_numbers", {"many different numbers", "mange forskellige tal"}},
    {"reason", "free_text", {"text of several lines", "tekst på flere linjer"}},
    {"reason", "no_values", {"no value in any row", "ingen værdi i nogen række"}},
    {"reason", "no_heading", {"a column without a name", "en kolonne uden navn"}},
    {"reason", "no_column", {"no column looks like it", "ingen kolonne ligner"}},
    {"reason", "name_taken", {"another column means the same", "en anden kolonne betyder det samme"}},
    {"reason", "odd_name", {"a codebook cannot hold its name", "en kodebog kan ikke rumme navnet"}},
    {"weighting", "respondents", {"respondents", "respondenter"}},
    {"weighting", "ties", {"ties", "forbindelser"}},
    {"weighting", "workgroups", {"workgroups", "faggrupper"}},
};

/* Columns whose values are texts of descriptors. */
static bool holds_texts(const char *column)
{
    return strcmp(column, "help") == 0 || strcmp(column, "summary") == 0;
}

/* Columns that hold dimensions under another name. */
static const char *column_of_words(const char *column)
{
    static const char *const others[] = {"scale", "item", "other"};
    for (size_t i = 0; i < LENGTH(others); i++)
        if (strcmp(column, others[i]) == 0)
            return "dimension";
    return column;
}

const char *words_value(language l, const char *column, const char *value)
{
    if (holds_texts(column))
        return words_text(l, value);
    column = column_of_words(column);
    for (size_t i = 0; i < LENGTH(values); i++)
        if (strcmp(values[i].value, value) == 0 && strcmp(values[i].column, column) == 0)
            return values[i].words[l];
    return NULL;
}

const char *words_value_at(language l, const char *column, size_t index)
{
    for (size_t i = 0; i < LENGTH(values); i++)
        if (strcmp(values[i].column, column) == 0 && index-- == 0)
            return values[i].words[l];
    return NULL;
}
