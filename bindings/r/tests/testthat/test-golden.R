# The golden cases of the core through R: the same bytes as the tool's, from the file and from a
# data frame.

# The tool's arguments as a call's: list(analysis, table, options, input).
call_of <- function(words, folder, input) {
    call <- list(analysis = words[1], table = NULL, options = list(), reading = list(),
                 input = input)
    words <- words[-1]
    while (length(words) > 0) {
        if (startsWith(words[1], "@")) {
            call$input <- file.path(folder, substring(words[1], 2))
            words <- words[-1]
            next
        }
        name <- gsub("-", "_", sub("^--", "", words[1]))
        value <- utils::type.convert(strsplit(words[2], ",")[[1]], as.is = TRUE)
        if (name == "table")
            call$table <- value
        else if (startsWith(words[2], "%")) # a file beside the case's
            call$reading[[name]] <- file.path(folder, substring(words[2], 2))
        else
            call$options[[name]] <- value
        words <- words[-(1:2)]
    }
    call
}

runs_of <- function(case) {
    lines <- readLines(file.path(case, "runs"))
    lines <- lines[!grepl("^#|^$", lines)]
    input <- file.path(case, "input.csv")
    if (file.exists(file.path(case, "input")))
        input <- file.path(case, readLines(file.path(case, "input")))
    lapply(strsplit(lines, " +"), function(words) call_of(words[-(1:2)], case, input))
}

tool_words <- function(call) {
    given <- c(call$reading, call$options)
    options <- lapply(names(given), function(name) {
        c(paste0("--", gsub("_", "-", name)), paste(given[[name]], collapse = ","))
    })
    c(
        call$analysis, call$input, unlist(options),
        if (!is.null(call$table)) c("--table", call$table), "--format", "csv"
    )
}

# The data frame holds the doubles themselves: written with the shortest text that reads back, each
# is the tool's.
expect_table <- function(data, bytes, label) {
    text <- utils::read.csv(
        text = rawToChar(bytes), colClasses = "character", check.names = FALSE, encoding = "UTF-8",
        na.strings = character()
    )
    expect_identical(names(data), names(text), label = label)
    for (name in names(data)) {
        there <- text[[name]] != "" | is.character(data[[name]])
        if (is.double(data[[name]]))
            expect_true(
                all(vapply(which(there),
                           function(i) reads_as(text[[name]][i], data[[name]][i]), NA)),
                label = paste(label, name)
            )
        else
            expect_identical(as.character(data[[name]][there & !is.na(data[[name]])]),
                             text[[name]][there & !is.na(data[[name]])], label = paste(label, name))
        expect_true(all(is.na(data[[name]][!there])),
                    label = paste(label, name, "is NA where it is empty"))
    }
}
# R's own reading of text is not always exact, so digits are compared: as many of the value's as the
# text has.
reads_as <- function(text, value) {
    digits <- significant(text)
    written <- sprintf("%.*e", max(nchar(digits) - 1L, 0L), value)
    significant(written) == digits && isTRUE(all.equal(as.numeric(text), value, tolerance = 1e-14))
}
significant <- function(text) {
    sub("0+$", "", sub("^0+", "", gsub("[-+.]", "", sub("[eE].*", "", text))))
}

test_that("golden cases are the tool's to the byte", {
    compared <- 0
    for (case in dirname(Sys.glob(tree("tests/golden/*/runs")))) {
        for (call in runs_of(case)) {
            if (!file.exists(call$input))
                next
            expected <- tool(tool_words(call))
            analysis <- getExportedValue("relcoord", paste0("rc_", call$analysis))
            result <- do.call(analysis, c(
                list(do.call(rc_read_csv, c(call$input, call$reading))), call$options
            ))
            label <- paste(tool_words(call), collapse = " ")
            expect_identical(written(result, format = "csv", table = call$table), expected,
                             label = label)
            framed <- do.call(analysis, c(
                list(do.call(rc_survey, c(list(frame_of(call$input)), call$reading))), call$options
            ))
            expect_identical(written(framed, format = "csv", table = call$table), expected,
                             label = paste("framed", label))
            expect_table(as.data.frame(result, table = call$table), expected, label)
            compared <- compared + 1
        }
    }
    expect_gt(compared, 40)
})
