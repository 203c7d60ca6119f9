/* Coupling competence (koblingskompetence): the competences are those of the theory (Jørgensen,
 * Lassen & Baadsgaard 2016), the operationalisation is relcoord's own. Persuasion belongs to two
 * functions and says in each to what end. To inspire sceptical consultants and creativity are named
 * by the sources without a function: they stand where their like stand. */
#include "codebook/builtin_rows.h"

#define COMPETENCE(function, name, english, danish) \
    ITEM("coupling", function, function "_" name, english, danish)

#define GATHER COMPETENCE("bridge_builder", "gather", "Gathering actors", "Samle aktører")
#define PASS_ON                                                                          \
    COMPETENCE("bridge_builder", "information", "Collecting and passing on information", \
               "Indsamle og videregive information")
#define INFLUENCE                                                               \
    COMPETENCE("bridge_builder", "influence", "Influence without formal power", \
               "Indflydelse uden formel magt")
#define MEANING                                                              \
    COMPETENCE("communicator", "meaning", "Understanding worlds of meaning", \
               "Forstå meningsuniverser")
#define JARGON COMPETENCE("communicator", "jargon", "Translating jargon", "Oversætte fagsprog")
#define CONSENSUS                                                                    \
    COMPETENCE("communicator", "consensus", "Resolving conflict, finding consensus", \
               "Løse konflikter, finde konsensus")
#define PLANNING COMPETENCE("coordinator", "planning", "Planning", "Planlægning")
#define MONITORING COMPETENCE("coordinator", "monitoring", "Monitoring", "Monitorering")
#define RUNNING COMPETENCE("coordinator", "running", "Making things run", "Få tingene til at køre")
#define FLEXIBILITY                                                               \
    COMPETENCE("cooperation", "flexibility", "Flexibility and professional tact", \
               "Fleksibilitet og faglig konduite")
#define WHOLE \
    COMPETENCE("cooperation", "whole", "Systems thinking, the whole", "Systemtænkning, helheden")
#define COMMITMENT                                                                 \
    COMPETENCE("cooperation", "commitment", "Getting actors to invest and commit", \
               "Få aktører til at investere og forpligte sig")

static const builtin_row full[] = {
    RESPONDENT,
    WORKGROUP,
    POSITION,
    GATHER,
    COMPETENCE("bridge_builder", "nose", "A nose for problems and interests",
               "Næse for problemer og interesser"),
    PASS_ON,
    COMPETENCE("bridge_builder", "wording", "Diplomatic wording", "Diplomatisk formulering"),
    COMPETENCE("bridge_builder", "persuasion", "Persuading actors to come together",
               "Overtale aktører til at gå sammen"),
    INFLUENCE,
    COMPETENCE("bridge_builder", "codes", "Exchanging cultural codes", "Udveksle kulturelle koder"),
    COMPETENCE("bridge_builder", "inspire", "Inspiring sceptical consultants",
               "Begejstre skeptiske konsulenter"),
    MEANING,
    JARGON,
    COMPETENCE("communicator", "social", "Social skills", "Sociale færdigheder"),
    COMPETENCE("communicator", "negotiation", "Negotiation", "Forhandling"),
    COMPETENCE("communicator", "trust", "Mutual trust", "Gensidig tillid"),
    CONSENSUS,
    PLANNING,
    COMPETENCE("coordinator", "information", "Spreading information", "Sprede information"),
    MONITORING,
    COMPETENCE("coordinator", "service", "Service orientation", "Serviceorientering"),
    COMPETENCE("coordinator", "action", "Linking understanding to action",
               "Koble forståelse til handling"),
    COMPETENCE("coordinator", "norms", "Developing norms", "Udvikle normer"),
    RUNNING,
    FLEXIBILITY,
    WHOLE,
    COMPETENCE("cooperation", "persuasion", "Persuading actors to work in new ways",
               "Overtale aktører til at arbejde på nye måder"),
    COMPETENCE("cooperation", "ideas", "New ideas and solutions", "Nye ideer og løsninger"),
    COMPETENCE("cooperation", "creativity", "Creativity", "Kreativitet"),
    COMPETENCE("cooperation", "networks", "Making networks work", "Få netværk til at fungere"),
    COMPETENCE("cooperation", "value", "Showing added value", "Vise merværdi"),
    COMMITMENT,
};

/* Three of each function: for a questionnaire that has little room. */
static const builtin_row short_list[] = {
    RESPONDENT, WORKGROUP, POSITION,   GATHER,  PASS_ON,     INFLUENCE, MEANING,    JARGON,
    CONSENSUS,  PLANNING,  MONITORING, RUNNING, FLEXIBILITY, WHOLE,     COMMITMENT,
};

const builtin_rows builtin_coupling_full = BUILTIN_ROWS(full);
const builtin_rows builtin_coupling_short = BUILTIN_ROWS(short_list);
