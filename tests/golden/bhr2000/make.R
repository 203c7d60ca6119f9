# Real answers (R package multilevel, Bliese, Halverson & Rothberg 2000): 5,400 soldiers of 99
# companies agree or disagree, 1 to 5, with statements on their leaders. Seven of the eleven items
# stand under the dimensions' names; the company is the workgroup, the leaders are the one target.
# The indices of all 99 companies for RC only: clubSandwich takes a matrix of respondents by
# respondents.
source("../oracle.R")
data(bhr2000, package = "multilevel")
survey <- data.frame(respondent = seq_len(nrow(bhr2000)), workgroup = bhr2000$GRP,
                     target = "leaders",
                     setNames(bhr2000[c("AF06", "AF07", "AP12", "AP17", "AP33", "AP34", "AS14")],
                              items))
some <- survey[survey$workgroup <= 24, ]
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices_rc.csv", expect_indices(survey, dimensions = "rc"))
write_case("some.csv", some)
write_case("indices.csv", expect_indices(some))
write_case("indices_cr1.csv", expect_indices(some, type = "CR1"))
