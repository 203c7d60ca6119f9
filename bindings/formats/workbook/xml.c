/* Reading XML through expat. */
#include "workbook/xml.h"

#include <expat.h>
#include <string.h>

/* How far expat may be behind what it was given, in one tag, and how deep elements may nest: it
 * keeps a tag as a whole, and the names of those that are open. */
enum { LONGEST_TAG = 1 << 22, DEEPEST = 256 };
#define BETWEEN '|' /* a namespace and a name */

static const char *local_name(const char *name)
{
    const char *at = strrchr(name, BETWEEN);
    return at ? at + 1 : name;
}

const char *foreign_xml_attribute(const char **attributes, const char *name)
{
    static const char experimental[] = "urn:org:documentfoundation:";
    for (; *attributes; attributes += 2)
        if (strcmp(local_name(*attributes), name) == 0
            && strncmp(*attributes, experimental, sizeof experimental - 1) != 0)
            return attributes[1];
    return NULL;
}

/* A parser that is stopped may still call back for what it is at. */
static bool is_done(const xml_reader *x)
{
    return x->stopped || x->status;
}

static void stop_when_done(xml_reader *x)
{
    if (is_done(x))
        XML_StopParser(x->parser, XML_FALSE);
}

static void XMLCALL start_element(void *user, const XML_Char *name, const XML_Char **attributes)
{
    xml_reader *x = user;
    if (is_done(x))
        return;
    if (++x->depth > DEEPEST) {
        XML_StopParser(x->parser, XML_FALSE);
        return;
    }
    x->start(x, local_name(name), (const char **)attributes);
    stop_when_done(x);
}

static void XMLCALL end_element(void *user, const XML_Char *name)
{
    xml_reader *x = user;
    x->depth--;
    if (!is_done(x))
        x->end(x, local_name(name));
    stop_when_done(x);
}

static void XMLCALL take_text(void *user, const XML_Char *bytes, int size)
{
    xml_reader *x = user;
    if (!is_done(x))
        x->text(x, bytes, (size_t)size);
    stop_when_done(x);
}

static void XMLCALL refuse_type(void *user, const XML_Char *name, const XML_Char *system,
                                const XML_Char *public, int internal)
{
    xml_reader *x = user;
    (void)name, (void)system, (void)public, (void)internal;
    XML_StopParser(x->parser, XML_FALSE);
}

static int take_piece(void *user, const char *bytes, size_t size, bool last)
{
    xml_reader *x = user;
    XML_Index at;
    if (XML_Parse(x->parser, bytes, (int)size, last) != XML_STATUS_OK)
        return -1;
    x->given += size;
    at = XML_GetCurrentByteIndex(x->parser);
    return !last && at >= 0 && x->given - (uint64_t)at > LONGEST_TAG;
}

relcoord_status foreign_xml_read(zip_file *z, const char *path, const char *part, xml_reader *x,
                                 relcoord_error *err)
{
    relcoord_status status;
    bool whole;
    x->parser = XML_ParserCreateNS(NULL, BETWEEN);
    if (!x->parser)
        return foreign_fail_memory(err);
    x->err = err;
    x->status = RELCOORD_OK;
    x->stopped = false;
    x->given = 0;
    x->depth = 0;
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, start_element, end_element);
    XML_SetCharacterDataHandler(x->parser, x->text ? take_text : NULL);
    XML_SetStartDoctypeDeclHandler(x->parser, refuse_type);
    status = foreign_zip_read(z, part, take_piece, x, err);
    if (!status)
        status = x->status;
    if (!status && !x->stopped) {
        XML_ParsingStatus at;
        XML_GetParsingStatus(x->parser, &at);
        whole = at.parsing == XML_FINISHED && XML_GetErrorCode(x->parser) == XML_ERROR_NONE;
        if (XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY)
            status = foreign_fail_memory(err);
        else if (!whole)
            status = foreign_fail(err, RELCOORD_EDATA, path,
                                  "part '%.100s' of the workbook is not well-formed XML", part);
    }
    XML_ParserFree(x->parser);
    return status;
}
