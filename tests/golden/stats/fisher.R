# Quantiles and tails of the F distribution for tests/c/stats/check_fisher.c: run as
#     Rscript fisher.R FOLDER
# R's qf loses digits where the lower tail is asked for, and takes chi-square's quantile from
# 400,000 degrees of freedom on; so Newton's steps on the logarithm of the smaller tail by R's pf
# follow it.
quantile_of <- function(upper, df1, df2) {
  f <- qf(upper, df1, df2, lower.tail = FALSE)
  if (!(f > 1e-12)) return(NA)
  lower <- upper > 0.5
  for (step in 1:12) {
    tail <- pf(f, df1, df2, lower.tail = lower)
    off <- (log(tail) - log(if (lower) 1 - upper else upper)) * tail / df(f, df1, df2)
    f <- if (lower) f - off else f + off
  }
  f
}
freedoms <- c(0.5, 1, 2, 3, 8, 30, 99, 327, 1e4, 1e7)
grid <- expand.grid(upper = c(0.9995, 0.975, 0.5, 0.05, 0.025, 0.0005), df_above = freedoms,
                    df_below = freedoms)
grid$quantile <- mapply(quantile_of, grid$upper, grid$df_above, grid$df_below)
grid <- grid[!is.na(grid$quantile) & is.finite(grid$quantile), ]
grid$lower_tail <- pf(grid$quantile / 2, grid$df_above, grid$df_below)
grid$upper_tail <- pf(grid$quantile * 2, grid$df_above, grid$df_below, lower.tail = FALSE)
grid[] <- lapply(grid, function(x) sprintf("%.17g", x))
write.table(grid, file.path(commandArgs(TRUE)[1], "fisher.csv"), sep = ",", quote = FALSE,
            row.names = FALSE)
