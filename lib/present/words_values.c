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
    {"coefficient", "dependability", {"dependability", "pålidelighed"}},
    {"coefficient", "generalizability", {"generalizability", "generaliserbarhed"}},
    {"coefficient", "f", {"F", "F"}},
    {"coefficient", "p", {"p", "p"}},
    {"coefficient", "eta2", {"η²", "η²"}},
    {"coefficient", "omega2", {"ω²", "ω²"}},
    {"coefficient", "k", {"k", "k"}},
    {"coefficient", "icc1", {"ICC(1)", "ICC(1)"}},
    {"coefficient", "icc2", {"ICC(2)", "ICC(2)"}},
    {"coefficient", "icc1_clamped", {"ICC(1), cut to 0–1", "ICC(1), skåret til 0–1"}},
    {"coefficient", "icc2_clamped", {"ICC(2), cut to 0–1", "ICC(2), skåret til 0–1"}},
    {"coefficient", "tau2", {"τ², between groups", "τ², mellem grupper"}},
    {"coefficient", "sigma2", {"σ², within groups", "σ², inden for grupper"}},
    {"coefficient", "rwg_mean", {"rwg, mean", "rwg, gennemsnit"}},
    {"coefficient", "rwg_median", {"rwg, median", "rwg, median"}},
    {"coefficient", "rwg_q1", {"rwg, 1st quartile", "rwg, 1. kvartil"}},
    {"coefficient", "rwg_q3", {"rwg, 3rd quartile", "rwg, 3. kvartil"}},
    {"coefficient", "rwg_share_70", {"rwg, share ≥ .70", "rwg, andel ≥ 0,70"}},
    {"coefficient", "rwg_uniform_mean", {"rwg uniform, mean", "rwg uniform, gennemsnit"}},
    {"coefficient", "rwg_uniform_median", {"rwg uniform, median", "rwg uniform, median"}},
    {"coefficient", "rwg_uniform_share_70", {"rwg uniform, share ≥ .70", "rwg uniform, andel ≥ 0,70"}},
    {"coefficient", "rwg_slight_skew_mean", {"rwg slight skew, mean", "rwg let skæv, gennemsnit"}},
    {"coefficient", "rwg_slight_skew_median", {"rwg slight skew, median", "rwg let skæv, median"}},
    {"coefficient", "rwg_slight_skew_share_70", {"rwg slight skew, share ≥ .70", "rwg let skæv, andel ≥ 0,70"}},
    {"coefficient", "r_star_wg_mean", {"r*wg, mean", "r*wg, gennemsnit"}},
    {"coefficient", "r_star_wg_median", {"r*wg, median", "r*wg, median"}},
    {"coefficient", "ad_mean", {"AD about means", "AD om gennemsnit"}},
    {"coefficient", "ad_median", {"AD about medians", "AD om medianer"}},
    {"coefficient", "ad_mean_share_small", {"AD about means, share ≤ A/6", "AD om gennemsnit, andel ≤ A/6"}},
    {"coefficient", "ad_median_share_small", {"AD about medians, share ≤ A/6", "AD om medianer, andel ≤ A/6"}},
    {"coefficient", "a_wg_mean", {"a_wg, mean", "a_wg, gennemsnit"}},
    {"coefficient", "a_wg_median", {"a_wg, median", "a_wg, median"}},
    {"coefficient", "rwg_mean_p", {"rwg, mean: p by chance", "rwg, gennemsnit: p ved tilfælde"}},
    {"coefficient", "rwg_mean_critical", {"rwg, mean: critical", "rwg, gennemsnit: kritisk"}},
    {"coefficient", "ad_mean_p", {"AD about means: p by chance", "AD om gennemsnit: p ved tilfælde"}},
    {"coefficient", "ad_mean_critical", {"AD about means: critical", "AD om gennemsnit: kritisk"}},
    {"coefficient", "rwg_j_mean", {"rwg(J), mean", "rwg(J), gennemsnit"}},
    {"coefficient", "rwg_j_median", {"rwg(J), median", "rwg(J), median"}},
    {"coefficient", "rwg_j_q1", {"rwg(J), 1st quartile", "rwg(J), 1. kvartil"}},
    {"coefficient", "rwg_j_q3", {"rwg(J), 3rd quartile", "rwg(J), 3. kvartil"}},
    {"coefficient", "rwg_j_share_70", {"rwg(J), share ≥ .70", "rwg(J), andel ≥ 0,70"}},
    {"coefficient", "rwg_j_uniform_mean", {"rwg(J) uniform, mean", "rwg(J) uniform, gennemsnit"}},
    {"coefficient", "rwg_j_uniform_median", {"rwg(J) uniform, median", "rwg(J) uniform, median"}},
    {"coefficient", "rwg_j_uniform_share_70", {"rwg(J) uniform, share ≥ .70", "rwg(J) uniform, andel ≥ 0,70"}},
    {"coefficient", "rwg_j_slight_skew_mean", {"rwg(J) slight skew, mean", "rwg(J) let skæv, gennemsnit"}},
    {"coefficient", "rwg_j_slight_skew_median", {"rwg(J) slight skew, median", "rwg(J) let skæv, median"}},
    {"coefficient", "rwg_j_slight_skew_share_70", {"rwg(J) slight skew, share ≥ .70", "rwg(J) let skæv, andel ≥ 0,70"}},
    {"coefficient", "r_star_wg_j_mean", {"r*wg(J), mean", "r*wg(J), gennemsnit"}},
    {"coefficient", "r_star_wg_j_median", {"r*wg(J), median", "r*wg(J), median"}},
    {"coefficient", "ad_j_mean", {"AD(J) about means", "AD(J) om gennemsnit"}},
    {"coefficient", "ad_j_median", {"AD(J) about medians", "AD(J) om medianer"}},
    {"coefficient", "ad_j_mean_share_small", {"AD(J) about means, share ≤ A/6", "AD(J) om gennemsnit, andel ≤ A/6"}},
    {"coefficient", "ad_j_median_share_small", {"AD(J) about medians, share ≤ A/6", "AD(J) om medianer, andel ≤ A/6"}},
    {"coefficient", "a_wg_j_mean", {"a_wg(J), mean", "a_wg(J), gennemsnit"}},
    {"coefficient", "a_wg_j_median", {"a_wg(J), median", "a_wg(J), median"}},
    {"coefficient", "rwg_j_mean_p", {"rwg(J), mean: p by chance", "rwg(J), gennemsnit: p ved tilfælde"}},
    {"coefficient", "rwg_j_mean_critical", {"rwg(J), mean: critical", "rwg(J), gennemsnit: kritisk"}},
    {"coefficient", "ad_j_mean_p", {"AD(J) about means: p by chance", "AD(J) om gennemsnit: p ved tilfælde"}},
    {"coefficient", "ad_j_mean_critical", {"AD(J) about means: critical", "AD(J) om gennemsnit: kritisk"}},
    {"component", "cell", {"cell", "celle"}},
    {"component", "rated_workgroup", {"rated workgroup", "bedømt faggruppe"}},
    {"component", "rater_workgroup", {"rater workgroup", "bedømmende faggruppe"}},
    {"component", "residual", {"residual", "rest"}},
    {"component", "respondent", {"respondent", "respondent"}},
    {"object", "cell", {"cell", "celle"}},
    {"object", "in_strength", {"strength in", "styrke ind"}},
    {"direction", "vertical", {"vertical", "lodret"}},
    {"direction", "horizontal", {"horizontal", "vandret"}},
    {"index", "weakest_link", {"weakest link", "svageste led"}},
    {"index", "spread", {"spread", "spænd"}},
    {"index", "mean", {"mean of functions", "gennemsnit af funktioner"}},
    {"index", "geometric", {"geometric mean", "geometrisk gennemsnit"}},
    {"index", "zero_share", {"share with a zero", "andel med et nul"}},
    {"index", "own_weakest_link", {"people’s own weakest link", "personers eget svageste led"}},
    {"index", "own_spread", {"people’s own spread", "personers eget spænd"}},
    {"index", "gini", {"absolute Gini", "absolut Gini"}},
    {"measure", "weakest_link", {"weakest link", "svageste led"}},
    {"measure", "geometric", {"geometric mean", "geometrisk gennemsnit"}},
    {"basis", "pooled", {"all", "alle"}},
    {"basis", "within_units", {"within units", "inden for enheder"}},
    {"state", "strong", {"strong both ways", "stærk begge veje"}},
    {"state", "weak", {"weak both ways", "svag begge veje"}},
    {"state", "mixed", {"mixed", "blandet"}},
    {"state", "unknown", {"unknown", "ukendt"}},
    {"zone", "yes", {"yes", "ja"}},
    {"zone", "no", {"no", "nej"}},
    {"level", "individual", {"individual", "individ"}},
    {"level", "group", {"group", "gruppe"}},
    {"level", "organisation", {"organisation", "organisation"}},
    {"level", "management", {"management", "ledelse"}},
    {"other_level", "individual", {"individual", "individ"}},
    {"other_level", "group", {"group", "gruppe"}},
    {"other_level", "organisation", {"organisation", "organisation"}},
    {"other_level", "management", {"management", "ledelse"}},
    {"function", "bridge_builder", {"bridge builder", "brobygger"}},
    {"function", "communicator", {"communicator", "kommunikator"}},
    {"function", "coordinator", {"coordinator", "koordinator"}},
    {"function", "cooperation", {"cooperation", "kooperation"}},
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
    {"model", "one_factor", {"one factor", "én faktor"}},
    {"model", "two_factors", {"two factors", "to faktorer"}},
    {"model", "baseline", {"baseline", "nulmodel"}},
    {"grouping", "workgroup", {"workgroup", "faggruppe"}},
    {"grouping", "unit", {"unit", "enhed"}},
    {"grouping", "wave", {"wave", "bølge"}},
    {"grouping", "role", {"role", "rolle"}},
    {"grouping", "level", {"level", "niveau"}},
    {"grouping", "status", {"status", "status"}},
    {"effect_name", "cliffs_delta", {"Cliff’s delta", "Cliffs delta"}},
    {"effect_name", "d_total", {"change / total SD", "ændring / samlet SD"}},
    {"effect_name", "hedges_g", {"Hedges’ g", "Hedges’ g"}},
    {"effect_name", "rank_biserial", {"rank-biserial r", "rangbiseriel r"}},
    {"pairing", "paired", {"paired", "parret"}},
    {"pairing", "unpaired", {"unpaired", "uparret"}},
    {"pairing", "mixed", {"mixed", "blandet"}},
    {"test", "friedman", {"Friedman", "Friedman"}},
    {"test", "kruskal_wallis", {"Kruskal-Wallis", "Kruskal-Wallis"}},
    {"test", "mann_whitney_exact", {"Mann-Whitney, exact", "Mann-Whitney, eksakt"}},
    {"test", "mann_whitney_normal", {"Mann-Whitney, normal", "Mann-Whitney, normal"}},
    {"test", "mixed_reml", {"mixed model", "blandet model"}},
    {"test", "t_cr2", {"t, CR2 by person", "t, CR2 efter person"}},
    {"test", "t_paired", {"paired t", "parret t"}},
    {"test", "t_paired_cr2", {"paired t, CR2 by person", "parret t, CR2 efter person"}},
    {"test", "t_welch", {"Welch’s t", "Welchs t"}},
    {"test", "welch_anova", {"Welch’s analysis of variance", "Welchs variansanalyse"}},
    {"test", "wilcoxon_exact", {"Wilcoxon, exact", "Wilcoxon, eksakt"}},
    {"test", "wilcoxon_normal", {"Wilcoxon, normal", "Wilcoxon, normal"}},
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
    {"reason", "form_choices", {"its choices in the structure or labels", "dens svarmuligheder i strukturen eller betegnelserne"}},
    {"reason", "form_dimension", {"the question's text names the dimension", "spørgsmålets tekst nævner dimensionen"}},
    {"reason", "several_answers", {"an answer of several, says the structure", "et svar blandt flere, siger strukturen"}},
    {"reason", "status_columns", {"the survey system's statuses", "spørgeskemasystemets statusser"}},
    {"reason", "few_labels", {"few different labels", "få forskellige betegnelser"}},
    {"reason", "many_values", {"many different values", "mange forskellige værdier"}},
    {"reason", "many_numbers", {"many different numbers", "mange forskellige tal"}},
    {"reason", "free_text", {"text of several lines", "tekst på flere linjer"}},
    {"reason", "no_values", {"no value in any row", "ingen værdi i nogen række"}},
    {"reason", "no_heading", {"a column without a name", "en kolonne uden navn"}},
    {"reason", "no_column", {"no column looks like it", "ingen kolonne ligner"}},
    {"reason", "name_taken", {"another column means the same", "en anden kolonne betyder det samme"}},
    {"reason", "odd_name", {"a codebook cannot hold its name", "en kodebog kan ikke rumme navnet"}},
    {"retained", "yes", {"yes", "ja"}},
    {"retained", "no", {"no", "nej"}},
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
    static const char *const others[] = {"scale", "item", "other", "factor", "other_factor"};
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
