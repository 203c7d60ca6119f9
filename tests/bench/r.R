# Time and memory of a data frame's way into a survey and of its matrix, as a ratio to the C calls
# on the same columns: RELCOORD_TREE=. Rscript tests/bench/r.R [ROWS [RUNS]], with the package in
# the library of R. The C program gets the very same types: 32-bit integers, and a factor's codes
# with their labels.

arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
rows <- if (length(arguments) > 0) arguments[1] else 1e7
runs <- if (length(arguments) > 1) arguments[2] else 3
tree <- normalizePath(Sys.getenv("RELCOORD_TREE", "."))
items <- c(
    "frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
    "mutual_respect"
)
labels <- letters[1:10]
suppressPackageStartupMessages(library(relcoord))

# Ten rows a respondent, who is of workgroup id %% 10; the C program makes the same.
row <- seq_len(rows) - 1
data <- data.frame(respondent = as.integer(row %/% 10))
data$workgroup <- structure(as.integer(data$respondent %% 10L + 1L), levels = labels,
                            class = "factor")
data$target <- structure(as.integer(row %% 10 + 1), levels = labels, class = "factor")
for (i in seq_along(items))
    data[[items[i]]] <- as.integer((row %/% 7 + i * row) %% 5 + 1)
rm(row)
invisible(gc())

peak <- function()
    as.numeric(gsub("[^0-9]", "", grep("^VmHWM", readLines("/proc/self/status"), value = TRUE))) /
        1024
resident <- function()
    as.numeric(gsub("[^0-9]", "", grep("^VmRSS", readLines("/proc/self/status"), value = TRUE))) /
        1024
invisible(try(writeLines("5", "/proc/self/clear_refs"), silent = TRUE)) # the peak starts anew
before <- resident()
times <- vapply(seq_len(runs), function(i) {
    survey <<- result <<- NULL # frees those of the run before
    invisible(gc())
    sum(system.time({
        survey <<- rc_survey(data)
        result <<- rc_matrix(survey)
    })[c("user.self", "sys.self")])
}, 0)
used <- peak() - before

scratch <- tempfile()
dir.create(scratch)
program <- file.path(scratch, "columns")
status <- system2("cc", c(
    "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-O2", paste0("-I", tree, "/include"), "-o", program,
    file.path(tree, "tests/bench/columns.c"), paste0("-L", tree, "/.build/lib"), "-lrelcoord",
    paste0("-Wl,-rpath,", tree, "/.build/lib")
))
stopifnot(status == 0)
said <- system2(program, c(format(rows, scientific = FALSE), runs,
                           file.path(scratch, "matrix.csv")), stdout = TRUE)
c_times <- as.numeric(strsplit(said[1], " ")[[1]])
c_used <- as.numeric(said[2])
rc_write(result, file.path(scratch, "r.csv"))
same <- identical(readLines(file.path(scratch, "r.csv")),
                  readLines(file.path(scratch, "matrix.csv")))

megabytes <- as.numeric(object.size(data)) / 2^20
cat(sprintf("%.0f rows, a data frame of %.0f MB; processor seconds, best of %d\n", rows, megabytes,
            runs))
cat(sprintf("C  %6.2f s, %5.0f MB besides the columns\n", min(c_times), c_used))
cat(sprintf("R  %6.2f s, %5.0f MB besides the data frame\n", min(times), used))
cat(sprintf("ratio %.3f; the same figures: %s\n", min(times) / min(c_times), same))
