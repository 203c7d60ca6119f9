/* Words in English and Danish: those of the presenters, headings and notes; values of columns are in words_values.c,
 * note codes and estimators in words_codes.c, texts of descriptors in words_texts.c. The Danish terms of the field are
 * those of relcoord-methods(7). */
#include "present/words.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- The presenters' own words ------------------------------------------------------------------ */

static const char *const own_words[WORD_COUNT][2] = {
    [WORD_LANGUAGE] = {"en", "da"},
    [WORD_DECIMAL] = {".", ","},
    [WORD_NOTE] = {"Note:", "Note:"},
    [WORD_INTERVAL] = {"CI", "KI"},
    [WORD_LEVEL] = {" % ", " %-"},
    [WORD_BETWEEN] = {",", ";"},
    [WORD_NO_ROWS] = {"(no rows)", "(ingen rækker)"},
    [WORD_COLUMNS] = {"Columns:", "Kolonner:"},
    [WORD_UNCERTAIN] = {"uncertain, its interval spans a cut", "usikker, intervallet går hen over en grænse"},
    [WORD_DOUBTED] = {"uncertain", "usikker"},
    [WORD_NOT_THERE] = {"not in the data", "findes ikke i data"},
    [WORD_NO_VALUE] = {"no value", "ingen værdi"},
    [WORD_SAME] = {"in all rows", "i alle rækker"},
};

const char *word(language l, word_id which)
{
    return own_words[which][l];
}

/* ---- Pairs by a name ---------------------------------------------------------------------------- */

const char *words_find(const word_pair *pairs, size_t count, language l, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(pairs[i].name, name, length) == 0 && !pairs[i].name[length])
            return pairs[i].words[l];
    return NULL;
}

static const word_pair headings[] = {
    {"a_wg_j", {"a_wg(J)", "a_wg(J)"}},
    {"ad_j_mean", {"AD(J)", "AD(J)"}},
    {"ad_j_median", {"AD(J), median", "AD(J), median"}},
    {"allowed", {"allowed", "tilladt"}},
    {"alpha_dropped", {"alpha, dropped", "alfa uden"}},
    {"analysis", {"analysis", "analyse"}},
    {"answered", {"answered", "besvaret"}},
    {"asked", {"asked", "adspurgte"}},
    {"band", {"band", "styrke"}},
    {"basis", {"basis", "grundlag"}},
    {"between", {"between", "mellem"}},
    {"ceiling", {"ceiling", "loft"}},
    {"cfi", {"CFI", "CFI"}},
    {"chisq", {"χ²", "χ²"}},
    {"ci_high", {"CI, upper", "KI, øvre"}},
    {"ci_low", {"CI, lower", "KI, nedre"}},
    {"change_control", {"change, others", "ændring, andre"}},
    {"change_treated", {"change, treated", "ændring, indsats"}},
    {"clusters", {"clusters", "klynger"}},
    {"coefficient", {"coefficient", "koefficient"}},
    {"column", {"column", "kolonne"}},
    {"columns", {"columns", "kolonner"}},
    {"complete", {"complete", "fuldstændige"}},
    {"component", {"component", "komponent"}},
    {"context", {"context", "kontekst"}},
    {"correlation", {"correlation", "korrelation"}},
    {"answered_percent", {"answered, %", "svaret, %"}},
    {"cramers_v", {"Cramér’s V", "Cramérs V"}},
    {"default", {"default", "standard"}},
    {"df", {"df", "df"}},
    {"design_effect", {"design effect", "designeffekt"}},
    {"dimension", {"dimension", "dimension"}},
    {"dont_know", {"don’t know", "ved ikke"}},
    {"effective_n", {"effective n", "effektivt n"}},
    {"df_within", {"df within", "df inden for"}},
    {"difference", {"difference", "forskel"}},
    {"effect", {"effect", "effekt"}},
    {"effect_name", {"effect is", "effekten er"}},
    {"eigenvalue", {"eigenvalue", "egenværdi"}},
    {"error", {"error", "fejl"}},
    {"estimate", {"estimate", "estimat"}},
    {"estimator", {"estimator", "estimator"}},
    {"factor", {"factor", "faktor"}},
    {"floor", {"floor", "gulv"}},
    {"filter", {"filter", "filter"}},
    {"format", {"format", "format"}},
    {"funnel95_high", {"funnel, 95 %, upper", "tragt, 95 %, øvre"}},
    {"funnel95_low", {"funnel, 95 %", "tragt, 95 %"}},
    {"funnel998_high", {"funnel, 99.8 %, upper", "tragt, 99,8 %, øvre"}},
    {"funnel998_low", {"funnel, 99.8 %", "tragt, 99,8 %"}},
    {"from", {"from", "fra"}},
    {"group", {"group", "gruppe"}},
    {"grouping", {"grouping", "gruppering"}},
    {"groups", {"groups", "grupper"}},
    {"guess", {"guess", "gæt"}},
    {"help", {"help", "forklaring"}},
    {"htmt", {"HTMT", "HTMT"}},
    {"htmt2", {"HTMT2", "HTMT2"}},
    {"in_degree", {"degree in", "grad ind"}},
    {"in_degree_high", {"degree in, CI, upper", "grad ind, KI, øvre"}},
    {"in_degree_low", {"degree in, CI", "grad ind, KI"}},
    {"in_groups", {"groups in", "grupper ind"}},
    {"in_network", {"in network", "i netværket"}},
    {"in_strength", {"strength in", "styrke ind"}},
    {"in_strength_high", {"strength in, CI, upper", "styrke ind, KI, øvre"}},
    {"in_strength_low", {"strength in, CI", "styrke ind, KI"}},
    {"index", {"index", "indeks"}},
    {"invited", {"invited", "inviterede"}},
    {"invited_percent", {"invited, %", "inviteret, %"}},
    {"item", {"item", "spørgsmål"}},
    {"item_rest", {"r with rest", "r med resten"}},
    {"item_total", {"r with total", "r med summen"}},
    {"k", {"k", "k"}},
    {"kind", {"kind", "art"}},
    {"label_da", {"Danish label", "dansk betegnelse"}},
    {"label_en", {"English label", "engelsk betegnelse"}},
    {"left_out", {"left out", "udeladt"}},
    {"loading", {"loading", "ladning"}},
    {"loading_std", {"loading, standardised", "ladning, standardiseret"}},
    {"maximum", {"maximum", "maksimum"}},
    {"mean", {"mean", "gennemsnit"}},
    {"mean_complete", {"mean, complete", "gennemsnit, fuldstændige"}},
    {"mean_from", {"mean from", "gennemsnit fra"}},
    {"mean_shrunk", {"mean, shrunk", "gennemsnit, formindsket"}},
    {"mean_to", {"mean to", "gennemsnit til"}},
    {"mean_in", {"mean in", "gennemsnit ind"}},
    {"mean_out", {"mean out", "gennemsnit ud"}},
    {"minimum", {"minimum", "minimum"}},
    {"model", {"model", "model"}},
    {"n", {"n", "n"}},
    {"n_between", {"n between", "n mellem"}},
    {"n_complete", {"n, complete", "n, fuldstændige"}},
    {"n_control_from", {"n others from", "n andre fra"}},
    {"n_control_to", {"n others to", "n andre til"}},
    {"n_treated_from", {"n treated from", "n indsats fra"}},
    {"n_treated_to", {"n treated to", "n indsats til"}},
    {"n_from", {"n from", "n fra"}},
    {"n_paired", {"n paired", "n parret"}},
    {"n_to", {"n to", "n til"}},
    {"n_in", {"n in", "n ind"}},
    {"n_out", {"n out", "n ud"}},
    {"n_within", {"n within", "n inden for"}},
    {"name", {"name", "navn"}},
    {"needs", {"needs", "kræver"}},
    {"note", {"note", "note"}},
    {"number", {"number", "nummer"}},
    {"object", {"object", "objekt"}},
    {"option", {"option", "indstilling"}},
    {"other", {"other item", "andet spørgsmål"}},
    {"other_factor", {"other factor", "anden faktor"}},
    {"out_degree", {"degree out", "grad ud"}},
    {"out_degree_high", {"degree out, CI, upper", "grad ud, KI, øvre"}},
    {"out_degree_low", {"degree out, CI", "grad ud, KI"}},
    {"out_groups", {"groups out", "grupper ud"}},
    {"out_strength", {"strength out", "styrke ud"}},
    {"outcome", {"outcome", "udfald"}},
    {"out_strength_high", {"strength out, CI, upper", "styrke ud, KI, øvre"}},
    {"out_strength_low", {"strength out, CI", "styrke ud, KI"}},
    {"own", {"own", "egen"}},
    {"own_high", {"own, CI, upper", "egen, KI, øvre"}},
    {"own_low", {"own, CI", "egen, KI"}},
    {"own_n", {"own n", "egen n"}},
    {"p", {"p", "p"}},
    {"parallel", {"by chance, 95 %", "tilfældigt, 95 %"}},
    {"p_bh", {"p, BH", "p, BH"}},
    {"p_holm", {"p, Holm", "p, Holm"}},
    {"pairing", {"pairing", "parring"}},
    {"part", {"part", "del"}},
    {"partner", {"partner", "partner"}},
    {"percent", {"per cent", "procent"}},
    {"percentile_rank", {"percentile rank", "percentilrang"}},
    {"percent_change", {"change, %", "ændring, %"}},
    {"base", {"n, all", "n i alt"}},
    {"box", {"box", "boks"}},
    {"category", {"answer", "svar"}},
    {"choice", {"choice", "svarmulighed"}},
    {"column_n", {"n, column", "n, kolonne"}},
    {"column_percent", {"per cent of column", "procent af kolonne"}},
    {"column_variable", {"columns", "kolonner"}},
    {"expected", {"expected", "forventet"}},
    {"question", {"question", "spørgsmål"}},
    {"row_n", {"n, row", "n, række"}},
    {"row_percent", {"per cent of row", "procent af række"}},
    {"row_variable", {"rows", "rækker"}},
    {"total_percent", {"per cent of all", "procent af alle"}},
    {"rounded", {"whole per cent", "hele procent"}},
    {"worst_high", {"worst case, upper", "værste tilfælde, øvre"}},
    {"worst_low", {"worst case", "værste tilfælde"}},
    {"purpose", {"purpose", "formål"}},
    {"r", {"r", "r"}},
    {"r2", {"R²", "R²"}},
    {"r2_adjusted", {"R², adjusted", "R², justeret"}},
    {"r_star_wg_j", {"r*wg(J)", "r*wg(J)"}},
    {"rater_groups", {"rating groups", "bedømmende grupper"}},
    {"raters", {"raters", "bedømmere"}},
    {"reason", {"reason", "grund"}},
    {"reliability", {"reliability", "reliabilitet"}},
    {"residual", {"residual variance", "restvarians"}},
    {"residual_se", {"SE of residual", "SE af rest"}},
    {"residual_std", {"residual share", "restandel"}},
    {"respondents", {"respondents", "respondenter"}},
    {"level", {"level", "niveau"}},
    {"retained", {"stands out", "træder frem"}},
    {"rmsea", {"RMSEA", "RMSEA"}},
    {"rmsea_high", {"RMSEA, 90 % CI, upper", "RMSEA, 90 % KI, øvre"}},
    {"rmsea_low", {"RMSEA, 90 % CI", "RMSEA, 90 % KI"}},
    {"role", {"role", "rolle"}},
    {"rwg_j", {"rwg(J)", "rwg(J)"}},
    {"rwg_j_slight_skew", {"rwg(J), skew", "rwg(J), skæv"}},
    {"rwg_j_uniform", {"rwg(J), uniform", "rwg(J), uniform"}},
    {"scale", {"scale", "skala"}},
    {"scaling", {"scaling", "skalering"}},
    {"se_std", {"SE, standardised", "SE, standardiseret"}},
    {"share", {"share", "andel"}},
    {"strong", {"strong", "stærk"}},
    {"smc", {"SMC", "SMC"}},
    {"srmr", {"SRMR", "SRMR"}},
    {"rows", {"rows", "rækker"}},
    {"statistic", {"statistic", "teststørrelse"}},
    {"status", {"status", "status"}},
    {"scored", {"scored", "med score"}},
    {"sd", {"SD", "SD"}},
    {"sd_complete", {"SD, complete", "SD, fuldstændige"}},
    {"se", {"SE", "SE"}},
    {"seen", {"seen", "set"}},
    {"sigma", {"residual SD", "rest-SD"}},
    {"silo", {"silo", "silo"}},
    {"silo_high", {"silo, CI, upper", "silo, KI, øvre"}},
    {"silo_low", {"silo, CI", "silo, KI"}},
    {"state", {"state", "tilstand"}},
    {"std_high", {"CI, upper, standardised", "KI, øvre, standardiseret"}},
    {"std_low", {"CI, standardised", "KI, standardiseret"}},
    {"summary", {"summary", "kort sagt"}},
    {"t", {"t", "t"}},
    {"table", {"table", "tabel"}},
    {"target", {"target", "målgruppe"}},
    {"tli", {"TLI", "TLI"}},
    {"term", {"term", "led"}},
    {"terms", {"terms", "led"}},
    {"test", {"test", "test"}},
    {"title", {"title", "titel"}},
    {"to", {"to", "til"}},
    {"transient", {"transient", "flygtig"}},
    {"type", {"type", "type"}},
    {"unit", {"unit", "enhed"}},
    {"universe", {"universe", "univers"}},
    {"value", {"value", "værdi"}},
    {"values", {"values", "værdier"}},
    {"variable", {"variable", "variabel"}},
    {"variance", {"variance", "varians"}},
    {"wanted", {"wanted", "ønsket"}},
    {"view", {"view", "visning"}},
    {"wave", {"wave", "bølge"}},
    {"weight_max", {"weight, largest", "vægt, størst"}},
    {"weight_min", {"weight, least", "vægt, mindst"}},
    {"weighted_percent", {"weighted, %", "vægtet, %"}},
    {"weighting", {"weighting", "vægtning"}},
    {"within", {"within", "inden for"}},
    {"workgroup", {"workgroup", "faggruppe"}},
    {"accurate", {"accurate", "korrekt"}},
    {"attribute", {"attribute", "egenskab"}},
    {"communication", {"communication", "kommunikation"}},
    {"file", {"file", "fil"}},
    {"frequent", {"frequent", "hyppig"}},
    {"identical", {"identical ties", "ens forbindelser"}},
    {"invalid", {"invalid", "ugyldige"}},
    {"label", {"label", "betegnelse"}},
    {"line", {"line", "linje"}},
    {"longest_run", {"longest run", "længste stribe"}},
    {"max", {"max", "største"}},
    {"min", {"min", "mindste"}},
    {"missing", {"missing", "mangler"}},
    {"mutual_respect", {"mutual respect", "gensidig respekt"}},
    {"presented", {"presented", "svar"}},
    {"problem", {"problem", "problem"}},
    {"problem_solving", {"problem-solving", "problemløsende"}},
    {"rc", {"rc", "relationel koordinering"}},
    {"read_options", {"read options", "indlæsning"}},
    {"relationship", {"relationship", "relation"}},
    {"respondent", {"respondent", "respondent"}},
    {"row", {"row", "række"}},
    {"score", {"score", "score"}},
    {"shared_goals", {"shared goals", "fælles mål"}},
    {"shared_knowledge", {"shared knowledge", "fælles viden"}},
    {"ties", {"ties", "forbindelser"}},
    {"timely", {"timely", "rettidig"}},
    {"unscored", {"unscored", "uden score"}},
    {"weight", {"weight", "vægt"}},
    {"answer", {"answer", "svar"}},
    {"base", {"base", "basis"}},
    {"counterexamples", {"counterexamples", "modeksempler"}},
    {"direction", {"direction", "retning"}},
    {"form", {"form", "form"}},
    {"function", {"function", "funktion"}},
    {"geometric", {"geometric mean", "geometrisk gennemsnit"}},
    {"holders", {"holders", "besidder"}},
    {"items", {"items", "spørgsmål"}},
    {"mean_back", {"mean back", "gennemsnit tilbage"}},
    {"mean_level", {"mean, level", "gennemsnit, niveau"}},
    {"mean_other", {"mean, other", "gennemsnit, andet"}},
    {"measure", {"measure", "mål"}},
    {"n_back", {"n back", "n tilbage"}},
    {"n_next", {"n, next", "n, næste"}},
    {"necessity", {"necessity d", "nødvendighed d"}},
    {"necessity_p", {"its p", "dens p"}},
    {"next_role", {"next role", "næste rolle"}},
    {"other_level", {"other level", "andet niveau"}},
    {"pearson", {"Pearson r", "Pearsons r"}},
    {"place", {"unit", "enhed"}},
    {"rescaled", {"0 to 1", "0 til 1"}},
    {"sd_between", {"SD between", "SD mellem"}},
    {"similarity", {"similarity", "lighed"}},
    {"spearman", {"Spearman r", "Spearmans r"}},
    {"weakest_link", {"weakest link", "svageste led"}},
    {"workgroups", {"workgroups", "faggrupper"}},
    {"zone", {"exchange zone", "byttezone"}},
};

const char *words_heading(language l, const char *column)
{
    const char *own = strncmp(column, "by_", 3) == 0 ? column + 3 : column;
    return words_find(headings, LENGTH(headings), l, own, strlen(own));
}

/* ---- Keys that are none ------------------------------------------------------------------------- */

static const word_pair no_keys[] = {
    {"(between)", {"(between)", "(mellem)"}},
    {"(intercept)", {"(intercept)", "(skæring)"}},
    {"(missing)", {"(missing)", "(uoplyst)"}},
    {"(total)", {"(total)", "(i alt)"}},
    {"(within)", {"(within)", "(inden for)"}},
};

const char *words_no_key(language l, const char *value)
{
    return *value == '(' ? words_find(no_keys, LENGTH(no_keys), l, value, strlen(value)) : NULL;
}

/* ---- Notes -------------------------------------------------------------------------------------- */

/* Formats of notes, those of result_add_note and those that reading makes. What the conversions of the Danish ones
 * mean is in words_formats.c. */
static const char *const notes[][2] = {
    {"a draft: every row is a guess that somebody has to look at", "et udkast: hver række er et gæt, som nogen skal se på"},
    {"the texts are taken to be Danish", "teksterne er regnet for danske"},
    {"the texts are taken to be English", "teksterne er regnet for engelske"},
    {"rows scored by their texts, which are a known scale, 5 the best: %s",
     "rækker scoret efter deres tekster, som er en kendt skala med 5 som bedst: %s"},
    {"rows scored by their codes, because their texts are no known scale: %s",
     "rækker scoret efter deres koder, fordi deres tekster ikke er en kendt skala: %s"},
    {"variables of the labels that the data do not have: %s", "variable i betegnelserne, som data ikke har: %s"},
    {"variables of the structure that the data do not have: %s", "variable i strukturen, som data ikke har: %s"},
    {"answers off the scale, set to missing: %s", "svar uden for skalaen, sat til manglende: %i"},
    {"bands of rc between workgroups: weak below %s, strong above %s; within: weak below %s, strong above %s "
     "(default cuts within: recalled practice, unconfirmed)",
     "styrken af relationel koordinering mellem faggrupper: svag under %n, stærk over %n; inden for: svag under %n, "
     "stærk over %n (standardgrænserne inden for er fra praksis, gengivet efter hukommelsen og ikke bekræftet)"},
    {"coupling competence: relcoord's own operationalisation, not a published, validated instrument",
     "koblingskompetence: relcoords egen operationalisering, ikke et publiceret, valideret instrument"},
    {"labels of '%s' that differ in letter case or blanks only, and stay apart: %s",
     "betegnelser i '%s', der kun adskilles af store og små bogstaver eller mellemrum, og som holdes hver for sig: %s"},
    {"columns not used: %s", "kolonner, der ikke bruges: %s"},
    {"decimal comma", "decimalkomma"},
    {"read as %s", "læst som %s"},
    {"invited: those in the register", "inviterede: dem i registret"},
    {"invited: those of whom the data have a status", "inviterede: dem, som data har en status for"},
    {"left out, because nothing was distributed to them yet: %s of status new",
     "udeladt, fordi intet endnu var distribueret til dem: %s med status ny"},
    {"an edge is a mean rc between workgroups above %s; the network is of those that both rate others and are rated, and "
     "what nobody has scored is unknown",
     "en kant er en gennemsnitlig relationel koordinering mellem faggrupper over %n; netværket er dem, der både bedømmer "
     "andre og bliver bedømt, og det, som ingen har scoret, er ukendt"},
    {"no edges: the known cut is for answers of 1 to 5, and these go to another number",
     "ingen kanter: den kendte grænse gælder svar fra 1 til 5, og disse går til et andet tal"},
    {"no bands: the known cuts are for answers of 1 to 5, and these go to another number",
     "ingen styrkebånd: de kendte grænser gælder svar fra 1 til 5, og disse går til et andet tal"},
    {"relcoord's own operationalisation, not a published, validated instrument: the wording of the questions is yours",
     "relcoords egen operationalisering, ikke et publiceret, valideret instrument: spørgsmålenes ordlyd er din"},
    {"redact_values is about error messages: a codebook lists the values of the data",
     "redact_values gælder fejlmeddelelser: en kodebog nævner værdierne i data"},
    {"rows left out because the respondent has another: %s, the first is kept",
     "rækker udeladt, fordi respondenten har en anden: %s, den første er beholdt"},
    {"rows left out because the respondent has another: %s, the last is kept",
     "rækker udeladt, fordi respondenten har en anden: %s, den sidste er beholdt"},
    {"rows left out because the respondent rates the target in another: %s, the first is kept",
     "rækker udeladt, fordi respondenten bedømmer målgruppen i en anden: %s, den første er beholdt"},
    {"rows left out because the respondent rates the target in another: %s, the last is kept",
     "rækker udeladt, fordi respondenten bedømmer målgruppen i en anden: %s, den sidste er beholdt"},
    {"separated by semicolons", "adskilt af semikolon"},
    {"separated by tabs", "adskilt af tabulatorer"},
    {"taken as not asked, because nothing is answered about the target: %s",
     "regnet som ikke spurgt, fordi intet er besvaret om målgruppen: %s"},
    {"parallel analysis of ties: its samples are of independent cases, which the ties of a respondent are not",
     "parallelanalyse af forbindelser: dens stikprøver er af uafhængige tilfælde, hvad en respondents forbindelser ikke er"},
    {"the interval of the RMSEA has the level 0.9, whatever the confidence of the others",
     "intervallet for RMSEA har niveauet 0,9, uanset de andres konfidensniveau"},
    {"the intervals take those invited for a sample of many like them; of these people alone the rates are exact",
     "intervallerne regner de inviterede for en stikprøve af mange lignende; for netop disse personer er procenterne eksakte"},
    {"weights add up to the people invited; they mend what the groupings of rake tell of those who did not answer, and nothing else",
     "vægtene summer til antallet af inviterede; de retter op på det, grupperingerne i rake siger om dem, der ikke svarede, og intet andet"},
    {"the seven dimensions are counted by ties: a respondent once for each workgroup rated",
     "de syv dimensioner er talt efter forbindelser: en respondent én gang for hver bedømt faggruppe"},
    {"the intervals take those of the population who did not answer as missing at random; the worst case takes them all for "
     "one answer",
     "intervallerne regner dem i populationen, der ikke svarede, for tilfældigt manglende; det værste tilfælde giver dem "
     "alle ét svar"},
    {"the intervals take those who answered for a sample of many like them",
     "intervallerne regner dem, der svarede, for en stikprøve af mange lignende"},
    {"per cents and means are weighted, counts are not", "procenter og gennemsnit er vægtede, antal er ikke"},
    {"rows: %s; columns: %s", "rækker: %s; kolonner: %s"},
    {"weighted by the column 'weight'", "vægtet med kolonnen 'weight'"},
    {"problems that are not listed: %s",
     "problemer, der ikke er med i listen: %s"},
    {"read with invalid=stop: with an answer off the scale there would be no survey",
     "læst med invalid=stop: et svar uden for skalaen ville have standset læsningen"},
    {"read with duplicates=stop: with a row that repeats another there would be no survey",
     "læst med duplicates=stop: en række, der gentager en anden, ville have standset læsningen"},
    {"paired: how the same people's ratings of the same workgroup changed; unpaired: how the answers of the two waves differ, "
     "whoever gave them; mixed: one estimate from both kinds of people, true if who is missing in a wave depends on nothing else",
     "paired: hvordan de samme personers bedømmelser af samme faggruppe ændrede sig; unpaired: hvordan de to bølgers svar er "
     "forskellige, hvem der end gav dem; mixed: ét estimat fra begge slags personer, rigtigt, hvis det, hvem der mangler i en bølge, "
     "ikke afhænger af andet"},
    {"people who changed workgroup between the waves, each counted as two people: %s",
     "personer, der skiftede faggruppe mellem bølgerne, hver talt som to personer: %s"},
    {"people who changed workgroup between the waves, left out: %s",
     "personer, der skiftede faggruppe mellem bølgerne, udeladt: %s"},
    {"a rank says nothing of how far units differ: see the funnel, outside which chance alone puts 5 or 0.2 of 100 units",
     "en rang siger intet om, hvor forskellige enheder er: se tragten, som 5 eller 0,2 af 100 enheder ville ligge uden for ved tilfælde alene"},
    {"a person is one case: the predictors are means over the person's ties",
     "en person er et tilfælde: de forklarende variable er gennemsnit over personens forbindelser"},
    {"waves that are not compared: %s", "bølger, der ikke sammenlignes: %s"},
    {"ties between workgroups; these workgroups are all that are of interest (workgroups fixed)",
     "forbindelser mellem faggrupper; netop disse faggrupper er af interesse (workgroups fixed)"},
    {"ties between workgroups; these workgroups stand for others like them (workgroups random)",
     "forbindelser mellem faggrupper; disse faggrupper står for andre som dem (workgroups random)"},
};

static argument argument_of(const char *string)
{
    return (argument){string, strlen(string)};
}

bool words_add_note(language l, const result_note *note, text *out)
{
    static const char of_register[] = "register: ";
    bool elsewhere = strcmp(note->format, "%s") == 0;
    const char *words = note->words, *before = "";
    argument arguments[ARGUMENT_LIMIT] = {{NULL, 0}};
    size_t fixed;

    if (l == ENGLISH) {
        text_add(out, note->words);
        return true;
    }
    if (elsewhere && strncmp(words, of_register, sizeof of_register - 1) == 0) { /* the same word in Danish */
        before = of_register;
        words += sizeof of_register - 1;
    }
    for (size_t i = 0; i < note->argument_count && i < ARGUMENT_LIMIT; i++)
        arguments[i] = argument_of(note->arguments[i]);
    for (size_t i = 0; i < LENGTH(notes); i++)
        if (elsewhere ? words_match(notes[i][0], argument_of(words), arguments, &fixed)
                      : strcmp(notes[i][0], note->format) == 0) {
            text_add(out, before);
            words_add_danish(notes[i][1], arguments, out);
            return true;
        }
    return false;
}

/* ---- Texts of descriptors ----------------------------------------------------------------------- */

const char *words_text(language l, const char *english)
{
    static const char *const (*const parts[])[2] = {
        words_texts,
        words_texts_of_models,
        words_texts_of_coupling,
        words_texts_of_comparisons,
        words_texts_of_evaluation,
        words_texts_of_forms,
        words_texts_of_networks,
        words_texts_of_resampling,
        words_texts_of_response,
    };
    if (l == ENGLISH)
        return english;
    for (size_t part = 0; part < LENGTH(parts); part++)
        for (size_t i = 0; parts[part][i][0]; i++)
            if (strcmp(parts[part][i][0], english) == 0)
                return parts[part][i][1];
    return NULL;
}
