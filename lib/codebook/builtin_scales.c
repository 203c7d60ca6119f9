/* Neighbouring scales of the same literature: their parts are the literature's, the questions are
 * relcoord's own wording. Three questions a part, so that reliability says something. */
#include "codebook/builtin_rows.h"

#define SOCIAL(part, name, english, danish) \
    ITEM("social_capital", part, "social_capital_" part "_" name, english, danish)
#define TRUST(form, name, english, danish) \
    ITEM("trust", form, "trust_" form "_" name, english, danish)
#define WISDOM(part, name, english, danish) \
    ITEM("collective_wisdom", part, "collective_wisdom_" part "_" name, english, danish)

static const builtin_row social_capital[] = {
    RESPONDENT,
    WORKGROUP,
    SOCIAL("trust", "count_on", "We count on each other's work", "Vi regner med hinandens arbejde"),
    SOCIAL("trust", "promises", "Leaders and staff do for each other what they said",
           "Ledere og medarbejdere gør for hinanden, hvad de har sagt"),
    SOCIAL("trust", "bad_news", "Bad news can be told openly", "Dårlige nyheder kan siges åbent"),
    SOCIAL("justice", "credit", "Credit goes to who earned it",
           "Æren går til dem, der har fortjent den"),
    SOCIAL("justice", "burdens", "No workgroup carries more than its part of the burdens",
           "Ingen faggruppe bærer mere end sin del af byrderne"),
    SOCIAL("justice", "say", "Who is affected has a say", "De, det berører, får noget at sige"),
    SOCIAL("cooperation", "together", "Together we solve what none of us could alone",
           "Sammen løser vi, hvad ingen af os kunne alene"),
    SOCIAL("cooperation", "ask", "We soon find the right person to ask",
           "Vi finder hurtigt den rette at spørge"),
    SOCIAL("cooperation", "task", "We see our task the same way",
           "Vi ser ens på, hvad vores opgave er"),
};

static const builtin_row trust[] = {
    RESPONDENT,
    WORKGROUP,
    TRUST("rational", "agreed", "The others do what was agreed", "De andre gør det, der er aftalt"),
    TRUST("rational", "skilled", "The others know their work", "De andre kan deres arbejde"),
    TRUST("rational", "worth", "It is worth the others' while to keep their word",
          "Det kan betale sig for de andre at holde ord"),
    TRUST("emotional", "difficult", "I can tell the others what I find difficult",
          "Jeg kan fortælle de andre, hvad jeg synes er svært"),
    TRUST("emotional", "care", "It matters to the others how we are",
          "Det betyder noget for de andre, hvordan vi har det"),
    TRUST("emotional", "safe", "I feel safe with the others", "Jeg er tryg ved de andre"),
    TRUST("system_based", "rules", "The rules between us are kept",
          "Reglerne mellem os bliver overholdt"),
    TRUST("system_based", "anyone", "I can rely on the organisations, whoever I meet there",
          "Jeg kan stole på organisationerne, hvem jeg end møder der"),
    TRUST("system_based", "share", "Our systems make it safe to share what we know",
          "Vores systemer gør det trygt at dele, hvad vi ved"),
};

static const builtin_row collective_wisdom[] = {
    RESPONDENT,
    WORKGROUP,
    WISDOM("cognition", "known", "We know what the others know", "Vi ved, hvad de andre ved"),
    WISDOM("cognition", "problem", "We have one picture of the problem",
           "Vi har ét billede af problemet"),
    WISDOM("cognition", "learn", "We learn from what did not work",
           "Vi lærer af det, der ikke virkede"),
    WISDOM("coordination", "who", "We know who does what and when",
           "Vi ved, hvem der gør hvad og hvornår"),
    WISDOM("coordination", "adapt", "We adapt to each other without being told",
           "Vi retter os ind efter hinanden uden at få besked på det"),
    WISDOM("coordination", "fit", "What we do fits together in time",
           "Det, vi gør, passer sammen i tid"),
    WISDOM("cooperation", "all", "We look for solutions that are good for all",
           "Vi leder efter løsninger, der er gode for alle"),
    WISDOM("cooperation", "pressure", "We hold on to the common task under pressure",
           "Vi holder fast i den fælles opgave under pres"),
    WISDOM("cooperation", "across", "We help each other across workgroups",
           "Vi hjælper hinanden på tværs af faggrupper"),
};

const builtin_rows builtin_social_capital = BUILTIN_ROWS(social_capital);
const builtin_rows builtin_trust = BUILTIN_ROWS(trust);
const builtin_rows builtin_collective_wisdom = BUILTIN_ROWS(collective_wisdom);
