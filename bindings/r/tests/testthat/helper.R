# What the tests share.

clerkship <- function() system.file("extdata", "clerkship.csv", package = "relcoord")
frame_of <- function(file) utils::read.csv(file, check.names = FALSE)

# The repository and its tool, or the test is skipped.
tree <- function(...) {
    skip_if(Sys.getenv("RELCOORD_TREE") == "", "needs the repository")
    file.path(Sys.getenv("RELCOORD_TREE"), ...)
}
tool <- function(arguments) {
    skip_if(Sys.getenv("RELCOORD") == "", "needs the tool")
    output <- tempfile()
    errors <- tempfile()
    on.exit(unlink(c(output, errors)))
    status <- system2(Sys.getenv("RELCOORD"), shQuote(arguments), stdout = output, stderr = errors)
    if (status != 0)
        stop(paste(readLines(errors), collapse = "\n"))
    readBin(output, "raw", file.size(output))
}
written <- function(result, ...) {
    file <- tempfile()
    on.exit(unlink(file))
    rc_write(result, file, ...)
    readBin(file, "raw", file.size(file))
}

# Two nurses about two groups; `...` replaces columns.
small <- function(...) {
    data <- data.frame(
        respondent = c(1L, 1L, 2L, 2L), workgroup = "nurses",
        target = c("doctors", "nurses", "doctors", "nurses"),
        frequent = c(5L, 4L, 3L, 2L), timely = c(4L, 4L, 3L, 3L), accurate = c(5L, 5L, 2L, 4L),
        problem_solving = c(1L, 2L, 3L, 4L), shared_goals = c(4L, 4L, 4L, 4L),
        shared_knowledge = c(2L, 3L, 3L, 5L), mutual_respect = c(3L, 4L, 5L, 5L)
    )
    replaced <- list(...)
    for (name in names(replaced))
        data[[name]] <- replaced[[name]]
    data
}
cells <- function(data, ...) as.data.frame(rc_matrix(rc_survey(data, ...)))
expect_same_cells <- function(data, like = small()) expect_identical(cells(data), cells(like))

# Runs R code in a session of its own, which has the package; its output, line by line.
in_session <- function(code, ...) {
    script <- tempfile(fileext = ".R")
    on.exit(unlink(script))
    writeLines(code, script)
    libraries <- paste0("R_LIBS=", paste(.libPaths(), collapse = ":"))
    suppressWarnings(system2(
        file.path(R.home("bin"), "Rscript"), c("--vanilla", shQuote(script)),
        stdout = TRUE, stderr = TRUE, env = libraries, ...
    ))
}
