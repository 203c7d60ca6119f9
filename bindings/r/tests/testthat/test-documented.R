# Every call that README, vignettes and pages show, and every example of a page, run as it is
# written.

# What is not run: a vignette, which this build is without, must be in the tree.
vignette_in_tree <- function(topic, package)
    stopifnot(package == "relcoord",
              file.exists(tree("bindings/r/vignettes", paste0(topic, ".Rmd"))))

run_code <- function(code, place) {
    known <- list2env(
        list(data = small(), survey = rc_survey(small()), vignette = vignette_in_tree),
        parent = globalenv()
    )
    known$result <- rc_matrix(known$survey)
    run <- function() {
        for (expression in parse(text = code, encoding = "UTF-8")) {
            value <- withVisible(eval(expression, known))
            if (value$visible && !inherits(value$value, "packageInfo"))
                print(value$value)
        }
    }
    fault <- tryCatch({
        utils::capture.output(run())
        NULL
    }, error = conditionMessage)
    expect_null(fault, label = paste0(place, ": ", code))
}

test_that("the calls that are documented run", {
    program <- tree("tests/documented/documented.py")
    skip_if(Sys.which("python3") == "", "needs python3")
    listed <- system2("python3", c(shQuote(program), "list", "r"), stdout = TRUE)
    Encoding(listed) <- "UTF-8"
    records <- strsplit(
        strsplit(paste(listed, collapse = "\n"), "\x1e", fixed = TRUE)[[1]], "\x1f", fixed = TRUE
    )
    records <- Filter(function(record) length(record) == 2, records)
    expect_true(all(c("README", "bindings/r/vignettes/coupling.Rmd") %in%
                    vapply(records, `[`, "", 1)))
    folder <- tempfile()
    dir.create(folder)
    file.symlink(tree("tests"), file.path(folder, "tests"))
    before <- setwd(folder)
    on.exit(setwd(before))
    for (record in records)
        run_code(record[2], record[1])
})

test_that("the examples of the pages run", {
    pages <- tools::Rd_db("relcoord")
    drawing <- tempfile(fileext = ".pdf")
    grDevices::pdf(drawing)
    before <- options(show.error.messages = FALSE) # of what an example tries
    on.exit({
        grDevices::dev.off()
        options(before)
    })
    for (name in names(pages)) {
        file <- tempfile(fileext = ".R")
        tools::Rd2ex(pages[[name]], file, commentDontrun = FALSE, commentDonttest = FALSE)
        if (file.exists(file))
            run_code(readLines(file, encoding = "UTF-8"), name)
    }
})
