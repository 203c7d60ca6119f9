/* A network as GraphML (Brandes, Eiglsperger, Herman, Himsolt & Marshall 2002,
 * graphml.graphdrawing.org): from the views that show a table's rows as nodes and another's as
 * edges. The groups of `by` are parts of one <graph>, told apart by what their nodes and edges
 * have: of several <graph>s programs read the first, or none. A row without the first of its view's
 * values is no edge. Ids are numbers, for labels may be anything; labels are data. */
#ifndef PRESENT_GRAPHML_H
#define PRESENT_GRAPHML_H

#include "present/show/writer.h"

extern const output_format graphml_format;

#endif
