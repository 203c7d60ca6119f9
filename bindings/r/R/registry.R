# The library's registry, and what follows from it: a function's arguments, and values on their way to the
# library. Nothing here knows an analysis or an option by name.

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

# Defaults as R's values: NULL where nothing is set.
default_of <- function(type, text) {
    if (text == "")
        return(NULL)
    switch(type,
        flag = text == "true",
        integer = ,
        number = as.numeric(text),
        text
    )
}

# The arguments of a function for a purpose: `first` stand before the registry's, and beat them.
arguments_of <- function(purpose, first) {
    options <- options_of(purpose)
    options <- options[!options$option %in% names(first), , drop = FALSE]
    defaults <- Map(default_of, options$type, options$default)
    as.pairlist(c(first, stats::setNames(defaults, options$option), alist(... = )))
}

# A function with these arguments that calls `worker` with the fixed ones, then list(option = option, ..., ...).
function_of <- function(purpose, first, worker, fixed, not_options = names(first)) {
    arguments <- arguments_of(purpose, first)
    named <- setdiff(names(arguments), c(not_options, "..."))
    values <- as.call(c(as.name("list"), stats::setNames(lapply(named, as.name), named), as.name("...")))
    body <- as.call(c(as.name(worker), fixed, list(options = values)))
    as.function(c(arguments, list(body)), envir = environment(function_of))
}

# ---- Values on their way

# A named list of single strings and numbers, as the routines take it. NULL leaves an option as it is.
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
    if (!is.atomic(value) || length(value) == 0)
        refuse("option '", name, "' cannot be ", describe_value(value), kind = "RELCOORD_EOPTION", option = name)
    if (anyNA(value))
        refuse("option '", name, "' cannot be NA", kind = "RELCOORD_EOPTION", option = name)
    if (length(value) > 1 && !identical(type, "list"))
        refuse("option '", name, "' takes one value", kind = "RELCOORD_EOPTION", option = name)
    if (is.logical(value))
        return(if (value) "true" else "false")
    if (is.numeric(value) && !is.object(value) && type %in% c("number", "integer"))
        return(as.double(value))
    enc2utf8(paste(as.character(value), collapse = ","))
}

describe_value <- function(value) {
    if (length(value) == 0) "empty" else paste("a", class(value)[1])
}
