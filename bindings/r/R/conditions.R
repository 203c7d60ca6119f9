# Failures of the library as conditions of R: raised here, when everything in C is freed.

# What a routine gave, or an error of class relcoord_error and relcoord_STATUS_error.
checked <- function(value, call = sys.call(-1)) {
    if (!inherits(value, "relcoord_failure"))
        return(value)
    if (value$interrupted)
        signal_interrupt()
    stop(condition_of(value, call))
}

condition_of <- function(failure, call = NULL) {
    kind <- tolower(sub("^RELCOORD_E", "", failure$status))
    structure(
        class = c(paste0("relcoord_", kind, "_error"), "relcoord_error", "error", "condition"),
        list(
            message = paste0(place_of(failure), failure$message), call = call,
            detail = failure$message, status = failure$status, line = failure$line,
            row = failure$row, column = failure$column, option = failure$option,
            file = failure$file
        )
    )
}

# "answers.csv:3: accurate: ", or "row 2: accurate: " of a data frame.
place_of <- function(failure) {
    place <- c(
        if (!is.na(failure$file)) failure$file,
        if (!is.na(failure$line)) format(failure$line, scientific = FALSE)
    )
    paste0(
        if (length(place) > 0) paste0(paste(place, collapse = ":"), ": "),
        if (is.na(failure$line) && !is.na(failure$row))
            paste0("row ", format(failure$row, scientific = FALSE), ": "),
        if (!is.na(failure$column)) paste0(failure$column, ": ")
    )
}

# An error of the caller's, found before the library is asked.
refuse <- function(..., kind = "RELCOORD_EUSAGE", row = NA_real_, column = NA_character_,
                   option = NA_character_) {
    failure <- list(
        status = kind, message = paste0(...), line = NA_real_, row = row, column = column,
        option = option, file = NA_character_
    )
    stop(condition_of(failure))
}

# What R itself does when the user interrupts: tell who wants to know, then back to the prompt.
signal_interrupt <- function() {
    signalCondition(structure(class = c("interrupt", "condition"), list(message = "", call = NULL)))
    invokeRestart("abort")
}
