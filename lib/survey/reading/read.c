/* The public ways into a survey: files and sources. */

#include "base/error.h"
#include "base/options.h"
#include "source/csv.h"
#include "source/reading.h"
#include "survey/reading/finish.h"
#include "survey/reading/start.h"

relcoord_status relcoord_survey_read_files(const char *const *paths, size_t count,
                                           const relcoord_options *options, relcoord_survey **out,
                                           relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    for (size_t i = 0; !status && i < count && paths; i++)
        if (!paths[i])
            status = fail(err, RELCOORD_EUSAGE, "a file has no name");
    if (!status && (!paths || count == 0 || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading needs at least one file");
    if (!status)
        status = reading_start_survey(&b, paths, count, options, err);
    if (status)
        return status;
    asked = reading_dialect(options);
    for (size_t i = 0; i < count && !b.at.status; i++) {
        b.at.file = (uint32_t)i;
        reading_file(&b.at, paths[i], &asked, count, options);
    }
    return reading_finish_survey(&b, paths, out, err);
}

relcoord_status relcoord_survey_read(const char *path, const relcoord_options *options,
                                     relcoord_survey **out, relcoord_error *err)
{
    return relcoord_survey_read_files(&path, path != NULL, options, out, err);
}

relcoord_status relcoord_survey_read_source(relcoord_source source, void *user, const char *name,
                                            const relcoord_options *options, relcoord_survey **out,
                                            relcoord_error *err)
{
    builder b;
    csv_dialect asked;
    relcoord_status status = reading_check_purpose(options, err);
    if (!status && (!source || !name || !out))
        status = fail(err, RELCOORD_EUSAGE, "reading needs a source and a name for it");
    if (!status)
        status = reading_start_survey(&b, NULL, 0, options, err);
    if (status)
        return status;
    asked = reading_dialect(options);
    csv_read(&b.at, source, user, &asked, &(reading_progress){-1, 0, 1, options});
    return reading_finish_survey(&b, &name, out, err);
}
