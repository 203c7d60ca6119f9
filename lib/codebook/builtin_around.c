/* Relational coordination by the names of its dimensions, and what stands around coupling
 * competence: the conditions of relational coordination, exchange zones, forms of collaboration,
 * core elements of a trial, and whether work is coupled. */
#include "codebook/builtin_rows.h"

#define ASKED(scale, name, english, danish) ITEM(scale, name, name, english, danish)

/* ---- Relational coordination ---- */

/* 5 is best, whatever was offered. */
#define RATED "1=1;2=2;3=3;4=4;5=5;8=dk|Don't know|Ved ikke"
#define RATING(dimension, english, danish) \
    ROW(dimension BUILTIN_EACH_TARGET, "item", "rc", dimension, RATED, english, danish)

static const builtin_row rc[] = {
    RESPONDENT,
    WORKGROUP,
    ROW("target", "target", "", "", "", "Workgroup rated", "Vurderet faggruppe"),
    UNIT,
    RATING("frequent", "Frequent communication", "Hyppig kommunikation"),
    RATING("timely", "Timely communication", "Rettidig kommunikation"),
    RATING("accurate", "Accurate communication", "Præcis kommunikation"),
    RATING("problem_solving", "Problem-solving communication", "Problemløsende kommunikation"),
    RATING("shared_goals", "Shared goals", "Fælles mål"),
    RATING("shared_knowledge", "Shared knowledge", "Fælles viden"),
    RATING("mutual_respect", "Mutual respect", "Gensidig respekt"),
};

/* ---- Context ---- */

#define INTERDEPENDENCE \
    ASKED("rc_context", "interdependence", "Interdependence", "Gensidig afhængighed")
#define UNCERTAINTY ASKED("rc_context", "uncertainty", "Uncertainty", "Uforudsigelighed")
#define TIME_PRESSURE ASKED("rc_context", "time_pressure", "Time pressure", "Tidspres")
#define OWN_DISCIPLINE                                                          \
    ASKED("own_discipline", "own_discipline", "Strength of the own discipline", \
          "Styrken af egen faglighed")
#define EXCHANGE_ZONE                                                                              \
    ROW("exchange_zone" BUILTIN_EACH_TARGET, "item", "exchange_zone", "", YES_NO, "Exchange zone", \
        "Udvekslingszone")
#define DISCIPLINES                                                                          \
    ROW("discipline", "item", "collaboration_form", "discipline",                            \
        "monodisciplinary|Monodisciplinary|Monofagligt;multidisciplinary|Multidisciplinary|" \
        "Multifagligt;interdisciplinary|Interdisciplinary|Tværfagligt;8=dk|Don't know|"     \
        "Ved ikke",                                                                          \
        "Form of disciplines", "Faglighedernes form")
#define ORGANISATION                                                                        \
    ROW("organisation", "item", "collaboration_form", "organisation",                       \
        "competition|Competition|Konkurrence;network|Network|Netværk;alliance|Strategic "  \
        "alliance|Strategisk alliance;partnership|Partnership|Partnerskab;8=dk|Don't know|" \
        "Ved ikke",                                                                         \
        "Form of organisation", "Organiseringens form")

static const builtin_row rc_context[] = {
    RESPONDENT,    WORKGROUP,      INTERDEPENDENCE, UNCERTAINTY,
    TIME_PRESSURE, OWN_DISCIPLINE, EXCHANGE_ZONE,
};
static const builtin_row collaboration_form[] = {RESPONDENT, WORKGROUP, DISCIPLINES, ORGANISATION};
static const builtin_row context[] = {
    RESPONDENT,    WORKGROUP,      UNIT,          INTERDEPENDENCE, UNCERTAINTY,
    TIME_PRESSURE, OWN_DISCIPLINE, EXCHANGE_ZONE, DISCIPLINES,     ORGANISATION,
};

/* ---- Outcome ---- */

/* Coupled is a result: robust results through integrated disciplines. */
static const builtin_row outcome[] = {
    RESPONDENT,
    WORKGROUP,
    ROW("coupled" BUILTIN_EACH_TARGET, "outcome", "coupling", "",
        "coupled|Coupled|Koblet;not_coupled|Not coupled|Ikke koblet;decoupled|Decoupled|Dekoblet;"
        "8=dk|Don't know|Ved ikke",
        "Whether work is coupled", "Om arbejdet er koblet"),
    ROW("robust_results", "outcome", "outcome", "", DEGREE,
        "Robust results through integrated disciplines",
        "Robuste resultater gennem integrerede fagligheder"),
};

/* ---- Implementation ---- */

#define CORE(name, english, danish) \
    ITEM("implementation", "core_elements", "core_" name, english, danish)

static const builtin_row implementation[] = {
    RESPONDENT,
    WORKGROUP,
    CORE("coherent_effort", "Coherent effort", "Sammenhængende indsats"),
    CORE("one_plan", "One plan", "Én plan"),
    CORE("fewer_entrances", "Fewer entrances", "Færre indgange"),
    CORE("with_the_citizen", "Working with the citizen", "Arbejde sammen med borgeren"),
    CORE("progression", "Measuring progression", "Progressionsmålinger"),
    CORE("employers", "Directed at employers", "Virksomhedsrettet indsats"),
    ASKED("implementation", "leadership_support", "Leadership support", "Ledelsesopbakning"),
    ASKED("implementation", "motivation", "Motivation", "Motivation"),
    ASKED("implementation", "resources", "Resources", "Ressourcer"),
    ASKED("implementation", "it", "IT", "It"),
};

const builtin_rows builtin_rc = BUILTIN_ROWS(rc);
const builtin_rows builtin_rc_context = BUILTIN_ROWS(rc_context);
const builtin_rows builtin_context = BUILTIN_ROWS(context);
const builtin_rows builtin_outcome = BUILTIN_ROWS(outcome);
const builtin_rows builtin_collaboration_form = BUILTIN_ROWS(collaboration_form);
const builtin_rows builtin_implementation = BUILTIN_ROWS(implementation);
