# Values of every type of R on their way into a survey.

test_that("integers and doubles are the same answers", {
    data <- small()
    answers <- names(data)[4:10]
    expect_same_cells(replace(data, answers, lapply(data[answers], as.double)))
    expect_same_cells(replace(data, answers, lapply(data[answers], as.character)))
    expect_same_cells(replace(data, answers, lapply(data[answers], factor)))
    expect_same_cells(replace(data, answers, lapply(data[answers], factor, levels = c(9, 5:1))))
    expect_same_cells(replace(data, answers, lapply(data[answers], ordered)))
    expect_same_cells(replace(data, "respondent", list(c("1", "1", "2", "2"))))
    expect_same_cells(replace(data, "respondent", list(factor(data$respondent, levels = 2:0))))
})

test_that("missing values of every type are missing", {
    reference <- small(frequent = c("", "4", "3", "2"))
    expect_same_cells(small(frequent = c(NA, 4L, 3L, 2L)), reference)
    expect_same_cells(small(frequent = c(NA, 4, 3, 2)), reference)
    expect_same_cells(small(frequent = c(NaN, 4, 3, 2)), reference)
    expect_same_cells(small(frequent = c(NA, "4", "3", "2")), reference)
    expect_same_cells(small(frequent = factor(c(NA, 4, 3, 2))), reference)
    expect_same_cells(small(frequent = addNA(factor(c(NA, 4, 3, 2)))), reference)
    none <- small(frequent = "")
    expect_same_cells(small(frequent = NA), none)
    expect_same_cells(small(frequent = NA_integer_), none)
    expect_same_cells(small(frequent = NA_character_), none)
    expect_same_cells(small(frequent = factor(NA)), none)
})

test_that("a missing respondent is an error that names row and column", {
    for (value in list(NA_integer_, NA_real_, NA_character_)) {
        error <- expect_error(rc_survey(small(respondent = c(1, 1, value, 2))),
                              class = "relcoord_data_error")
        expect_identical(error$row, 3)
        expect_identical(error$column, "respondent")
    }
})

test_that("factors count by their labels, and unused levels do not matter", {
    reference <- small(workgroup = rep("N", 4))
    expect_same_cells(small(workgroup = factor(rep("N", 4), levels = c("Z", "N", "A"))), reference)
    expect_identical(
        unique(cells(small(target = factor(c("b", "a", "b", "a"),
                                           levels = c("b", "unused", "a"))))$target),
        c("a", "b")
    )
})

test_that("a malformed factor is an error", {
    for (code in c(0L, 3L, -1L)) {
        broken <- structure(c(code, 1L, 2L, 1L), levels = c("nurses", "doctors"), class = "factor")
        expect_error(rc_survey(small(workgroup = broken)), "malformed factor")
    }
})

test_that("rows that do not fit the data frame are an error", {
    broken <- small()
    attr(broken, "row.names") <- 1:5
    expect_error(rc_survey(broken), "malformed")
})

test_that("dates are the text that a file would hold", {
    first <- as.Date("2024-01-31")
    dates <- cells(small(wave = rep(first, 4)))
    expect_identical(dates, cells(small(wave = rep("2024-01-31", 4))))
    expect_identical(
        cells(small(wave = rep(as.POSIXct("2024-01-31 12:30:00", tz = "UTC"), 4))),
        cells(small(wave = rep("2024-01-31 12:30:00", 4)))
    )
    error <- expect_error(rc_survey(small(frequent = first)), class = "relcoord_data_error")
    expect_identical(c(error$column, error$row), c("frequent", 1))
})

test_that("logicals, lists and other classes are refused where they matter", {
    strange <- list(
        TRUE, list(1), as.raw(1), 1i, as.difftime(1, units = "mins"), as.POSIXlt("2024-01-31"),
        matrix(1, 4, 2)
    )
    for (value in strange) {
        value <- if (is.matrix(value)) value else rep(value, 4)
        data <- small()
        data[["frequent"]] <- value
        error <- expect_error(rc_survey(data), class = "relcoord_data_error",
                              label = class(value)[1])
        expect_identical(error$column, "frequent")
        data <- small()
        data[["remark"]] <- value
        expect_s3_class(rc_survey(data), "relcoord_survey")
    }
    expect_error(rc_survey(small(frequent = as.difftime(1, units = "mins"))), "difftime")
})

test_that("text may be in any encoding", {
    utf8 <- "l\u00e6ger"
    latin1 <- iconv(utf8, "UTF-8", "latin1")
    expect_identical(Encoding(latin1), "latin1")
    for (value in list(utf8, latin1, c(utf8, latin1), factor(latin1))) {
        got <- cells(small(target = rep_len(value, 4), respondent = 1:4))
        expect_identical(unique(got$target), utf8)
    }
    bytes <- latin1
    Encoding(bytes) <- "bytes"
    error <- expect_error(rc_survey(small(target = c("a", "b", bytes, "c"))),
                          class = "relcoord_data_error")
    expect_identical(c(error$column, error$row), c("target", 3))
    wrong <- "l\xe6ger"
    Encoding(wrong) <- "UTF-8"
    error <- expect_error(rc_survey(small(target = c("a", wrong, "b", "c"))),
                          class = "relcoord_data_error")
    expect_identical(error$column, "target")
    data <- small()
    names(data)[names(data) == "mutual_respect"] <- "gensidig respekt"
    names(data)[names(data) == "shared_goals"] <- iconv("f\u00e6lles m\u00e5l", "UTF-8", "latin1")
    expect_s3_class(rc_survey(data), "relcoord_survey")
})

test_that("haven_labelled counts by its codes; missing by tag or by SPSS is missing", {
    skip_if_not_installed("haven")
    labels <- c(Never = 1, Always = 5)
    reference <- small(frequent = c("5", "4", "", "2"))
    expect_same_cells(small(frequent = haven::labelled(c(5, 4, NA, 2), labels)), reference)
    expect_same_cells(small(frequent = haven::labelled(c(5, 4, haven::tagged_na("a"), 2), labels)),
                      reference)
    expect_same_cells(small(frequent = haven::labelled(c(5L, 4L, NA, 2L), c(Never = 1L))),
                      reference)
    expect_same_cells(small(frequent = haven::labelled_spss(c(5, 4, 9, 2), labels, na_values = 9)),
                      reference)
    expect_same_cells(
        small(frequent = haven::labelled_spss(c(5, 4, 77, 2), labels, na_range = c(70, Inf))),
        reference
    )
    named <- haven::labelled(c("n", "n", "n", "n"), c(nurses = "n"))
    expect_same_cells(small(workgroup = named), small(workgroup = rep("n", 4)))
    expect_same_cells(
        small(workgroup = haven::as_factor(haven::labelled(c(1, 1, 1, 1), c(nurses = 1)))), small()
    )
})

test_that("tibbles and integer64 are read", {
    skip_if_not_installed("tibble")
    expect_same_cells(tibble::as_tibble(small()))
    wide <- structure(c(4.94065645841246544e-324, 4.94065645841246544e-324,
                        9.88131291682493088e-324, 9.88131291682493088e-324), class = "integer64")
    expect_same_cells(small(respondent = wide))
    missing <- wide
    missing[4] <- -0
    error <- expect_error(rc_survey(small(respondent = missing)), class = "relcoord_data_error")
    expect_identical(c(error$column, error$row), c("respondent", 4))
})

test_that("what is no data frame, or an empty one, is an error", {
    expect_error(rc_survey(1:3), class = "relcoord_usage_error")
    expect_error(rc_survey(NULL), class = "relcoord_usage_error")
    expect_error(rc_survey(data.frame()), class = "relcoord_data_error")
    expect_error(rc_survey(small()[0, ]), "no rows", class = "relcoord_data_error")
})

test_that("the data frame is as it was", {
    data <- small(frequent = factor(c(5, 4, NA, 2)))
    before <- serialize(data, NULL)
    rc_survey(data)
    expect_identical(serialize(data, NULL), before)
})
