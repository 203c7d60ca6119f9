# What a survey and a result say of themselves; lists of any names; analyses that read in their own
# way.

test_that("a survey says how large it is, and what was noted", {
    survey <- rc_read_csv(clerkship())
    data <- frame_of(clerkship())
    expect_identical(survey$rows, as.double(nrow(data)))
    expect_identical(survey$ties, as.double(nrow(data)))
    expect_identical(survey$respondents, as.double(length(unique(data$respondent))))
    expect_output(print(survey), paste0(nrow(data), " rows, ", survey$respondents,
                                        " respondents, ", nrow(data), " ties"))
    expect_identical(survey$notes, character())
    noted <- rc_survey(small(colour = "red"))
    expect_match(noted$notes, "colour")
    expect_output(print(noted), noted$notes, fixed = TRUE)
    expect_true(all(noted$notes %in% rc_matrix(noted)$notes))
})

test_that("a result gives back its options", {
    survey <- rc_read_csv(clerkship())
    asked <- list(by = "workgroup", confidence = 0.9, weights = "ignore")
    result <- do.call(rc_matrix, c(list(survey), asked, list(threads = 2)))
    expect_identical(result$options[names(asked)], asked)
    options <- subset(rc_analyses("options"), purpose == "matrix" & transient == 0)
    expect_identical(names(result$options), options$option)
    expect_false("threads" %in% names(result$options))
    expect_identical(format(do.call(rc_matrix, c(list(survey), result$options))), format(result))
    expect_null(rc_matrix(survey)$options$by)
})

test_that("lists hold any name", {
    survey <- rc_read_csv(clerkship())
    for (by in list(c("a,b", "workgroup"), list("a,b"), "a\\,b"))
        expect_error(rc_matrix(survey, by = by), "'a,b' is not a column",
                     class = "relcoord_option_error")
    expect_error(rc_matrix(survey, by = "a\\b"), "backslash", class = "relcoord_option_error")
    expect_error(rc_matrix(survey, by = c("", "unit")), "empty", class = "relcoord_option_error")
    expect_error(rc_matrix(survey, by = c("unit", NA)), "by", class = "relcoord_option_error")
    expect_error(rc_matrix(survey, by = list(1:2)), "names", class = "relcoord_option_error")
    expect_identical(format(rc_matrix(survey, by = list("workgroup"))),
                     format(rc_matrix(survey, by = "workgroup")))
    for (names in list(c("a,b", "c"), c("x\\", ",", "y z"), character())) {
        text <- paste(gsub("([,\\\\])", "\\\\\\1", names), collapse = ", ")
        expect_identical(relcoord:::split_list(text), names)
    }
})

test_that("whole numbers beyond a double's stay text", {
    expect_identical(relcoord:::value_of("integer", "9007199254740993"), "9007199254740993")
    expect_identical(relcoord:::value_of("integer", "1000"), 1000)
})

test_that("logicals say who is in a group", {
    items <- setdiff(names(small()), c("respondent", "workgroup", "target"))
    codebook <- data.frame(
        variable = c("night", "day", "respondent", "workgroup", "target", items),
        role = c("group", "group", "respondent", "workgroup", "target", rep("item", length(items))),
        dimension = c("shift", "shift", "", "", "", items),
        label_en = c("Night", "Day", rep("", 3 + length(items)))
    )
    by_shift <- function(night, day = c(1L, 1L, 0L, 0L))
        format(rc_matrix(rc_survey(small(night = night, day = day), codebook), by = "shift"), "csv")
    expected <- by_shift(c(0L, 0L, 1L, 1L))
    expect_identical(by_shift(c(FALSE, FALSE, TRUE, TRUE)), expected)
    expect_identical(by_shift(c(FALSE, FALSE, TRUE, TRUE), c(TRUE, TRUE, FALSE, FALSE)), expected)
    expect_identical(by_shift(c(NA, NA, TRUE, TRUE)), by_shift(c(NA, NA, 1L, 1L)))
    expect_false(by_shift(c(TRUE, TRUE, FALSE, FALSE)) == expected)
})

test_that("an analysis that wants its data read in its own way takes files and data frames", {
    bad <- rbind(small(), small()[1, ])
    bad$timely[2] <- 9L
    file <- tempfile(fileext = ".csv")
    utils::write.csv(bad, file, row.names = FALSE, quote = FALSE)
    expect_error(rc_read_csv(file), class = "relcoord_data_error")
    wanted <- subset(rc_analyses(), !is.na(read_options) & read_options != "")
    expect_gt(nrow(wanted), 0)
    for (name in wanted$name) {
        analysis <- getExportedValue("relcoord", paste0("rc_", name))
        settings <- unlist(strsplit(strsplit(wanted$read_options[wanted$name == name], " ")[[1]],
                                    "="))
        settings <- stats::setNames(as.list(settings[c(FALSE, TRUE)]), settings[c(TRUE, FALSE)])
        expected <- format(analysis(do.call(rc_read_csv, c(list(file), settings))))
        expect_identical(format(analysis(file)), expected)
        expect_s3_class(analysis(bad), "relcoord_result")
        expect_error(analysis(file, duplicates = "stop"), class = "relcoord_data_error")
        expect_error(analysis(rc_read_csv(clerkship()), duplicates = "stop"), "duplicates",
                     class = "relcoord_option_error")
    }
    expect_error(rc_matrix(file), "rc_read_csv", class = "relcoord_usage_error")
    expect_match(rc_quality(rc_read_csv(clerkship()))$notes, "stop", all = FALSE)
})

test_that("a path may begin at home", {
    home <- file.path(path.expand("~"), basename(tempfile("relcoord")))
    short <- file.path("~", basename(home))
    on.exit(unlink(home))
    writeLines(c("variable,role", "person,respondent"), home)
    expect_error(rc_survey(small(), codebook = short), class = "relcoord_data_error")
    unlink(home)
    expect_error(rc_survey(small(), codebook = short), class = "relcoord_io_error")
})
