# Registers: a file or a data frame; the same rates.

case <- function(name) tree("tests/golden/response", name)
people <- function() utils::read.csv(case("register.csv"), colClasses = "character")
tables <- c("rates", "fallout", "raking", "weights")
csv_of <- function(result) vapply(tables, function(table) format(result, "csv", table = table), "")
response_of <- function(register, ...) {
    csv_of(rc_response(rc_read_csv(case("input.csv"), codebook = case("codebook.csv"),
                                   register = register, ...), rake = "area"))
}

test_that("a data frame is as good a register as a file", {
    expected <- vapply(tables, function(table) {
        rawToChar(tool(c("response", case("input.csv"), "--codebook", case("codebook.csv"),
                         "--register", case("register.csv"), "--rake", "area", "--format", "csv",
                         "--table", table)))
    }, "")
    typed <- utils::read.csv(case("register.csv"))
    areas <- c("adults", "youth", "island")
    flags <- replace(typed, areas, lapply(typed[areas], as.logical))
    frames <- list(
        case("register.csv"), people(), typed, flags, transform(people(), site = factor(site)),
        people()[240:1, ], transform(typed, id = as.double(id)),
        transform(people(), since = as.Date("2024-02-29"))
    )
    for (frame in frames)
        expect_identical(unname(response_of(frame)), unname(expected))
    data <- utils::read.csv(case("input.csv"), colClasses = "character")
    book <- utils::read.csv(case("codebook.csv"), colClasses = "character", encoding = "UTF-8")
    expect_identical(
        csv_of(rc_response(rc_survey(data, codebook = book, register = people()), rake = "area")),
        response_of(people())
    )
})

test_that("what is said of the data's file says nothing of a frame", {
    file <- tempfile(fileext = ".csv")
    writeLines(gsub(",", ";", readLines(case("input.csv")), fixed = TRUE), file)
    survey <- rc_read_csv(file, codebook = case("codebook.csv"), register = people(),
                          separator = "semicolon", decimal = "comma")
    expect_identical(csv_of(rc_response(survey, rake = "area")), response_of(people()))
})

test_that("whole numbers keep their digits, and headings their commas", {
    data <- small(respondent = c(100000, 100000, 2e9, 2e9))
    invited <- data.frame(respondent = c(100000, 2e9, 300000), `a, b` = "x", check.names = FALSE)
    rates <- as.data.frame(rc_response(rc_survey(data, register = invited)))
    expect_identical(c(rates$invited[1], rates$answered[1]), c(3L, 2L))
})

test_that("what is wrong with a register is said", {
    error <- expect_error(response_of(people()[c(1, 1), ]), class = "relcoord_data_error")
    expect_identical(list(error$file, error$line, error$column), list("register", 3, "id"))
    expect_error(response_of(people()[1:20, ]), "is not in the register",
                 class = "relcoord_data_error")
    error <- expect_error(response_of(people()[1:20, ], redact_values = TRUE),
                          class = "relcoord_data_error")
    expect_no_match(conditionMessage(error), "[0-9]{4}")
    twice <- people()
    twice$site <- as.list(twice$site)
    error <- expect_error(response_of(twice), "a list", class = "relcoord_data_error")
    expect_identical(error$column, "site")
    expect_error(response_of(3), class = "relcoord_error")
    expect_error(response_of(data.frame()), class = "relcoord_data_error")
    expect_error(response_of(tempfile()), class = "relcoord_io_error")
})
