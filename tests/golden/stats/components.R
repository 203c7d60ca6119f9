# Variance components as lme4 estimates them, and as dense matrices give them: what
# tests/c/stats/check_components.c holds lib/stats/variance/components.c against. Run in this
# folder, Rscript components.R writes
#   components_ties.csv  survey, rater, respondent, rated, score: surveys drawn with known
#                        components
#   components.csv       survey, workgroups, source, name, value
# The last digits differ from run to run, with the way lme4 takes: within the tolerances that the
# test has.
# lme4: variances and criterion of lmer, the best of several starts at tight tolerances.
# dense: from there to the maximum by Fisher scoring on V, P and their products written out in full,
# with standard errors from 2 (tr(P V_k P V_l))^-1 of the components above 0, the generalised least
# squares mean, and for fixed workgroups the spread of the effects among themselves less their
# estimates' error, within connected parts.
suppressMessages(library(lme4))
options(digits = 17)

# ---- Surveys -------------------------------------------------------------------------------------

# Scores of all ties from workgroups of these sizes to `rated` workgroups: the same ones (none rates
# itself), or others.
draw <- function(seed, sizes, sd, rated = length(sizes), own = FALSE, missing = 0) {
  set.seed(seed, "Mersenne-Twister", "Inversion", "Rejection")
  raters <- length(sizes)
  rater <- rep(seq_len(raters), sizes)
  ties <- expand.grid(rated = seq_len(rated), respondent = seq_along(rater))
  ties$rater <- rater[ties$respondent]
  effect <- function(n, name) rnorm(n, 0, sd[[name]])
  ties$score <- 3.6 + effect(raters, "rater")[ties$rater] +
    effect(length(rater), "respondent")[ties$respondent] +
    effect(rated, "rated")[ties$rated] +
    effect(raters * rated, "cell")[(ties$rater - 1) * rated + ties$rated] +
    effect(nrow(ties), "residual")
  keep <- (own | ties$rater != ties$rated) & runif(nrow(ties)) >= missing
  ties <- ties[keep, c("rater", "respondent", "rated", "score")]
  ties$score <- round(ties$score, 4)
  ties
}

usual <- c(rater = .3, respondent = .45, rated = .35, cell = .25, residual = .6)
alter <- function(...) replace(usual, names(c(...)), c(...))

# Answers 1 to 5 to seven items, as a survey has them.
make_answers <- function(ties) {
  ties$score <- pmin(pmax(round(ties$score * 7), 7), 35) / 7
  ties
}

# Each respondent's scores about his own mean, so that respondents differ less than chance has it.
level_respondents <- function(ties) {
  ties$score <- round(3.6 + ties$score - ave(ties$score, ties$respondent), 4)
  ties
}
level_cells <- function(ties) {
  cell <- paste(ties$rater, ties$rated)
  ties$score <- round(ties$score - ave(ties$score, cell) + ave(ties$score, ties$rater) +
                      ave(ties$score, ties$rated), 4)
  ties
}

beside <- function(a, b) {
  shift <- function(ties) transform(ties, rater = rater + 50, respondent = respondent + 5000,
                                    rated = rated + 50)
  rbind(a, shift(b))
}

# Each respondent rates four workgroups.
thin <- function(ties) {
  set.seed(99, "Mersenne-Twister", "Inversion", "Rejection")
  ties[ave(runif(nrow(ties)), ties$respondent, FUN = rank) <= 4, ]
}

surveys <- list(
  plain = draw(1, c(6, 9, 7, 12, 8), usual, missing = .15),
  balanced = draw(2, rep(6, 4), usual, rated = 5, own = TRUE),
  square = draw(3, rep(7, 6), usual),
  uneven = draw(4, c(1, 2, 3, 5, 8, 12, 4, 1), usual, missing = .3),
  outsiders = make_answers(draw(5, c(10, 6, 14), usual, rated = 8, missing = .2)),
  no_respondent = level_respondents(draw(6, c(8, 5, 9, 6), usual, rated = 6, missing = .1)),
  no_cell = level_cells(draw(7, c(8, 5, 9, 6, 7), alter(cell = 0), rated = 6, missing = .1)),
  no_rater = draw(8, c(7, 9, 8, 6, 10), alter(rater = 0), missing = .1),
  no_rated = draw(9, c(7, 9, 8, 6, 10), alter(rated = 0), missing = .1),
  parts = beside(draw(10, c(5, 6, 7), usual, missing = .1),
                 draw(11, c(4, 8, 6, 5), usual, missing = .2)),
  thin = thin(draw(12, rep(3, 25), usual)),
  sharp = draw(13, c(8, 6, 7, 9), alter(respondent = 2, rated = 3, residual = .05), missing = .1),
  pair = draw(14, c(9, 12), usual, rated = 4, own = TRUE, missing = .1),
  noise = draw(15, c(9, 7, 8, 11, 6), alter(rater = 0, respondent = 0, rated = 0, cell = 0),
               missing = .2)
)

# ---- lme4 ----------------------------------------------------------------------------------------

names_in_lme4 <- c(rater = "rater", respondent = "respondent", cell = "rater:rated",
                   rated = "rated", residual = "Residual")

fit_lme4 <- function(ties, fixed) {
  for (key in c("rater", "respondent", "rated")) ties[[key]] <- factor(ties[[key]])
  formula <- if (fixed) score ~ rater + rated + (1 | respondent) + (1 | rater:rated)
             else score ~ 1 + (1 | rater) + (1 | respondent) + (1 | rated) + (1 | rater:rated)
  quiet <- list(check.conv.singular = "ignore", check.conv.grad = "ignore",
                check.conv.hess = "ignore", check.rankX = "silent.drop.cols")
  control <- function(...) do.call(lmerControl, c(list(...), quiet))
  bobyqa <- control(optimizer = "bobyqa", optCtrl = list(rhobeg = .2, rhoend = 1e-12, maxfun = 1e5))
  simplex <- control(optimizer = "Nelder_Mead",
                     optCtrl = list(FtolAbs = 1e-14, FtolRel = 1e-16, XtolRel = 1e-14,
                                    maxfun = 1e5))
  theta <- if (fixed) 2 else 4
  best <- NULL
  for (start in list(rep(1, theta), rep(.2, theta), rep(3, theta))) {
    for (method in list(bobyqa, simplex, bobyqa)) {
      found <- suppressWarnings(lmer(formula, ties, control = method, start = start))
      start <- getME(found, "theta")
      if (is.null(best) || REMLcrit(found) < REMLcrit(best)) best <- found
    }
  }
  table <- as.data.frame(VarCorr(best))
  variance <- setNames(table$vcov, names(names_in_lme4)[match(table$grp, names_in_lme4)])
  list(variance = variance[intersect(names(names_in_lme4), names(variance))],
       criterion = REMLcrit(best))
}

# ---- Dense ---------------------------------------------------------------------------------------

dummies <- function(x) outer(x, sort(unique(x)), "==") + 0

make_dense <- function(ties, fixed) {
  cell <- paste(ties$rater, ties$rated)
  v <- lapply(list(rater = ties$rater, respondent = ties$respondent, cell = cell,
                   rated = ties$rated, residual = seq_along(cell)),
              function(x) tcrossprod(dummies(x)))
  if (!fixed) return(list(v = v, x = matrix(1, nrow(ties)), y = ties$score))
  x <- cbind(dummies(ties$rater), dummies(ties$rated))
  basis <- qr(x)
  list(v = v[c("respondent", "cell", "residual")], all = x,
       x = x[, basis$pivot[seq_len(basis$rank)], drop = FALSE], y = ties$score)
}

project <- function(m, variance) {
  w <- solve(Reduce(`+`, Map(`*`, m$v, variance)))
  inside <- solve(crossprod(m$x, w %*% m$x))
  p <- w - w %*% m$x %*% inside %*% crossprod(m$x, w)
  pv <- lapply(m$v, function(v) p %*% v)
  pair <- function(k, l) sum(pv[[k]] * t(pv[[l]]))
  list(w = w, inside = inside, p = p,
       trace = sapply(pv, function(a) sum(diag(a))),
       form = sapply(m$v, function(v) sum((p %*% m$y) * (v %*% (p %*% m$y)))),
       information = outer(seq_along(pv), seq_along(pv), Vectorize(pair)))
}

criterion_of <- function(m, p) {
  logdet <- function(a) as.numeric(determinant(a)$modulus)
  (length(m$y) - ncol(m$x)) * log(2 * pi) - logdet(p$w) - logdet(p$inside) +
      sum(m$y * (p$p %*% m$y))
}

# From near the maximum to it. Those at 0 must want to go below: the criterion rises with them.
climb <- function(m, variance) {
  free <- variance > 1e-6 * sum(variance)
  variance[!free] <- 0
  for (i in 1:200) {
    p <- project(m, variance)
    target <- variance
    target[free] <- solve(p$information[free, free], p$form[free])
    change <- max(abs(target - variance)) / sum(variance)
    variance <- target
    if (change < 1e-14) break
  }
  stopifnot(change < 1e-10, variance >= 0, all((p$trace - p$form)[!free] > 0))
  p <- project(m, variance)
  se <- replace(variance * NA, free, sqrt(diag(2 * solve(p$information[free, free, drop = FALSE]))))
  list(variance = variance, se = se, point = p, criterion = criterion_of(m, p))
}

find_parts <- function(ties) {
  part <- seq_along(unique(ties$rater))
  rater <- match(ties$rater, sort(unique(ties$rater)))
  repeat {
    lowest <- ave(part[rater], ties$rated, FUN = min)
    new <- as.vector(tapply(lowest, rater, min))
    if (all(new == part)) return(part[rater])
    part <- new
  }
}

# Squares of the fixed effects of one kind about their means in each part, less their expected
# error.
spread <- function(m, p, ties, kind) {
  part <- find_parts(ties)
  keys <- sort(unique(ties[[kind]]))
  parts <- part[match(keys, ties[[kind]])]
  centre <- diag(length(keys)) - outer(parts, parts, "==") /
      as.vector(table(parts)[as.character(parts)])
  raters <- length(unique(ties$rater))
  columns <- if (kind == "rater") seq_len(raters) else raters + seq_along(keys)
  inverse <- MASS::ginv(crossprod(m$all, p$w %*% m$all))
  effects <- (inverse %*% crossprod(m$all, p$w %*% m$y))[columns]
  (sum(effects * (centre %*% effects)) - sum(centre * inverse[columns, columns])) /
      sum(diag(centre))
}

# ---- Writing -------------------------------------------------------------------------------------

plain <- function(x) ifelse(is.na(x), "", trimws(formatC(x, digits = 17, format = "g")))

rows <- list()
note <- function(survey, fixed, source, name, value) {
  rows[[length(rows) + 1]] <<- data.frame(survey, workgroups = if (fixed) "fixed" else "random",
                                          source, name, value = plain(value))
}

for (survey in names(surveys)) {
  ties <- surveys[[survey]]
  for (fixed in c(TRUE, FALSE)) {
    lme4 <- fit_lme4(ties, fixed)
    m <- make_dense(ties, fixed)
    dense <- climb(m, lme4$variance[names(m$v)])
    for (name in names(lme4$variance)) note(survey, fixed, "lme4", name, lme4$variance[[name]])
    note(survey, fixed, "lme4", "criterion", lme4$criterion)
    for (name in names(m$v)) {
      note(survey, fixed, "dense", name, dense$variance[[name]])
      note(survey, fixed, "dense", paste0("se_", name), dense$se[[name]])
    }
    note(survey, fixed, "dense", "criterion", dense$criterion)
    if (fixed) {
      note(survey, fixed, "dense", "rater", spread(m, dense$point, ties, "rater"))
      note(survey, fixed, "dense", "rated", spread(m, dense$point, ties, "rated"))
    } else {
      note(survey, fixed, "dense", "mean", sum(dense$point$w %*% m$y) / sum(dense$point$w))
    }
  }
}
write.csv(do.call(rbind, rows), "components.csv", row.names = FALSE, quote = FALSE)
all_ties <- do.call(rbind, lapply(names(surveys), function(s) cbind(survey = s, surveys[[s]])))
all_ties$score <- plain(all_ties$score)
write.csv(all_ties, "components_ties.csv", row.names = FALSE, quote = FALSE)
