# Agreement and aggregation as R's multilevel, aov and lme4 have them, on multilevel's own data
# sets: bhr2000 (eleven items, 99 companies), lq2002 (eleven items and three), klein2000 cut into
# whole answers (balanced), bh1996 rounded to whole answers (single items, 7,382 soldiers).
# Companies are numbers, in a column of a codebook's own. Scores take all items, so that n is what
# multilevel counts. And a survey of groups of 1 to 12, with answers missing.
source("../oracle.R")
suppressMessages({
  library(multilevel)
  library(lme4)
})
for (name in c("bh1996", "lq2002", "klein2000", "bhr2000"))
  data(list = name, package = "multilevel")

# ---- Data ----------------------------------------------------------------------------------------

whole <- function(x) {
  answer <- floor(x + 0.5)
  as.integer(ifelse(answer < 1, NA, answer))
}
sizes <- rep(1:12, 2)
member <- sequence(sizes)
ladder <- rep(seq_along(sizes), sizes)
answer <- function(item) {
  x <- pmin(5, pmax(1, round(
    0.5 * (1 + (ladder * 3 + member * (item + 2) + (ladder * member) %% (item + 3)) %% 5) +
      0.5 * (1 + ladder %% 5))))
  ifelse((ladder + member + item) %% 23 == 0, NA, x)
}
cut_whole <- function(x) findInterval(x, c(-1.5, -0.5, 0.5, 1.5)) + 1L
sets <- list(
  bhr2000 = list(group = bhr2000$GRP, scales = list(leaders = bhr2000[2:12])),
  lq2002 = list(group = lq2002$COMPID, scales = list(leaders = lq2002[sprintf("LEAD%02d", 1:11)],
                                                      task = lq2002[sprintf("TSIG%02d", 1:3)])),
  klein2000 = list(group = klein2000$GRPID, scales = list(work = as.data.frame(lapply(
    klein2000[c("JOBSAT", "COHES", "POSAFF", "PAY", "NEGLEAD", "WLOAD", "TASKSIG")], cut_whole)))),
  bh1996 = list(group = bh1996$GRP, scales = list(
    cohesion = data.frame(COHES = whole(bh1996$COHES)),
    leading = data.frame(LEAD = whole(bh1996$LEAD)))),
  ladder = list(group = ladder, scales = list(
    four = setNames(as.data.frame(lapply(1:4, answer)), paste0("item", 1:4)))))

write_inputs <- function(name, set) {
  items <- do.call(cbind, unname(set$scales))
  write_case(paste0(name, ".csv"),
             data.frame(person = seq_along(set$group), company = set$group, items))
  scale_of <- rep(names(set$scales), lengths(set$scales))
  write_case(paste0(name, "_codebook.csv"), data.frame(
    variable = c("person", "company", names(items)),
    role = c("respondent", "group", rep("item", length(items))),
    scale = c("", "", scale_of), values = c("", "", rep("", length(items)))))
}

# ---- Differences between groups ------------------------------------------------------------------

row_of <- function(scale, coefficient, base, value, low = NA, high = NA)
  data.frame(scale = scale, grouping = "company", coefficient = coefficient, groups = base[1],
             n = base[2], left_out = base[3], value = value, ci_low = low, ci_high = high)

expect_between <- function(scale, x, g, left_out, k0) {
  model <- aov(x ~ factor(g))
  table <- summary(model)[[1]]
  ss <- table[["Sum Sq"]]; ms <- table[["Mean Sq"]]; df <- table[["Df"]]; f <- table[["F value"]][1]
  n <- as.numeric(table(g))
  k <- if (k0 == "mean") sum(n) / length(n) else (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1)
  low <- f / qf(.975, df[1], df[2])
  high <- f * qf(.975, df[2], df[1])
  icc1 <- if (k0 == "mean") multilevel::ICC1(model) else {
    between <- (ms[1] - ms[2]) / k
    between / (between + ms[2])
  }
  icc2 <- multilevel::ICC2(model)
  base <- c(length(n), sum(n), left_out)
  rbind(row_of(scale, "f", base, f),
        row_of(scale, "p", base, pf(f, df[1], df[2], lower.tail = FALSE)),
        row_of(scale, "eta2", base, ss[1] / sum(ss)),
        row_of(scale, "omega2", base, (ss[1] - df[1] * ms[2]) / (sum(ss) + ms[2])),
        row_of(scale, "k", base, k),
        row_of(scale, "icc1", base, icc1, (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)),
        row_of(scale, "icc1_clamped", base, min(1, max(0, icc1))),
        row_of(scale, "icc2", base, icc2, 1 - 1 / low, 1 - 1 / high),
        row_of(scale, "icc2_clamped", base, min(1, max(0, icc2))))
}

# lme4's own minimum is flat: its criterion is followed to where the slope is 0.
fit_components <- function(x, g) {
  control <- lmerControl(check.nobs.vs.nlev = "ignore", calc.derivs = FALSE)
  build <- lFormula(x ~ 1 + (1 | g), data.frame(x, g = factor(g)), control = control)
  deviance <- do.call(mkLmerDevfun, build)
  best <- optimize(deviance, c(0, 5), tol = 1e-10)
  h <- best$minimum / 100
  slope <- function(theta) 8 * (deviance(theta + h) - deviance(theta - h)) -
    (deviance(theta + 2 * h) - deviance(theta - 2 * h))
  theta <- uniroot(slope, best$minimum * c(0.99, 1.01), tol = 1e-13)$root
  deviance(theta)
  fit <- mkMerMod(environment(deviance), list(par = theta, fval = deviance(theta), conv = 0),
                  build$reTrms, build$fr)
  c(tau2 = VarCorr(fit)$g[1], sigma2 = sigma(fit)^2)
}

expect_reml <- function(scale, x, g, left_out) {
  v <- fit_components(x, g)
  n <- as.numeric(table(g))
  k <- mean(n)
  base <- c(length(n), sum(n), left_out)
  rbind(row_of(scale, "icc1", base, v[["tau2"]] / sum(v)),
        row_of(scale, "icc2", base, k * v[["tau2"]] / (k * v[["tau2"]] + v[["sigma2"]])),
        row_of(scale, "tau2", base, v[["tau2"]]),
        row_of(scale, "sigma2", base, v[["sigma2"]]))[, 1:7]
}

# ---- Agreement within groups ---------------------------------------------------------------------

# multilevel's figures of each group, NA for groups of one.
measure_groups <- function(answers, g) {
  one <- ncol(answers) == 1
  x <- if (one) answers[[1]] else answers
  pick <- function(frame) frame[[2]]
  skew <- 1.34
  list(group = as.numeric(as.character(ad.m(x, g)$grpid)),
       rwg = pick(if (one) rwg(x, g, ranvar = 2) else rwg.j(x, g, ranvar = 2)),
       skew = pick(if (one) rwg(x, g, ranvar = skew) else rwg.j(x, g, ranvar = skew)),
       star = if (one) { # multilevel has r*wg for several items only
         s <- tapply(x, g, var)
         as.numeric(1 - s / 2)
       } else pick(rwg.j.lindell(x, g, ranvar = 2)),
       ad_mean = pick(ad.m(x, g)), ad_median = pick(ad.m(x, g, type = "median")),
       awg = pick(awg(x, g, range = c(1, 5))), n = as.numeric(table(g)))
}

expect_within <- function(scale, answers, g, left_out) {
  m <- measure_groups(answers, g)
  j <- if (ncol(answers) > 1) "_j" else ""
  all <- length(g) + left_out
  row <- function(name, values, statistic) {
    used <- !is.na(values)
    n <- sum(m$n[used])
    row_of(scale, name, c(sum(used), n, all - n), statistic(values[used]))
  }
  share <- function(v) mean(v >= 0.7 - 1e-12)
  small <- function(v) mean(v <= 5 / 6 + 1e-12)
  quartile <- function(p) function(v) unname(quantile(v, p, type = 7))
  rows <- list()
  add <- function(stem, suffix, values, statistic)
    rows[[length(rows) + 1]] <<- row(paste0(stem, j, suffix), values, statistic)
  add("rwg", "_mean", m$rwg, mean)
  add("rwg", "_median", m$rwg, median)
  add("rwg", "_q1", m$rwg, quartile(.25))
  add("rwg", "_q3", m$rwg, quartile(.75))
  add("rwg", "_share_70", m$rwg, share)
  add("rwg", "_slight_skew_mean", m$skew, mean)
  add("rwg", "_slight_skew_median", m$skew, median)
  add("rwg", "_slight_skew_share_70", m$skew, share)
  add("r_star_wg", "_mean", m$star, mean)
  add("r_star_wg", "_median", m$star, median)
  add("ad", "_mean", m$ad_mean, mean)
  add("ad", "_mean_share_small", m$ad_mean, small)
  add("ad", "_median", m$ad_median, mean)
  add("ad", "_median_share_small", m$ad_median, small)
  do.call(rbind, rows)
}

expect_groups <- function(scale, answers, g) {
  m <- measure_groups(answers, g)
  score <- rowMeans(answers)
  data.frame(scale = scale, grouping = "company", group = m$group, n = m$n, raters = m$n,
             mean = as.numeric(tapply(score, g, mean)), sd = as.numeric(tapply(score, g, sd)),
             rwg_j = m$rwg, rwg_j_uniform = m$rwg, rwg_j_slight_skew = m$skew,
             r_star_wg_j = m$star, ad_j_mean = m$ad_mean, ad_j_median = m$ad_median)
}

# ---- Tables --------------------------------------------------------------------------------------

for (name in names(sets)) {
  set <- sets[[name]]
  write_inputs(name, set)
  each <- function(expect, ...) do.call(rbind, lapply(names(set$scales), function(scale) {
    answers <- set$scales[[scale]]
    complete <- stats::complete.cases(answers)
    expect(scale, answers[complete, , drop = FALSE], set$group[complete], sum(!complete), ...)
  }))
  scored <- function(expect) function(scale, answers, g, left_out, ...)
    expect(scale, rowMeans(answers), g, left_out, ...)
  write_case(paste0(name, "_mean.csv"),
             rbind(each(scored(expect_between), "mean"), each(expect_within)))
  write_case(paste0(name, "_n0.csv"), each(scored(expect_between), "n0"))
  write_case(paste0(name, "_reml.csv"), each(scored(expect_reml)))
  write_case(paste0(name, "_groups.csv"),
             each(function(scale, answers, g, left_out) expect_groups(scale, answers, g)))
}
