/* More texts of descriptors in English and Danish: those of weights for those who answered. See
 * words_texts.c. */
#include "words/words.h"

const char *const words_texts_of_response[][2] = {
    {"Raking: what those who answered are made up of, before and after weighting",
     "Vægtning: hvordan de, der svarede, er sammensat, før og efter"},
    {"what one group weighs before and after raking",
     "hvad en gruppe vejer før og efter vægtningen"},
    {"the group's share of those invited, per cent", "gruppens andel af de inviterede i procent"},
    {"its share of those who answered, per cent", "dens andel af dem, der svarede, i procent"},
    {"the same with the weights, per cent", "den samme med vægtene, i procent"},
    {"the least weight in the group", "den mindste vægt i gruppen"},
    {"the largest", "den største"},
    {"how many answers of equal weight would tell as much",
     "hvor mange svar af samme vægt der ville sige lige så meget"},
    {"how many times the weights make the variance of a mean grow",
     "hvor mange gange vægtene får et gennemsnits varians til at vokse"},
    {"the weight of one who answered", "vægten af en, der svarede"},
    {"who answered", "hvem der svarede"},
    {"in which wave; empty without waves", "i hvilken bølge; tom uden bølger"},
    {"how many of those invited the respondent stands for",
     "hvor mange af de inviterede respondenten står for"},
    {"give those who answered weights by which they are made up like those invited in these "
     "groupings; empty: no weights",
     "giv dem, der svarede, vægte, så de er sammensat som de inviterede i disse grupperinger; tom: "
     "ingen vægte"},
    {NULL, NULL},
};
