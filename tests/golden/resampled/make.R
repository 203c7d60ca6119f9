# Bootstrap intervals: R's boot and survey on our replicates, which the program draws
# (tests/golden/stats/draws.c) writes. Every cell, every overall mean with the silo, ICC(1) and
# ICC(2) of units; percentile, basic, BCa; weights; n - 1 draws and n. An invented survey, uneven
# and with answers missing.
source("../oracle.R")
source("../invent.R")
suppressMessages({
  library(boot)
  library(multilevel)
})
start_draws(20)
survey <- invent_survey(c(caseworkers = 12, nurses = 9, teachers = 7, psychologists = 6),
                        c("caseworkers", "nurses", "teachers", "psychologists"), missing = 0.1,
                        skipped = 0.1)
people <- unique(survey[c("respondent", "workgroup")])
people$weight <- sample(1:4, nrow(people), replace = TRUE) / 2
people$unit <- sprintf("u%02d", (seq_len(nrow(people)) - 1) %% 11)
survey$unit <- people$unit[match(survey$respondent, people$respondent)]
survey$weight <- people$weight[match(survey$respondent, people$respondent)]
replicates <- 199

draw <- function(seed, stream, how, strata) {
  program <- file.path(dirname(dirname(Sys.getenv("RELCOORD"))), "programs/golden/stats/draws")
  lines <- system2(program, c(seed, stream, replicates, how), input = as.character(strata),
                   stdout = TRUE)
  as.matrix(read.csv(text = lines, header = FALSE))
}

# ---- Intervals -----------------------------------------------------------------------------------

# Leaving out each cluster of a stratum, the others weighted up.
deletions <- function(strata, statistics) {
  pieces <- lapply(split(seq_along(strata), strata), function(members) {
    n <- length(members)
    left <- sapply(members, function(i) {
      w <- rep(1, length(strata))
      w[members] <- n / (n - 1)
      w[i] <- 0
      statistics(w)
    })
    (n - 1) / n * (rowMeans(left) - left)
  })
  do.call(cbind, pieces)
}

bca <- function(t0, t, d) {
  near <- abs(t - t0) <= 1e-12 * pmax(1, abs(t0))
  if (all(near)) return(c(t0, t0))
  if (anyNA(d)) return(c(NA, NA))
  z0 <- qnorm(mean(t < t0 & !near) + mean(near) / 2)
  z <- z0 + qnorm(c(.025, .975))
  places <- pnorm(z0 + z / (1 - sum(d^3) / (6 * sum(d^2)^1.5) * z))
  # boot counts replicates below t0: ties half.
  twice <- c(ifelse(near, t0 - 1e-6, t), ifelse(near, t0 + 1e-6, t))
  stopifnot(abs(boot:::bca.ci(t0 = t0, t = twice, L = d)[2:3] -
                places * (length(twice) + 1)) < .0051)
  if (anyNA(places)) places else quantile(t, places, type = 7, names = FALSE)
}

# Three data frames of se and limits, by method, of all statistics.
intervals <- function(w, strata, statistics) {
  row <- 0
  b <- boot(rep(1, ncol(w)), statistics, R = nrow(w), sim = "parametric",
            ran.gen = function(data, mle) { row <<- row + 1; w[row, ] })
  d <- deletions(strata, statistics)
  se <- apply(b$t, 2, sd, na.rm = TRUE)
  percentile <- t(apply(b$t, 2, quantile, c(.025, .975), type = 7, na.rm = TRUE, names = FALSE))
  corrected <- t(sapply(seq_along(b$t0),
                        function(k) bca(b$t0[k], b$t[is.finite(b$t[, k]), k], d[k, ])))
  table <- function(limits) data.frame(value = b$t0, se = se, ci_low = limits[, 1],
                                       ci_high = limits[, 2])
  list(percentile = table(percentile), basic = table(2 * b$t0 - percentile[, 2:1]),
       bca = table(corrected))
}

# known: where there are two raters at least, without whom nothing is known of an error.
write_intervals <- function(name, keys, found, known = TRUE) {
  for (method in names(found)) {
    limits <- found[[method]][c("se", "ci_low", "ci_high")]
    limits[!rep_len(known, nrow(limits)), ] <- NA
    write_case(sprintf("%s_%s.csv", name, method), cbind(keys, limits))
  }
}

# ---- Means ---------------------------------------------------------------------------------------

scores <- sapply(scales, function(names) score_ties(survey, names, 0.5))
person <- match(survey$respondent, people$respondent)
cell_of <- interaction(factor(survey$workgroup, sort_labels(people$workgroup)),
                       factor(survey$target, sort_labels(survey$target)), lex.order = TRUE,
                       sep = "|")
dimensions <- names(scales)

weighted <- function(x, w)
  if (sum(w[!is.na(x)]) > 0) sum((w * x)[!is.na(x)]) / sum(w[!is.na(x)]) else NA
cells <- function(w) unlist(lapply(levels(cell_of), function(c)
  sapply(dimensions, function(d) weighted(scores[cell_of == c, d], w[person][cell_of == c]))),
  use.names = FALSE)
parts <- list(within = survey$workgroup == survey$target,
              between = survey$workgroup != survey$target, all = TRUE)
overall <- function(w, d) sapply(parts, function(of) {
  of <- of & !is.na(scores[, d])
  own <- tapply(scores[of, d], factor(person[of], seq_len(nrow(people))), mean)
  by_cell <- sapply(split(which(of), droplevels(cell_of[of])),
                    function(ties) weighted(scores[ties, d], w[person[ties]]))
  c(respondents = weighted(own, w), ties = weighted(scores[of, d], w[person[of]]),
    workgroups = mean(by_cell, na.rm = TRUE))
})
indices <- function(w) unlist(lapply(dimensions, function(d) as.vector(overall(w, d))))
silos <- function(w) unlist(lapply(dimensions, function(d) {
  m <- overall(w, d)
  m[, "within"] - m[, "between"]
}))

strata <- match(people$workgroup, sort_labels(people$workgroup))
stopifnot(identical(people$respondent, sort(people$respondent)))
known <- as.vector(apply(scores, 2, function(s) tapply(!is.na(s), cell_of, sum)) |> t()) > 1
cell_keys <- do.call(rbind,
                     strsplit(rep(levels(cell_of), each = length(dimensions)), "|", fixed = TRUE))
cell_keys <- data.frame(workgroup = cell_keys[, 1], target = cell_keys[, 2], dimension = dimensions)
weightings <- c("respondents", "ties", "workgroups")
index_keys <- expand.grid(weighting = weightings, part = names(parts),
                          dimension = dimensions)[c("dimension", "part", "weighting")]
silo_keys <- expand.grid(weighting = weightings,
                         dimension = dimensions)[c("dimension", "weighting")]

bare <- survey[names(survey) != "weight"]
write_case("input.csv", bare)
write_case("weighted.csv", survey)
rescaled <- draw(7, 0, "n-1", strata)
write_intervals("cells", cell_keys, intervals(rescaled, strata, cells), known)
write_intervals("indices", index_keys, intervals(rescaled, strata, indices))
write_intervals("silo", silo_keys, intervals(rescaled, strata, silos))
write_intervals("cells_plain", cell_keys, intervals(draw(7, 0, "n", strata), strata, cells), known)
own_weights <- function(statistics) function(w) statistics(w * people$weight)
write_intervals("cells_weighted", cell_keys, intervals(rescaled, strata, own_weights(cells)), known)
write_intervals("indices_weighted", index_keys, intervals(rescaled, strata, own_weights(indices)))

# survey's own errors, of the same weights, are the same
design <- svrepdesign(data = people, weights = ~weight, repweights = t(rescaled) * people$weight,
                      type = "bootstrap", combined.weights = TRUE)
own <- tapply(scores[, "rc"], person, mean, na.rm = TRUE)
theirs <- SE(svymean(~own, update(design, own = own)))
ours <- intervals(rescaled, strata, own_weights(indices))$percentile$se[
  index_keys$dimension == "rc" & index_keys$part == "all" & index_keys$weighting == "respondents"]
stopifnot(abs(theirs / ours - 1) < 1e-10)

# ---- ICC -----------------------------------------------------------------------------------------

unit <- factor(people$unit, sort_labels(people$unit))
rc <- tapply(scores[, "rc"], person, mean, na.rm = TRUE)
icc_of <- function(weights) {
  n <- as.vector(table(unit))
  m <- as.vector(tapply(rc, unit, mean))
  ss <- as.vector(tapply(rc, unit, function(x) sum((x - mean(x))^2)))
  G <- sum(weights); N <- sum(weights * n)
  k <- (N - sum(weights * n^2) / N) / (G - 1)
  msb <- sum(weights * n * (m - sum(weights * n * m) / N)^2) / (G - 1)
  msw <- sum(weights * ss) / (N - G)
  c(icc1 = (msb - msw) / (msb + (k - 1) * msw), icc2 = (msb - msw) / msb)
}
# whole weights are groups several times, of which aov says the same
times <- rep_len(0:3, nlevels(unit))
copies <- unlist(lapply(seq_along(times), function(u)
  rep(list(which(as.integer(unit) == u)), times[u])), recursive = FALSE)
copied <- data.frame(rc = rc[unlist(copies)],
                     unit = factor(rep(seq_along(copies), lengths(copies))))
stopifnot(abs(icc_of(times)["icc2"] - ICC2(aov(rc ~ unit, copied))) < 1e-10)
icc_keys <- data.frame(scale = "rc", grouping = "unit", coefficient = c("icc1", "icc2"))
for (how in c("n-1", "n")) {
  found <- intervals(draw(7, 1, how, rep(0, nlevels(unit))), rep(0, nlevels(unit)), icc_of)
  for (method in names(found))
    write_case(sprintf("icc_%s_%s.csv", if (how == "n") "plain" else "rescaled", method),
               cbind(icc_keys, found[[method]][c("value", "ci_low", "ci_high")]))
}

# Wald's interval of the REML ICC: the ratio at which the weighted squares between have F's
# quantiles
ratio_at <- function(quantile) {
  n <- as.vector(table(unit)); m <- as.vector(tapply(rc, unit, mean))
  msw <- sum(tapply(rc, unit, function(x) sum((x - mean(x))^2))) / (sum(n) - length(n))
  pivot <- function(r) {
    w <- n / (1 + n * r)
    sum(w * (m - sum(w * m) / sum(w))^2) / (length(n) - 1) / msw - quantile
  }
  if (pivot(0) <= 0) 0 else uniroot(pivot, c(0, 1e3), tol = 1e-14)$root
}
df <- c(nlevels(unit) - 1, nrow(people) - nlevels(unit))
ratio <- c(ratio_at(qf(.975, df[1], df[2])), ratio_at(qf(.025, df[1], df[2])))
k <- nrow(people) / nlevels(unit)
write_case("icc_reml.csv", cbind(
  icc_keys, ci_low = c(ratio[1] / (1 + ratio[1]), k * ratio[1] / (1 + k * ratio[1])),
  ci_high = c(ratio[2] / (1 + ratio[2]), k * ratio[2] / (1 + k * ratio[2]))))
