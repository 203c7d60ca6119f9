# The answers of bhr2000 as if each soldier rated four workgroups, so that ties share their
# respondent: the eleven items in rotation, seven for each target, of which one is the own company.
# Companies are numbers and the other targets are not, so targets are sorted by bytes. The indices
# on eight companies, for clubSandwich's sake.
source("../oracle.R")
data(bhr2000, package = "multilevel")
answers <- bhr2000[c("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14", "AS15", "AS16", "AS17",
                     "AS28")]
rate <- function(target, first) {
  chosen <- (first + 0:6 - 1) %% 11 + 1
  data.frame(respondent = seq_len(nrow(answers)), workgroup = bhr2000$GRP, target = target,
             setNames(answers[chosen], items))
}
survey <- rbind(rate(bhr2000$GRP, 1), rate("staff", 4), rate("medics", 7), rate("supply", 10))
survey <- survey[order(survey$respondent), ]
survey <- survey[(survey$respondent * 7 +
                  match(survey$target, c("staff", "medics", "supply"), 0)) %% 5 > 0, ]
some <- survey[survey$workgroup %in% c(3, 11, 20, 47, 52, 60, 81, 98), ]
weighted <- cbind(some, weight = c(0.5, 1, 1.5, 2, 0)[1 + some$respondent %% 5])
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("some.csv", some)
write_case("indices.csv", expect_indices(some))
write_case("indices_unit.csv", expect_indices(transform(some, unit = respondent %% 3), by = "unit"))
write_case("units.csv", transform(some, unit = respondent %% 3))
write_case("weighted.csv", weighted)
write_case("indices_weighted.csv", expect_indices(weighted))
