# The example survey: the eight published cells to their printed digits, and every cell and index to
# full precision. survey.csv is made by tests/examples/clerkship/make.R.
source("../oracle.R")
survey <- read.csv("../../examples/clerkship/survey.csv")

# BMC Medical Education 2006, 6:23, as printed.
published <- data.frame(workgroup = rep(c("students", "nurses"), each = 4),
                        target = rep(c("students", "nurses", "residents", "attendings"), 2),
                        dimension = "rc", n = rep(c(68, 99), each = 4),
                        mean = c(3.65, 2.98, 4.16, 3.71, 2.68, 4.36, 3.77, 3.66),
                        sd = c(1.01, 0.83, 0.48, 0.71, 1.06, 0.72, 0.72, 0.86))
published[c("mean", "sd")] <- lapply(published[c("mean", "sd")], sprintf, fmt = "%.2f")
write_case("published.csv", published)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
write_case("indices_cr1.csv", expect_indices(survey, type = "CR1"))

# What stands in its columns, how its respondents answered, and the score of each tie.
source("../quality.R")
write_case("variables.csv", do.call(rbind, lapply(names(survey), function(name)
  if (name %in% items) count_answers(name, survey[[name]]) else
    count_labels(name, survey[[name]]))))
survey <- survey[order(survey$respondent, survey$target, method = "radix"), ]
write_case("respondents.csv", bind_rows(lapply(split(survey, survey$respondent), function(own)
  describe_person(own$respondent[1], own$workgroup[1],
                  lapply(seq_len(nrow(own)), function(i) as.numeric(own[i, items])), nrow(own)))))
rates <- function(names) score_ties(survey, names, 0.5)
write_case("ties.csv", data.frame(survey[c("respondent", "workgroup", "target")], rc = rates(items),
                                  communication = rates(items[1:4]),
                                  relationship = rates(items[5:7]),
                                  answered = rowSums(!is.na(survey[items])), note = NA))
