# Weights by respondent, some of them fractions, two of them 0, which leaves a respondent out.
source("../oracle.R")
source("../invent.R")
start_draws(7)
survey <- invent_survey(c(doctors = 6, nurses = 11, therapists = 4),
                        c("doctors", "nurses", "therapists"), missing = 0.1, skipped = 0.2)
weights <- c(0, 0.5, 0.8, 1, 1.25, 1.75, 2.5, 3)
respondents <- unique(survey$respondent)
weight <- weights[1 + (seq_along(respondents) * 5 + 2) %% 8]
survey$weight <- weight[match(survey$respondent, respondents)]
stopifnot(sum(weight == 0) >= 2)
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
write_case("cells_ignored.csv", expect_cells(survey, weighted = FALSE))
write_case("indices_ignored.csv", expect_indices(survey, weighted = FALSE))
write_case("coverage.csv", expect_coverage(survey))
write_case("workgroups.csv", expect_workgroups(survey))
write_case("silo.csv", expect_silo(expect_indices(survey)))
write_case("complete_cases.csv",
           expect_complete_cases(expect_indices(survey), expect_indices(survey, min_share = 1)))
