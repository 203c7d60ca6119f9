/* Help that teaches, made from the registry. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "registry.h"

void help_tool(const registry *r);
void help_codebook(const registry *r);
void help_analysis(const registry *r, const char *analysis);

#endif
