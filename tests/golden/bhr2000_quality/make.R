# Real answers to eleven items on leaders (R package multilevel, see bhr2000) that are no relational
# coordination: one row for each soldier, the items a scale of the codebook, religiosity another,
# hours of work an outcome. Once as they are, where nothing is missing, and once with holes, don't
# knows and slips of the keyboard.
source("../oracle.R")
source("../quality.R")
data(bhr2000, package = "multilevel")
names <- names(bhr2000)[2:12]

write_table(data.frame(variable = c("GRP", names, "HRS", "RELIG"),
                       role = c("workgroup", rep("item", 11), "outcome", "item"),
                       scale = c(NA, rep("leadership", 11), NA, "religiosity"),
                       values = c(NA, rep("1=1;2=2;3=3;4=4;5=5;8=dk;9=missing", 11), NA, NA)),
            file.path(case_folder(), "codebook.csv"))

expect_variables <- function(survey) {
  do.call(rbind, c(
    list(count_labels("GRP", survey$GRP)),
    lapply(names, function(name)
      count_answers(name, survey[[name]], dont_know = 8, declared = 9)),
    list(count_answers("HRS", survey$HRS, scores = NULL), count_answers("RELIG", survey$RELIG))))
}

expect_respondents <- function(survey) {
  scores <- as.matrix(survey[names])
  scores[!scores %in% 1:5] <- NA
  bind_rows(lapply(seq_len(nrow(survey)), function(i)
    describe_person(i, survey$GRP[i], list(scores[i, ], survey$RELIG[i]), 0)))
}

write_case("input.csv", bhr2000)
write_case("variables.csv", expect_variables(bhr2000))
write_case("respondents.csv", expect_respondents(bhr2000))

holes <- bhr2000
cells <- as.matrix(holes[names])
place <- seq_along(cells)
cells[place %% 7 == 0] <- NA
cells[place %% 11 == 0] <- 8
cells[place %% 13 == 0] <- 9
cells[place %% 17 == 0] <- 33
cells[1:20, ] <- NA
holes[names] <- cells
holes$HRS[place[1:5400] %% 5 == 0] <- NA
write_case("holes.csv", holes)
write_case("holes_variables.csv", expect_variables(holes))
write_case("holes_respondents.csv", expect_respondents(holes))
