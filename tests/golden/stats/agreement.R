# Expected values for tests/c/stats/check_agreement.c and check_anova.c, and the inputs they read:
# run as
#     Rscript agreement.R FOLDER
# The inputs are tables of counts, whole moments or values made of R's data sets, one row a group
# (and item). agreement_draws.csv, which this only reads, holds draws of ours (check_agreement.c
# says how it is written).
suppressMessages({
  library(multilevel)
  library(lme4)
  library(psych)
  library(pbivnorm)
})
folder <- commandArgs(TRUE)[1]
number <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
write_table <- function(name, table) {
  for (column in names(table))
    if (is.double(table[[column]])) table[[column]] <- number(table[[column]])
  write.table(table, file.path(folder, name), sep = ",", quote = FALSE, row.names = FALSE, na = "")
}
expected <- NULL
expect <- function(data, group, statistic, value)
  expected <<- rbind(expected, data.frame(data = data, group = group, statistic = statistic,
                                          value = as.double(value)))

# ---- Data ----------------------------------------------------------------------------------------

for (name in c("bh1996", "lq2002", "klein2000", "bhr2000"))
  data(list = name, package = "multilevel")
complete <- function(frame) frame[stats::complete.cases(frame), ]
pick <- function(frame, group, items) {
  frame <- complete(frame[c(group, items)])
  list(group = frame[[group]], answers = frame[items])
}
# Sizes 1 to 12, answers by a rule that fills the scale unevenly; and seven options.
sizes <- rep(1:12, 2)
member <- sequence(sizes)
group <- rep(seq_along(sizes), sizes)
invent <- function(item, options) 1 +
  (group * 3 + member * (item + 2) + (group * member) %% (item + 3)) %% options
small <- function(options) list(group = group, answers = setNames(as.data.frame(
  sapply(1:4, function(item) pmin(options, pmax(1, round(
    0.5 * invent(item, options) + 0.5 * (1 + group %% options)))))), paste0("item", 1:4)))
sets <- list(
  lq2002_lead = pick(lq2002, "COMPID", sprintf("LEAD%02d", 1:11)),
  lq2002_tsig = pick(lq2002, "COMPID", sprintf("TSIG%02d", 1:3)),
  bhr2000 = pick(bhr2000, "GRP", names(bhr2000)[2:12]),
  small = small(5),
  seven = small(7),
  # half answer 1, half 5; all 3; all 5; one rater; two who differ
  polarised = list(group = rep(c(1, 2, 3, 4, 5), c(4, 4, 4, 1, 2)), answers = data.frame(
    a = c(rep(c(1, 5), 2), rep(3, 4), rep(5, 4), 2, 1, 5),
    b = c(rep(c(5, 1), 2), rep(3, 4), rep(5, 4), 4, 2, 4)))
)
options_of <- function(name) if (name == "seven") 7 else 5

counts <- do.call(rbind, lapply(names(sets), function(name) {
  set <- sets[[name]]
  do.call(rbind, lapply(sort(unique(set$group)), function(g) {
    rows <- set$answers[set$group == g, , drop = FALSE]
    table <- t(sapply(rows, function(x) tabulate(x, 7)))
    data.frame(data = name, options = options_of(name), group = g, item = seq_along(rows), table)
  }))
}))
write_table("agreement_counts.csv", counts)

moments <- do.call(rbind, lapply(names(sets), function(name) {
  set <- sets[[name]]
  total <- rowSums(set$answers)
  data.frame(data = name, group = sort(unique(set$group)), n = as.integer(table(set$group)),
             sum = as.integer(tapply(total, set$group, sum)),
             squares = as.integer(tapply(total^2, set$group, sum)))
}))
write_table("agreement_moments.csv", moments)

doubles <- list(
  klein2000_jobsat = list(group = klein2000$GRPID, value = klein2000$JOBSAT),
  klein2000_cohes = list(group = klein2000$GRPID, value = klein2000$COHES),
  bh1996_wbeing = with(subset(bh1996, GRP <= 8), list(group = GRP, value = WBEING)),
  bh1996_hrs = with(subset(bh1996, GRP > 90), list(group = GRP, value = HRS))
)
write_table("agreement_values.csv", do.call(rbind, lapply(names(doubles), function(name)
  data.frame(data = name, group = doubles[[name]]$group,
             value = as.double(doubles[[name]]$value)))))
whole <- list(bh1996_all_cohes = bh1996$COHES, bh1996_all_lead = bh1996$LEAD,
              bh1996_all_hrs = bh1996$HRS, bh1996_all_wbeing = bh1996$WBEING)
write_table("agreement_groups.csv", do.call(rbind, lapply(names(whole), function(name) {
  by <- split(whole[[name]], bh1996$GRP)
  data.frame(data = name, group = as.integer(names(by)), n = lengths(by), mean = sapply(by, mean),
             squares = sapply(by, function(x) sum((x - mean(x))^2)))
})))

# ---- Analysis of variance, intraclass correlations, REML -----------------------------------------

expect_anova <- function(name, value, group) {
  model <- aov(value ~ factor(group))
  table <- summary(model)[[1]]
  n <- as.numeric(table(group))
  size <- list(mean = sum(n) / length(n), n0 = (sum(n) - sum(n^2) / sum(n)) / (length(n) - 1))
  squares <- table[["Sum Sq"]]
  mean_squares <- table[["Mean Sq"]]
  df <- table[["Df"]]
  f <- table[["F value"]][1]
  add <- function(statistic, value) expect(name, 0, statistic, value)
  add("ss_between", squares[1])
  add("ss_within", squares[2])
  add("f", f)
  add("p", pf(f, df[1], df[2], lower.tail = FALSE))
  add("eta2", squares[1] / sum(squares))
  add("omega2", (squares[1] - df[1] * mean_squares[2]) / (sum(squares) + mean_squares[2]))
  add("icc1_mean", multilevel::ICC1(model))
  add("icc2_mean", multilevel::ICC2(model))
  components <- c(between = (mean_squares[1] - mean_squares[2]) / size$n0, within = mean_squares[2])
  add("n0", size$n0)
  add("icc1_n0", components[["between"]] / sum(components))
  low <- f / qf(0.975, df[1], df[2])
  high <- f * qf(0.975, df[2], df[1])
  for (k in names(size)) {
    add(paste0("icc1_low_", k), (low - 1) / (low + size[[k]] - 1))
    add(paste0("icc1_high_", k), (high - 1) / (high + size[[k]] - 1))
  }
  add("icc2_low", 1 - 1 / low)
  add("icc2_high", 1 - 1 / high)
}
expect_reml <- function(name, value, group) {
  control <- lmerControl(check.nobs.vs.nlev = "ignore", calc.derivs = FALSE)
  build <- lFormula(value ~ 1 + (1 | group), data.frame(value, group = factor(group)),
                    control = control)
  deviance <- do.call(mkLmerDevfun, build)
  best <- optimize(deviance, c(0, 5), tol = 1e-10)
  if (deviance(0) <= best$objective) {
    best <- list(minimum = 0, objective = deviance(0))
  } else { # a minimum is flat, so lme4's criterion is followed to where its slope is 0
    h <- best$minimum / 100
    slope <- function(theta) 8 * (deviance(theta + h) - deviance(theta - h)) -
      (deviance(theta + 2 * h) - deviance(theta - 2 * h))
    best$minimum <- uniroot(slope, best$minimum * c(0.99, 1.01), tol = 1e-13)$root
  }
  deviance(best$minimum)
  fit <- mkMerMod(environment(deviance), list(par = best$minimum, fval = best$objective, conv = 0),
                  build$reTrms, build$fr)
  variances <- c(tau2 = VarCorr(fit)$group[1], sigma2 = sigma(fit)^2)
  add <- function(statistic, value) expect(name, 0, paste0("reml_", statistic), value)
  add("tau2", variances[["tau2"]])
  add("sigma2", variances[["sigma2"]])
  add("icc1", variances[["tau2"]] / sum(variances))
  add("mean", fixef(fit))
  add("mean_se", sqrt(vcov(fit)[1, 1]))
  add("criterion", REMLcrit(fit))
}
for (name in setdiff(names(sets), "polarised")) {
  expect_anova(name, rowSums(sets[[name]]$answers), sets[[name]]$group)
  expect_reml(name, rowSums(sets[[name]]$answers), sets[[name]]$group)
}
for (name in names(doubles)) {
  expect_anova(name, doubles[[name]]$value, doubles[[name]]$group)
  expect_reml(name, doubles[[name]]$value, doubles[[name]]$group)
}
for (name in names(whole)) {
  expect_anova(name, whole[[name]], bh1996$GRP)
  expect_reml(name, whole[[name]], bh1996$GRP)
}
# Balanced: psych's single-rater and average one-way ICC with their intervals.
for (name in c("klein2000_jobsat", "klein2000_cohes")) {
  table <- suppressMessages(psych::ICC(
    do.call(rbind, split(doubles[[name]]$value, doubles[[name]]$group)), lmer = FALSE))$results
  for (row in 1:2) {
    line <- table[table$type == c("ICC1", "ICC1k")[row], ]
    expect(name, 0, paste0("psych_icc", row), line$ICC)
    expect(name, 0, paste0("psych_icc", row, "_low"), line$`lower bound`)
    expect(name, 0, paste0("psych_icc", row, "_high"), line$`upper bound`)
  }
}

# ---- Agreement -----------------------------------------------------------------------------------

for (name in names(sets)) {
  set <- sets[[name]]
  options <- options_of(name)
  uniform <- (options^2 - 1) / 12
  put <- function(statistic, frame)
    expect(name, as.numeric(as.character(frame$grpid)), statistic, frame[[2]])
  put("rwg_j", rwg.j(set$answers, set$group, ranvar = uniform))
  put("lindell", rwg.j.lindell(set$answers, set$group, ranvar = uniform))
  put("ad_mean", ad.m(set$answers, set$group))
  put("ad_median", ad.m(set$answers, set$group, type = "median"))
  put("awg_j", awg(set$answers, set$group, range = c(1, options)))
  first <- set$answers[[1]]
  put("rwg", rwg(first, set$group, ranvar = uniform))
  put("ad_mean_first", ad.m(first, set$group))
  if (options == 5) put("rwg_j_skew", rwg.j(set$answers, set$group, ranvar = 1.34))
  values <- rwg.j(set$answers, set$group, ranvar = uniform)[[2]]
  values <- values[!is.na(values)]
  add <- function(statistic, value) expect(name, 0, paste0("summary_", statistic), value)
  add("groups", length(values))
  add("mean", mean(values))
  add("median", median(values))
  add("quartile_low", quantile(values, 0.25, type = 7))
  add("quartile_high", quantile(values, 0.75, type = 7))
  add("share", mean(values >= 0.7 - 1e-12))
}

# ---- Chance --------------------------------------------------------------------------------------

# Our draws: replicate, then counts of item 1's options, item 2's, ...; R's figures of them.
draws <- read.csv(file.path(
  dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))),
  "agreement_draws.csv"))
figures <- t(apply(as.matrix(draws[-1]), 1, function(counts) {
  answers <- as.data.frame(apply(matrix(counts, 5), 2, function(count) rep(1:5, count)))
  one <- rep(1, nrow(answers))
  c(rwg = rwg.j(answers, one, ranvar = 2)[[2]], ad = ad.m(answers, one)[[2]])
}))
expect("chance", draws$replicate, "rwg_j", figures[, "rwg"])
expect("chance", draws$replicate, "ad_mean", figures[, "ad"])
# The values that multilevel's rwg.j.sim and ad.m.sim print, worked out from these draws.
rare <- function(values, high) {
  values <- round(values, 12)
  share <- sapply(unique(values), function(v) mean(if (high) values >= v else values <= v))
  known <- unique(values)[share <= 0.05]
  if (high) min(known) else max(known)
}
expect("chance", 0, "rwg_j_critical", rare(figures[, "rwg"], TRUE))
expect("chance", 0, "ad_mean_critical", rare(figures[, "ad"], FALSE))
expect("chance", 0, "p_of_0.5", (1 + sum(figures[, "rwg"] >= 0.5 - 1e-12)) / (1 + nrow(figures)))
# What share of raters gives the answers i and j to two items of correlation 0.5.
cut <- qnorm(0:5 / 5)
cumulative <- outer(cut, cut,
                    function(x, y) pbivnorm(pmax(-40, pmin(40, x)), pmax(-40, pmin(40, y)), 0.5))
joint <- cumulative[-1, -1] - cumulative[-6, -1] - cumulative[-1, -6] + cumulative[-6, -6]
expect("joint", as.vector(outer(1:5, 1:5, function(i, j) 10 * i + j)), "share", as.vector(joint))
write_table("agreement.csv", expected)
