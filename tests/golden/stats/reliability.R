# Writes reliability.csv, the golden values of tests/c/stats/check_reliability.c: what R's psych and
# lavaan make of the multilevel package's data sets (committed as sums of their answers) and of
# invented answers.
#
#     Rscript tests/golden/stats/reliability.R >tests/golden/stats/reliability.csv
#
# lambda4 is by brute force over all splits, as psych (2.2.9) visits 18 of the 35 of seven items.
# psych's lambdas on covariances are those of splitHalf(covar = TRUE).
suppressMessages({
  library(psych)
  library(multilevel)
  library(lavaan)
})
cat("of,name,index,value\n")
out <- function(case, name, value, index = 0) {
  text <- ifelse(is.na(value), "", sprintf("%.17g", value))
  cat(sprintf("%s,%s,%d,%s\n", case, name, index, text))
}
out_each <- function(case, name, all) for (i in seq_along(all)) out(case, name, all[[i]], i - 1)
out_lower <- function(case, name, m) out_each(case, name, t(m)[upper.tri(m, diag = TRUE)])

# ---- Data ----------------------------------------------------------------------------------------

# n, then for the pairs (0,0) (1,0) (1,1) … x, y, xx, yy, xy
out_sums <- function(case, x) {
  x <- as.matrix(x)
  stopifnot(!anyNA(x), x == round(x))
  sums <- nrow(x)
  for (i in seq_len(ncol(x))) for (j in seq_len(i))
    sums <- c(sums, sum(x[, i]), sum(x[, j]), sum(x[, i]^2), sum(x[, j]^2), sum(x[, i] * x[, j]))
  out_each(case, "sums", sums)
}
out_answers <- function(case, x) out_each(case, "answers", t(x))

# ---- Values --------------------------------------------------------------------------------------

lambda4 <- function(m) {
  k <- ncol(m)
  halves <- combn(k, k %/% 2, simplify = FALSE)
  if (k %% 2 == 0) halves <- Filter(function(h) 1 %in% h, halves)
  all <- sapply(halves, function(h) 4 * sum(m[h, -h]) / sum(m))
  c(length(all), min(all), mean(all), max(all))
}
out_coefficients <- function(case, x) {
  n <- nrow(x)
  k <- ncol(x)
  a <- suppressWarnings(psych::alpha(x, warnings = FALSE))
  a_std <- suppressWarnings(psych::alpha(cor(x), n.obs = n, warnings = FALSE))
  out(case, "alpha", a$total$raw_alpha)
  out(case, "alpha_std", a$total$std.alpha)
  out(case, "average_r", a$total$average_r)
  out(case, "se", a$total$ase)
  out(case, "se_std", a_std$total$ase)
  out_each(case, "duhachek", a$total$raw_alpha + c(-1, 1) * qnorm(.975) * a$total$ase)
  out_each(case, "feldt_95",
           unlist(alpha.ci(a$total$raw_alpha, n, k, p.val = .05)[c("lower.ci", "upper.ci")]))
  out_each(case, "feldt_99",
           unlist(alpha.ci(a$total$raw_alpha, n, k, p.val = .01)[c("lower.ci", "upper.ci")]))
  for (covar in c(TRUE, FALSE)) {
    s <- suppressWarnings(splitHalf(x, covar = covar, brute = TRUE, raw = TRUE, check.keys = FALSE))
    suffix <- if (covar) "" else "_std"
    out(case, paste0("lambda2", suffix), s$lambda2)
    out(case, paste0("lambda6", suffix), s$lambda6)
    out_each(case, paste0("lambda4", suffix), lambda4(if (covar) cov(x) else cor(x)))
    out_each(case, paste0("psych_lambda4", suffix), c(length(s$raw), s$minrb, s$meanr, s$maxrb))
  }
  out_each(case, "item_total", a$item.stats$raw.r)
  out_each(case, "item_rest", a$item.stats$r.drop)
  if (k > 2) out_each(case, "alpha_dropped", a$alpha.drop$raw_alpha)
  out_each(case, "mean", a$item.stats$mean)
  out_each(case, "sd", a$item.stats$sd)
  out_each(case, "multiple", suppressWarnings(smc(x)))
}
answers <- function(n, k, spread) {
  level <- rnorm(n)
  x <- sapply(seq_len(k), function(j) round(3 + level + rnorm(n, sd = spread)))
  matrix(pmin(5, pmax(1, x)), n, dimnames = list(NULL, paste0("q", seq_len(k))))
}
set.seed(20)
invented <- answers(60, 7, 1.2)
against <- cbind(invented[, 1:2], 6 - invented[, 3:4])   # two items turned: alpha below 0
holes <- invented
holes[cbind(sample(60, 25, replace = TRUE), sample(7, 25, replace = TRUE))] <- NA
# Means over three ties, times three.
thirds <- answers(40, 4, 1) + answers(40, 4, 1) + answers(40, 4, 1)

data(lq2002, bhr2000, package = "multilevel")
sets <- list(leadership = lq2002[grep("^LEAD[0-9]", names(lq2002))],
             significance = lq2002[grep("^TSIG[0-9]", names(lq2002))],
             hostility = lq2002[grep("^HOSTIL[0-9]", names(lq2002))],
             support = bhr2000[grep("^A[FPS]", names(bhr2000))])

for (name in names(sets)) {
  out_sums(name, sets[[name]])
  out_coefficients(name, sets[[name]])
}
out_lower("significance", "covariance", cov(sets$significance))
out_lower("significance", "correlation", cor(sets$significance))
out_answers("invented", invented)
out_coefficients("invented", invented)
out_lower("invented", "covariance", cov(invented))
out_lower("invented", "correlation", cor(invented))
out_answers("against", against)
out_coefficients("against", against)
out_answers("thirds", thirds)
out_coefficients("thirds", as.data.frame(thirds / 3))
out_lower("thirds", "covariance", cov(thirds / 3))
out_lower("thirds", "correlation", cor(thirds / 3))

out_answers("holes", holes)
for (use in c("complete.obs", "pairwise.complete.obs")) {
  case <- if (use == "complete.obs") "listwise" else "pairwise"
  out_lower(case, "covariance", cov(holes, use = use))
  out_lower(case, "correlation", cor(holes, use = use))
  a <- suppressWarnings(psych::alpha(as.data.frame(holes), use = use, warnings = FALSE))
  out(case, "alpha", a$total$raw_alpha)
  out(case, "alpha_std_of_covariances", a$total$std.alpha)
  r <- cor(holes, use = use)
  out(case, "alpha_std", psych::alpha(r)$total$std.alpha)
  out_lower(case, "n", if (case == "pairwise") crossprod(!is.na(holes)) else
    matrix(sum(complete.cases(holes)), 7, 7))
}

# ---- Within and between groups -------------------------------------------------------------------

grouped <- function(sizes) {
  g <- rep(seq_along(sizes), sizes)
  level <- rnorm(length(sizes), sd = 1.2)[g]
  person <- rnorm(length(g))
  x <- sapply(1:4, function(j)
    3 * (3 + level + person + rnorm(length(g), sd = .8)) + rnorm(length(sizes))[g])
  list(x = round(pmin(pmax(x, 0), 20)), g = g)
}
anova_matrices <- function(x, g) {
  fit <- lm(x ~ factor(g))
  n <- table(g)
  within <- crossprod(residuals(fit)) / (sum(n) - length(n))
  about <- crossprod(sweep(fitted(fit), 2, colMeans(x))) / (length(n) - 1)
  n0 <- (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1)
  list(within = within, between = (about - within) / n0, n0 = n0)
}
for (case in c("uneven", "even")) {
  d <- grouped(if (case == "uneven") c(1:12, 1, 1, 3) else rep(6, 25))
  out_answers(case, d$x)
  out_each(case, "groups", d$g - 1)
  x <- d$x / 3
  colnames(x) <- paste0("q", 1:4)
  m <- anova_matrices(x, d$g)
  out(case, "n0", m$n0)
  out_lower(case, "within", m$within)
  out_lower(case, "between", m$between)
  out(case, "alpha_within", psych::alpha(m$within)$total$raw_alpha)
  out(case, "alpha_between", psych::alpha(m$between)$total$raw_alpha)
  if (case == "even") {  # maximum likelihood: a two-level model that leaves both matrices free
    free <- "q1 ~~ q1 + q2 + q3 + q4\n q2 ~~ q2 + q3 + q4\n q3 ~~ q3 + q4\n q4 ~~ q4\n"
    fit <- lavaan(paste("level: 1\n", free, "level: 2\n", free, "q1 + q2 + q3 + q4 ~ 1"),
                  data.frame(x, g = d$g), cluster = "g", baseline = FALSE, h1 = FALSE,
                  se = "none", test = "none", optim.method = "BFGS",
                  control = list(reltol = 1e-16, maxit = 5000))
    implied <- lavInspect(fit, "implied")
    out_lower(case, "ml_within", implied$within$cov)
    out_lower(case, "ml_between", implied$g$cov)
  }
}
