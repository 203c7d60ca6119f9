# Writes what tests/c/stats/check_factor.c expects, as a header:
#
#     Rscript factor.R >factor.h
#     Rscript factor.R factor.h     compares instead
#
# Models are lavaan's cfa(std.lv = TRUE), polished by Newton steps with lavaan's own gradient and
# Hessian, since its optimiser stops at a gradient of 1e-7; robust figures are its estimator = "MLR"
# with cluster =. Three figures are not taken from lavaan as it prints them: p, which it computes as
# 1 - P; the interval of the RMSEA, which it solves to 1e-4 (held to lavaan's within 2e-5 here);
# SRMR under MLR, which counts means.
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
source(file.path(here, "header.R"))
source(file.path(here, "lavaan.R"))
suppressPackageStartupMessages(library(multilevel))
options(warn = 1)
RNGversion("4.0.0")
output <- tempfile()
sink(output)

# ---- C

number <- function(x) ifelse(is.nan(x) | is.na(x), "NAN", sprintf("%.17g", x))
braces <- function(x) paste0("{", paste(number(x), collapse = ", "), "}")
field <- function(name, x) cat("     .", name, " = ", braces(x), ",\n", sep = "")
write_estimates <- function(e, name) {
    cat("     .", name, " = {", sep = "")
    for (n in c("loading", "residual", "loading_std", "residual_std"))
        cat(".", n, " = {", paste(apply(e[[n]], 2, braces), collapse = ", "), "}, ", sep = "")
    for (n in c("correlation", "omega", "omega_std"))
        cat(".", n, " = ", braces(e[[n]]), ", ", sep = "")
    cat("},\n")
}

clusters_declared <- character()
write_clusters <- function(data, cluster, name) {
    if (name %in% clusters_declared) return(invisible())
    clusters_declared <<- c(clusters_declared, name)
    cat("/* By cluster: rows, sums, lower triangle of sums of products. */\nstatic const double ",
        name, "[] = {\n", sep = "")
    for (g in unique(cluster)) {
        place <- match(g, unique(cluster))
        end <- if (place == length(unique(cluster))) "" else if (place %% 4 == 0) ",\n" else ", "
        x <- as.matrix(data[cluster == g, , drop = FALSE])
        p <- crossprod(x)
        cat(paste(c(nrow(x), colSums(x), p[upper.tri(p, TRUE)]), collapse = ","), end, sep = "")
    }
    cat("\n};\n")
}

cases <- list()
# data with clusters, or a covariance matrix with n
add <- function(name, factor_of, data = NULL, cluster = NULL, moments = name, covariance = NULL,
                n = nrow(data)) {
    items <- if (is.null(data)) colnames(covariance) else names(data)
    model <- model_of(items, factor_of)
    if (is.null(covariance)) covariance <- cov(data) * (n - 1) / n
    dimnames(covariance) <- list(items, items)
    fit <- polish(model, sample.cov = covariance, sample.nobs = n, sample.cov.rescale = FALSE)
    robust <- NULL
    if (!is.null(cluster)) {
        data$cluster <- cluster
        robust <- fit_at(model, within(parTable(fit), rm(se)), data = data, estimator = "MLR",
                         cluster = "cluster")
        stopifnot(max(abs(lavInspect(robust, "gradient"))) < 1e-9)
        write_clusters(data[items], cluster, moments)
    }
    ht <- c(NaN, NaN)
    if (any(factor_of == 1))
        ht <- c(htmt(model, sample.cov = covariance, htmt2 = FALSE)[2, 1],
                htmt(model, sample.cov = covariance)[2, 1])
    cases[[name]] <<- list(
        name = name, items = length(items), n = n, clusters = length(unique(cluster)),
        moments = if (is.null(cluster)) "NULL" else moments, factor_of = factor_of,
        covariance = covariance,
        indices = indices(measures(fit, items, diag(covariance), sample.cov = covariance,
                                   sample.nobs = n, sample.cov.rescale = FALSE)),
        estimates = estimates(fit, items),
        robust = if (!is.null(robust)) estimates(robust, items),
        robust_indices = if (!is.null(robust))
            robust_indices(measures(robust, items, diag(covariance), data = data,
                                    estimator = "MLR", cluster = "cluster", int.ov.free = TRUE)),
        htmt = ht, eigenvalues = eigen(cov2cor(covariance), symmetric = TRUE)$values)
}
write_case <- function(x) {
    cat("    {.name = \"", x$name, "\", .items = ", x$items, ", .n = ", x$n, ", .clusters = ",
        x$clusters, ", .moments = ", x$moments, ", .df = ", x$indices$df, ", .baseline_df = ",
        x$indices$baseline_df, ",\n", sep = "")
    cat("     .factor_of = {", paste(x$factor_of, collapse = ", "), "},\n", sep = "")
    field("covariance", x$covariance)
    field("fit", x$indices$fit)
    field("htmt", x$htmt)
    field("eigenvalues", x$eigenvalues)
    write_estimates(x$estimates, "plain")
    if (!is.null(x$robust)) {
        field("robust_fit", x$robust_indices)
        write_estimates(x$robust, "robust")
    }
    cat("    },\n")
}

# ---- Cases

cat("/* Written by factor.R from lavaan, semTools and multilevel's data sets; not to be edited. ",
    "*/\n", sep = "")

data(lq2002)
lead <- lq2002[paste0("LEAD0", 1:7)]
mixed <- lq2002[c(paste0("LEAD0", 1:4), paste0("TSIG0", 1:3))]
add("lq2002 leadership", rep(0, 7), lead, lq2002$COMPID, "lq2002_leadership")
add("lq2002 leadership and significance", rep(0:1, c(4, 3)), mixed, lq2002$COMPID, "lq2002_mixed")
add("lq2002 as one factor", rep(0, 7), mixed, lq2002$COMPID, "lq2002_mixed")
add("lq2002 hostility", rep(0, 5), lq2002[paste0("HOSTIL0", 1:5)], lq2002$COMPID,
    "lq2002_hostility")
data(bhr2000)
bhr <- bhr2000[c("AF06", "AF07", "AP12", "AP17", "AS14", "AS15", "AS16")]
add("bhr2000", rep(0:1, c(4, 3)), bhr, bhr2000$GRP, "bhr2000_items")
add("bhr2000, items of the factors by turns", c(0, 1, 0, 1, 0, 1, 0), bhr, bhr2000$GRP,
    "bhr2000_items")

# Ties of respondents, four each, answers 1 to 5 with known loadings; and clusters of 1 to 4 rows.
set.seed(20)
respondents <- 60
loadings <- c(.8, .7, .6, .75, .65, .7, .8)
phi <- matrix(c(1, .7, .7, 1), 2)
person <- MASS::mvrnorm(respondents, c(0, 0), phi)[rep(1:respondents, each = 4), ]
tie <- MASS::mvrnorm(4 * respondents, c(0, 0), phi)
eta <- sqrt(.6) * person + sqrt(.4) * tie
y <- sapply(1:7, function(j)
    loadings[j] * eta[, 1 + (j > 4)] + sqrt(1 - loadings[j]^2) * rnorm(nrow(eta)))
ties <- as.data.frame(apply(y, 2, function(v) findInterval(v, c(-1.6, -.9, 0, .9)) + 1))
names(ties) <- c("fr", "ti", "ac", "ps", "sg", "sk", "mr")
id <- rep(1:respondents, each = 4)
add("ties", rep(0:1, c(4, 3)), ties, id, "ties")
add("ties as one factor", rep(0, 7), ties, id, "ties")
few <- ties[seq(1, 240, 3), 1:4]
add("uneven clusters", rep(0, 4), few,
    c(1:5, rep(6:8, each = 3), 9:40, rep(41:51, length.out = nrow(few) - 46)), "uneven")

matrix_of <- function(l, n = length(l)) {
    r <- tcrossprod(l)
    diag(r) <- 1
    dimnames(r) <- list(paste0("x", seq_len(n)), paste0("x", seq_len(n)))
    r
}
disturb <- function(r, by, seed) {
    set.seed(seed)
    e <- matrix(rnorm(length(r), 0, by), nrow(r))
    r <- r + (e + t(e)) * (row(r) != col(r))
    sd <- seq(.5, 2, length.out = nrow(r))
    r * tcrossprod(sd)
}
add("three items", rep(0, 3), covariance = disturb(matrix_of(c(.8, .7, .6)), .03, 1), n = 100)
add("three items, Heywood", rep(0, 3), covariance = disturb(matrix_of(c(1.2, .7, .6)), .01, 2),
    n = 90)
add("Heywood", rep(0, 5), covariance = disturb(matrix_of(c(1.04, .6, .5, .4, .6)), .01, 3), n = 120)
add("two factors, correlation beyond 1", rep(0:1, c(3, 3)), n = 80, covariance = {
    r <- matrix_of(c(.6, .7, .5, .6, .7, .5))
    r[1:3, 4:6] <- r[1:3, 4:6] * 1.1
    r[4:6, 1:3] <- r[4:6, 1:3] * 1.1
    disturb(r, .01, 4)
})
add("nearly singular", rep(0, 5), n = 500, covariance = {
    r <- disturb(matrix_of(c(.99995, .99993, .6, .5, .7)), .03, 5)
    r[1, 2] <- r[2, 1] <- .9998 * sqrt(r[1, 1] * r[2, 2])
    r[2, 3:5] <- r[3:5, 2] <- r[1, 3:5] * sqrt(r[2, 2] / r[1, 1]) + c(.0003, -.0002, .0001)
    r
})
add("reversed items", rep(0, 6),
    covariance = disturb(matrix_of(c(.7, -.8, .6, -.5, .7, .4)), .03, 6), n = 250)
add("a reversed factor", rep(0:1, c(3, 4)), n = 250, covariance = {
    r <- matrix_of(c(.7, .8, .6, .5, .7, .4, .6))
    r[1:3, 4:7] <- -.5 * r[1:3, 4:7]
    r[4:7, 1:3] <- -.5 * r[4:7, 1:3]
    disturb(r, .02, 7)
})
add("two and two", rep(0:1, c(2, 2)), n = 200, covariance = {
    r <- matrix_of(c(.7, .8, .6, .75))
    r[1:2, 3:4] <- .5 * r[1:2, 3:4]
    r[3:4, 1:2] <- .5 * r[3:4, 1:2]
    disturb(r, .02, 8)
})
add("exact fit", rep(0, 6), covariance = matrix_of(c(.7, .8, .6, .5, .7, .4)) * 4, n = 300)
add("ten million", rep(0, 7),
    covariance = disturb(matrix_of(c(.7, .8, .6, .5, .7, .4, .6)), .01, 9), n = 1e7)

cat("static const golden_case golden_cases[] = {\n")
for (x in cases) write_case(x)
cat("};\n")

# ---- Distributions

cat("/* x, df, lambda, probability of less. */\nstatic const double golden_noncentral[][4] = {\n")
for (df in c(1, 2, 14, 35))
    for (lambda in c(0, 1e-3, 3, 40, 600, 2e4))
        for (at in c(.3, 1, 1.05)) {
            x <- (df + lambda) * at
            p <- pchisq(x, df, lambda)
            if (p > 1e-6 && p < 1 - 1e-9) cat("    ", braces(c(x, df, lambda, p)), ",\n", sep = "")
        }
cat("};\n")

cat("/* x, df, probability of more. */\nstatic const double golden_above[][3] = {\n")
for (df in c(1, 2, 3, 8, 13, 14, 169, 1000))
    for (x in c(1e-8, .4 * df, df, df + .5, 1.3 * df + 2, 3 * df + 40, 700))
        cat("    ", braces(c(x, df, pchisq(x, df, lower.tail = FALSE))), ",\n", sep = "")
cat("};\n")

# Parallel analysis by its definition, 20,000 samples: mean and 95th percentile of each eigenvalue,
# and their errors.
set.seed(7)
n <- 40
p <- 7
sims <- replicate(20000, eigen(cor(matrix(rnorm(n * p), n)), symmetric = TRUE,
                               only.values = TRUE)$values)
quantile_error <- function(x) {
    d <- density(x, n = 2048)
    sqrt(.95 * .05 / length(x)) / approx(d$x, d$y, quantile(x, .95))$y
}
cat("/* n = 40, 7 items: mean, its error, 95th percentile, its error. */\n",
    "static const double golden_parallel[][4] = {\n", sep = "")
for (i in 1:p)
    cat("    ", braces(c(mean(sims[i, ]), sd(sims[i, ]) / sqrt(20000), quantile(sims[i, ], .95),
                         quantile_error(sims[i, ]))), ",\n", sep = "")
cat("};\n")

sink()
# lavaan takes some derivatives by differences.
write_or_compare(readLines(output),
                 function(ours, theirs) abs(ours - theirs) <= 1e-7 * abs(theirs) + 1e-10)
