# Runs the make.R of cases: Rscript make.R FOLDER CASE… . Each writes to FOLDER/CASE, and is done
# when it has left FOLDER/CASE/made; what it said is in FOLDER/CASE.log. Each runs in a process of
# its own, as many at a time as there are processors, forked off this one, which has loaded the
# packages: for most cases that takes longer than all the rest.
arguments <- commandArgs(trailingOnly = TRUE)
packages <- c("clubSandwich", "survey", "multilevel", "psych", "lavaan", "semTools", "lme4",
              "lmerTest", "igraph", "sna")
for (package in packages)
  if (!suppressMessages(requireNamespace(package, quietly = TRUE)))
    stop("needs R's package ", package, ": run 'make setup', which installs it")
kept <- normalizePath(arguments[1])

make_case <- function(case) {
  folder <- file.path(kept, case)
  log <- file(paste0(folder, ".log"), "w")
  sink(log)
  sink(log, type = "message")
  assign("commandArgs", function(...) folder, globalenv())  # what oracle.R asks for it
  setwd(case)
  tryCatch({
    source("make.R")
    file.create(file.path(folder, "made"))
  }, error = function(problem) message(conditionMessage(problem)))
  sink(type = "message")
  sink()
  close(log)
}

invisible(parallel::mclapply(arguments[-1], make_case, mc.cores = parallel::detectCores(),
                             mc.preschedule = FALSE, mc.set.seed = FALSE))
