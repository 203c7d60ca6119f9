# Two waves, two units and respondents without a unit. A respondent of both waves has the same id in
# both and changes unit or workgroup between them. Each group is analysed by itself.
source("../oracle.R")
source("../invent.R")
start_draws(8)
targets <- c("caseworkers", "nurses", "police")
units <- c("north", "south", NA)
make_wave <- function(wave, sizes) {
  survey <- invent_survey(sizes, targets, missing = 0.08, skipped = 0.15)
  person <- as.integer(substring(survey$respondent, 2))
  cbind(survey[1:3], unit = units[1 + (person %/% wave) %% 3], wave = wave, survey[-(1:3)])
}
survey <- rbind(make_wave(1, c(caseworkers = 12, nurses = 15)),
                make_wave(2, c(nurses = 9, caseworkers = 10)))
survey <- survey[order(survey$respondent, -survey$wave), ]
write_case("input.csv", survey)
write_case("cells_unit_wave.csv", expect_cells(survey, by = c("unit", "wave")))
write_case("indices_unit_wave.csv", expect_indices(survey, by = c("unit", "wave")))
write_case("cells_wave.csv", expect_cells(survey, by = "wave"))
write_case("indices_wave.csv", expect_indices(survey, by = "wave"))
second <- survey[survey$wave == 2, ]
write_case("cells_second.csv", expect_cells(second))
write_case("indices_second_unit.csv", expect_indices(second, by = "unit"))
write_case("coverage_wave.csv", expect_coverage(survey, by = "wave"))
write_case("workgroups_unit_wave.csv", expect_workgroups(survey, by = c("unit", "wave")))
write_case("silo_wave.csv", expect_silo(expect_indices(survey, by = "wave"), by = "wave"))
