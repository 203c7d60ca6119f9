# The library's registry, and what follows from it: a function's arguments, and values on their way
# to the library. Nothing here knows an analysis or an option by name.

registry <- new.env(parent = emptyenv())

# Asks the library once; `tables` are data frames by name.
load_registry <- function(tables = tables_of(checked(.Call(C_describe)))) {
    for (name in names(tables))
        assign(name, tables[[name]], envir = registry)
}

options_of <- function(purpose) {
    all <- registry$options
    all[all$purpose == purpose, , drop = FALSE]
}

# The library's texts as R's values: NULL where nothing is set.
value_of <- function(type, text) {
    if (text == "")
        return(NULL)
    switch(type,
        flag = text == "true",
        integer = if (nchar(text) <= exact_digits) as.numeric(text) else text,
        number = as.numeric(text),
        list = split_list(text),
        text
    )
}
exact_digits <- 15 # of whole numbers in a double

# The names of a list, where a backslash stands before a comma or backslash in a name.
split_list <- function(text) {
    names <- regmatches(text, gregexpr("(\\\\.|[^\\\\,])+", text, perl = TRUE))[[1]]
    names <- gsub("\\\\(.)", "\\1", gsub("^ +| +$", "", names))
    names[names != ""]
}

# The arguments of a function for a purpose: `first` stand before the registry's, and beat them.
arguments_of <- function(purpose, first) {
    options <- options_of(purpose)
    options <- options[!options$option %in% names(first), , drop = FALSE]
    defaults <- Map(value_of, options$type, options$default)
    as.pairlist(c(first, stats::setNames(defaults, options$option), alist(... = )))
}

# A function with these arguments that calls `worker` with the fixed ones, then
# list(option = option, ..., ...).
function_of <- function(purpose, first, worker, fixed, not_options = names(first)) {
    arguments <- arguments_of(purpose, first)
    named <- setdiff(names(arguments), c(not_options, "..."))
    values <- as.call(c(as.name("list"), stats::setNames(lapply(named, as.name), named),
                        as.name("...")))
    body <- as.call(c(as.name(worker), fixed, list(options = values)))
    as.function(c(arguments, list(body)), envir = environment(function_of))
}

# ---- Values on their way

# A named list of single strings and numbers, or of lists of names, as the routines take it. NULL
# leaves an option as it is.
encode_options <- function(purpose, values) {
    values <- values[!vapply(values, is.null, NA)]
    known <- options_of(purpose)
    if (length(values) > 0 && (is.null(names(values)) || any(names(values) == "")))
        refuse("an argument without a name; options are given as name = value")
    types <- known$type[match(names(values), known$option)]
    encoded <- Map(encode_option, enc2utf8(as.character(names(values))), types, values)
    stats::setNames(encoded, enc2utf8(as.character(names(values))))
}

encode_option <- function(name, type, value) {
    if (is.raw(value)) # the text of a file that there is not
        return(value)
    if (identical(type, "list") && (length(value) > 1 || is.list(value) && length(value) > 0))
        return(encode_names(name, value))
    if (!is.atomic(value) || length(value) == 0)
        refuse("option '", name, "' cannot be ", describe_value(value), kind = "RELCOORD_EOPTION",
               option = name)
    if (anyNA(value))
        refuse("option '", name, "' cannot be NA", kind = "RELCOORD_EOPTION", option = name)
    if (length(value) > 1)
        refuse("option '", name, "' takes one value", kind = "RELCOORD_EOPTION", option = name)
    if (is.logical(value))
        return(if (value) "true" else "false")
    if (is.numeric(value) && !is.object(value) && type %in% c("number", "integer"))
        return(as.double(value))
    if (identical(type, "path"))
        value <- path.expand(as.character(value))
    enc2utf8(as.character(value))
}

# Each is one name, with whatever is in it; a single text may hold several, separated by commas.
encode_names <- function(name, values) {
    lapply(unname(as.list(values)), function(value) {
        if (!is.atomic(value) || length(value) != 1 || is.na(value))
            refuse("option '", name, "' takes names", kind = "RELCOORD_EOPTION", option = name)
        enc2utf8(as.character(value))
    })
}

describe_value <- function(value) {
    if (length(value) == 0) "empty" else paste("a", class(value)[1])
}
