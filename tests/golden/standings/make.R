# Standings of nine units of 2 to 30 people: means, ranks and funnel limits by R's own mean, sd and
# aov; shrunk means by lme4.
source("../oracle.R")
source("../invent.R")
suppressMessages(library(lme4))
start_draws(31)
targets <- c("caseworkers", "nurses", "police")
survey <- invent_survey(c(caseworkers = 40, nurses = 45, police = 30), targets, missing = 0.06,
                        skipped = 0.15)
person <- as.integer(substring(survey$respondent, 2))
units <- c(rep(paste0("u", 1:4), c(9, 7, 5, 3)), "u5", "u5", "u6", "u7", NA)
survey <- cbind(survey[1:3], unit = units[1 + (person * 7) %% length(units)], survey[-(1:3)])
survey <- survey[order(survey$respondent, survey$target), ]
write_case("input.csv", survey)

# lmer's own optimisers stop at some 1e-6 of the ratio.
find_exactly <- function(fn, par, lower, upper, control, ...) {
  slope <- function(t, h = 1e-3)
    (fn(t - 2 * h) - 8 * fn(t - h) + 8 * fn(t + h) - fn(t + 2 * h)) / (12 * h)
  best <- optimize(fn, c(0, 20), tol = 1e-10)$minimum
  best <- if (best < 1e-4) 0 else
    uniroot(slope, best * c(0.6, 1.4), h = min(1e-3, best / 4), tol = 1e-13)$root
  list(par = best, fval = fn(best), conv = 0, message = "")
}

expect_standings <- function(survey, grouping, min_share = 0.5) {
  own <- survey$workgroup == survey$target
  parts <- list(within = own, between = !own, all = rep(TRUE, nrow(survey)))
  survey$group <- survey[[grouping]]
  rows <- list()
  for (dimension in names(scales)) for (part in names(parts)) {
    ties <- survey[parts[[part]], ]
    ties$y <- score_ties(ties, scales[[dimension]], min_share)
    people <- aggregate(y ~ respondent + group, ties[!is.na(ties$y) & !is.na(ties$group), ], mean)
    fit <- suppressWarnings(suppressMessages(
      lmer(y ~ 1 + (1 | group), people, control = lmerControl(optimizer = find_exactly))))
    means <- tapply(people$y, people$group, mean)
    n <- as.integer(table(people$group))
    sd <- tapply(people$y, people$group, sd)
    sigma <- summary(aov(y ~ group, people))[[1]]["Residuals", "Mean Sq"]
    centre <- mean(people$y)
    near <- qnorm(0.975) * sqrt(sigma / n)
    far <- qnorm(0.999) * sqrt(sigma / n)
    rank <- sapply(seq_along(means), function(i) {
      others <- round(means[-i], 10)
      100 * (sum(others < round(means[i], 10)) + sum(others == round(means[i], 10)) / 2) /
        length(others)
    })
    away <- abs(means - centre)
    note <- mapply(function(n, away, near, far) {
      codes <- c(if (n < 2) "too_few", if (isSingular(fit, tol = 1e-5)) "units_alike",
                 if (away > far) "far_outside_funnel" else if (away > near) "outside_funnel")
      if (length(codes) > 0) paste(codes, collapse = ";") else NA
    }, n, away, near, far)
    rows[[length(rows) + 1]] <- data.frame(
      unit = names(means), index = dimension, part = part, n = n, mean = as.numeric(means),
      se = as.numeric(sd / sqrt(n)), percentile_rank = rank,
      mean_shrunk = coef(fit)$group[names(means), 1], funnel95_low = centre - near,
      funnel95_high = centre + near, funnel998_low = centre - far, funnel998_high = centre + far,
      note = note)
  }
  do.call(rbind, rows)
}

all <- expect_standings(survey, "unit")
write_case("shrunk.csv", all)
write_case("closed.csv", all[names(all) != "mean_shrunk"])
within <- expect_standings(survey, "workgroup", min_share = 1)
write_case("within.csv", within[names(within) != "mean_shrunk"])
