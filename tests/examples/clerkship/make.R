# Makes survey.csv: a survey as a form would have recorded it, whole answers 1 to 5, whose cells
# equal the table published in BMC Medical Education 2006, 6:23: 68 students and 99 nurses, each
# rating students, nurses, residents and attendings. Base R only. Run it in this folder:
# Rscript make.R [FILE]
#
# The answers are invented; the printed figures are met, and checked at the end: a file that misses
# one is not written. The paper also prints subscale means for two cells. For students rating
# residents it gives communication 4.26, relationship 4.00 and RC 4.16; whole answers of 68 students
# cannot give all three: communication below 4.265 is a sum of at most 1160, relationship below
# 4.005 at most 817, together 1977, while RC of at least 4.155 takes 1978. RC has priority here, so
# relationship is 818, which prints 4.01. For nurses rating students (2.74, 2.60, 2.68) all three
# hold.
#
# Uniform draws, additions, multiplications and square roots only: the same bytes on every machine.

items <- c("frequent", "timely", "accurate", "problem_solving",
           "shared_goals", "shared_knowledge", "mutual_respect")
communication <- 1:4
relationship <- 5:7
targets <- c("students", "nurses", "residents", "attendings")

printed <- data.frame(
  workgroup = rep(c("students", "nurses"), each = 4),
  target = rep(targets, 2),
  mean = c(3.65, 2.98, 4.16, 3.71, 2.68, 4.36, 3.77, 3.66),
  sd = c(1.01, 0.83, 0.48, 0.71, 1.06, 0.72, 0.72, 0.86),
  communication_sum = c(NA, NA, 1160, NA, 1086, NA, NA, NA),  # of all answers of the cell
  relationship_sum = c(NA, NA, 818, NA, 772, NA, NA, NA))

round_half_up <- function(x) floor(100 * x + 0.5) / 100

# Nearly normal, mean 0 and variance 1: twelve uniform draws less six.
draw_normal <- function(n) {
  x <- rep(-6, n)
  for (i in 1:12) x <- x + runif(n)
  x
}

# Ties of one respondent share a part of their deviation: correlation .36.
draw_deviations <- function(n) {
  own <- draw_normal(n)
  sapply(targets, function(target) 0.6 * own + 0.8 * draw_normal(n))
}

# The sums of the seven answers of each tie: the deviations laid out with a spread, around the
# centre that gives the wanted sum of the cell. The ends of the scale cut the tails off, which is
# what skews the cells near them. NULL where no centre gives the sum.
lay_out <- function(deviation, spread, sum_wanted) {
  low <- 0
  high <- 42
  while (high - low > 1e-6) {
    centre <- (low + high) / 2
    totals <- pmin(35, pmax(7, floor(centre + spread * deviation + 0.5)))
    if (sum(totals) == sum_wanted) return(totals)
    if (sum(totals) < sum_wanted) low <- centre else high <- centre
  }
  NULL
}

# Of the spreads on a fine grid, the one whose SD comes nearest to the printed one.
choose_totals <- function(deviation, mean, sd, sum_wanted) {
  if (is.na(sum_wanted)) sum_wanted <- round(7 * length(deviation) * mean)
  tried <- lapply(7 * sd * (1 + (-80:400) / 200), lay_out, deviation = deviation,
                  sum_wanted = sum_wanted)
  misses <- sapply(tried, function(totals)
    if (is.null(totals)) Inf else abs(sd(totals / 7) - sd))
  tried[[which.min(misses)]]
}

# Seven answers with a given sum: every item leans its own way, the rest is noise; then the items
# furthest from what they leant to give or take a point until the sum is right.
share_out <- function(total, lean) {
  wish <- total / 7 + lean + 0.55 * draw_normal(7)
  answers <- pmin(5, pmax(1, floor(wish + 0.5)))
  while (sum(answers) != total) {
    step <- sign(total - sum(answers))
    room <- if (step > 0) answers < 5 else answers > 1
    item <- which(room)[which.max((step * (wish - answers))[room])]
    answers[item] <- answers[item] + step
  }
  answers
}

# Moves single points between the subscales of a tie until communication sums to what the paper's
# figures need; the totals of the ties stay as they are.
balance_subscales <- function(answers, communication_sum) {
  row <- 0
  while (sum(answers[, communication]) != communication_sum) {
    row <- row %% nrow(answers) + 1
    up <- if (sum(answers[, communication]) < communication_sum) communication else relationship
    down <- setdiff(seq_along(items), up)
    gain <- up[answers[row, up] < 5]
    give <- down[answers[row, down] > 1]
    if (length(gain) == 0 || length(give) == 0) next
    gain <- gain[which.min(answers[row, gain])]
    give <- give[which.max(answers[row, give])]
    if (answers[row, give] <= answers[row, gain]) next
    answers[row, gain] <- answers[row, gain] + 1
    answers[row, give] <- answers[row, give] - 1
  }
  answers
}

make_cell <- function(cell, deviation) {
  totals <- choose_totals(deviation, cell$mean, cell$sd,
                          cell$communication_sum + cell$relationship_sum)
  # Accuracy comes easier than solving problems.
  lean <- c(0.25, 0.05, 0.20, -0.30, 0.10, -0.35, 0.05)
  if (!is.na(cell$communication_sum))
    lean <- lean + ifelse(seq_along(items) %in% communication, 0.08, -0.10)
  answers <- t(sapply(totals, share_out, lean = lean))
  if (!is.na(cell$communication_sum))
    answers <- balance_subscales(answers, cell$communication_sum)
  colnames(answers) <- items
  answers
}

make_workgroup <- function(workgroup, prefix, n) {
  deviations <- draw_deviations(n)
  do.call(rbind, lapply(targets, function(target) {
    cell <- printed[printed$workgroup == workgroup & printed$target == target, ]
    data.frame(respondent = sprintf("%s%02d", prefix, 1:n), workgroup = workgroup, target = target,
               make_cell(cell, deviations[, target]))
  }))
}

check_cell <- function(cell) {
  x <- survey[survey$workgroup == cell$workgroup & survey$target == cell$target, items]
  score <- rowSums(x) / 7
  stopifnot(nrow(x) == if (cell$workgroup == "students") 68 else 99,
            round_half_up(mean(score)) == cell$mean, round_half_up(sd(score)) == cell$sd,
            sapply(x, function(item) length(unique(item)) >= 3))
  if (!is.na(cell$communication_sum))
    stopifnot(sum(x[, communication]) == cell$communication_sum,
              sum(x[, relationship]) == cell$relationship_sum)
}

suppressWarnings(RNGversion("3.6.0"))
set.seed(20060623)
survey <- rbind(make_workgroup("students", "S", 68), make_workgroup("nurses", "N", 99))
survey <- survey[order(survey$workgroup != "students", survey$respondent,
                       match(survey$target, targets)), ]

for (i in seq_len(nrow(printed))) check_cell(printed[i, ])
mean_of <- function(workgroup, target, scale)
  round_half_up(mean(as.matrix(survey[survey$workgroup == workgroup & survey$target == target,
                                      items[scale]])))
stopifnot(nrow(survey) == 4 * (68 + 99), as.matrix(survey[items]) %in% 1:5,
          !duplicated(survey[c("respondent", "target")]),
          mean_of("students", "residents", communication) == 4.26,
          mean_of("students", "residents", relationship) == 4.01,
          mean_of("nurses", "students", communication) == 2.74,
          mean_of("nurses", "students", relationship) == 2.60)

file <- commandArgs(trailingOnly = TRUE)
out <- file(if (length(file) == 1) file else "survey.csv", "wb")  # binary: LF on every system
write.csv(survey, out, row.names = FALSE, quote = FALSE)
close(out)
