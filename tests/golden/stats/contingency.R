# Tables of counts by chisq.test and fisher.test for tests/c/stats/check_contingency.c: run as
#     Rscript contingency.R FOLDER
# 2 x 2 tables have Fisher's p, others a p by the exact distribution of the same margins, as
# fisher.test cannot give for chi-square: of k x 2 tables all are listed, and those whose chi-square
# reaches the observed one are added up.
exact_chisq_p <- function(table) {
  sizes <- rowSums(table)
  answered <- sum(table[, 1])
  all <- as.matrix(expand.grid(lapply(sizes, function(n) 0:n)))
  all <- all[rowSums(all) == answered, , drop = FALSE]
  n <- sum(sizes)
  expected <- sizes * answered / n
  statistic <- function(x) sum((x - expected)^2 / expected + (x - expected)^2 / (sizes - expected))
  of_all <- apply(all, 1, statistic)
  logs <- rowSums(sapply(seq_along(sizes), function(i) lchoose(sizes[i], all[, i]))) -
      lchoose(n, answered)
  sum(exp(logs[of_all >= statistic(table[, 1]) * (1 - 1e-9)]))
}
tables <- list(
  rbind(c(60, 20), c(66, 9)), rbind(c(3, 1), c(1, 3)), rbind(c(10, 0), c(2, 7)),
  rbind(c(0, 5), c(5, 0)), rbind(c(1, 99), c(8, 92)), rbind(c(5000, 5100), c(4900, 5300)),
  rbind(c(1, 0), c(0, 1)), rbind(c(12, 4), c(3, 1)), rbind(c(40, 10), c(30, 20), c(25, 5)),
  rbind(c(3, 1), c(1, 4), c(2, 0), c(5, 2)), rbind(c(6, 0), c(5, 1), c(0, 4)),
  rbind(c(2, 2), c(3, 1), c(1, 3), c(4, 4)), rbind(c(900, 100), c(850, 150), c(700, 300)),
  rbind(c(12, 5, 7), c(3, 9, 4), c(8, 8, 1), c(2, 6, 11)),
  rbind(c(20, 30, 25, 40, 31), c(18, 22, 45, 10, 29)),
  cbind(1:40, 40:1), cbind(rep(c(3, 5), 300), rep(c(4, 2), 300))
)
rows <- lapply(tables, function(table) {
  test <- suppressWarnings(chisq.test(table, correct = FALSE))
  small <- all(dim(table) == 2)
  data.frame(
    rows = nrow(table), columns = ncol(table), counts = paste(t(table), collapse = " "),
    statistic = unname(test$statistic), df = unname(test$parameter), p = test$p.value,
    v = sqrt(unname(test$statistic) / (sum(table) * (min(dim(table)) - 1))),
    least_expected = min(test$expected),
    fisher = if (small) fisher.test(table)$p.value else NaN,
    exact = if (ncol(table) == 2 && sum(table) < 60) exact_chisq_p(table) else NaN
  )
})
result <- do.call(rbind, rows)
numbers <- vapply(result, is.double, NA)
result[numbers] <- lapply(result[numbers], function(x) ifelse(is.nan(x), "", sprintf("%.17g", x)))
write.table(result, file.path(commandArgs(TRUE)[1], "contingency.csv"), sep = ",", quote = FALSE,
            row.names = FALSE)
