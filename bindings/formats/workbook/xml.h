/* Parts of a workbook as elements of XML: by their local names, whatever prefix a program gives
 * them. A document type, which workbooks have not, is refused, and entities with it. */
#ifndef FORMATS_XML_H
#define FORMATS_XML_H

#include "workbook/zip.h"

typedef struct xml_reader xml_reader;
struct xml_reader {
    void (*start)(xml_reader *x, const char *name, const char **attributes);
    void (*end)(xml_reader *x, const char *name);
    void (*text)(xml_reader *x, const char *bytes, size_t size); /* may be NULL */
    void *user;
    bool stopped;           /* by one of these, which has seen enough */
    relcoord_status status; /* by one of these, which met a fault; err then says what */
    relcoord_error *err;
    struct XML_ParserStruct *parser; /* the reader's own, as is */
    uint64_t given;
    unsigned depth;
};

/* Reads a part of a workbook. */
relcoord_status foreign_xml_read(zip_file *z, const char *path, const char *part, xml_reader *x,
                                 relcoord_error *err);

/* The value of an attribute, or NULL. Names of other namespaces than OpenDocument's and Office's
 * are left alone: programs repeat there in their own words what they wrote. */
const char *foreign_xml_attribute(const char **attributes, const char *name);

#endif
