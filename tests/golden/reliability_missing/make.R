# Invented answers with holes: five workgroups of 3 to 9 people in two units, listwise, pairwise and
# by unit.
source("../oracle.R")
source("../oracle_scales.R")
source("../invent.R")
start_draws(81)
sizes <- c(cooks = 9, drivers = 3, guards = 7, nurses = 8, porters = 5)
survey <- invent_survey(sizes, c(names(sizes), "patients"), missing = .06, skipped = .1)
survey$unit <- ifelse(as.integer(substring(survey$respondent, 2)) %% 2 == 0, "North", "South")
everything <- function(each, ...)
  for_scales_of_ties(survey, function(scale, basis, x, g) each(scale, basis, x, g, ...))
write_case("input.csv", survey)
write_case("coefficients.csv", everything(expect_coefficients))
write_case("pairwise.csv",
           everything(expect_coefficients, missing = "pairwise", alpha_ci = "duhachek"))
write_case("items.csv", for_scales_of_ties(survey, function(scale, basis, x, g)
  expect_scale_items(scale, basis, x)))
for (missing in c("listwise", "pairwise"))
  write_case(paste0("correlations_", missing, ".csv"), for_scales_of_ties(
    survey, function(scale, basis, x, g) {
      expect_scale_correlations(scale, basis, x, missing)
    }))
write_case("omega.csv", for_scales_of_ties(survey, function(scale, basis, x, g)
  expect_omega(scale, basis, x)))
write_case("units.csv", bind_rows(unlist(lapply(split_blocks(survey, "unit"), function(block) {
  rows <- for_scales_of_ties(block$survey, expect_coefficients)
  lapply(seq_len(nrow(rows)), function(r) c(block$labels, as.list(rows[r, ])))
}), recursive = FALSE)))
