# What the analysis `factor` must find, by lavaan and semTools. A case sources this after
# ../oracle.R.
source("../stats/lavaan.R")
suppressPackageStartupMessages(library(semTools))

# Both models' fits of one scale: a frame of complete cases, whose they are, and for each item 0 or
# 1, or none.
fit_models <- function(data, respondent, part_of = NULL) {
  n <- nrow(data)
  covariance <- cov(data) * (n - 1) / n
  models <- c(list(one_factor = rep(0, ncol(data))),
              if (!is.null(part_of)) list(two_factors = part_of))
  clustered <- anyDuplicated(respondent) > 0
  if (clustered) data$cluster <- respondent
  # lavaan takes no clusters of one.
  by_cluster <- if (clustered) list(cluster = "cluster") else list()
  lapply(models, function(factor_of) {
    items <- colnames(covariance)
    fit <- polish(model_of(items, factor_of), sample.cov = covariance, sample.nobs = n,
                  sample.cov.rescale = FALSE)
    robust <- do.call(fit_at, c(
      list(model_of(items, factor_of), within(parTable(fit), rm(se)), data = data,
           estimator = "MLR"), by_cluster))
    stopifnot(max(abs(lavInspect(robust, "gradient"))) < 1e-8)
    ml <- measures(fit, items, diag(covariance), sample.cov = covariance, sample.nobs = n,
                   sample.cov.rescale = FALSE)
    mlr <- if (ml[["df"]] > 0) do.call(measures, c(
      list(robust, items, diag(covariance), data = data, estimator = "MLR", int.ov.free = TRUE),
      by_cluster))
    list(items = items, factor_of = factor_of, n = n, respondents = length(unique(respondent)),
         ml = ml, mlr = mlr,
         errors = list(ml = estimates(fit, items), mlr = estimates(robust, items)))
  })
}

# Rows of fit. With df 0, chi-square is 0 but for rounding, and nothing else can be tested.
fit_row <- function(f, model, estimator, left_out) {
  df <- f$ml[["df"]]
  found <- if (estimator == "ml") indices(f$ml)$fit[1:8] else
    if (df > 0) robust_indices(f$mlr) else rep(NA, 9)
  if (df == 0 && estimator == "ml") found[c(1, 2)] <- c(0, NA)
  list(model = model, estimator = estimator, chisq = found[1], df = df, p = found[2],
       cfi = found[3], tli = found[4], rmsea = found[5], rmsea_low = found[6],
       rmsea_high = found[7], srmr = f$ml[["srmr"]], n = f$n, respondents = f$respondents,
       left_out = left_out, scaling = if (estimator == "mlr" && df > 0) found[8] else NA)
}
baseline_row <- function(f, estimator, left_out) {
  known <- estimator == "ml" || f$ml[["df"]] > 0
  scaling <- if (estimator == "mlr" && known) f$mlr[["baseline.chisq.scaling.factor"]] else NA
  chisq <- if (known) f$ml[["baseline.chisq"]] / (if (is.na(scaling)) 1 else scaling) else NA
  df <- f$ml[["baseline.df"]]
  list(model = "baseline", estimator = estimator, chisq = chisq, df = df,
       p = pchisq(chisq, df, lower.tail = FALSE), cfi = NA, tli = NA, rmsea = NA, rmsea_low = NA,
       rmsea_high = NA, srmr = NA, n = f$n, respondents = f$respondents, left_out = left_out,
       scaling = scaling)
}
expect_fit <- function(fits, left_out) {
  rows <- list()
  for (estimator in c("ml", "mlr")) {
    for (model in names(fits))
      rows[[length(rows) + 1]] <- fit_row(fits[[model]], model, estimator, left_out)
    rows[[length(rows) + 1]] <- baseline_row(fits[[1]], estimator, left_out)
  }
  bind_rows(rows)
}

with_interval <- function(pair, confidence)
  pair[1] + c(-1, 1) * qnorm((1 + confidence) / 2) * pair[2]
expect_loadings <- function(fits, factors, estimator, confidence = 0.95) {
  rows <- list()
  for (model in names(fits)) {
    f <- fits[[model]]
    e <- f$errors[[estimator]]
    for (i in seq_along(f$items)) {
      plain <- with_interval(e$loading[, i], confidence)
      std <- with_interval(e$loading_std[, i], confidence)
      rows[[length(rows) + 1]] <- list(
        model = model,
        factor = if (model == "one_factor") factors[1] else factors[2 + f$factor_of[i]],
        item = f$items[i], n = f$n, loading = e$loading[1, i], se = e$loading[2, i],
        ci_low = plain[1], ci_high = plain[2], loading_std = e$loading_std[1, i],
        se_std = e$loading_std[2, i], std_low = std[1], std_high = std[2],
        residual = e$residual[1, i], residual_se = e$residual[2, i],
        residual_std = e$residual_std[1, i], estimator = estimator)
    }
  }
  bind_rows(rows)
}

expect_correlation <- function(data, fits, factors, estimator, confidence = 0.95) {
  f <- fits$two_factors
  e <- f$errors[[estimator]]$correlation
  model <- model_of(f$items, f$factor_of)
  ci <- with_interval(e, confidence)
  data.frame(factor = factors[2], other_factor = factors[3], n = f$n, correlation = e[1], se = e[2],
             ci_low = ci[1], ci_high = ci[2],
             htmt = htmt(model, data = data, htmt2 = FALSE)[2, 1],
             htmt2 = htmt(model, data = data, htmt2 = TRUE)[2, 1], estimator = estimator)
}

expect_eigenvalues <- function(data)
  data.frame(number = seq_along(data), n = nrow(data),
             eigenvalue = eigen(cor(data), symmetric = TRUE, only.values = TRUE)$values)

# All tables of some scales: each a list of scale, basis, data, respondent, left_out, and part_of
# with names of parts.
expect_factor <- function(scales, estimator = "mlr", confidence = 0.95) {
  tables <- list(fit = NULL, loadings = NULL, correlations = NULL, eigenvalues = NULL)
  for (s in scales) {
    fits <- fit_models(s$data, s$respondent, s$part_of)
    factors <- c(s$scale, s$parts)
    found <- list(fit = expect_fit(fits, s$left_out),
                  loadings = expect_loadings(fits, factors, estimator, confidence),
                  correlations = if (!is.null(s$part_of))
                    expect_correlation(s$data, fits, factors, estimator, confidence),
                  eigenvalues = expect_eigenvalues(s$data))
    for (t in names(found)) if (!is.null(found[[t]]))
      tables[[t]] <- rbind(tables[[t]], cbind(scale = s$scale, basis = s$basis, found[[t]]))
  }
  tables
}
