# Ways into a survey: files, and data frames whose columns are prepared here to be lent to the
# library. The functions rc_read_csv and rc_survey themselves are made at load, with the options
# that the registry lists.

file_names <- function(path) {
    if (!is.character(path) || length(path) == 0 || anyNA(path))
        refuse("path is one or more names of files")
    enc2utf8(path.expand(path))
}

read_csv <- function(path, options) {
    files <- file_names(path)
    pointer <- checked(.Call(C_read_files, files, reading_options(options)), sys.call(-1))
    survey_of(pointer, paste(path, collapse = ", "))
}

# A file of another program, a workbook, or CSV.
read_file <- function(path, sheet, options) {
    files <- file_names(path)
    if (!is.null(sheet) && (!is.character(sheet) || length(sheet) != 1 || is.na(sheet)))
        refuse("sheet is the name of a sheet")
    sheet <- if (!is.null(sheet)) enc2utf8(sheet)
    coded <- !is.null(options$codebook)
    pointer <- checked(.Call(C_read_foreign, files, sheet, coded, reading_options(options)),
                       sys.call(-1))
    survey_of(pointer, paste(path, collapse = ", "))
}

import_frame <- function(data, options) {
    if (inherits(data, "relcoord_survey"))
        refuse("data is a survey already")
    if (!is.data.frame(data))
        refuse("data is a data frame, not ", describe_value(data),
               "; as.data.frame() makes one of many things")
    rows <- .row_names_info(data, 2L)
    columns <- lent_columns(data)
    pointer <- checked(.Call(C_import_columns, columns, rows, reading_options(options)),
                       sys.call(-1))
    survey_of(pointer, paste("a data frame of", format(rows, big.mark = ","), "rows"))
}

lent_columns <- function(data) {
    columns <- Map(prepare_column, unclass(data), enc2utf8(names(data)))
    stats::setNames(columns, enc2utf8(names(data)))
}

# A codebook and a register are files, or data frames with the columns of one.
reading_options <- function(options) {
    for (name in c("codebook", "register"))
        if (is.data.frame(options[[name]]))
            options[[name]] <- csv_bytes(options[[name]], name)
    encode_options("read", options)
}

csv_bytes <- function(data, name) {
    quoted <- function(text) paste0("\"", gsub("\"", "\"\"", enc2utf8(text), fixed = TRUE), "\"")
    fields <- Map(function(column, heading) quoted(field_texts(column, heading, name)),
                  unclass(data), names(data))
    lines <- c(paste(quoted(names(data)), collapse = ","),
               do.call(paste, c(unname(fields), sep = ",")))
    charToRaw(enc2utf8(paste0(lines, "\n", collapse = "")))
}

# The values of a column as a file would have them: whole numbers with all their digits, logicals as
# 1 and 0.
field_texts <- function(column, heading, name) {
    if (is.list(column) || !is.null(dim(column)))
        refuse("a column of the ", name, " that is ", describe_value(column),
               kind = "RELCOORD_EDATA", column = heading)
    if (inherits(column, "haven_labelled_spss"))
        column <- drop_user_missing(column)
    if (inherits(column, c("haven_labelled", "labelled")))
        column <- as.vector(unclass(column))
    if (is.logical(column))
        column <- as.integer(column)
    texts <- if (is.double(column) && !is.object(column)) {
        values <- unique(column)
        vapply(values, format, "", digits = 15, scientific = FALSE)[match(column, values)]
    } else {
        as.character(column)
    }
    ifelse(is.na(column), "", texts)
}

survey_of <- function(pointer, source) {
    about <- checked(.Call(C_survey_about, pointer))
    structure(c(list(pointer = pointer, source = source), about), class = "relcoord_survey")
}

print.relcoord_survey <- function(x, ...) {
    counts <- format(c(x$rows, x$respondents, x$ties), big.mark = ",", trim = TRUE,
                     scientific = FALSE)
    cat("<relcoord_survey> ", x$source, ": ",
        paste(counts, c("rows", "respondents", "ties"), collapse = ", "), "\n", sep = "")
    if (length(x$notes) > 0)
        cat(paste0("    ", x$notes, "\n"), sep = "")
    invisible(x)
}

# ---- Reading for an analysis

# How the registry has data be read for an analysis, list(name = value); NULL where it says nothing.
read_settings <- function(analysis) {
    words <- registry$analyses$read_options[registry$analyses$name == analysis]
    if (length(words) == 0 || is.na(words) || words == "")
        return(NULL)
    settings <- strsplit(strsplit(words, " +")[[1]], "=", fixed = TRUE)
    stats::setNames(lapply(settings, `[`, 2), vapply(settings, `[`, "", 1))
}

# A file or a data frame, for an analysis that wants its data read in its own way:
# list(survey =, options =), the options being those that are not of reading.
read_for <- function(source, analysis, options) {
    reading <- names(options) %in% options_of("read")$option
    settings <- utils::modifyList(read_settings(analysis), options[reading])
    survey <- if (is.data.frame(source)) import_frame(source, settings) else
        read_file(source, NULL, settings)
    list(survey = survey, options = options[!reading])
}

# ---- Columns

# How a column is lent: list(kind, vector, labels), kind an Arrow format, "factor", or the class of
# what cannot be read, which the library refuses only if it uses the column. Vectors are handed on
# as they are: attributes are not taken off, for that copies.
prepare_column <- function(x, name) {
    if (!is.null(dim(x)))
        return(unreadable(x))
    if (is.factor(x))
        return(list("factor", x, enc2utf8(levels(x))))
    if (inherits(x, "integer64"))
        return(list("l", x, NULL))
    if (inherits(x, "Date") || inherits(x, "POSIXct"))
        return(prepare_text(x, name))
    if (inherits(x, "haven_labelled_spss"))
        x <- drop_user_missing(x)
    if (is.object(x) && !inherits(x, c("haven_labelled", "labelled", "AsIs", "noquote")))
        return(unreadable(x))
    switch(typeof(x),
        integer = list("i", x, NULL),
        double = list("g", x, NULL),
        logical = if (all(is.na(x))) list("n", NULL, NULL) else list("b", x, NULL),
        character = prepare_text(x, name),
        unreadable(x)
    )
}

unreadable <- function(x) {
    list(paste("R", class(x)[1]), NULL, NULL)
}

# Text and dates go as a factor: each different value once, dates as a file would have them.
prepare_text <- function(x, name) {
    values <- unique(x)
    values <- values[!is.na(values)]
    codes <- match(x, values)
    labels <- if (is.character(x)) unclass(values) else format(values)
    bytes <- which(Encoding(labels) == "bytes")
    if (length(bytes) > 0)
        refuse("a value of bytes without an encoding",
            kind = "RELCOORD_EDATA", row = match(bytes[1], codes), column = name
        )
    list("factor", codes, enc2utf8(as.character(labels)))
}

# The values that SPSS users declare missing. Tagged NA are NA already.
drop_user_missing <- function(x) {
    values <- as.vector(unclass(x))
    range <- attr(x, "na_range")
    declared <- values %in% attr(x, "na_values")
    if (!is.null(range))
        declared <- declared | (!is.na(values) & values >= range[1] & values <= range[2])
    values[declared] <- NA
    values
}
