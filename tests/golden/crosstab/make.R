# R package multilevel, Lang & Quick 2002 (lq2002): answers crossed with parts of the companies:
# counts and per cents by table, prop.table and addmargins, tests by chisq.test without continuity
# correction and fisher.test.
source("../oracle.R")
data(lq2002, package = "multilevel")
people <- data.frame(id = seq_len(nrow(lq2002)),
                     part = c("North", "East", "South", "West")[lq2002$COMPID %% 4 + 1],
                     answer = lq2002$LEAD01, task = ifelse(lq2002$TSIG01 > 3, "yes", "no"),
                     few = ifelse(lq2002$SUB %% 397 == 0, "yes", "no"))
people$answer[people$id %% 23 == 0] <- 8
people$task[people$id %% 31 == 0] <- ""
write_case("input.csv", people)
write_case("codebook.csv", data.frame(
  variable = c("id", "part", "answer", "task", "few"),
  role = c("respondent", "unit", "item", "group", "group"),
  scale = c("", "", "lead", "", ""),
  values = c("", "North;East;South;West", "1;2;3;4;5;8=dk", "no;yes", "no;yes")))
people$part <- factor(people$part, c("North", "East", "South", "West"))
people$answer <- factor(ifelse(people$answer == 8, NA, people$answer), 1:5)
people$task <- factor(people$task, c("no", "yes"))
people$few <- factor(people$few, c("no", "yes"))

cells <- function(rows, columns, part = NULL) {
  counts <- addmargins(table(rows, columns))
  all <- nrow(counts) * ncol(counts)
  flat <- function(x) as.vector(t(x))
  side <- function(x, margin)
    100 * x / matrix(if (margin == 1) counts[, ncol(counts)] else counts[nrow(counts), ],
                     nrow(x), ncol(x), byrow = margin == 2)
  inner <- suppressWarnings(chisq.test(table(rows, columns), correct = FALSE)$expected)
  expected <- rbind(cbind(inner, NA), NA)
  labels <- function(x) c(setdiff(x, "Sum"), "(total)")
  rows <- data.frame(row = rep(labels(rownames(counts)), each = ncol(counts)),
                     column = rep(labels(colnames(counts)), nrow(counts)),
                     n = as.integer(flat(counts)), row_percent = flat(side(counts, 1)),
                     column_percent = flat(side(counts, 2)),
                     total_percent = flat(100 * counts / counts[nrow(counts), ncol(counts)]),
                     expected = flat(expected),
                     row_n = rep(as.integer(counts[, ncol(counts)]), each = ncol(counts)),
                     column_n = rep(as.integer(counts[nrow(counts), ]), nrow(counts)), note = "")
  stopifnot(nrow(rows) == all)
  if (is.null(part)) rows else cbind(unit = part, rows)
}
verdict <- function(rows, columns, names, dont_know, fisher = FALSE, part = NULL) {
  counts <- table(rows, columns)
  test <- suppressWarnings(chisq.test(counts, correct = FALSE))
  stopifnot(fisher == any(test$expected < 5))
  p <- if (fisher) fisher.test(counts)$p.value else test$p.value
  row <- data.frame(row_variable = names[1], column_variable = names[2], group = "(total)",
                    n = sum(counts), dont_know,
                    missing = length(rows) - sum(counts) - dont_know,
                    chisq = unname(test$statistic), df = as.integer(test$parameter), p, p_holm = p,
                    cramers_v = sqrt(unname(test$statistic) /
                                     (sum(counts) * (min(dim(counts)) - 1))),
                    estimator = if (fisher) "crosstab_fisher" else "crosstab_chisq", note = "")
  if (is.null(part)) row else cbind(unit = part, row)
}
doubts <- is.na(people$answer)
write_case("cells.csv", cells(people$answer, people$part))
write_case("tests.csv", verdict(people$answer, people$part, c("answer", "unit"), sum(doubts)))
write_case("fisher.csv", verdict(people$task, people$few, c("task", "few"), 0, fisher = TRUE))
parts <- c(lapply(levels(people$part), function(p) people$part == p), list(rep(TRUE, nrow(people))))
names <- c(levels(people$part), "(total)")
write_case("cells_unit.csv", do.call(rbind, Map(function(inside, p)
  cells(people$answer[inside], people$task[inside], p), parts, names)))
write_case("tests_unit.csv", do.call(rbind, Map(function(inside, p)
  verdict(people$answer[inside], people$task[inside], c("answer", "task"), sum(doubts[inside]),
          part = p), parts, names)))
