# What can be done with a result.

result <- rc_matrix(rc_read_csv(clerkship()))

test_that("print is the text presenter's, as wide as the console", {
    wide <- paste(capture.output(print(result, width = 200)), collapse = "\n")
    expect_identical(enc2utf8(wide), sub("\n$", "", format(result, width = 200)))
    expect_true(all(nchar(capture.output(print(result, width = 60))) <= 60))
    expect_output(print(result, width = 5), "matrix")
    expect_output(print(result, width = 1e6), "matrix")
    expect_identical(withVisible(print(result))$visible, FALSE) |> capture.output()
})

test_that("data frames have types by column, and NA where there is no value", {
    data <- as.data.frame(result, table = "cells")
    expect_identical(data, as.data.frame(result))
    expect_type(data$n, "integer")
    expect_type(data$mean, "double")
    expect_type(data$workgroup, "character")
    one <- as.data.frame(rc_matrix(rc_survey(small()[1, ])))
    expect_true(all(is.na(one$ci_low)))
    expect_false(any(is.nan(one$ci_low)))
})

test_that("summary, tidy and glance describe it", {
    expect_output(print(summary(result)), "coverage")
    expect_identical(summary(result)$tables$table, result$tables)
    tidy <- rc_tidy(result)
    expect_true(all(c("estimate", "std.error", "conf.low", "conf.high") %in% names(tidy)))
    expect_identical(tidy$estimate, as.data.frame(result)$mean)
    expect_identical(rc_glance(result)$rows, nrow(tidy))
    skip_if_not_installed("generics")
    expect_identical(generics::tidy(result), tidy)
    expect_identical(generics::glance(result), rc_glance(result))
})

test_that("every table can be plotted, and the plot leaves R's settings alone", {
    file <- tempfile(fileext = ".pdf")
    grDevices::pdf(file)
    on.exit(grDevices::dev.off())
    before <- graphics::par("mfrow", "mai")
    for (table in result$tables)
        expect_identical(plot(result, table = table), result)
    plot(result, rows = as.data.frame(result)$dimension == "rc")
    expect_identical(relcoord:::best_rows("matrix", "cells", as.data.frame(result)),
                     as.data.frame(result)$dimension == "rc")
    expect_true(all(relcoord:::best_rows("matrix", "coverage",
                                         as.data.frame(result, table = "coverage"))))
    expect_identical(graphics::par("mfrow", "mai"), before)
    expect_error(plot(result, rows = 0), "nothing to plot")
})

test_that("rc_write takes the format from the name, and leaves a file whole or as it was", {
    folder <- tempfile()
    dir.create(folder)
    for (name in c("a.csv", "a.json", "a.html", "a.md", "a.txt")) {
        file <- file.path(folder, name)
        expect_identical(rc_write(result, file), file)
        expect_gt(file.size(file), 100)
    }
    expect_identical(readLines(file.path(folder, "a.csv"))[1],
                     paste(names(as.data.frame(result)), collapse = ","))
    before <- readLines(file.path(folder, "a.csv"))
    expect_error(rc_write(result, file.path(folder, "a.csv"), table = "none"),
                 class = "relcoord_error")
    expect_identical(readLines(file.path(folder, "a.csv")), before)
    expect_error(rc_write(result, file.path(folder, "a.unknown")), class = "relcoord_usage_error")
    expect_error(rc_write(result, file.path(folder, "none", "a.csv")), class = "relcoord_io_error")
    expect_setequal(list.files(folder, all.files = TRUE, no.. = TRUE),
                    c("a.csv", "a.json", "a.html", "a.md", "a.txt"))
    expect_match(format(result, "markdown", lang = "da"), "afdeling|faggruppe|Arbejdsgruppe|gruppe")
})

test_that("rc_write keeps what stands there when the disk is full, and says so", {
    folder <- tempfile()
    dir.create(folder)
    file <- file.path(folder, "a.csv")
    writeLines("before", file)
    # In a process of its own, whose files may not become larger than 512 bytes.
    script <- tempfile(fileext = ".R")
    writeLines(c(
        "library(relcoord)",
        "files <- commandArgs(TRUE)",
        "result <- rc_matrix(rc_read_csv(files[1]))",
        "cat(tryCatch(rc_write(result, files[2]),",
        "             error = function(e) paste(class(e)[1], conditionMessage(e))))"
    ), script)
    run <- paste(c(
        shQuote(file.path(R.home("bin"), "Rscript")), "--no-init-file", shQuote(script),
        shQuote(clerkship()), shQuote(file)
    ), collapse = " ")
    said <- system(paste("ulimit -f 1;", run), intern = TRUE)
    expect_match(said, "relcoord_io_error .*a[.]csv: cannot be written: too large")
    expect_identical(readLines(file), "before")
    expect_identical(list.files(folder, all.files = TRUE, no.. = TRUE), "a.csv")
})

test_that("rc_write keeps modes and links, and writes a pipe in place", {
    skip_on_os("windows")
    folder <- tempfile()
    dir.create(folder)
    file <- file.path(folder, "a.csv")
    writeLines("before", file)
    Sys.chmod(file, "600")
    rc_write(result, file)
    expect_identical(format(file.mode(file)), "600")
    link <- file.path(folder, "link.csv")
    file.symlink(file, link)
    writeLines("before", file)
    rc_write(result, link)
    expect_identical(unname(Sys.readlink(link)), file)
    expect_gt(file.size(file), 100)

    pipe <- file.path(folder, "pipe")
    system2("mkfifo", shQuote(pipe))
    got <- file.path(folder, "got.csv")
    system(paste("cat", shQuote(pipe), ">", shQuote(got)), wait = FALSE)
    rc_write(result, pipe, format = "csv")
    for (i in 1:100) if (identical(file.size(got), file.size(file))) break else Sys.sleep(0.05)
    expect_identical(readLines(got), readLines(file))
    expect_identical(system2("test", c("-p", shQuote(pipe))), 0L)
})

test_that("rc_write does not write over what was read", {
    folder <- tempfile()
    dir.create(folder)
    file <- file.path(folder, "survey.csv")
    file.copy(clerkship(), file)
    before <- readLines(file)
    read <- rc_matrix(rc_read_csv(file))
    file.symlink(file, file.path(folder, "link.csv"))
    for (name in c(file, file.path(folder, "link.csv")))
        expect_error(rc_write(read, name), "were read, and is not written over",
                     class = "relcoord_usage_error")
    expect_identical(readLines(file), before)
})
