# Failures as conditions; arguments on their way.

test_that("a fault in a file names line, column and file", {
    file <- tempfile(fileext = ".csv")
    lines <- readLines(clerkship())
    lines[5] <- sub("[0-9]$", "7", lines[5])
    writeLines(lines, file)
    error <- expect_error(rc_read_csv(file), class = "relcoord_data_error")
    expect_s3_class(error, "relcoord_error")
    expect_identical(error$line, 5)
    expect_identical(error$file, file)
    expect_identical(error$status, "RELCOORD_EDATA")
    expect_identical(error$option, NA_character_)
    expect_identical(conditionMessage(error),
                     paste0(file, ":5: ", error$column, ": ", error$detail))
    expect_s3_class(rc_read_csv(file, invalid = "missing"), "relcoord_survey")
    expect_match(rc_matrix(rc_read_csv(file, invalid = "missing"))$notes, "missing", all = FALSE)
})

test_that("errors carry the class of what is at fault", {
    survey <- rc_read_csv(clerkship())
    expect_error(rc_read_csv(tempfile()), "no such file", class = "relcoord_io_error")
    expect_error(rc_matrix(survey, by = "nothing"), class = "relcoord_error")
    error <- expect_error(rc_matrix(survey, confidence = 2), class = "relcoord_option_error")
    expect_identical(error$option, "confidence")
    expect_error(rc_matrix(survey, confidnce = 0.9), "confidence", class = "relcoord_option_error")
    expect_error(rc_summary(survey, se = "cr3"), "cr2", class = "relcoord_option_error")
    expect_error(rc_matrix(1), class = "relcoord_usage_error")
    expect_error(rc_read_csv(character()), class = "relcoord_usage_error")
    expect_error(rc_matrix(survey, min_share = NA), class = "relcoord_option_error")
    expect_error(rc_matrix(survey, min_share = c(0.5, 0.6)), class = "relcoord_option_error")
    expect_error(rc_matrix(survey, min_share = mean), class = "relcoord_option_error")
    expect_error(rc_matrix(survey, threads = 1.5), class = "relcoord_option_error")
    expect_error(rc_matrix(survey, by = list()), class = "relcoord_option_error")
    expect_error(as.data.frame(rc_matrix(survey), table = "none"), "cells",
                 class = "relcoord_usage_error")
    expect_error(rc_write(rc_matrix(survey), tempfile(), format = "cvs"),
                 class = "relcoord_usage_error")
})

test_that("an option that is NULL keeps its default; lists are vectors", {
    survey <- rc_read_csv(clerkship())
    expect_identical(format(rc_matrix(survey, by = NULL), "json"),
                     format(rc_matrix(survey), "json"))
    grouped <- as.data.frame(rc_matrix(rc_survey(small(unit = "a", wave = 1L)),
                                       by = c("unit", "wave")))
    expect_identical(names(grouped)[1:2], c("unit", "wave"))
})

test_that("several files are one survey", {
    lines <- readLines(clerkship())
    files <- c(tempfile(), tempfile())
    writeLines(lines[1:301], files[1])
    writeLines(lines[c(1, 302:length(lines))], files[2])
    expect_identical(format(rc_summary(rc_read_csv(files))),
                     format(rc_summary(rc_read_csv(clerkship()))))
})
