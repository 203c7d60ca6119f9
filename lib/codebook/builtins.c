/* The codebooks that relcoord brings along. The items of coupling competence are those of the
 * theory (Jørgensen, Lassen & Baadsgaard 2016), the operationalisation is relcoord's own; the other
 * scales are named after the same literature. */
#include "codebook/builtins.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

#define DEGREE                                                                                  \
    "5=5|To a very high degree|I meget høj grad;4=4|To a high degree|I høj grad;3=3|To some " \
    "degree|I nogen grad;"                                                                      \
    "2=2|To a low degree|I lav grad;1=1|To a very low degree|I meget lav grad;8=dk|Don't "      \
    "know|Ved ikke"
#define YES_NO "1=1|Yes|Ja;0=0|No|Nej;8=dk|Don't know|Ved ikke"
#define RESPONDENT                              \
    {                                           \
        "respondent", "respondent", "", "", "", \
        {                                       \
            "Respondent", "Respondent"          \
        }                                       \
    }
#define WORKGROUP                             \
    {                                         \
        "workgroup", "workgroup", "", "", "", \
        {                                     \
            "Workgroup", "Faggruppe"          \
        }                                     \
    }
#define ITEM(scale, dimension, name, english, danish)         \
    {                                                         \
        dimension "_" name, "item", scale, dimension, DEGREE, \
        {                                                     \
            english, danish                                   \
        }                                                     \
    }
#define COMPETENCE(function, name, english, danish) \
    ITEM("coupling", function, name, english, danish)
#define ONE_ITEM(scale, dimension, english, danish)  \
    {                                                \
        dimension, "item", scale, dimension, DEGREE, \
        {                                            \
            english, danish                          \
        }                                            \
    }

/* ---- Coupling competence ---- */

static const builtin_row coupling_full[] = {
    RESPONDENT,
    WORKGROUP,
    {"role", "role", "", "", "", {"Role", "Rolle"}},
    COMPETENCE("bridge_builder", "gather", "Gathering actors", "Samle aktører"),
    COMPETENCE("bridge_builder", "nose", "A nose for problems and interests",
               "Næse for problemer og interesser"),
    COMPETENCE("bridge_builder", "information", "Collecting and passing on information",
               "Indsamle og videregive information"),
    COMPETENCE("bridge_builder", "wording", "Diplomatic wording", "Diplomatisk formulering"),
    COMPETENCE("bridge_builder", "persuasion", "Persuasion", "Overtalelse"),
    COMPETENCE("bridge_builder", "influence", "Influence without formal power",
               "Indflydelse uden formel magt"),
    COMPETENCE("bridge_builder", "codes", "Exchanging cultural codes", "Udveksle kulturelle koder"),
    COMPETENCE("communicator", "meaning", "Understanding worlds of meaning",
               "Forstå meningsuniverser"),
    COMPETENCE("communicator", "jargon", "Translating jargon", "Oversætte fagsprog"),
    COMPETENCE("communicator", "social", "Social skills", "Sociale færdigheder"),
    COMPETENCE("communicator", "negotiation", "Negotiation", "Forhandling"),
    COMPETENCE("communicator", "trust", "Mutual trust", "Gensidig tillid"),
    COMPETENCE("communicator", "consensus", "Resolving conflict, finding consensus",
               "Løse konflikter, finde konsensus"),
    COMPETENCE("coordinator", "planning", "Planning", "Planlægning"),
    COMPETENCE("coordinator", "information", "Spreading information", "Sprede information"),
    COMPETENCE("coordinator", "monitoring", "Monitoring", "Monitorering"),
    COMPETENCE("coordinator", "service", "Service orientation", "Serviceorientering"),
    COMPETENCE("coordinator", "action", "Linking understanding to action",
               "Koble forståelse til handling"),
    COMPETENCE("coordinator", "norms", "Developing norms", "Udvikle normer"),
    COMPETENCE("coordinator", "running", "Making things run", "Få tingene til at køre"),
    COMPETENCE("cooperation", "flexibility", "Flexibility and professional tact",
               "Fleksibilitet og faglig konduite"),
    COMPETENCE("cooperation", "whole", "Systems thinking, the whole", "Systemtænkning, helheden"),
    COMPETENCE("cooperation", "persuasion", "Persuasion", "Overtalelse"),
    COMPETENCE("cooperation", "ideas", "New ideas and solutions", "Nye ideer og løsninger"),
    COMPETENCE("cooperation", "networks", "Making networks work", "Få netværk til at fungere"),
    COMPETENCE("cooperation", "value", "Showing added value", "Vise merværdi"),
    COMPETENCE("cooperation", "commitment", "Getting actors to invest and commit",
               "Få aktører til at investere og forpligte sig"),
};

/* Three of each function: for a questionnaire that has little room. */
static const builtin_row coupling_short[] = {
    RESPONDENT,
    WORKGROUP,
    {"role", "role", "", "", "", {"Role", "Rolle"}},
    COMPETENCE("bridge_builder", "gather", "Gathering actors", "Samle aktører"),
    COMPETENCE("bridge_builder", "information", "Collecting and passing on information",
               "Indsamle og videregive information"),
    COMPETENCE("bridge_builder", "influence", "Influence without formal power",
               "Indflydelse uden formel magt"),
    COMPETENCE("communicator", "meaning", "Understanding worlds of meaning",
               "Forstå meningsuniverser"),
    COMPETENCE("communicator", "jargon", "Translating jargon", "Oversætte fagsprog"),
    COMPETENCE("communicator", "consensus", "Resolving conflict, finding consensus",
               "Løse konflikter, finde konsensus"),
    COMPETENCE("coordinator", "planning", "Planning", "Planlægning"),
    COMPETENCE("coordinator", "monitoring", "Monitoring", "Monitorering"),
    COMPETENCE("coordinator", "running", "Making things run", "Få tingene til at køre"),
    COMPETENCE("cooperation", "flexibility", "Flexibility and professional tact",
               "Fleksibilitet og faglig konduite"),
    COMPETENCE("cooperation", "whole", "Systems thinking, the whole", "Systemtænkning, helheden"),
    COMPETENCE("cooperation", "commitment", "Getting actors to invest and commit",
               "Få aktører til at investere og forpligte sig"),
};

/* ---- What stands around it ---- */

static const builtin_row rc_context[] = {
    RESPONDENT,
    WORKGROUP,
    ONE_ITEM("rc_context", "interdependence", "Interdependence", "Gensidig afhængighed"),
    ONE_ITEM("rc_context", "uncertainty", "Uncertainty", "Uforudsigelighed"),
    ONE_ITEM("rc_context", "time_pressure", "Time pressure", "Tidspres"),
    ONE_ITEM("own_discipline", "own_discipline", "Strength of the own discipline",
             "Styrken af egen faglighed"),
    {"exchange_zone", "item", "exchange_zone", "", YES_NO, {"Exchange zone", "Udvekslingszone"}},
};

static const builtin_row social_capital[] = {
    RESPONDENT,
    WORKGROUP,
    ONE_ITEM("social_capital", "trust", "Trust", "Tillid"),
    ONE_ITEM("social_capital", "justice", "Justice", "Retfærdighed"),
    ONE_ITEM("social_capital", "cooperation", "Ability to cooperate", "Samarbejdsevne"),
};

static const builtin_row trust[] = {
    RESPONDENT,
    WORKGROUP,
    ONE_ITEM("trust", "rational", "Rational trust", "Rationel tillid"),
    ONE_ITEM("trust", "emotional", "Emotional trust", "Følelsesmæssig tillid"),
    ONE_ITEM("trust", "system_based", "System-based trust", "Systembaseret tillid"),
};

static const builtin_row collective_wisdom[] = {
    RESPONDENT,
    WORKGROUP,
    ONE_ITEM("collective_wisdom", "cognition", "Cognition", "Kognition"),
    ONE_ITEM("collective_wisdom", "coordination", "Coordination", "Koordination"),
    ONE_ITEM("collective_wisdom", "cooperation", "Cooperation", "Kooperation"),
};

static const builtin_row collaboration_form[] = {
    RESPONDENT,
    WORKGROUP,
    {"discipline",
     "item",
     "collaboration_form",
     "discipline",
     "monodisciplinary|Monodisciplinary|Monofagligt;multidisciplinary|Multidisciplinary|"
     "Multifagligt;"
     "interdisciplinary|Interdisciplinary|Tværfagligt;8=dk|Don't know|Ved ikke",
     {"Form of disciplines", "Faglighedernes form"}},
    {"organisation",
     "item",
     "collaboration_form",
     "organisation",
     "competition|Competition|Konkurrence;network|Network|Netværk;alliance|Strategic "
     "alliance|Strategisk alliance;"
     "partnership|Partnership|Partnerskab;8=dk|Don't know|Ved ikke",
     {"Form of organisation", "Organiseringens form"}},
};

static const builtin_row implementation[] = {
    RESPONDENT,
    WORKGROUP,
    ONE_ITEM("implementation", "core_elements", "Core elements", "Kerneelementer"),
    ONE_ITEM("implementation", "leadership_support", "Leadership support", "Ledelsesopbakning"),
    ONE_ITEM("implementation", "motivation", "Motivation", "Motivation"),
    ONE_ITEM("implementation", "resources", "Resources", "Ressourcer"),
    ONE_ITEM("implementation", "it", "IT", "It"),
};

const builtin_codebook *builtin_codebook_at(size_t index)
{
    static const builtin_codebook all[] = {
        {"coupling-short", coupling_short, LENGTH(coupling_short)},
        {"coupling-full", coupling_full, LENGTH(coupling_full)},
        {"rc-context", rc_context, LENGTH(rc_context)},
        {"social-capital", social_capital, LENGTH(social_capital)},
        {"trust", trust, LENGTH(trust)},
        {"collective-wisdom", collective_wisdom, LENGTH(collective_wisdom)},
        {"collaboration-form", collaboration_form, LENGTH(collaboration_form)},
        {"implementation", implementation, LENGTH(implementation)},
    };
    return index < LENGTH(all) ? &all[index] : NULL;
}
