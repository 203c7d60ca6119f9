# Two waves that overlap in part, with people who change workgroup: t.test, wilcox.test,
# clubSandwich (CR2 with Satterthwaite's degrees of freedom), lmerTest; oneway.test, kruskal.test
# and friedman.test for units and targets; lm and clubSandwich for differences in differences.
source("../oracle.R")
source("../invent.R")
suppressMessages(library(lmerTest))
start_draws(23)
targets <- c("caseworkers", "nurses", "police", "schools")
units <- c("north", "south", "west", NA)
invent_wave <- function(wave, sizes) {
  survey <- invent_survey(sizes, targets, missing = 0.08, skipped = 0.12)
  person <- as.integer(substring(survey$respondent, 2))
  cbind(survey[1:3], unit = units[1 + person %% 4], wave = wave, survey[-(1:3)])
}
survey <- rbind(invent_wave(1, c(caseworkers = 27, nurses = 25, police = 22)),
                invent_wave(2, c(caseworkers = 26, nurses = 28, police = 24)))
person <- as.integer(substring(survey$respondent, 2))
survey <- survey[!(survey$wave == 1 & person %% 7 == 0) & !(survey$wave == 2 & person %% 5 == 0), ]
survey <- survey[order(survey$respondent, -survey$wave), ]
area <- as.integer(substring(survey$respondent, 2)) %% 13
survey$level <- paste("area", area) # by which training was given
survey$role <- ifelse(area %% 2 == 0, "trained", "waiting")
write_case("input.csv", survey)

# ---- What a row is over --------------------------------------------------------------------------

# Who changed workgroup is two people, or none.
set_people <- function(survey, drop = FALSE) {
  workgroups <- tapply(survey$workgroup, survey$respondent, function(x) length(unique(x)))
  changed <- workgroups[survey$respondent] > 1
  survey$person <- ifelse(changed, paste(survey$respondent, survey$wave), survey$respondent)
  if (drop) survey[!changed, ] else survey
}

list_sets <- function(survey) {
  own <- survey$workgroup == survey$target
  everybody <- rep(TRUE, nrow(survey))
  set <- function(workgroup, target, kind, rows)
    list(list(workgroup = workgroup, target = target, kind = kind, rows = rows))
  sets <- c(set("(total)", "(total)", 3, everybody), set("(total)", "(within)", 3, own),
            set("(total)", "(between)", 3, !own))
  groups <- sort_labels(survey$workgroup)
  for (g in groups) sets <- c(sets, set(g, "(between)", 2, survey$workgroup == g & !own))
  for (g in groups) for (t in sort_labels(survey$target[survey$workgroup == g]))
    sets <- c(sets, set(g, t, 1, survey$workgroup == g & survey$target == t))
  sets
}

# The scored ties of a set, and those of them that have one in both waves, side by side.
score_set <- function(survey, set, dimension, options) {
  ties <- survey[set$rows, c("person", "target", "wave")]
  ties$y <- score_ties(survey[set$rows, ], scales[[dimension]], options$min_share)
  ties <- ties[!is.na(ties$y), ]
  ties$later <- as.integer(ties$wave == options$to)
  pairs <- merge(ties[ties$later == 0, ], ties[ties$later == 1, ], by = c("person", "target"),
                 suffixes = c(".a", ".b"))
  list(ties = ties, pairs = pairs, clustered = anyDuplicated(ties[c("person", "wave")]) > 0,
       both = intersect(ties$person[ties$later == 0], ties$person[ties$later == 1]))
}

hedges <- function(df)
  if (df <= 1) NA_real_ else exp(lgamma(df / 2) - lgamma((df - 1) / 2)) / sqrt(df / 2)
people_of <- function(ties, later) length(unique(ties$person[ties$later == later]))

robust <- function(fit, cluster, which) {
  found <- coef_test(fit, vcov = vcovCR(fit, cluster = cluster, type = "CR2"),
                     test = "Satterthwaite")
  list(se = found$SE[which], df = found$df_Satt[which], p = found$p_Satt[which])
}

# ---- Estimates -----------------------------------------------------------------------------------

estimate_paired <- function(s) {
  p <- s$pairs
  d <- p$y.b - p$y.a
  if (s$clustered) {
    t <- robust(lm(d ~ 1), p$person, 1)
  } else {
    test <- t.test(p$y.b, p$y.a, paired = TRUE)
    t <- list(se = unname(test$stderr), df = unname(test$parameter), p = test$p.value)
  }
  correction <- hedges(length(unique(p$person)) - 1)
  c(list(from = mean(p$y.a), to = mean(p$y.b), difference = mean(d),
         effect = correction * mean(d) / ((sd(p$y.a) + sd(p$y.b)) / 2),
         effect_name = "hedges_g", test = if (s$clustered) "t_paired_cr2" else "t_paired",
         note = if (is.na(correction)) "too_few:effect" else NA), t)
}

estimate_unpaired <- function(s) {
  a <- s$ties$y[s$ties$later == 0]
  b <- s$ties$y[s$ties$later == 1]
  few <- min(length(a), length(b)) < 2
  equal <- !few && sd(a) < 1e-12 && sd(b) < 1e-12
  if (length(a) == 0 || length(b) == 0)
    return(list(from = if (length(a) == 0) NA_real_ else mean(a),
                to = if (length(b) == 0) NA_real_ else mean(b), difference = NA_real_,
                effect = NA_real_, effect_name = "hedges_g", test = "t_welch", note = "empty_wave",
                se = NA_real_, df = NA_real_, p = NA_real_))
  if (few) {
    t <- list(se = NA_real_, df = NA_real_, p = NA_real_)
  } else if (equal) {
    t <- list(se = 0, df = NA_real_, p = NA_real_)
  } else if (s$clustered) {
    t <- robust(lm(y ~ later, s$ties), paste(s$ties$person, s$ties$later), 2)
  } else {
    test <- t.test(b, a)
    t <- list(se = unname(test$stderr), df = unname(test$parameter), p = test$p.value)
  }
  pooled <- summary(lm(y ~ later, s$ties))$sigma
  m <- people_of(s$ties, 0) + people_of(s$ties, 1) - 2
  c(list(from = mean(a), to = mean(b), difference = mean(b) - mean(a),
         effect = if (equal || (few && pooled < 1e-12)) NA_real_ else
           hedges(m) * (mean(b) - mean(a)) / pooled,
         effect_name = "hedges_g", test = if (s$clustered) "t_cr2" else "t_welch",
         note = {
           codes <- c(if (few) "too_few", if (equal) "all_equal",
                      if (length(s$both) > 0) "same_people")
           if (length(codes) > 0) paste(codes, collapse = ";") else NA
         }), t)
}

# lmer's own optimisers stop at some 1e-6 of the ratio: the slope's root is found to all digits.
find_exactly <- function(fn, par, lower, upper, control, ...) {
  slope <- function(t, h = 1e-3)
    (fn(t - 2 * h) - 8 * fn(t - h) + 8 * fn(t + h) - fn(t + 2 * h)) / (12 * h)
  grid <- c(seq(0.01, 1, 0.01), seq(1.1, 20, 0.1))
  best <- optimize(fn, c(0, 20), tol = 1e-10)$minimum
  near <- grid[which.min(vapply(grid, fn, 0))]
  best <- if (fn(near) < fn(best)) optimize(fn, near + c(-0.1, 0.1), tol = 1e-10)$minimum else best
  best <- if (best < 5e-3) 0 else uniroot(slope, best * c(0.95, 1.05), tol = 1e-13)$root
  list(par = best, fval = fn(best), conv = 0, message = "")
}

estimate_mixed <- function(s) {
  if (length(s$both) == 0 || length(s$both) == max(people_of(s$ties, 0), people_of(s$ties, 1)))
    return(NULL)
  fit <- suppressWarnings(suppressMessages(
    lmer(y ~ later + (1 | person), s$ties, control = lmerControl(optimizer = find_exactly))))
  found <- coef(summary(fit))
  if (isSingular(fit, tol = 1e-5)) { # least squares
    found <- coef(summary(lm(y ~ later, s$ties)))
    found <- cbind(found[, 1:2], df = nrow(s$ties) - 2, found[, 3:4])
  }
  total <- if (isSingular(fit, tol = 1e-5)) summary(lm(y ~ later, s$ties))$sigma else
    sqrt(sum(as.data.frame(VarCorr(fit))$vcov))
  list(from = found[1, 1], to = sum(found[, 1]), difference = found[2, 1],
       effect = found[2, 1] / total, effect_name = "d_total", test = "mixed_reml",
       note = if (isSingular(fit, tol = 1e-5)) "people_alike" else NA,
       se = found[2, 2], df = found[2, 3], p = found[2, 5])
}

# Ranks: a person is one value. Sums of seventeenths and the like are made equal where they are.
even <- function(x) round(x, 10)

with_ranks <- function(e, s, paired) {
  if (paired) {
    d <- even(tapply(s$pairs$y.b - s$pairs$y.a, s$pairs$person, mean))
    zeros <- any(d == 0)
    d <- d[d != 0]
    exact <- length(d) < 50 && !anyDuplicated(abs(d))
    test <- suppressWarnings(wilcox.test(d, exact = exact))
    sums <- tapply(rank(abs(d)), factor(d > 0, c(FALSE, TRUE)), sum, default = 0)
    e$effect <- unname((sums[2] - sums[1]) / sum(sums))
    e[c("effect_name", "note")] <- list("rank_biserial", if (zeros) "zeros_dropped" else NA)
    e$test <- if (exact) "wilcoxon_exact" else "wilcoxon_normal"
  } else {
    own <- aggregate(y ~ person + later, s$ties, mean)
    a <- even(own$y[own$later == 0])
    b <- even(own$y[own$later == 1])
    exact <- length(a) < 50 && length(b) < 50 && !anyDuplicated(c(a, b))
    test <- suppressWarnings(wilcox.test(b, a, exact = exact))
    e[c("effect", "effect_name")] <- list(mean(sign(outer(b, a, "-"))), "cliffs_delta")
    e$test <- if (exact) "mann_whitney_exact" else "mann_whitney_normal"
  }
  e$p <- test$p.value
  e
}

# ---- Rows ----------------------------------------------------------------------------------------

change_row <- function(set, dimension, pairing, e, s, options) {
  half <- qt((1 + options$confidence) / 2, e$df) * e$se
  list(workgroup = set$workgroup, target = set$target, dimension = dimension, from = options$from,
       to = options$to, pairing = pairing, n_from = sum(s$ties$later == 0),
       n_to = sum(s$ties$later == 1), n_paired = nrow(s$pairs), mean_from = e$from,
       mean_to = e$to, difference = e$difference, se = e$se, ci_low = e$difference - half,
       ci_high = e$difference + half, effect = e$effect, effect_name = e$effect_name, p = e$p,
       p_holm = NA_real_, p_bh = NA_real_, test = e$test, df = e$df,
       percent_change = 100 * e$difference / e$from, note = e$note, kind = set$kind)
}

expect_changes <- function(survey, pairing, from = 1, to = 2, drop = FALSE, ranks = FALSE,
                           min_share = 0.5, confidence = 0.95) {
  options <- list(from = from, to = to, min_share = min_share, confidence = confidence)
  survey <- set_people(survey, drop)
  rows <- list()
  for (set in list_sets(survey)) for (dimension in names(scales)) {
    s <- score_set(survey, set, dimension, options)
    e <- switch(pairing, paired = estimate_paired(s), unpaired = estimate_unpaired(s),
                mixed = estimate_mixed(s))
    if (is.null(e)) next
    if (ranks) e <- with_ranks(e, s, pairing == "paired")
    rows[[length(rows) + 1]] <- change_row(set, dimension, pairing, e, s, options)
  }
  table <- bind_rows(rows)
  for (family in split(seq_len(nrow(table)), table[c("kind", "dimension")])) {
    table$p_holm[family] <- p.adjust(table$p[family], "holm")
    table$p_bh[family] <- p.adjust(table$p[family], "BH")
  }
  table[names(table) != "kind"]
}

write_case("paired.csv", expect_changes(survey, "paired"))
write_case("unpaired.csv", expect_changes(survey, "unpaired"))
write_case("mixed.csv", expect_changes(survey, "mixed"))
write_case("ranks_paired.csv", expect_changes(survey, "paired", ranks = TRUE))
write_case("ranks_unpaired.csv", expect_changes(survey, "unpaired", ranks = TRUE, confidence = 0.9))
write_case("dropped.csv", expect_changes(survey, "paired", drop = TRUE, min_share = 1))

by_unit <- lapply(c("(missing)", sort_labels(na.omit(survey$unit))), function(u) {
  inside <- if (u == "(missing)") is.na(survey$unit) else survey$unit %in% u
  everybody <- set_people(survey)
  table <- expect_changes(survey[inside, ], "unpaired", from = 2, to = 1)
  cbind(unit = u, table)
})

# ---- Units and targets ---------------------------------------------------------------------------

own <- survey$workgroup == survey$target
parts <- list(within = own, between = !own, all = rep(TRUE, nrow(survey)))
rows <- list()
for (wave in 1:2) for (dimension in names(scales)) for (part in names(parts)) {
  ties <- survey[survey$wave == wave & parts[[part]], ]
  ties$y <- score_ties(ties, scales[[dimension]], 0.5)
  ties <- ties[!is.na(ties$y) & !is.na(ties$unit), ]
  people <- aggregate(y ~ respondent + unit, ties, mean)
  all <- length(unique(survey$respondent[survey$wave == wave]))
  welch <- oneway.test(y ~ unit, people)
  ranks <- kruskal.test(even(people$y), factor(people$unit))
  row <- function(test, statistic, df, df_within, p, effect)
    list(wave = wave, dimension = dimension, part = part, test = test, groups = 3L,
         n = nrow(people), left_out = all - nrow(people), statistic = unname(statistic),
         df = unname(df), df_within = unname(df_within), p = p, effect = unname(effect), note = NA)
  rows <- c(rows, list(row("welch_anova", welch$statistic, welch$parameter[1], welch$parameter[2],
                           welch$p.value, NA_real_),
                       row("kruskal_wallis", ranks$statistic, ranks$parameter, NA_real_,
                           ranks$p.value, ranks$statistic / (nrow(people) - 1))))
}
write_case("units.csv", bind_rows(rows))

rows <- list()
for (group in sort_labels(survey$workgroup)) for (wave in 1:2) for (dimension in names(scales)) {
  here <- survey[survey$wave == wave & survey$workgroup == group, ]
  y <- score_ties(here, scales[[dimension]], 0.5)
  wide <- tapply(y, list(here$respondent, factor(here$target, setdiff(targets, group))), mean)
  wide <- even(wide[complete.cases(wide), , drop = FALSE])
  test <- friedman.test(wide)
  rows[[length(rows) + 1]] <- list(
    wave = wave, workgroup = group, dimension = dimension, test = "friedman", groups = 3L,
    n = nrow(wide), left_out = length(unique(here$respondent)) - nrow(wide),
    statistic = unname(test$statistic), df = unname(test$parameter), p = test$p.value,
    effect = unname(test$statistic) / (nrow(wide) * 2), note = NA)
}
write_case("targets.csv", bind_rows(rows))
write_case("by_unit.csv", do.call(rbind, by_unit))

# ---- Differences in differences: units are the clusters ------------------------------------------

rows <- list()
for (dimension in names(scales)) for (part in names(parts)) {
  ties <- survey[parts[[part]], ]
  ties$y <- score_ties(ties, scales[[dimension]], 0.5)
  people <- aggregate(y ~ respondent + level + role + wave, ties[!is.na(ties$y), ], mean)
  people$treated <- people$role == "trained"
  people$later <- people$wave == 2
  people <- people[order(people$level), ]
  fit <- lm(y ~ treated * later, people)
  clusters <- length(unique(people$level))
  e <- if (clusters >= 4) robust(fit, people$level, 4) else
    list(se = NA_real_, df = NA_real_, p = NA_real_)
  b <- unname(coef(fit))
  half <- qt(0.975, e$df) * e$se
  count <- function(treated, later) sum(people$treated == treated & people$later == later)
  rows[[length(rows) + 1]] <- list(
    dimension = dimension, part = part, from = 1L, to = 2L, n_treated_from = count(TRUE, FALSE),
    n_treated_to = count(TRUE, TRUE), n_control_from = count(FALSE, FALSE),
    n_control_to = count(FALSE, TRUE), clusters = clusters,
    change_treated = b[3] + b[4], change_control = b[3], difference = b[4], se = e$se, df = e$df,
    ci_low = b[4] - half, ci_high = b[4] + half, p = e$p, estimator = "ols_cr2",
    note = if (clusters < 4) "fewer_clusters_than_terms" else
      if (clusters < 10) "few_clusters" else NA)
}
write_case("effects.csv", bind_rows(rows))
