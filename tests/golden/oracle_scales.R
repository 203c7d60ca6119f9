# What the cases of scales share: the expected tables of `reliability`, worked out with psych
# (alpha, its errors, items), lavaan (omega) and R's lm (levels), and by brute force over all splits
# where psych visits some only. Knows nothing of relcoord but its input and output contract.
# Definitions: relcoord-methods(7), Reliability.
suppressMessages({
  library(psych)
  library(lavaan)
})

# ---- Cases ---------------------------------------------------------------------------------------

# One value for each respondent and item: the mean over the ties that answer it, by ascending
# respondent.
respondent_means <- function(survey, names) {
  rows <- split(seq_len(nrow(survey)), survey$respondent)
  rows <- rows[as.character(sort(unique(survey$respondent)))]
  means <- t(sapply(rows, function(r) colMeans(survey[r, names], na.rm = TRUE)))
  means[is.nan(means)] <- NA
  list(x = as.data.frame(means), workgroup = sapply(rows, function(r) survey$workgroup[r[1]]))
}

# ---- Coefficients --------------------------------------------------------------------------------

guttman2 <- function(m) {
  k <- ncol(m)
  off <- m - diag(diag(m))
  (sum(off) + sqrt(k / (k - 1) * sum(off^2))) / sum(m)
}
guttman6 <- function(m) 1 - sum(1 / diag(solve(m))) / sum(m)
split_halves <- function(m) {
  k <- ncol(m)
  halves <- combn(k, k %/% 2, simplify = FALSE)
  if (k %% 2 == 0) halves <- Filter(function(h) 1 %in% h, halves)
  all <- sapply(halves, function(h) 4 * sum(m[h, -h]) / sum(m))
  c(min(all), mean(all), max(all))
}

# Within and between matrices of the analysis of variance, by lm.
levels_of <- function(x, g) {
  g <- factor(g)
  n <- table(g)
  if (nlevels(g) == 1) {
    within <- cov(x)
    return(list(groups = 1, within = within, between = within * NA))
  }
  fit <- lm(as.matrix(x) ~ g)
  within <- crossprod(residuals(fit)) / (sum(n) - nlevels(g))
  means <- crossprod(sweep(fitted(fit), 2, colMeans(x))) / (nlevels(g) - 1)
  n0 <- (sum(n) - sum(n^2) / sum(n)) / (nlevels(g) - 1)
  list(groups = nlevels(g), within = within, between = (means - within) / n0)
}
raw_alpha <- function(m) ncol(m) / (ncol(m) - 1) * (1 - sum(diag(m)) / sum(m))

join <- function(...) {
  codes <- c(...)
  codes <- codes[codes != ""]
  if (length(codes) == 0) NA else paste(codes, collapse = ";")
}

# x: rows of cases; workgroup by row. Omega stands in a table of its own, expect_omega.
expect_coefficients <- function(scale, basis, x, workgroup, missing = "listwise",
                                alpha_ci = "feldt", confidence = .95) {
  complete <- complete.cases(x)
  pairwise <- missing == "pairwise"
  cov_x <- if (pairwise) cov(x, use = "pairwise") else cov(x[complete, ])
  cor_x <- if (pairwise) cor(x, use = "pairwise") else cor(x[complete, ])
  n <- if (pairwise) min(crossprod(!is.na(x))) else sum(complete)
  left_out <- if (pairwise) sum(rowSums(!is.na(x)) == 0) else sum(!complete)
  k <- ncol(x)
  a <- suppressWarnings(psych::alpha(cov_x, n.obs = n, warnings = FALSE))$total
  a_std <- suppressWarnings(psych::alpha(cor_x, n.obs = n, warnings = FALSE))$total
  off <- cor_x[lower.tri(cor_x)]
  sem <- sqrt(sum(cov_x)) / k * sqrt(1 - a$raw_alpha)
  z <- qnorm((1 + confidence) / 2)
  value <- c(alpha = a$raw_alpha, alpha_std = a_std$raw_alpha, lambda2 = guttman2(cov_x),
             lambda2_std = guttman2(cor_x), lambda6 = guttman6(cov_x),
             lambda6_std = guttman6(cor_x),
             setNames(split_halves(cov_x), c("lambda4_min", "lambda4_mean", "lambda4_max")),
             alpha_within = NA, alpha_between = NA, r_mean = mean(off), r_min = min(off),
             r_max = max(off), sem = sem, mdc = z * sqrt(2) * sem)
  rows <- data.frame(scale = scale, basis = basis, coefficient = names(value), n = n, k = k,
                     left_out = left_out, value = value, se = NA_real_, ci_low = NA_real_,
                     ci_high = NA_real_,
                     estimator = paste0(sub("_(min|mean|max)$", "", names(value)), "_", missing),
                     note = if (basis == "ties") "ties_no_analytic_ci" else "no_analytic_ci",
                     row.names = names(value))
  rows <- add_levels(rows, x[complete, ], workgroup[complete], nrow(x))
  if (basis == "ties") return(rows)
  if (alpha_ci == "feldt") {
    rows["alpha", c("ci_low", "ci_high")] <-
      psych::alpha.ci(a$raw_alpha, n, k, p.val = 1 - confidence)[c("lower.ci", "upper.ci")]
    rows["alpha", "note"] <- "feldt"
  } else {
    for (which in c("alpha", "alpha_std")) {
      se <- if (which == "alpha") a$ase else a_std$ase
      rows[which, c("se", "ci_low", "ci_high")] <- c(se, value[[which]] + c(-1, 1) * z * se)
      rows[which, "note"] <- "duhachek"
    }
  }
  rows
}

add_levels <- function(rows, x, workgroup, asked) {
  levels <- levels_of(x, workgroup)
  note <- rows["alpha_within", "note"]
  for (level in c("within", "between")) {
    which <- paste0("alpha_", level)
    few <- level == "between" && levels$groups < 3
    m <- levels[[level]]
    below <- names(x)[diag(m) < 0]
    nothing <- !few && sum(m) <= 0  # the estimated variance of the sum
    value <- if (few || nothing) NA else raw_alpha(m)
    rows[which, c("n", "left_out")] <- c(nrow(x), asked - nrow(x))
    rows[which, "value"] <- value
    rows[which, "estimator"] <- paste0(which, "_anova")
    rows[which, "note"] <- join(
      if (few) "too_few" else if (nothing) "no_variance" else "",
      if (!few && length(below) > 0) paste0("improper:", below[1]) else "",
      if (!is.na(value) && value < 0) "negative" else "", paste0("workgroups:", levels$groups),
      if (is.na(value)) "" else note)
  }
  rows
}

# lavaan's one factor, on complete cases, of the covariances and standardised; the standard errors
# by its delta method, the intervals normal. Asked for more digits than it can have, its optimiser
# says that it has no solution; it has.
expect_omega <- function(scale, basis, x, confidence = .95) {
  used <- x[complete.cases(x), ]
  l <- paste0("l", seq_along(used))
  t <- paste0("t", seq_along(used))
  total <- function(terms) paste0("(", paste(terms, collapse = " + "), ")")
  deviation <- sprintf("sqrt(%s^2 + %s)", l, t)
  omega <- function(loadings, residuals) {
    paste0(total(loadings), "^2/(", total(loadings), "^2 + ", total(residuals), ")\n")
  }
  model <- paste0("f =~ ", paste0(l, "*", names(used), collapse = " + "), "\n",
                  paste0(names(used), " ~~ ", t, "*", names(used), collapse = "\n"), "\n",
                  "omega_u := ", omega(l, t),
                  "omega_u_std := ", omega(paste0(l, "/", deviation),
                                           paste0(t, "/", deviation, "^2")))
  fit <- suppressWarnings(cfa(model, used, std.lv = TRUE, optim.force.converged = TRUE,
                              control = list(rel.tol = 1e-14, x.tol = 1e-14, eval.max = 5000,
                                             iter.max = 5000)))
  p <- parameterEstimates(fit, level = confidence)
  p <- p[p$label %in% c("omega_u", "omega_u_std"), ]
  if (basis == "ties") p[c("se", "ci.lower", "ci.upper")] <- NA
  data.frame(scale = scale, basis = basis, coefficient = p$label, n = nrow(used), k = ncol(used),
             left_out = nrow(x) - nrow(used), value = p$est, se = p$se, ci_low = p$ci.lower,
             ci_high = p$ci.upper, estimator = paste0(p$label, "_ml"))
}

# ---- Items ---------------------------------------------------------------------------------------

expect_scale_items <- function(scale, basis, x, low = 1, high = 5) {
  x <- x[complete.cases(x), ]
  a <- suppressWarnings(psych::alpha(x, warnings = FALSE))
  floor <- colMeans(x == low)
  ceiling <- colMeans(x == high)
  data.frame(scale = scale, basis = basis, item = names(x), n = nrow(x), mean = colMeans(x),
             sd = sapply(x, sd), floor = floor, ceiling = ceiling, item_total = a$item.stats$raw.r,
             item_rest = a$item.stats$r.drop, alpha_dropped = a$alpha.drop$raw_alpha,
             smc = psych::smc(x),
             note = mapply(function(f, c)
               join(if (f > .15) "floor" else "", if (c > .15) "ceiling" else ""), floor, ceiling))
}

expect_scale_correlations <- function(scale, basis, x, missing = "listwise") {
  use <- if (missing == "pairwise") "pairwise" else "complete.obs"
  r <- cor(x, use = use)
  n <- if (missing == "pairwise") crossprod(!is.na(x)) else
    matrix(sum(complete.cases(x)), ncol(x), ncol(x))
  pairs <- do.call(rbind, lapply(2:ncol(x), function(i) cbind(i, seq_len(i - 1))))
  data.frame(scale = scale, basis = basis, item = names(x)[pairs[, 1]],
             other = names(x)[pairs[, 2]], n = n[pairs], r = r[pairs], note = NA)
}

# ---- All of them ---------------------------------------------------------------------------------

# The three scales of ties on both bases, each given to a function of (scale, basis, x, workgroup).
for_scales_of_ties <- function(survey, each) {
  all <- list(rc = items, communication = items[1:4], relationship = items[5:7])
  do.call(rbind, unlist(lapply(names(all), function(name) {
    means <- respondent_means(survey, all[[name]])
    list(each(name, "ties", survey[all[[name]]], survey$workgroup),
         each(name, "respondents", means$x, means$workgroup))
  }), recursive = FALSE))
}
