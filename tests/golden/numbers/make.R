# Labels that are numbers are sorted as numbers: 1.5 and 2 before 10, units likewise, though some
# have none.
source("../oracle.R")
source("../invent.R")
start_draws(11)
survey <- invent_survey(c("10" = 4, "2" = 5, "1" = 3), c("10", "2", "1", "100", "1.5"),
                        missing = 0.05)
survey$unit <- c(9, 11, 100, NA)[1 + as.integer(substring(survey$respondent, 2)) %% 4]
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("cells_unit.csv", expect_cells(survey, by = "unit"))
write_case("indices_unit.csv", expect_indices(survey, by = "unit"))
