# Few raters: a workgroup of one, cells with one score or none, a respondent without any score, and
# groups (by unit) of which one has a single respondent and one has only cells of one rater.
source("../oracle.R")
source("../invent.R")
start_draws(9)
survey <- invent_survey(c(doctors = 1, nurses = 5, therapists = 3),
                        c("doctors", "nurses", "therapists"), missing = 0.05)
survey$unit <- c("both", "lone", "ward", "ward", "ward", "ward", "both", "ward", "ward")[
  as.integer(substring(survey$respondent, 2))]
empty <- function(rows, columns = items) survey[rows, columns] <<- NA
empty(survey$respondent == "R003")
empty(survey$workgroup == "therapists" & survey$target == "doctors")
empty(survey$workgroup == "nurses" & survey$target == "doctors" & survey$respondent != "R004")
empty(survey$respondent == "R008" & survey$target == "nurses", items[1:5])
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
write_case("cells_unit.csv", expect_cells(survey, by = "unit"))
write_case("indices_unit.csv", expect_indices(survey, by = "unit"))
survey$weight <- c(1, 2, 0.5, 1.5, 3, 1, 0, 2, 1)[as.integer(substring(survey$respondent, 2))]
write_case("weighted.csv", survey)
write_case("cells_weighted.csv", expect_cells(survey))
write_case("indices_weighted.csv", expect_indices(survey))
