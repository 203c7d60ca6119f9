# Danish headers, some with a capital and a space or a hyphen, Danish labels that sort by their
# bytes, a label with a comma in it.
source("../oracle.R")
source("../invent.R")
start_draws(10)
groups <- c("sygeplejersker", "l\u00e6ger", "Socialr\u00e5dgivere", "\u00e6ldrepleje",
            "jobcenter, unge")
survey <- invent_survey(setNames(c(4, 5, 3, 4, 6), groups), c(groups, "\u00f8vrige"),
                        missing = 0.06, skipped = 0.1)
survey$unit <- c("\u00d8st", "Vest")[1 + as.integer(substring(survey$respondent, 2)) %% 2]
write_case("cells.csv", expect_cells(survey))
write_case("indices_unit.csv", expect_indices(survey, by = "unit"))
names(survey) <- c("respondent", "faggruppe", "m\u00e5lgruppe", "hyppig", "rettidig", "korrekt",
                   "probleml\u00f8sende", "F\u00e6lles m\u00e5l", "f\u00e6lles_viden",
                   "Gensidig-Respekt", "enhed")
write_case("input.csv", survey)
