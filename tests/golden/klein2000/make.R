# R package multilevel, Klein et al. 2000: 750 people of 50 groups of 15, simulated by its authors
# on continuous scales. Cut here at -1.5, -0.5, 0.5 and 1.5 into whole answers: a balanced survey.
source("../oracle.R")
data(klein2000, package = "multilevel")
answers <- lapply(klein2000[c("JOBSAT", "COHES", "POSAFF", "PAY", "NEGLEAD", "WLOAD", "TASKSIG")],
                  function(x) findInterval(x, c(-1.5, -0.5, 0.5, 1.5)) + 1L)
survey <- data.frame(respondent = seq_len(nrow(klein2000)), workgroup = klein2000$GRPID,
                     target = "leaders", setNames(answers, items))
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices.csv", expect_indices(survey))
