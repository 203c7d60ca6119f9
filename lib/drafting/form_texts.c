/* What the texts of a form tell. The words of the dimensions are those of Gittell's seven questions
 * in English and in the Danish translations in use; a guess by them is for somebody to look at. */
#include "drafting/form_texts.h"

#include <string.h>

#include "codebook/names.h"

const char *const form_status_names[FORM_STATUS_COUNT][LABEL_LANGUAGES] = {
    {"New", "Ny"},
    {"Distributed", "Distribueret"},
    {"Partly answered", "Nogen svar"},
    {"Completed", "Gennemf\xC3\xB8rt"},
    {"Dropped out", "Frafaldet"},
};

/* ---- Words ---- */

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* Whether a text has a word, or with a '*' behind it a beginning of one; letters beyond ASCII
 * belong to words. */
static bool has_word(const char *text, const char *word)
{
    bool begins = true;
    for (; *text; text++) {
        size_t length = 0;
        while (word[length] && word[length] != '*' && small(text[length]) == word[length])
            length++;
        if (begins
            && (word[length] == '*'
                || (!word[length] && !(small(text[length]) >= 'a' && small(text[length]) <= 'z')
                    && (unsigned char)text[length] < 0x80)))
            return true;
        begins = !((small(*text) >= 'a' && small(*text) <= 'z') || (unsigned char)*text >= 0x80);
    }
    return false;
}

static int count_words(const char *text, const char *const *words)
{
    int count = 0;
    for (; *words; words++)
        count += has_word(text, *words);
    return count;
}

/* ---- Language ---- */

static void count_text(const char *text, int64_t found[LABEL_LANGUAGES])
{
    static const char *const english[] = {"the", "of",  "and",  "how", "you",    "your",
                                          "to",  "not", "very", "yes", "degree", NULL};
    static const char *const danish[] = {"og",   "af",   "hvor",  "du", "din",  "dit",
                                         "dine", "ikke", "meget", "ja", "grad", NULL};
    found[ENGLISH] += count_words(text, english);
    found[DANISH] += count_words(text, danish);
}

language form_language(const survey_form *f)
{
    int64_t found[LABEL_LANGUAGES] = {0};
    for (size_t i = 0; i < f->count; i++) {
        const form_variable *v = &f->variables[i];
        count_text(v->text, found);
        for (size_t c = 0; c < v->count; c++)
            count_text(v->choices[c].text, found);
    }
    return found[DANISH] > found[ENGLISH] ? DANISH : ENGLISH;
}

/* ---- Dimensions ---- */

int form_dimension(const char *question)
{
    static const char *const words[ITEM_COUNT][9] = {
        {"frequent*", "often", "ofte", "hyppig*"},
        {"timely", "in time", "on time", "rettidig*", "i tide", "til tiden"},
        {"accura*", "korrekt*", "n\xC3\xB8jagtig*",
         "pr\xC3\xA6"
         "cis*"},
        {"problem*"},
        {"goal*", "m\xC3\xA5l", "m\xC3\xA5ls\xC3\xA6tning*"},
        {"know", "knows", "knowledge", "viden", "kender", "kendskab"},
        {"respect*", "respekt*"},
    };
    int found = ITEM_COUNT;
    for (int d = 0; d < ITEM_COUNT; d++) {
        if (!count_words(question, words[d]))
            continue;
        if (found < ITEM_COUNT)
            return ITEM_COUNT;
        found = d;
    }
    return found;
}

/* ---- Rows of a battery ---- */

size_t form_shared_start(const char *one, const char *other)
{
    size_t shared = 0;
    for (size_t i = 0; one[i] && one[i] == other[i]; i++)
        if (one[i] == ' ' && i > 0 && strchr("-:?|.", one[i - 1]))
            shared = i + 1;
    return shared;
}
