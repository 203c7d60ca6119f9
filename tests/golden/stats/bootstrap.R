# What R makes of our replicates: boot's statistics, bias, standard error and BCa places, quantiles
# of type 7, p.adjust, prop.test. Writes the header that the C tests read:
#
#     weights | Rscript bootstrap.R >bootstrap.h
#     weights | Rscript bootstrap.R bootstrap.h     compares instead, numbers to 1e-12
suppressMessages({library(boot); library(survey)})
options(digits = 17, width = 500)
output <- character()
emit <- function(...) output <<- c(output, sprintf(...))
number <- function(x) ifelse(is.na(x), "NAN", sprintf("%.15g", x))
numbers <- function(x) paste(number(x), collapse = ", ")

given <- read.csv(file("stdin"), header = FALSE)
drawn <- function(plan) as.matrix(given[given$V1 == plan, -(1:2)])
strata <- as.vector(drawn("strata"))
units <- as.vector(drawn("units"))
people <- length(strata)

# ---- Data: four items, and scores of up to three targets

set.seed(20161)
general <- rnorm(people)
items <- sapply(1:4, function(j)
    pmin(pmax(round(3.4 + 0.8 * general + rnorm(people, 0, 0.8)), 1), 5))
scores <- matrix(pmin(pmax(round(4 * (3.5 + strata / 4 + rnorm(3 * people, 0, 0.9))) / 4, 1), 5),
                 people)
scores[sample(3 * people, 20)] <- NA
scores[rowSums(!is.na(scores)) == 0, 1] <- 3

# ---- Statistics of weights

tie_mean <- function(w, of = rep(TRUE, people), targets = 1:3) {
    s <- scores[of, targets, drop = FALSE]
    weight <- w[of] * !is.na(s)
    sum(weight * s, na.rm = TRUE) / sum(weight)
}
own <- rowMeans(scores, na.rm = TRUE)
respondent_mean <- function(w) weighted.mean(own, w)
alpha <- function(w) {
    v <- cov.wt(items, w / sum(w))$cov
    4 / 3 * (1 - sum(diag(v)) / sum(v))
}
statistics <- function(w) c(
    tie_mean(w), respondent_mean(w), tie_mean(w, strata == 0, 1),
    mean(sapply(0:2, function(s) tie_mean(w, strata == s))),
    sum(w * (own - respondent_mean(w))^2) / (sum(w) - 1),
    alpha(w), cov.wt(items[, 1:2], w / sum(w), cor = TRUE)$cor[1, 2],
    tie_mean(w, strata == 1) - tie_mean(w, strata == 2))
statistic_names <- c("tie_mean", "respondent_mean", "cell_mean", "workgroup_mean", "variance",
                     "alpha", "correlation", "difference")

# ---- Intervals

# What each cluster adds: leaving it out, the others of its stratum weighted up, within the stratum
# about the mean.
influences <- function(stratum, cluster) {
    pieces <- lapply(split(seq_len(people), stratum), function(members) {
        clusters <- unique(cluster[members])
        n <- length(clusters)
        left <- sapply(clusters, function(c) {
            w <- rep(1, people)
            w[members] <- n / (n - 1)
            w[cluster == c] <- 0
            statistics(w)
        })
        (n - 1) / n * (rowMeans(left) - left)
    })
    do.call(cbind, pieces)
}

check_plan <- function(w, plain, stratum, cluster) {
    for (s in unique(stratum)) {
        first <- !duplicated(cluster) & stratum == s
        n <- sum(first)
        draws <- if (plain) n else n - 1
        times <- t(w[, first]) * draws / n
        stopifnot(max(abs(times - round(times))) < 1e-12, all(round(colSums(times)) == draws))
    }
    stopifnot(identical(unname(w), unname(w[, match(cluster, cluster)])))
    # survey's own subbootstrap is made of the same weights
    set.seed(1)
    theirs <- weights(as.svrepdesign(
        svydesign(~cluster, strata = ~stratum, weights = ~1, nest = TRUE,
                  data = data.frame(cluster, stratum)),
        type = "subbootstrap", replicates = 50, compress = FALSE))
    if (!plain) stopifnot(all(sapply(theirs, function(x)
        min(abs(x - unique(as.vector(w)))) < 1e-12)))
}

bca_places <- function(t0, t, d) {
    # Efron's formula, and boot's own, which rounds the rank to two decimals. boot counts replicates
    # below t0: each one given twice, a tie once on either side, counts ties half.
    near <- abs(t - t0) <= 1e-12 * pmax(1, abs(t0))
    z0 <- qnorm(mean(t < t0 & !near) + mean(near) / 2)
    z <- z0 + qnorm(c(.025, .975))
    places <- pnorm(z0 + z / (1 - sum(d^3) / (6 * sum(d^2)^1.5) * z))
    twice <- c(ifelse(near, t0 - 1e-6, t), ifelse(near, t0 + 1e-6, t))
    stopifnot(abs(boot:::bca.ci(t0 = t0, t = twice, L = d)[2:3] -
                  places * (length(twice) + 1)) < .0051)
    places
}

emit("/* Written by bootstrap.R: data, and what R makes of them on the replicates of weights.c. */")
emit("static const struct {\n    double items[4], scores[3];\n} people_data[] = {")
for (i in seq_len(people)) emit("    {{%s}, {%s}},", numbers(items[i, ]), numbers(scores[i, ]))
emit("};\n")
emit("/* percentile, basic and bca hold low and high; places are BCa's p_low and p_high. */")
emit("static const struct {\n    const char *plan, *statistic;\n    uint32_t defined;")
emit("    double value, se, bias, percentile[2], basic[2], places[2], bca[2], z0, acceleration;")
emit("} golden_intervals[] = {")
for (plan in unique(given$V1[!given$V1 %in% c("strata", "units")])) {
    w <- drawn(plan)
    by_unit <- startsWith(plan, "units")
    stratum <- if (by_unit) rep(0, people) else strata
    cluster <- if (by_unit) units else seq_len(people)
    check_plan(w, endsWith(plan, "plain"), stratum, cluster)
    d <- influences(stratum, cluster)
    row <- 0
    b <- boot(rep(1, people), statistics, R = nrow(w), sim = "parametric",
              ran.gen = function(data, mle) { row <<- row + 1; w[row, ] })
    for (k in seq_along(statistic_names)) {
        t0 <- b$t0[k]
        t <- b$t[is.finite(b$t[, k]), k]
        near <- abs(t - t0) <= 1e-12 * pmax(1, abs(t0))
        percentile <- quantile(t, c(.025, .975), type = 7)
        places <- if (anyNA(d[k, ])) c(NA, NA) else bca_places(t0, t, d[k, ])
        emit("    {\"%s\", \"%s\", %d, %s,\n     {%s}, {%s}, {%s}, {%s}, %s},", plan,
             statistic_names[k], length(t), numbers(c(t0, sd(t), mean(t) - t0)),
             numbers(percentile), numbers(2 * t0 - rev(percentile)), numbers(places),
             numbers(if (anyNA(places)) places else quantile(t, places, type = 7)),
             numbers(c(qnorm(mean(t < t0 & !near) + mean(near) / 2),
                       sum(d[k, ]^3) / (6 * sum(d[k, ]^2)^1.5))))
    }
}
emit("};\n")

# ---- Quantiles, adjusted p-values, proportions

emit("static const double golden_sample[] = {%s};", numbers(own))
emit("static const double golden_quantiles[][2] = {")
for (p in c(0, .001, .025, .1, .25, 1 / 3, .5, .7, .75, .9, .975, .999, 1))
    emit("    {%s},", numbers(c(p, quantile(own, p, type = 7))))
emit("};\n")

set.seed(5)
p_sets <- list(c(.01, .02, .03, .04, .05), c(.04, .01, .01, NA, .3, .9, .9, .03), .02,
               c(1, 0, 1e-300, .5), round(runif(24)^3, 3), c(NA, NA), c(.7, .6, .5))
emit("static const struct {\n    int count;\n    double p[24], holm[24], bh[24];")
emit("} golden_adjusted[] = {")
for (p in p_sets)
    emit("    {%d, {%s},\n     {%s},\n     {%s}},", length(p), numbers(p),
         numbers(p.adjust(p, "holm")), numbers(p.adjust(p, "BH")))
emit("};\n")

emit("static const struct {\n    double successes, n, population, confidence, low, high;")
emit("} golden_wilson[] = {")
for (case in list(c(126, 155, 0, .95), c(69, 126, 0, .95), c(0, 10, 0, .95), c(10, 10, 0, .95),
                  c(1, 1, 0, .95), c(3, 7, 0, .9), c(500, 1e6, 0, .99), c(1, 2, 0, .5),
                  c(69, 126, 155, .95), c(1, 8, 9, .95), c(0, 20, 200, .95),
                  c(7, 20, 1e9, .8))) {
    n <- case[2]
    larger <- if (case[3]) n * (case[3] - 1) / (case[3] - n) else n
    limits <- suppressWarnings(prop.test(case[1] / n * larger, larger, conf.level = case[4],
                                         correct = FALSE))$conf.int
    emit("    {%s},", numbers(c(case, limits)))
}
emit("};")

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))),
                 "header.R"))
write_or_compare(output, function(ours, theirs) abs(ours - theirs) <= 1e-12 * pmax(1, abs(theirs)))
