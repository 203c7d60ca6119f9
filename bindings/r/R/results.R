# Results: running an analysis, and what R users expect to do with what it gives.

run_named <- function(survey, analysis, options) {
    if ((is.character(survey) || is.data.frame(survey)) && !is.null(read_settings(analysis))) {
        read <- read_for(survey, analysis, options)
        survey <- read$survey
        options <- read$options
    }
    if (!inherits(survey, "relcoord_survey"))
        refuse("survey is made by rc_read_csv(), rc_read_file() or rc_survey(), not ",
               describe_value(survey))
    values <- encode_options(analysis, options)
    result_of(checked(.Call(C_run_analysis, survey$pointer, analysis, values), sys.call(-1)))
}

draft_codebook <- function(path, options) {
    values <- encode_options("codebook", options)
    if (is.data.frame(path)) {
        columns <- lent_columns(path)
        return(result_of(checked(.Call(C_draft_columns, columns, .row_names_info(path, 2L), values),
                                 sys.call(-1))))
    }
    files <- if (length(path) == 0 && !is.null(options$builtin)) character() else file_names(path)
    pointer <- checked(.Call(C_draft_codebook, files, values), sys.call(-1))
    result_of(pointer)
}

result_of <- function(pointer) {
    about <- checked(.Call(C_result_about, pointer))
    structure(
        list(
            pointer = pointer, analysis = about$analysis, tables = about$tables,
            notes = about$notes, options = options_of_result(pointer, about$analysis)
        ),
        class = "relcoord_result"
    )
}

# The options that the result was made with, set or not: all but those that change no figure.
options_of_result <- function(pointer, analysis) {
    if (is.null(registry$options)) # which is being asked for
        return(list())
    options <- options_of(analysis)
    options <- options[options$transient == 0, , drop = FALSE]
    texts <- checked(.Call(C_result_options, pointer, options$option))
    stats::setNames(Map(value_of, options$type, texts), options$option)
}

# ---- Tables

# Rows, and what the columns mean: list(data =, kinds =).
read_table <- function(x, table = NULL) {
    table <- choose_table(x, table)
    got <- checked(.Call(C_result_columns, x$pointer, table), sys.call(-1))
    data <- structure(got$columns, class = "data.frame", row.names = .set_row_names(got$rows))
    kinds <- c("key", "count", "estimate", "interval", "label", "note")[got$kinds]
    list(data = data, kinds = stats::setNames(kinds, names(data)))
}

choose_table <- function(x, table) {
    if (is.null(table))
        return(x$tables[1])
    if (!is.character(table) || length(table) != 1 || !table %in% x$tables)
        refuse("table is one of ", paste0("\"", x$tables, "\"", collapse = ", "))
    table
}

tables_of <- function(pointer) {
    result <- result_of(pointer)
    stats::setNames(lapply(result$tables, function(name) read_table(result, name)$data),
                    result$tables)
}

as.data.frame.relcoord_result <- function(x, row.names = NULL, optional = FALSE, table = NULL,
                                          ...) {
    data <- read_table(x, table)$data
    if (!is.null(row.names))
        row.names(data) <- row.names
    data
}

# ---- Showing and writing

write_bytes <- function(x, format, options) {
    check_format(format)
    checked(.Call(C_result_write, x$pointer, enc2utf8(format), encode_options("write", options)),
            sys.call(-1))
}

check_format <- function(format) {
    if (!is.character(format) || length(format) != 1 || is.na(format))
        refuse("format is one of ", paste0("\"", registry$formats$format, "\"", collapse = ", "))
}

format.relcoord_result <- function(x, format = "text", ...) {
    if (identical(format, "xlsx"))
        refuse("a workbook is no text: rc_write() writes it into a file")
    text <- rawToChar(write_bytes(x, format, list(...)))
    Encoding(text) <- "UTF-8"
    text
}

print.relcoord_result <- function(x, width = getOption("width"), ...) {
    bounds <- options_of("write")
    bounds <- bounds[bounds$option == "width", ]
    cat(format(x, "text", width = max(bounds$minimum, min(bounds$maximum, width)), ...))
    invisible(x)
}

summary.relcoord_result <- function(object, ...) {
    tables <- registry$tables
    help <- tables$help[tables$analysis == object$analysis][match(
        object$tables, tables$table[tables$analysis == object$analysis]
    )]
    rows <- vapply(object$tables, function(name) nrow(read_table(object, name)$data), 1L)
    structure(
        list(
            analysis = object$analysis, notes = object$notes,
            tables = data.frame(table = object$tables, rows = rows, row = help, row.names = NULL)
        ),
        class = "summary.relcoord_result"
    )
}

print.summary.relcoord_result <- function(x, ...) {
    cat("relcoord ", x$analysis, ": ", nrow(x$tables), " tables, by as.data.frame(x, table = )\n\n",
        sep = "")
    print(x$tables, right = FALSE, row.names = FALSE)
    if (length(x$notes) > 0)
        cat("\n", paste0(x$notes, "\n"), sep = "")
    invisible(x)
}

# The library's own way: the file is whole, or as it was.
write_result <- function(x, file, format, options) {
    if (!inherits(x, "relcoord_result"))
        refuse("x is a result, as the functions for analyses give")
    if (!is.character(file) || length(file) != 1 || is.na(file))
        refuse("file is the name of a file")
    if (!is.null(format))
        check_format(format)
    path <- enc2utf8(path.expand(file))
    format <- if (!is.null(format)) enc2utf8(format)
    checked(.Call(C_result_write_file, x$pointer, path, format, encode_options("write", options)),
            sys.call(-1))
    invisible(path.expand(file))
}

# ---- Tidy tables: the names that the packages around generics agree on

tidy_names <- c(se = "std.error", ci_low = "conf.low", ci_high = "conf.high", p = "p.value")

rc_tidy <- function(x, table = NULL, ...) {
    got <- read_table(x, table)
    names <- names(got$data)
    main <- which(got$kinds == "estimate")[1]
    renamed <- tidy_names[names]
    names[!is.na(renamed)] <- renamed[!is.na(renamed)]
    if (!is.na(main) && !"estimate" %in% names)
        names[main] <- "estimate"
    stats::setNames(got$data, names)
}

rc_glance <- function(x, ...) {
    rows <- nrow(read_table(x)$data)
    data.frame(
        analysis = x$analysis, table = x$tables[1], rows = rows, tables = length(x$tables),
        notes = length(x$notes), version = rc_version()
    )
}

tidy.relcoord_result <- function(x, table = NULL, ...) rc_tidy(x, table)
glance.relcoord_result <- function(x, ...) rc_glance(x)

# ---- What there is

rc_version <- function() .Call(C_library_version)

rc_analyses <- function(table = c("analyses", "options", "tables", "columns", "formats", "views")) {
    get(match.arg(table), envir = registry)
}
