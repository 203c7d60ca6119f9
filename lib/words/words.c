/* Words in English and Danish: those of the presenters and of notes; headings are in
 * words_headings.c, values of columns in words_values.c, note codes and estimators in
 * words_codes.c, texts of descriptors in words_texts.c. The Danish terms of the field are those of
 * relcoord-methods(7). */
#include "words/words.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- The presenters' own words --------------------------------------------------------------- */

static const char *const own_words[WORD_COUNT][2] = {
    [WORD_LANGUAGE] = {"en", "da"},
    [WORD_DECIMAL] = {".", ","},
    [WORD_NOTE] = {"Note:", "Note:"},
    [WORD_INTERVAL] = {"CI", "KI"},
    [WORD_LEVEL] = {" % ", " %-"},
    [WORD_BETWEEN] = {",", ";"},
    [WORD_NO_ROWS] = {"(no rows)", "(ingen rækker)"},
    [WORD_COLUMNS] = {"Columns:", "Kolonner:"},
    [WORD_UNCERTAIN] = {"uncertain, its interval spans a cut",
                        "usikker, intervallet går hen over en grænse"},
    [WORD_DOUBTED] = {"uncertain", "usikker"},
    [WORD_NOT_THERE] = {"not in the data", "findes ikke i data"},
    [WORD_NO_VALUE] = {"no value", "ingen værdi"},
    [WORD_SAME] = {"in all rows", "i alle rækker"},
};

const char *word(language l, word_id which)
{
    return own_words[which][l];
}

/* ---- Pairs by a name ------------------------------------------------------------------------- */

const char *words_find(const word_pair *pairs, size_t count, language l, const char *name,
                       size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (strncmp(pairs[i].name, name, length) == 0 && !pairs[i].name[length])
            return pairs[i].words[l];
    return NULL;
}

/* ---- Keys that are none ---------------------------------------------------------------------- */

static const word_pair no_keys[] = {
    {"(between)", {"(between)", "(mellem)"}},  {"(intercept)", {"(intercept)", "(skæring)"}},
    {"(missing)", {"(missing)", "(uoplyst)"}}, {"(total)", {"(total)", "(i alt)"}},
    {"(within)", {"(within)", "(inden for)"}},
};

const char *words_no_key(language l, const char *value)
{
    return *value == '(' ? words_find(no_keys, LENGTH(no_keys), l, value, strlen(value)) : NULL;
}

/* ---- Notes ----------------------------------------------------------------------------------- */

/* Formats of notes, those of result_add_note and those that reading makes. What the conversions of
 * the Danish ones mean is in words_formats.c. */
static const char *const notes[][2] = {
    {"a draft: every row is a guess that somebody has to look at",
     "et udkast: hver række er et gæt, som nogen skal se på"},
    {"the texts are taken to be Danish", "teksterne er regnet for danske"},
    {"the texts are taken to be English", "teksterne er regnet for engelske"},
    {"rows scored by their texts, which are a known scale, 5 the best: %s",
     "rækker scoret efter deres tekster, som er en kendt skala med 5 som bedst: %s"},
    {"rows scored by their codes, because their texts are no known scale: %s",
     "rækker scoret efter deres koder, fordi deres tekster ikke er en kendt skala: %s"},
    {"variables of the labels that the data do not have: %s",
     "variable i betegnelserne, som data ikke har: %s"},
    {"variables of the structure that the data do not have: %s",
     "variable i strukturen, som data ikke har: %s"},
    {"answers off the scale, set to missing: %s", "svar uden for skalaen, sat til manglende: %i"},
    {"bands of rc between workgroups: weak below %s, strong above %s; within: weak below %s, "
     "strong above %s "
     "(default cuts within: recalled practice, unconfirmed)",
     "styrken af relationel koordinering mellem faggrupper: svag under %n, stærk over %n; inden "
     "for: svag under %n, "
     "stærk over %n (standardgrænserne inden for er fra praksis, gengivet efter hukommelsen og "
     "ikke bekræftet)"},
    {"coupling competence: relcoord's own operationalisation, not a published, validated "
     "instrument",
     "koblingskompetence: relcoords egen operationalisering, ikke et publiceret, valideret "
     "instrument"},
    {"labels of '%s' that differ in letter case or blanks only, and stay apart: %s",
     "betegnelser i '%s', der kun adskilles af store og små bogstaver eller mellemrum, og som "
     "holdes hver for sig: %s"},
    {"columns not used: %s", "kolonner, der ikke bruges: %s"},
    {"decimal comma", "decimalkomma"},
    {"read as %s", "læst som %s"},
    {"invited: those in the register", "inviterede: dem i registret"},
    {"invited: those of whom the data have a status",
     "inviterede: dem, som data har en status for"},
    {"left out, because nothing was distributed to them yet: %s of status new",
     "udeladt, fordi intet endnu var distribueret til dem: %s med status ny"},
    {"an edge is a mean rc between workgroups above %s; the network is of those that both rate "
     "others and are rated, and "
     "what nobody has scored is unknown",
     "en kant er en gennemsnitlig relationel koordinering mellem faggrupper over %n; netværket er "
     "dem, der både bedømmer "
     "andre og bliver bedømt, og det, som ingen har scoret, er ukendt"},
    {"no edges: the known cut is for answers of 1 to 5, and these go to another number",
     "ingen kanter: den kendte grænse gælder svar fra 1 til 5, og disse går til et andet tal"},
    {"no bands: the known cuts are for answers of 1 to 5, and these go to another number",
     "ingen styrkebånd: de kendte grænser gælder svar fra 1 til 5, og disse går til et andet tal"},
    {"relcoord's own operationalisation, not a published, validated instrument: the wording of the "
     "questions is yours",
     "relcoords egen operationalisering, ikke et publiceret, valideret instrument: spørgsmålenes "
     "ordlyd er din"},
    {"redact_values is about error messages: a codebook lists the values of the data",
     "redact_values gælder fejlmeddelelser: en kodebog nævner værdierne i data"},
    {"rows left out because the respondent has another: %s, the first is kept",
     "rækker udeladt, fordi respondenten har en anden: %s, den første er beholdt"},
    {"rows left out because the respondent has another: %s, the last is kept",
     "rækker udeladt, fordi respondenten har en anden: %s, den sidste er beholdt"},
    {"rows left out because the respondent rates the target in another: %s, the first is kept",
     "rækker udeladt, fordi respondenten bedømmer målgruppen i en anden: %s, den første er "
     "beholdt"},
    {"rows left out because the respondent rates the target in another: %s, the last is kept",
     "rækker udeladt, fordi respondenten bedømmer målgruppen i en anden: %s, den sidste er "
     "beholdt"},
    {"separated by semicolons", "adskilt af semikolon"},
    {"separated by tabs", "adskilt af tabulatorer"},
    {"taken as not asked, because nothing is answered about the target: %s",
     "regnet som ikke spurgt, fordi intet er besvaret om målgruppen: %s"},
    {"parallel analysis of ties: its samples are of independent cases, which the ties of a "
     "respondent are not",
     "parallelanalyse af forbindelser: dens stikprøver er af uafhængige tilfælde, hvad en "
     "respondents forbindelser ikke er"},
    {"the interval of the RMSEA has the level 0.9, whatever the confidence of the others",
     "intervallet for RMSEA har niveauet 0,9, uanset de andres konfidensniveau"},
    {"the intervals take those invited for a sample of many like them; of these people alone the "
     "rates are exact",
     "intervallerne regner de inviterede for en stikprøve af mange lignende; for netop disse "
     "personer er procenterne eksakte"},
    {"weights add up to the people invited; they mend what the groupings of rake tell of those who "
     "did not answer, and nothing else",
     "vægtene summer til antallet af inviterede; de retter op på det, grupperingerne i rake siger "
     "om dem, der ikke svarede, og intet andet"},
    {"the seven dimensions are counted by ties: a respondent once for each workgroup rated",
     "de syv dimensioner er talt efter forbindelser: en respondent én gang for hver bedømt "
     "faggruppe"},
    {"the intervals take those of the population who did not answer as missing at random; the "
     "worst case takes them all for "
     "one answer",
     "intervallerne regner dem i populationen, der ikke svarede, for tilfældigt manglende; det "
     "værste tilfælde giver dem "
     "alle ét svar"},
    {"the intervals take those who answered for a sample of many like them",
     "intervallerne regner dem, der svarede, for en stikprøve af mange lignende"},
    {"per cents and means are weighted, counts are not",
     "procenter og gennemsnit er vægtede, antal er ikke"},
    {"rows: %s; columns: %s", "rækker: %s; kolonner: %s"},
    {"weighted by the column 'weight'", "vægtet med kolonnen 'weight'"},
    {"problems that are not listed: %s", "problemer, der ikke er med i listen: %s"},
    {"read with invalid=stop: with an answer off the scale there would be no survey",
     "læst med invalid=stop: et svar uden for skalaen ville have standset læsningen"},
    {"read with duplicates=stop: with a row that repeats another there would be no survey",
     "læst med duplicates=stop: en række, der gentager en anden, ville have standset læsningen"},
    {"paired: how the same people's ratings of the same workgroup changed; unpaired: how the "
     "answers of the two waves differ, "
     "whoever gave them; mixed: one estimate from both kinds of people, true if who is missing in "
     "a wave depends on nothing else",
     "paired: hvordan de samme personers bedømmelser af samme faggruppe ændrede sig; unpaired: "
     "hvordan de to bølgers svar er "
     "forskellige, hvem der end gav dem; mixed: ét estimat fra begge slags personer, rigtigt, hvis "
     "det, hvem der mangler i en bølge, "
     "ikke afhænger af andet"},
    {"people who changed workgroup between the waves, each counted as two people: %s",
     "personer, der skiftede faggruppe mellem bølgerne, hver talt som to personer: %s"},
    {"people who changed workgroup between the waves, left out: %s",
     "personer, der skiftede faggruppe mellem bølgerne, udeladt: %s"},
    {"a rank says nothing of how far units differ: see the funnel, outside which chance alone puts "
     "5 or 0.2 of 100 units",
     "en rang siger intet om, hvor forskellige enheder er: se tragten, som 5 eller 0,2 af 100 "
     "enheder ville ligge uden for ved tilfælde alene"},
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
    if (elsewhere
        && strncmp(words, of_register, sizeof of_register - 1) == 0) { /* the same word in Danish */
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

/* ---- Texts of descriptors -------------------------------------------------------------------- */

const char *words_text(language l, const char *english)
{
    static const char *const(*const parts[])[2] = {
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
