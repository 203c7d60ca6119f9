# Five respondents and two workgroups, worked by hand below and held against the oracle.
source("../oracle.R")
open <- NA
survey <- data.frame(
  respondent = c("N1", "N1", "N2", "N2", "N3", "N3", "D1", "D1", "D2"),
  workgroup = rep(c("nurses", "doctors"), c(6, 3)),
  target = c("nurses", "doctors", "nurses", "doctors", "nurses", "doctors", "nurses", "doctors",
             "nurses"),
  rbind(c(4, 4, 4, 4, 5, 5, 5),                # N1 -> nurses    rc 31/7
        c(3, 3, 2, 2, 4, 3, 4),                # N1 -> doctors   rc 21/7 = 3
        c(5, 5, 5, 5, 5, 5, 5),                # N2 -> nurses    rc 5
        c(2, open, open, 4, 4, 4, open),       # N2 -> doctors   4 of 7 answered: rc 14/4 = 3.5
        c(open, open, open, 3, open, open, 3), # N3 -> nurses    2 of 7, 1 of 4, 1 of 3: no score
        c(4, 4, 4, 4, 4, 4, 4),                # N3 -> doctors   rc 4
        c(5, 4, 4, 4, 4, 4, 3),                # D1 -> nurses    rc 28/7 = 4
        c(4, 5, 4, 4, 4, 4, 4),                # D1 -> doctors   rc 29/7
        c(2, 3, 3, 3, 3, 3, 4)))               # D2 -> nurses    rc 21/7 = 3; D2 skips doctors
names(survey)[-(1:3)] <- items
cells <- expect_cells(survey)
indices <- expect_indices(survey)

near <- function(row, ...) {
  by_hand <- c(...)
  stopifnot(nrow(row) == 1, abs(unlist(row[names(by_hand)]) - by_hand) < 1e-12)
}
cell <- function(workgroup, target)
  cells[cells$workgroup == workgroup & cells$target == target & cells$dimension == "rc", ]
index <- function(part, weighting)
  indices[indices$part == part & indices$weighting == weighting & indices$dimension == "rc", ]

# nurses -> doctors: 3, 3.5, 4. Mean 3.5, which is on the cut and so moderate; squares
# .25 + 0 + .25, sd sqrt(.5/2) = .5. doctors -> nurses: 4, 3. doctors -> doctors: one rater, no sd.
near(cell("nurses", "doctors"), n = 3, left_out = 0, mean = 3.5, sd = 0.5, se = 0.5 / sqrt(3))
near(cell("nurses", "nurses"), n = 2, raters = 2, left_out = 1, mean = 33 / 7, sd = sqrt(2) * 2 / 7,
     se = 2 / 7)
near(cell("doctors", "nurses"), n = 2, mean = 3.5, sd = sqrt(0.5), se = 0.5)
stopifnot(cell("nurses", "doctors")$band == "moderate", is.na(cell("doctors", "doctors")$sd),
          cell("doctors", "doctors")$note == "too_few")

# Between: 3, 3.5, 4, 4, 3, each from another respondent, so that CR2 is the plain standard error:
# deviations -.5, 0, .5, .5, -.5; sd sqrt(1/4) = .5; se .5/sqrt(5); 4 degrees of freedom.
near(index("between", "ties"), n = 5, raters = 5, mean = 3.5, sd = 0.5, se = 0.5 / sqrt(5),
     ci_low = 3.5 - qt(0.975, 4) * 0.5 / sqrt(5))

# All, by respondents: N1 (31/7 + 3)/2 = 26/7, N2 (5 + 3.5)/2 = 4.25, N3 4, D1 (4 + 29/7)/2 = 57/14,
# D2 3. Over 28: 104, 119, 112, 114, 84; sum 533; mean 533/140.
near(index("all", "respondents"), n = 5, raters = 5, left_out = 0, mean = 533 / 140,
     se = sd(c(104, 119, 112, 114, 84) / 28) / sqrt(5))

# All, by ties: over 14: 62, 42 | 70, 49 | 56 | 56, 58 | 42; n 8, sum 435, mean 435/112.
# CR2 of a mean: A_i takes a cluster's sum S_i of deviations to S_i/sqrt(1 - n_i/n), so
# se^2 = sum(S_i^2/(1 - n_i/n))/n^2. The sums are 104, 119, 56, 114, 42 less n_i 435/8, over 14.
# Satterthwaite:
# df = n^2 / (sum n_i^2 + sum over i != j of n_i^2 n_j^2/(n^2 (1 - n_i/n)(1 - n_j/n)))
#   = 64/(14 + 6 * 16/36 + 12 * 4/42 + 2 * 1/49).
sums <- (c(104, 119, 56, 114, 42) - c(2, 2, 1, 2, 1) * 435 / 8) / 14
se <- sqrt(sum(sums^2 / c(3/4, 3/4, 7/8, 3/4, 7/8))) / 8
df <- 64 / (14 + 6 * 16 / 36 + 12 * 4 / 42 + 2 / 49)
near(index("all", "ties"), n = 8, raters = 5, left_out = 1, mean = 435 / 112, se = se,
     ci_high = 435 / 112 + qt(0.975, df) * se)

# Between, by workgroups: cell means 3.5 (three raters) and 3.5 (two). With one tie of a respondent
# in a cell, CR2 takes each deviation e to e/sqrt(1 - 1/n_c); the share in the mean of the two is
# then half of e over the root of n_c (n_c - 1): N1 -.5/sqrt(6), N2 0, N3 .5/sqrt(6), D1 .5/sqrt(2),
# D2 -.5/sqrt(2). Satterthwaite: P_ii = 1/n_c^2, P_ij = -1/(n_c^2 (n_c - 1)): three nurses 1/9,
# pairs -1/18; two doctors 1/4, pair -1/4.
u <- c(-0.5 / sqrt(6), 0, 0.5 / sqrt(6), 0.5 / sqrt(2), -0.5 / sqrt(2))
se <- sqrt(sum(u^2)) / 2
df <- (3 / 9 + 2 / 4)^2 / (3 / 81 + 2 / 16 + 2 * (3 / 18^2 + 1 / 16))
near(index("between", "workgroups"), n = 2, raters = 5, mean = 3.5, sd = 0, se = se,
     ci_low = 3.5 - qt(0.975, df) * se)

# All, by workgroups: cell means 33/7, 3.5, 3.5, 29/7; mean 111/28. The last has one rater, and
# nothing says how far raters differ there: no error.
near(index("all", "workgroups"), n = 4, raters = 5, mean = 111 / 28,
     sd = sd(c(33 / 7, 3.5, 3.5, 29 / 7)))
stopifnot(is.na(index("all", "workgroups")$se),
          index("all", "workgroups")$note == "single_rater_cells")

write_case("input.csv", survey)
write_case("cells.csv", cells)
write_case("indices.csv", indices)

# The survey as it was read: the same answers, by respondent and target.
sorted <- survey[order(survey$respondent, survey$target, method = "radix"), ]
write_case("answers.csv", data.frame(sorted[1:3], wave = NA, weight = NA, sorted[items], note = NA))
