# Means that lie exactly on a cut, as sums of sevenths and fifths do that no double holds: the bands
# are decided on exact sums. Within 4.1 and 4.6, between 3.5 and 4.0: all moderate.
source("../oracle.R")
ties <- list()
tie <- function(respondent, workgroup, target, ...) {
  answers <- c(...)
  ties[[length(ties) + 1]] <<- c(respondent, workgroup, target, answers,
                                 rep(NA, 7 - length(answers)))
}
spread <- function(total, k) total %/% k + (seq_len(k) <= total %% k)
add_cell <- function(workgroup, target, totals, answered = 7) {
  answered <- rep_len(answered, length(totals))
  for (i in seq_along(totals))
    tie(sprintf("%s%02d", substr(workgroup, 1, 1), i), workgroup, target,
        spread(totals[i], answered[i]))
}
# ten ties of seven answers, sum 287: 287/70 = 4.1; five of seven and five of five:
# (a/7 + b/5)/10 with a 119, b 120 is (17 + 24)/10 = 4.1
add_cell("adults", "adults", c(35, 35, 35, 33, 31, 29, 25, 24, 22, 18))
add_cell("adults", "youth", c(31, 29, 28, 27, 26, 25, 24, 23, 18, 14))                # 245/70 = 3.5
add_cell("adults", "families", c(35, 34, 33, 32, 30, 29, 26, 25, 20, 16))             # 280/70 = 4
add_cell("youth", "youth", c(30, 28, 24, 20, 17, 25, 25, 25, 25, 20), rep(c(7, 5), each = 5))
add_cell("youth", "adults", c(29, 27, 25, 24, 14, 22, 19, 17, 16, 16),                # 17 + 18
         rep(c(7, 5), each = 5))
add_cell("families", "families", c(35, 35, 35, 35, 33, 34, 32, 30, 30, 23))           # 322/70 = 4.6
add_cell("families", "youth", c(29, 28, 28, 23, 11, 18, 20, 19, 20, 13, 25, 25, 30, 11, 14),
         rep(c(7, 5, 6), c(5, 5, 5)))                                               # 17 + 18 + 17.5
survey <- as.data.frame(do.call(rbind, ties))
names(survey) <- c("respondent", "workgroup", "target", items)
survey[items] <- lapply(survey[items], as.integer)
cells <- expect_cells(survey)
on_cut <- sapply(split(cells, seq_len(nrow(cells))), function(row)
  row$dimension == "rc" && any(abs(row$mean - unlist(cuts)) < 1e-12))
stopifnot(as.matrix(survey[items]) %in% c(1:5, NA), sum(on_cut) == 7,
          cells$band[on_cut] == "moderate")
write_case("input.csv", survey)
write_case("cells.csv", cells)
write_case("indices.csv", expect_indices(survey))
