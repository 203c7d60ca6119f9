# Pointers that hold nothing, memory, interrupts.

test_that("a survey or result that was saved and loaded is an error, and no crash", {
    survey <- rc_read_csv(clerkship())
    result <- rc_matrix(survey)
    file <- tempfile()
    saveRDS(list(survey, result), file)
    loaded <- readRDS(file)
    expect_error(rc_matrix(loaded[[1]]), "no longer there", class = "relcoord_usage_error")
    expect_error(as.data.frame(loaded[[2]]), "no longer there", class = "relcoord_usage_error")
    expect_error(print(loaded[[2]]), "no longer there", class = "relcoord_usage_error")
    expect_error(rc_write(loaded[[2]], tempfile(fileext = ".csv")), "no longer there")
    expect_error(summary(loaded[[2]]), "no longer there")
    expect_identical(loaded[[2]]$notes, result$notes)
    expect_output(print(loaded[[1]]), "relcoord_survey")
    expect_identical(loaded[[1]]$ties, survey$ties)
    expect_identical(loaded[[2]]$options, result$options)
})

test_that("a pointer of another kind is an error, and no crash", {
    survey <- rc_read_csv(clerkship())
    result <- rc_matrix(survey)
    for (pointer in list(result$pointer, NULL, 1L, "a", new.env(), quote(a),
                         methods::new("externalptr"))) {
        broken <- survey
        broken["pointer"] <- list(pointer)
        expect_error(rc_matrix(broken), "no longer there")
    }
    broken <- result
    broken$pointer <- survey$pointer
    expect_error(as.data.frame(broken), "no longer there")
})

test_that("a result outlives its survey", {
    survey <- rc_read_csv(clerkship())
    result <- rc_matrix(survey)
    before <- format(result)
    rm(survey)
    gc()
    expect_identical(format(result), before)
})

test_that("surveys and results are freed when they are gone", {
    skip_if_not(file.exists("/proc/self/status"), "needs Linux")
    resident <- function() {
        line <- grep("^VmRSS", readLines("/proc/self/status"), value = TRUE)
        as.numeric(gsub("[^0-9]", "", line))
    }
    data <- small()[rep(1:4, 5000), ]
    data$respondent <- rep(1:10000, each = 2)
    work <- function(times) {
        for (i in seq_len(times)) {
            rc_write(rc_matrix(rc_survey(data)), tempfile(fileext = ".csv"))
            try(rc_survey(transform(data, frequent = 9)), silent = TRUE)
            gc(full = FALSE)
        }
        gc()
    }
    work(20)
    before <- resident()
    work(60)
    expect_lt(resident() - before, 20 * 1024) # one survey of these is 1 MB
})

test_that("R's collector at every allocation finds nothing unprotected", {
    output <- in_session(c(
        "space <- asNamespace('relcoord')",
        paste0("data <- utils::read.csv(", deparse(clerkship()), ")[1:12, ]"),
        "data$workgroup <- factor(data$workgroup)",
        "data$timely[3] <- NA",
        "data$unit <- NA",
        "columns <- Map(space$prepare_column, data, names(data))",
        "wrong <- Map(space$prepare_column, transform(data, frequent = 9L), names(data))",
        "read <- list(invalid = 'stop')",
        "run <- list(confidence = 0.9, by = list('workgroup', 'unit'))",
        "work <- function() {",
        "    survey <- .Call(space$C_import_columns, columns, 12L, read)",
        "    result <- .Call(space$C_run_analysis, survey, 'matrix', run)",
        "    list(",
        "        .Call(space$C_survey_about, survey), .Call(space$C_survey_about, NULL),",
        "        .Call(space$C_result_options, result, c('by', 'confidence', 'none')),",
        "        .Call(space$C_result_about, result),",
        "        .Call(space$C_result_columns, result, 'cells'),",
        "        .Call(space$C_result_write, result, 'text', list(width = 70)),",
        "        .Call(space$C_result_write, result, 'none', list()),",
        "        .Call(space$C_run_analysis, NULL, 'matrix', run),",
        "        .Call(space$C_import_columns, wrong, 12L, read),",
        "        .Call(space$C_result_columns, .Call(space$C_describe), 'tables'),",
        paste0("        inherits(.Call(space$C_read_files, ", deparse(clerkship()),
               ", read), 'externalptr')"),
        "    )",
        "}",
        "calm <- work()",
        "gctorture(TRUE)",
        "tortured <- work()",
        "gctorture(FALSE)",
        "stopifnot(",
        "    length(tortured[[5]]$columns$mean) > 0, inherits(tortured[[9]], 'relcoord_failure')",
        ")",
        "cat(identical(calm, tortured), '\\n')"
    ))
    expect_identical(trimws(utils::tail(output, 1)), "TRUE", label = paste(output, collapse = "\n"))
})

# A long reading or run, interrupted from outside; how long R worked until it had it. Its own time
# is taken, in hundredths of a second from Linux, as other programs run on the machine.
interrupted_after <- function(work) {
    script <- c(
        "library(relcoord)",
        "n <- 2e6",
        "data <- data.frame(respondent = rep(seq_len(n / 4), each = 4), workgroup = factor('a'),",
        "    target = factor(rep_len(c('a', 'b', 'c', 'd'), n)))",
        "for (item in c('frequent', 'timely', 'accurate', 'problem_solving', 'shared_goals',",
        "    'shared_knowledge', 'mutual_respect'))",
        "    data[[item]] <- rep_len(c(5L, 3L, 4L, 1L, 2L, 4L, 3L), n)",
        work[1],
        "id <- Sys.getpid()",
        "marker <- tempfile()",
        "system(sprintf(",
        "    '(sleep 0.3; cut -d \" \" -f 14,15 /proc/%d/stat; kill -INT %d) >%s &',",
        "    id, id, marker",
        "))",
        "outcome <- tryCatch({",
        paste0("    ", work[2]),
        "    'finished'",
        "}, interrupt = function(condition) 'interrupted', error = conditionMessage)",
        "own <- sum(proc.time()[1:2])",
        "cat(outcome, own - sum(scan(marker, quiet = TRUE)) / 100, '\\n')",
        "file <- system.file('extdata', 'clerkship.csv', package = 'relcoord')",
        "cat(nrow(as.data.frame(rc_matrix(rc_read_csv(file)))), '\\n')"
    )
    utils::tail(in_session(script), 2)
}

test_that("an interrupt ends a long call at once, and the session goes on", {
    skip_if_not(file.exists("/proc/self/stat"), "needs Linux")
    works <- list(
        c("", "for (i in 1:20) rc_survey(data)"),
        c("survey <- rc_survey(data)", "for (i in 1:2000) rc_matrix(survey)"),
        c("survey <- rc_survey(data)", "for (i in 1:2000) rc_summary(survey)"),
        # whole scores as text take seconds; and a pipe that nobody reads is waited for without end
        c("scores <- rc_scores(rc_survey(data))", "rc_write(scores, tempfile(), format = 'text')"),
        c("system2('mkfifo', pipe <- tempfile())",
          "rc_write(rc_matrix(rc_survey(utils::head(data, 400))), pipe, 'csv')")
    )
    for (work in works) {
        output <- interrupted_after(work)
        words <- strsplit(trimws(output[1]), " ")[[1]]
        expect_identical(words[1], "interrupted", label = paste(output, collapse = "\n"))
        expect_lt(as.numeric(words[2]), 0.5)
        expect_identical(trimws(output[2]), "80")
    }
})
