# Respondents who rate one to five targets, workgroups of 2 to 14, a fifth of the answers open; one
# target does not answer itself. Half the items, all of them, and a tenth of them as the least that
# makes a score; another confidence; CR1.
source("../oracle.R")
source("../invent.R")
start_draws(6)
survey <- invent_survey(c(caseworkers = 14, "job centre" = 9, nurses = 5, teachers = 2),
                        c("caseworkers", "citizens", "job centre", "nurses", "teachers"),
                        missing = 0.2, skipped = 0.3)
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
write_case("cells_complete.csv", expect_cells(survey, min_share = 1))
write_case("indices_complete.csv", expect_indices(survey, min_share = 1))
write_case("indices_lenient.csv", expect_indices(survey, min_share = 0.1))
write_case("cells_90.csv", expect_cells(survey, confidence = 0.9))
write_case("indices_cr1_90.csv", expect_indices(survey, type = "CR1", confidence = 0.9))
write_case("coverage.csv", expect_coverage(survey))
write_case("workgroups.csv", expect_workgroups(survey))
write_case("silo.csv", expect_silo(expect_indices(survey)))
write_case("complete_cases.csv",
           expect_complete_cases(expect_indices(survey), expect_indices(survey, min_share = 1)))
