# Everything that the registry lists is there in R, and R has no list of its own.

test_that("each analysis is an exported function with the registry's options and defaults", {
    exported <- getNamespaceExports("relcoord")
    for (analysis in rc_analyses()$name) {
        name <- paste0("rc_", analysis)
        expect_true(name %in% exported, label = name)
        options <- subset(rc_analyses("options"), purpose == analysis)
        arguments <- formals(getExportedValue("relcoord", name))
        expect_identical(names(arguments), c("survey", options$option, "..."))
        for (i in seq_len(nrow(options))) {
            default <- arguments[[options$option[i]]]
            shown <- if (is.null(default)) "" else
                if (is.logical(default)) tolower(default) else format(default)
            expect_identical(shown, options$default[i], label = paste(name, options$option[i]))
        }
    }
})

test_that("reading and writing take all of the registry's options", {
    options <- rc_analyses("options")
    for (name in c("rc_read_csv", "rc_survey"))
        expect_true(all(options$option[options$purpose == "read"] %in% names(formals(get(name)))),
                    label = name)
    expect_true(all(options$option[options$purpose == "write"] %in% names(formals(rc_write))))
})

test_that("the registry is the tool's", {
    for (table in c("analyses", "options", "tables", "columns", "formats", "views")) {
        bytes <- tool(c("analyses", "--format", "csv", "--table", table))
        expect_identical(nrow(rc_analyses(table)), nrow(utils::read.csv(text = rawToChar(bytes))),
                         label = table)
    }
})

test_that("each table of each analysis has the columns of the registry", {
    survey <- rc_read_csv(clerkship())
    case <- function(name) tree(file.path("tests/golden/response", name))
    invited <- rc_read_csv(case("input.csv"), codebook = case("codebook.csv"),
                           register = case("register.csv"))
    example <- function(name) tree(file.path("tests/examples/partnership", name))
    asked <- utils::read.csv(example("survey.csv"), check.names = FALSE, colClasses = "character")
    partnership <- rc_survey(asked[asked$wave == "2025", ], codebook = example("codebook.csv"))
    waves <- rc_read_csv(tree("tests/golden/waves/input.csv"))
    outcomes <- rc_read_csv(tree("tests/golden/outcomes/input.csv"),
                            codebook = tree("tests/golden/outcomes/codebook.csv"))
    for (analysis in rc_analyses()$name) {
        run <- getExportedValue("relcoord", paste0("rc_", analysis))
        # Some are made from who was invited, from two waves, from outcomes, or from items that a
        # codebook lists.
        result <- tryCatch(run(survey), relcoord_usage_error = function(e)
            tryCatch(run(invited), relcoord_usage_error = function(e)
                tryCatch(run(waves), relcoord_usage_error = function(e)
                    tryCatch(run(outcomes), relcoord_usage_error = function(e) run(partnership)))))
        columns <- subset(rc_analyses("columns"), analysis == result$analysis)
        expect_identical(result$tables, unique(columns$table))
        for (table in result$tables)
            expect_identical(names(as.data.frame(result, table = table)),
                             columns$column[columns$table == table])
    }
})

test_that("each exported function has a page, which tells of each argument", {
    database <- tools::Rd_db("relcoord")
    text <- vapply(database, function(page) paste(as.character(page), collapse = ""), "")
    for (name in grep("^rc_", getNamespaceExports("relcoord"), value = TRUE)) {
        page <- grep(paste0("\\alias{", name, "}"), text, fixed = TRUE)
        expect_length(page, 1)
        for (argument in setdiff(names(formals(get(name))), "..."))
            expect_match(text[page], paste0("\\item{", argument), fixed = TRUE,
                         label = paste(name, argument))
    }
    for (help in c(rc_analyses("options")$help, rc_analyses("columns")$help))
        expect_true(any(grepl(substring(help, 2, 20), text, fixed = TRUE)), label = help)
})

test_that("an analysis that a later library adds appears by itself", {
    space <- new.env(parent = asNamespace("relcoord"))
    registry <- as.list(asNamespace("relcoord")$registry)
    registry$options <- rbind(registry$options, transform(
        subset(registry$options, purpose == "matrix" & option == "confidence"), purpose = "later"
    ))
    later <- with(list2env(registry, new.env()), options[options$purpose == "later", ])
    local_mocked <- asNamespace("relcoord")$registry
    old <- local_mocked$options
    on.exit(local_mocked$options <- old)
    local_mocked$options <- registry$options
    f <- relcoord:::function_of("later", alist(survey = ), "run_named",
                                list(quote(survey), "later"))
    expect_identical(names(formals(f)), c("survey", later$option, "..."))
    expect_error(f(rc_read_csv(clerkship())), "later", class = "relcoord_usage_error")
})

test_that("the package's R code calculates nothing and knows no analysis", {
    files <- Sys.glob(tree("bindings/r/R/*.R"))
    expect_gt(length(files), 5)
    operators <- c("*", "/", "^", "%%", "%/%", "%*%", "mean", "var", "sd", "sum", "sqrt", "exp",
                   "log", "round", "median", "quantile")
    for (file in files) {
        parsed <- getParseData(parse(file, keep.source = TRUE))
        code <- parsed[parsed$terminal & parsed$token != "COMMENT", ]
        words <- code$text[
            code$token %in% c("SYMBOL_FUNCTION_CALL", "'*'", "'/'", "'^'", "SPECIAL")
        ]
        found <- intersect(words, operators)
        if (basename(file) == "plot.R")
            found <- setdiff(found, "/") # half of a figure's width
        expect_identical(found, character(), label = basename(file))
        strings <- gsub("[\"']", "", code$text[code$token %in% c("STR_CONST", "SYMBOL")])
        # The three left out are words of R itself.
        analyses <- setdiff(rc_analyses()$name, c("summary", "data", "factor"))
        expect_identical(intersect(strings, analyses), character(), label = basename(file))
    }
})

test_that("the package's version is the library's", {
    expect_identical(as.character(utils::packageVersion("relcoord")), rc_version())
})
