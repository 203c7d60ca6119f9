# Variance components as lme4 finds them, and from there to the maximum of the restricted likelihood
# by Fisher scoring on dense matrices, with the standard errors that these give. Generalisability
# and planning from Brennan's formulas. A survey of five workgroups that rate each other, themselves
# and a sixth that does not answer, with answers missing.
source("../oracle.R")
source("../invent.R")
suppressMessages(library(lme4))
start_draws(5)

sizes <- c(A = 8, B = 6, C = 9, D = 5, E = 7)
targets <- c(names(sizes), "F")
workgroup <- rep(names(sizes), sizes)
survey <- expand.grid(target = targets, person = seq_along(workgroup), stringsAsFactors = FALSE)
survey$workgroup <- workgroup[survey$person]
cell <- paste(survey$workgroup, survey$target)
lift <- function(keys, steps) {
  known <- unique(keys)
  sample(steps, length(known), replace = TRUE)[match(keys, known)]
}
tie <- 3 + lift(survey$person, c(-.5, 0, .5)) +
  c(-.6, -.3, 0, .2, .5, .8)[match(survey$target, targets)] +
  c(-.3, 0, .1, .3, -.1)[match(survey$workgroup, names(sizes))] + lift(cell, c(-.5, 0, .5)) +
  sample(c(-.7, 0, .7), nrow(survey), replace = TRUE)
answers <- sapply(items, function(item) {
  x <- pmin(5, pmax(1, floor(tie + sample(c(0, .5, .9), nrow(survey), replace = TRUE))))
  ifelse(runif(nrow(survey)) < .3, NA, x)
})
survey <- data.frame(respondent = sprintf("P%02d", survey$person), survey[c("workgroup", "target")],
                     answers)
write_case("input.csv", survey)

# ---- The model -----------------------------------------------------------------------------------

between <- survey[survey$workgroup != survey$target, ]
score <- score_ties(between, items, 0.5)
left_out <- sum(is.na(score))
d <- data.frame(y = score, g = factor(between$workgroup), h = factor(between$target),
                id = factor(between$respondent),
                gh = factor(paste(between$workgroup, between$target)))[!is.na(score), ]

reml <- function(fit, fixed) {
  x <- model.matrix(fixed, d)
  groups <- list(g = d$g, id = d$id, h = d$h, gh = d$gh)[names(VarCorr(fit))]
  v <- c(sapply(names(groups), function(n) VarCorr(fit)[[n]][1]), e = sigma(fit)^2)
  parts <- c(lapply(groups, function(k) tcrossprod(model.matrix(~ 0 + factor(k)))),
             list(e = diag(nrow(d))))
  start <- v
  repeat {
    inverse <- solve(Reduce(`+`, Map(`*`, parts, v)))
    p <- inverse - inverse %*% x %*% solve(t(x) %*% inverse %*% x, t(x) %*% inverse)
    py <- p %*% d$y
    products <- lapply(parts, function(z) p %*% z)
    information <- outer(seq_along(v), seq_along(v),
                         Vectorize(function(i, j) sum(products[[i]] * t(products[[j]])) / 2))
    step <- solve(information, sapply(seq_along(v), function(i)
      (drop(t(py) %*% parts[[i]] %*% py) - sum(diag(products[[i]]))) / 2))
    v <- v + step
    if (max(abs(step)) < 1e-13 * sum(v)) break
  }
  stopifnot(v > 1e-3, abs(v - start) < 1e-3 * sum(v)) # none at 0, and lme4 was there
  list(variance = v, se = sqrt(diag(solve(information))))
}
tight <- lmerControl(optCtrl = list(ftol_abs = 1e-12, xtol_abs = 1e-10))
random <- reml(lmer(y ~ 1 + (1 | g) + (1 | id) + (1 | h) + (1 | gh), d, control = tight), ~1)
fixed <- reml(lmer(y ~ g + h + (1 | id) + (1 | gh), d, control = tight), ~ g + h)

names_of <- c(g = "rater_workgroup", id = "respondent", h = "rated_workgroup", gh = "cell",
              e = "residual")
levels_of <- c(g = nlevels(d$g), id = length(unique(d$id)), h = nlevels(d$h),
               gh = length(unique(d$gh)), e = nrow(d))
rows <- names(names_of)
write_case("random.csv", data.frame(component = names_of, variance = random$variance[rows],
                                    share = random$variance[rows] / sum(random$variance),
                                    se = random$se[match(rows, names(random$variance))],
                                    n = levels_of[rows], left_out = left_out,
                                    estimator = "components_random_reml"))
some <- c("id", "gh", "e")
write_case("fixed.csv", data.frame(component = names_of[some], variance = fixed$variance[some],
                                   se = fixed$se[match(some, names(fixed$variance))],
                                   n = levels_of[some]))

# ---- Generalisability (Brennan 2001), random raters ----------------------------------------------

v <- as.list(random$variance)
harmonic <- function(x) length(x) / sum(1 / x)
n <- harmonic(as.numeric(table(d$gh)[table(d$gh) > 0]))
raters <- harmonic(tapply(d$g, d$h, function(g) length(unique(g))))
objects <- function(n) data.frame(
  object = rep(c("cell", "in_strength"), each = 2),
  coefficient = rep(c("generalizability", "dependability"), 2),
  respondents = n, rater_groups = rep(c(NA, raters), each = 2),
  universe = rep(c(v$h + v$gh, v$h), each = 2),
  error = c(v$e / n, (v$id + v$e) / n, v$gh / raters + v$e / (n * raters),
            (v$g + v$gh) / raters + (v$id + v$e) / (n * raters)))
known <- objects(n)
known$value <- known$universe / (known$universe + known$error)
write_case("coefficients.csv", known)

# By trying: the least number that reaches the coefficient, none where a million do not.
tried <- lapply(1:2000, function(n) with(objects(n), universe / (universe + error)))
endless <- with(objects(1e9), universe / (universe + error))
plan <- do.call(rbind, lapply(1:4, function(row) data.frame(
  known[row, c("object", "coefficient")], wanted = c("0.7", "0.8", "0.9"), row.names = NULL,
  respondents = sapply(c(.7, .8, .9), function(wanted) {
    reached <- sapply(tried, `[`, row) >= wanted
    stopifnot(any(reached) == (endless[row] >= wanted))
    if (any(reached)) which(reached)[1] else NA
  }))))
plan$note <- ifelse(is.na(plan$respondents), "out_of_reach", NA)
write_case("planning.csv", plan)
