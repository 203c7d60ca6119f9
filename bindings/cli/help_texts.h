/* The parts of --help that are not made from the registry, in the language that the tool speaks. */
#ifndef CLI_HELP_TEXTS_H
#define CLI_HELP_TEXTS_H

typedef enum help_id {
    HELP_START,    /* before the analyses */
    HELP_END,      /* behind them */
    HELP_CODEBOOK, /* what drafting does */
    HELP_CODEBOOK_END,
    HELP_USAGE, /* a format: the analysis */
    HELP_ANALYSIS_END,
    HELP_COMPUTING,
    HELP_READING,
    HELP_WRITING,
    HELP_TABLES,
    HELP_COUNT
} help_id;

const char *help_text(help_id which);

#endif
