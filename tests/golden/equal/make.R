# Answers that do not vary: nurses give 4 everywhere, doctors always give the same to the same
# target. No spread is a standard error of 0 and an interval of one point, not a missing value.
source("../oracle.R")
survey <- expand.grid(target = c("doctors", "nurses"), respondent = sprintf("R%02d", 1:9),
                      stringsAsFactors = FALSE)[2:1]
survey$workgroup <- ifelse(survey$respondent <= "R04", "doctors", "nurses")
survey <- survey[c("respondent", "workgroup", "target")]
survey[items] <- ifelse(survey$workgroup == "nurses", 4, ifelse(survey$target == "nurses", 3, 5))
nurses <- survey[survey$workgroup == "nurses", ]
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
write_case("nurses.csv", nurses)
write_case("indices_nurses.csv", expect_indices(nurses))
write_case("indices_nurses_cr1.csv", expect_indices(nurses, type = "CR1"))
