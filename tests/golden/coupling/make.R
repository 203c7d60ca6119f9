# Coupling competence of the partnership example, wave 2025: functions, indices, breadth, levels,
# gaps, pairs, zones, precondition and context. Means by t.test, shares by prop.test, gaps by t.test
# (Welch) and lme4, zones and context by clubSandwich, correlations by cor.test; the Gini and the
# necessity effect straight from their definitions.
source("../oracle.R")
suppressMessages(library(lme4))
survey <- read.csv("../../examples/partnership/survey.csv", check.names = FALSE)
survey <- survey[survey$wave == 2025, ]
write_case("codebook.csv", read.csv("../../examples/partnership/codebook.csv",
                                    check.names = FALSE, encoding = "UTF-8"))
functions <- c("bridge_builder", "communicator", "coordinator", "cooperation")
levels <- c("individual", "group", "organisation", "management")
systems <- c("employment", "education", "business support")
roles <- c("top manager", "manager", "skilled", "unskilled")

# ---- Functions -----------------------------------------------------------------------------------

score <- function(f, level = "") {
  answers <- as.matrix(survey[grep(paste0("^", f, "_", level), names(survey))])
  answers[!is.na(answers) & answers == 8] <- NA
  ifelse(rowSums(!is.na(answers)) >= ncol(answers) / 2, rowMeans(answers, na.rm = TRUE), NA)
}
interval <- function(x) if (sum(!is.na(x)) > 1) t.test(x)$conf.int else c(NA, NA)
mean_row <- function(f, level) {
  x <- score(f, if (level == "(total)") "" else level)
  ci <- interval(x)
  data.frame(function_ = f, level, n = sum(!is.na(x)), mean = mean(x, na.rm = TRUE), ci_low = ci[1],
             ci_high = ci[2], rescaled = (mean(x, na.rm = TRUE) - 1) / 4,
             items = if (level == "(total)") 8L else 2L, left_out = sum(is.na(x)),
             sd = sd(x, na.rm = TRUE), se = sd(x, na.rm = TRUE) / sqrt(sum(!is.na(x))),
             estimator = "mean_t", note = "")
}
named <- function(table) setNames(table, sub("function_", "function", names(table)))
write_case("functions.csv", named(do.call(rbind, lapply(functions, function(f)
  do.call(rbind, lapply(c("(total)", levels), function(l) mean_row(f, l)))))))

# ---- Indices -------------------------------------------------------------------------------------

scores <- sapply(functions, score)
stopifnot(!anyNA(scores))
u <- (scores - 1) / 4
n <- nrow(u)
own <- list(mean = rowMeans(u), geometric = apply(u, 1, prod)^(1 / 4),
            own_weakest_link = apply(u, 1, min),
            own_spread = apply(scores, 1, max) - apply(scores, 1, min))
index <- function(name, value, se = NA, ci = c(NA, NA), f = NA, estimator = "mean_t", note = "")
  data.frame(index = name, n, left_out = 0L, value, se, ci_low = ci[1], ci_high = ci[2],
             function_ = f, estimator, note)
of_own <- function(name)
  index(name, mean(own[[name]]), sd(own[[name]]) / sqrt(n), interval(own[[name]]))
zeros <- sum(own$own_weakest_link == 0)
gini <- sum(abs(outer(own$mean, own$mean, "-"))) / (2 * n^2)
write_case("indices.csv", named(rbind(
  index("weakest_link", min(colMeans(u)), f = functions[which.min(colMeans(u))],
        estimator = "weakest_listwise", note = "no_analytic_ci"),
  index("spread", max(colMeans(scores)) - min(colMeans(scores)), estimator = "spread_listwise",
        note = "no_analytic_ci"),
  of_own("mean"), of_own("geometric"),
  index("zero_share", zeros / n,
        ci = suppressWarnings(prop.test(zeros, n, correct = FALSE))$conf.int,
        estimator = "rate_wilson"),
  of_own("own_weakest_link"), of_own("own_spread"),
  index("gini", gini, estimator = "gini_listwise", note = "no_analytic_ci"))))

# ---- Breadth -------------------------------------------------------------------------------------

holds <- apply(scores >= 3.5, 1, all)
shares <- tapply(holds, list(survey$role, survey$system), mean)
lowest <- min(shares)
breadth <- function(workgroup, role, inside, note = "") {
  ci <- 100 * suppressWarnings(prop.test(sum(holds[inside]), sum(inside), correct = FALSE))$conf.int
  data.frame(workgroup, role, n = sum(inside), left_out = 0L, holders = sum(holds[inside]),
             percent = 100 * mean(holds[inside]), ci_low = ci[1], ci_high = ci[2],
             estimator = "rate_wilson", note)
}
write_case("breadth.csv", rbind(
  breadth("(total)", "(total)", rep(TRUE, n)),
  do.call(rbind, lapply(systems, function(s)
    do.call(rbind, lapply(roles, function(r)
      breadth(s, r, survey$system == s & survey$role == r,
              if (shares[r, s] == lowest) "lowest" else "")))))))

# ---- Levels and gaps -----------------------------------------------------------------------------

level_rows <- function(f) {
  at <- sapply(levels, function(l) score(f, l))
  pairs <- combn(4, 2)
  similar <- apply(pairs, 2, function(p) 1 - abs(at[, p[1]] - at[, p[2]]) / 4)
  row <- function(one, other, x, means) {
    ci <- interval(x)
    data.frame(function_ = f, level = one, other_level = other, n = sum(!is.na(x)),
               left_out = sum(is.na(x)), mean_level = means[1], mean_other = means[2],
               similarity = mean(x, na.rm = TRUE), se = sd(x, na.rm = TRUE) / sqrt(sum(!is.na(x))),
               ci_low = ci[1], ci_high = ci[2], estimator = "mean_t", note = "")
  }
  rbind(row("(total)", "(total)", rowMeans(similar, na.rm = TRUE), c(NA, NA)),
        do.call(rbind, lapply(seq_len(ncol(pairs)), function(i) {
          both <- !is.na(similar[, i])
          row(levels[pairs[1, i]], levels[pairs[2, i]], similar[, i],
              colMeans(at[both, pairs[, i]]))
        })))
}
write_case("levels.csv", named(do.call(rbind, lapply(functions, level_rows))))

gap <- function(direction, f, role, ...) {
  row <- data.frame(direction, function_ = f, role, next_role = NA, n = NA, n_next = NA,
                    workgroups = NA, difference = NA, sd_between = NA, se = NA, ci_low = NA,
                    ci_high = NA, estimator = "", note = "")
  given <- list(...)
  row[names(given)] <- given
  row
}
vertical <- function(i) do.call(rbind, lapply(functions, function(f) {
  a <- scores[survey$role == roles[i], f]
  b <- scores[survey$role == roles[i + 1], f]
  test <- t.test(a, b)
  gap("vertical", f, roles[i], next_role = roles[i + 1], n = length(a), n_next = length(b),
      difference = mean(a) - mean(b), se = test$stderr, ci_low = test$conf.int[1],
      ci_high = test$conf.int[2], estimator = "difference_welch")
}))
control <- lmerControl(optimizer = "bobyqa", check.conv.singular = "ignore",
                       optCtrl = list(rhoend = 1e-12))
horizontal <- function(role) do.call(rbind, lapply(functions, function(f) {
  inside <- survey$role == role
  data <- data.frame(y = scores[inside, f], g = survey$system[inside])
  tau <- attr(VarCorr(lmer(y ~ 1 + (1 | g), data, control = control))$g, "stddev")
  gap("horizontal", f, role, n = nrow(data), workgroups = length(unique(data$g)),
      sd_between = if (tau < 1e-6) 0 else tau, estimator = "sd_between_reml",
      note = if (tau < 1e-6) "at_zero" else "")
}))
write_case("gaps.csv", named(rbind(do.call(rbind, lapply(1:3, vertical)),
                                   do.call(rbind, lapply(roles, horizontal)))))

# ---- Relational coordination ---------------------------------------------------------------------

rc <- sapply(systems, function(s) rowMeans(survey[paste(items, s, sep = "_")]))
stopifnot(!anyNA(rc))
rated <- function(from, to, inside = TRUE) rc[survey$system == from & inside, to]
pair <- function(a, b) {
  means <- c(mean(rated(a, b)), mean(rated(b, a)))
  data.frame(workgroup = a, other = b, n = length(rated(a, b)), mean = means[1],
             n_back = length(rated(b, a)), mean_back = means[2],
             state = if (all(means > 4)) "strong" else if (any(means > 4)) "mixed" else "weak",
             note = "")
}
pairs <- rbind(pair(systems[1], systems[2]), pair(systems[1], systems[3]),
               pair(systems[2], systems[3]))
write_case("pairs.csv", pairs)
state_of <- function(a, b)
  pairs$state[(pairs$workgroup == a & pairs$other == b) |
              (pairs$workgroup == b & pairs$other == a)]
answers <- do.call(rbind, lapply(systems, function(t) {
  other <- survey$system != t
  data.frame(id = survey$respondent[other], state = sapply(survey$system[other], state_of, b = t),
             answer = survey[[paste("coupled", t, sep = "_")]][other],
             zone = survey[[paste("zone", t, sep = "_")]][other],
             rc = rc[other, t])
}))
states <- do.call(rbind, lapply(intersect(c("strong", "weak", "mixed"), answers$state), function(s)
  do.call(rbind, lapply(c("coupled", "not coupled", "decoupled"), function(a) {
    base <- sum(answers$state == s)
    hits <- sum(answers$state == s & answers$answer == a)
    data.frame(state = s, answer = a, n = hits, base, percent = 100 * hits / base, note = "")
  }))))
write_case("states.csv", states)
zone <- function(name, value) {
  of <- answers[answers$zone == value, ]
  fit <- lm(rc ~ 1, of)
  test <- coef_test(fit, vcov = "CR2", cluster = of$id, test = "Satterthwaite")
  reach <- qt(.975, test$df) * test$SE
  data.frame(zone = name, n = nrow(of), base = nrow(answers),
             percent = 100 * nrow(of) / nrow(answers), ties = nrow(of), mean = mean(of$rc),
             se = test$SE, ci_low = mean(of$rc) - reach, ci_high = mean(of$rc) + reach,
             estimator = "mean_cr2", note = "")
}
write_case("zones.csv", rbind(zone("yes", 1), zone("no", 0)))

# ---- Precondition --------------------------------------------------------------------------------

points <- do.call(rbind, lapply(sort(unique(survey$partnership)), function(p)
  do.call(rbind, lapply(systems, function(s) {
    inside <- survey$partnership == p & survey$system == s
    strength <- mean(sapply(setdiff(systems, s), function(from)
      mean(rated(from, s, survey$partnership == p))))
    weakest <- min(colMeans(u[inside, ]))
    data.frame(place = p, workgroup = s, n = sum(inside), weakest_link = weakest,
               geometric = mean(own$geometric[inside]), in_strength = strength,
               note = if (strength > 4 && weakest < 2.5 / 4) "counterexample" else "")
  }))))
write_case("points.csv", points)

necessity <- function(x, y) {
  at <- sort(unique(x))
  ceiling <- sapply(at, function(v) max(y[x <= v]))
  sum(diff(at) * (max(y) - ceiling[-length(ceiling)])) / (diff(range(x)) * diff(range(y)))
}
precondition <- function(measure, within) {
  x <- points[[measure]]
  y <- points$in_strength
  if (within) {
    x <- x - ave(x, points$place)
    y <- y - ave(y, points$place)
  }
  r <- cor(x, y)
  reach <- qnorm(.975) / sqrt(length(x) - (if (within) 7 else 0) - 3)
  data.frame(measure, basis = if (within) "within_units" else "pooled", n = length(x), pearson = r,
             ci_low = tanh(atanh(r) - reach), ci_high = tanh(atanh(r) + reach),
             spearman = cor(x, y, method = "spearman"),
             necessity = if (within) NA else necessity(x, y),
             counterexamples = if (within) NA else
               sum(points$in_strength > 4 & points[[measure]] < 2.5 / 4),
             estimator = "correlation_simulated", note = "")
}
stopifnot(all.equal(precondition("geometric", FALSE)$ci_low,
                    cor.test(points$geometric, points$in_strength)$conf.int[1]))
write_case("precondition.csv",
           rbind(precondition("weakest_link", FALSE), precondition("weakest_link", TRUE),
                 precondition("geometric", FALSE), precondition("geometric", TRUE)))

# ---- Context -------------------------------------------------------------------------------------

between <- sapply(seq_len(nrow(survey)), function(i) mean(rc[i, systems != survey$system[i]]))
context_rows <- function(name) {
  asked <- survey[[name]]
  there <- !is.na(asked) & asked != 8
  of <- data.frame(rc = between[there], coupling = own$mean[there], context = asked[there],
                   place = survey$partnership[there])
  of$coupling <- of$coupling - mean(of$coupling)
  of$context <- of$context - mean(of$context)
  fit <- lm(rc ~ coupling * context, of)
  test <- as.data.frame(
    coef_test(fit, vcov = "CR2", cluster = of$place, test = "Satterthwaite"))[-1, ]
  df <- test[[grep("^df", names(test))]]
  reach <- qt(.975, df) * test$SE
  data.frame(context = name, term = c("coupling", "context", "interaction"), n = nrow(of),
             left_out = sum(!there), clusters = length(unique(of$place)), estimate = coef(fit)[-1],
             se = test$SE, df, ci_low = coef(fit)[-1] - reach, ci_high = coef(fit)[-1] + reach,
             p = 2 * pt(-abs(coef(fit)[-1] / test$SE), df), estimator = "ols_cr2",
             note = "few_clusters")
}
write_case("context.csv", do.call(rbind, lapply(
  c("interdependence", "uncertainty", "time_pressure", "own_discipline"), context_rows)))
