# Runs the package's tests. In the repository RELCOORD is the path of the tool and RELCOORD_TREE the
# repository; without them, as in R CMD check, the tests that need these are skipped.
library(testthat)
library(relcoord)
folder <- if (dir.exists("testthat")) "testthat" else
    file.path(Sys.getenv("RELCOORD_TREE"), "bindings/r/tests/testthat")
results <- as.data.frame(test_dir(folder, package = "relcoord", load_package = "installed",
                                  stop_on_failure = FALSE, reporter = "summary"))
failed <- sum(results$failed) + sum(results$error)
cat(sum(results$passed), " passed, ", failed, " failed\n", sep = "")
if (failed > 0)
    quit(status = 1)
