# Networks: strengths and their errors by clubSandwich on the cells' means, pairs by t.test and
# p.adjust, the indices by igraph and sna, the social relations model by the normal equations and
# mean squares of a two-way layout, held against lme4 here. Five workgroups that rate each other
# (unit north: one cell that nobody scored), one that nobody rates, and one that rates nobody.
source("../oracle.R")
source("../invent.R")
suppressMessages({
  library(igraph)
  library(lme4)
})
cut <- 3

# ---- The survey ----------------------------------------------------------------------------------

start_draws(24)
sizes <- c(admin = 6, doctors = 7, nurses = 9, porters = 5, social = 6, auditors = 2)
survey <- invent_survey(sizes, c("admin", "doctors", "nurses", "porters", "social", "citizens"),
                        missing = 0.05, skipped = 0.05)
# Some are generous, and they are liked.
rates <- c(admin = -1, doctors = 1, nurses = 0, porters = -1, social = 1, auditors = 0)
rated <- c(admin = -1, doctors = 0, nurses = 0, porters = -1, social = 1, citizens = 0)
tilt <- matrix(sample(c(-1, 0, 0, 1), 36, replace = TRUE), 6, 6,
               dimnames = list(names(rates), names(rated)))
shift <- rates[survey$workgroup] + rated[survey$target] +
  tilt[cbind(survey$workgroup, survey$target)]
for (item in items) survey[[item]] <- pmin(5L, pmax(1L, survey[[item]] + as.integer(shift)))
survey$unit <- ifelse(as.integer(substring(survey$respondent, 2)) %% 2 == 0, "north", "south")
unknown <- survey$unit == "north" & survey$workgroup == "nurses" & survey$target == "porters"
survey[unknown, items] <- NA
write_case("input.csv", survey)

# ---- Cells ---------------------------------------------------------------------------------------

scored <- function(rows) {
  rows$rc <- score_ties(rows, items, 0.5)
  rows
}

cells_of <- function(rows) {
  rows$cell <- factor(paste(rows$workgroup, rows$target, sep = ">"))
  list(rows = rows[!is.na(rows$rc), ], pairs = unique(rows[c("workgroup", "target")]))
}

# ---- Workgroups ----------------------------------------------------------------------------------

# Estimate and interval of a sum of cell means, those of `rows`, each taken `weights` times.
contrast_of <- function(rows, weights) {
  rows <- rows[as.character(rows$cell) %in% names(weights), ]
  rows$cell <- factor(rows$cell, names(weights))
  value <- sum(weights * tapply(rows$rc, rows$cell, mean))
  if (any(table(rows$cell) == 1)) return(list(value = value, low = NA, high = NA, single = TRUE))
  fit <- if (length(weights) == 1) lm(rc ~ 1, rows) else lm(rc ~ 0 + cell, rows)
  found <- linear_contrast(fit, vcov = vcovCR(fit, cluster = rows$respondent, type = "CR2"),
                           contrasts = matrix(weights, 1), test = "Satterthwaite")
  reach <- qt(0.975, found$df) * found$SE
  list(value = value, low = value - reach, high = value + reach, single = FALSE)
}

none <- list(value = NA, low = NA, high = NA, single = FALSE)
equal <- function(cells) setNames(rep(1 / length(cells), length(cells)), cells)

workgroup_row <- function(all, name, square, strong) {
  known <- unique(as.character(all$rows$cell))
  rating <- grep(paste0("^", name, ">"), known, value = TRUE)
  rated <- grep(paste0(">", name, "$"), known, value = TRUE)
  own <- intersect(rating, rated)
  rating <- setdiff(rating, own)
  rated <- setdiff(rated, own)
  into <- if (length(rated)) contrast_of(all$rows, equal(rated)) else none
  out <- if (length(rating)) contrast_of(all$rows, equal(rating)) else none
  self <- if (length(own)) contrast_of(all$rows, equal(own)) else none
  silo <- if (length(rated) && length(rating) && length(own))
    contrast_of(all$rows, c(setNames(1, own), -equal(rating) / 2, -equal(rated) / 2)) else none
  inside <- name %in% square
  asked <- all$pairs[all$pairs$workgroup != all$pairs$target, ]
  measures <- list(in_strength = into, out_strength = out, own = self, silo = silo)
  single <- names(measures)[sapply(measures, `[[`, "single")]
  unknown <- inside &&
    anyNA(c(strong[name, setdiff(square, name)], strong[setdiff(square, name), name]))
  note <- c(if (is.na(self$value)) "own_empty", if (!name %in% asked$target) "not_rated",
            if (!name %in% asked$workgroup) "not_rating", if (unknown) "unknown_cells",
            if (length(single)) paste0("single_rater_cells:", single),
            if (inside) "no_analytic_ci:degrees")
  list(workgroup = name, in_strength = into$value, out_strength = out$value, own = self$value,
       silo = silo$value, in_degree = if (inside) sum(strong[, name], na.rm = TRUE) else NA,
       out_degree = if (inside) sum(strong[name, ], na.rm = TRUE) else NA,
       in_network = if (inside) "yes" else "no",
       n = length(unique(all$people$respondent[all$people$workgroup == name])),
       in_groups = length(rated), out_groups = length(rating), in_strength_low = into$low,
       in_strength_high = into$high, out_strength_low = out$low, out_strength_high = out$high,
       own_low = self$low, own_high = self$high, silo_low = silo$low, silo_high = silo$high,
       in_degree_low = NA, in_degree_high = NA, out_degree_low = NA, out_degree_high = NA,
       estimator = "mean_cr2", note = if (length(note)) paste(note, collapse = ";") else NA)
}

# ---- Pairs ---------------------------------------------------------------------------------------

dyad_row <- function(rows, one, other, strong) {
  x <- rows$rc[rows$cell == paste(one, other, sep = ">")]
  y <- rows$rc[rows$cell == paste(other, one, sep = ">")]
  row <- list(workgroup = one, partner = other, mean_out = if (length(x)) mean(x) else NA,
              mean_in = if (length(y)) mean(y) else NA, n_out = length(x), n_in = length(y),
              difference = NA, se = NA, df = NA, ci_low = NA, ci_high = NA, p = NA, p_holm = NA,
              state = "unknown", estimator = "difference_welch", note = "empty")
  if (!length(x) || !length(y)) return(row)
  both <- strong[one, other] + strong[other, one]
  row$difference <- mean(x) - mean(y)
  row$state <- c("null", "asymmetric", "mutual")[both + 1]
  row$note <- "too_few"
  if (length(x) < 2 || length(y) < 2) return(row)
  test <- t.test(x, y)
  row[c("se", "df", "ci_low", "ci_high", "p", "note")] <-
    list(unname(test$stderr), unname(test$parameter), test$conf.int[1], test$conf.int[2],
         test$p.value, NA)
  row
}

# ---- Social relations ----------------------------------------------------------------------------

# Mean squares of the round robin, from least squares: what of the ratings' pair sums and
# differences no member explains, and members' estimated effects, whose expected products hold the
# pairs' noise: the design says how much.
social_relations <- function(m) {
  n <- nrow(m)
  at <- which(row(m) != col(m), arr.ind = TRUE)
  x <- m[at]
  actor <- outer(at[, 1], seq_len(n), "==") + 0
  partner <- outer(at[, 2], seq_len(n), "==") + 0
  center <- diag(n) - 1 / n
  basis <- qr.Q(qr(center))[, seq_len(n - 1)]
  design <- cbind(1, actor %*% basis, partner %*% basis)
  solve_design <- solve(crossprod(design), t(design))
  left <- x - design %*% (solve_design %*% x)
  pair <- match(paste(at[, 2], at[, 1]), paste(at[, 1], at[, 2]))
  swap <- diag(length(x))[pair, ]
  residual <- diag(length(x)) - design %*% solve_design
  trace <- function(a) sum(diag(a))
  # E left'left and E left'swap left under relationship variance g and covariance c: linear in both
  square <- rbind(c(trace(residual), trace(residual %*% swap)),
                  c(trace(residual %*% swap), trace(residual %*% swap %*% residual %*% swap)))
  noise <- solve(square, c(sum(left^2), sum(left * left[pair])))
  to_actor <- basis %*% solve_design[2:n, ]
  to_partner <- basis %*% solve_design[(n + 1):(2 * n - 1), ]
  covariance <- noise[1] * diag(length(x)) + noise[2] * swap
  effect <- function(f, g) (sum((f %*% x) * (g %*% x)) - trace(f %*% covariance %*% t(g))) / (n - 1)
  c(actor = effect(to_actor, to_actor), partner = effect(to_partner, to_partner),
    both = effect(to_actor, to_partner), relationship = noise[1], pair = noise[2])
}

# lme4 sees sums and differences of pairs apart: var(u), var(v) of members and their residuals
# (balanced, so REML and mean squares agree where no variance is at 0).
hold_against_lme4 <- function(m, found) {
  n <- nrow(m)
  at <- which(upper.tri(m), arr.ind = TRUE)
  fit <- function(y, sign, fixed) {
    # Its Zt is put in place below.
    data <- data.frame(y = y, one = factor(rep_len(seq_len(n), length(y))))
    parsed <- lFormula(if (fixed) y ~ 1 + (1 | one) else y ~ 0 + (1 | one), data, REML = fixed,
                       control = lmerControl(check.nobs.vs.nlev = "ignore",
                                             check.nlev.gtr.1 = "ignore"))
    z <- outer(seq_len(n), at[, 1], "==") + sign * outer(seq_len(n), at[, 2], "==")
    parsed$reTrms$Zt <- as(z, "CsparseMatrix")
    deviance <- do.call(mkLmerDevfun, parsed)
    best <- optimize(function(theta) deviance(theta), c(0, 50), tol = 1e-12)
    deviance(best$minimum)
    inner <- environment(deviance)
    sigma2 <- (inner$resp$wrss() + inner$pp$sqrL(1)) / (length(y) - fixed)
    c(member = best$minimum^2 * sigma2, residual = sigma2)
  }
  sums <- fit((m[at] + t(m)[at]) / sqrt(2), 1, TRUE)
  differences <- fit((m[at] - t(m)[at]) / sqrt(2), -1, FALSE)
  stopifnot(all(c(sums, differences) > 1e-6))
  lme <- c((sums[1] - differences[1]) / 2, sums[1] + differences[1],
           (sums[2] + differences[2]) / 2, (sums[2] - differences[2]) / 2)
  own <- c(found["both"], found["actor"] + found["partner"], found["relationship"], found["pair"])
  stopifnot(max(abs(lme - own)) < 1e-5)
}

# ---- Indices -------------------------------------------------------------------------------------

index_rows <- function(all, square, means, strong, outside) {
  n <- length(square)
  off <- row(means) != col(means)
  known <- off & !is.na(means)
  pairs <- sum(known & t(known)) / 2
  graph <- graph_from_adjacency_matrix(ifelse(known & strong, 1, 0))
  both <- ifelse(known & t(known) & strong, 1, 0)
  diag(both) <- 0
  census <- sna::dyad.census(both)
  gap <- abs(means - t(means))[known & t(known)]
  inside <- all$rows$workgroup %in% square & all$rows$target %in% square
  ties <- all$rows[inside, ]
  people <- sapply(square, function(g)
    length(unique(all$people$respondent[all$people$workgroup == g])))
  own <- ties$workgroup == ties$target
  stands <- people[ties$target] - own
  ei <- function(used) (sum(stands[used & !own]) - sum(stands[used & own])) / sum(stands[used])
  asked <- sum(all$people$workgroup %in% square & all$people$target %in% square)
  complete <- sum(known) == n * (n - 1)
  srm <- if (complete) social_relations(means) else rep(NA, 5)
  if (complete) hold_against_lme4(means, srm)
  nulls <- pairs - census[, "Mut"] - census[, "Asym"]
  list_of <- function(index, value, n, left_out, estimator, note) list(
    index = index, value = unname(value), ci_low = NA, ci_high = NA, n = n,
    left_out = unname(left_out), estimator = estimator,
    note = if (is.na(value)) note else paste(c(note, "no_analytic_ci"), collapse = ";"))
  unknown <- n * (n - 1) / 2 - pairs
  gapped <- if (complete) NULL else "unknown_cells"
  modelled <- function(value)
    if (!complete) "incomplete" else if (is.na(value)) "no_effects" else
      if (value < 0) "negative_variance"
  cell <- function(...) list_of(..., estimator = "network_cells")
  rate <- function(value) if (!complete) "incomplete" else if (is.na(value)) "no_effects" else NULL
  relation <- function(index, value, note)
    list_of(index, value, n, outside, "social_relations_anova", note)
  general <- suppressWarnings(srm[3] / sqrt(srm[1] * srm[2]))
  if (complete && any(srm[1:2] <= 0)) general <- NA
  list(cell("density", sum(strong[known]) / sum(known), sum(known), n * (n - 1) - sum(known),
            note = NULL),
       cell("weighted_density", mean(means[known]), sum(known), n * (n - 1) - sum(known),
            note = NULL),
       cell("mutual", census[, "Mut"], pairs, unknown, note = NULL),
       cell("asymmetric", census[, "Asym"], pairs, unknown, note = NULL),
       cell("null", nulls, pairs, unknown, note = NULL),
       cell("unknown", unknown, n * (n - 1) / 2, 0, note = NULL),
       cell("reciprocity", sna::grecip(both, measure = "edgewise"),
            census[, "Mut"] + census[, "Asym"], unknown, note = NULL),
       cell("in_centralisation", centr_degree(graph, mode = "in", loops = FALSE)$centralization, n,
            outside, note = gapped),
       cell("parts", components(graph, mode = "weak")$no, n, outside, note = gapped),
       list_of("ei_index", ei(ties$rc > cut + 1e-12), sum(ties$rc > cut + 1e-12),
               asked - nrow(ties), "network_ties", NULL),
       list_of("ei_expected", ei(rep(TRUE, nrow(ties))), nrow(ties), asked - nrow(ties),
               "network_ties", NULL),
       cell("absolute_difference", mean(gap), pairs, unknown, note = "biased_by_noise"),
       relation("generalised_reciprocity", general, rate(general)),
       relation("dyadic_reciprocity", srm[5] / srm[4], rate(srm[5] / srm[4])),
       relation("actor_variance", srm[1], modelled(srm[1])),
       relation("partner_variance", srm[2], modelled(srm[2])),
       relation("relationship_variance", srm[4], modelled(srm[4])))
}

# ---- Tables --------------------------------------------------------------------------------------

write_network <- function(name, by) {
  found <- list(workgroups = list(), dyads = list(), indices = list(), cells = list())
  add <- function(table, labels, rows) found[[table]] <<-
    c(found[[table]], lapply(rows, function(row) c(labels, row)))
  for (block in split_blocks(survey, by)) {
    rows <- scored(transform(block$survey, workgroup = as.character(workgroup),
                             target = as.character(target)))
    all <- c(cells_of(rows), list(people = rows))
    others <- all$pairs[all$pairs$workgroup != all$pairs$target, ]
    square <- sort_labels(intersect(others$workgroup, others$target))
    nodes <- sort_labels(c(all$pairs$workgroup, all$pairs$target))
    means <- sapply(square, function(h) sapply(square, function(g)
      mean(all$rows$rc[all$rows$workgroup == g & all$rows$target == h])))
    strong <- means > cut + 1e-12
    diag(strong) <- FALSE
    add("workgroups", block$labels,
        lapply(nodes, workgroup_row, all = all, square = square, strong = strong))
    pairs <- combn(square, 2, simplify = FALSE)
    dyads <- lapply(pairs, function(pair) dyad_row(all$rows, pair[1], pair[2], strong))
    adjusted <- p.adjust(sapply(dyads, `[[`, "p"), "holm")
    add("dyads", block$labels, Map(function(row, p) { row$p_holm <- p; row }, dyads, adjusted))
    add("indices", block$labels,
        index_rows(all, square, means, strong, length(nodes) - length(square)))
    add("cells", block$labels, unlist(lapply(square, function(g)
      lapply(setdiff(square, g), function(h) {
        x <- all$rows$rc[all$rows$workgroup == g & all$rows$target == h]
        e <- estimate_t(x, length(x))
        reach <- if (is.na(e$se)) NA else qt(0.975, e$df) * e$se
        list(workgroup = g, target = h, mean = e$mean, n = e$n, se = e$se,
             ci_low = e$mean - reach, ci_high = e$mean + reach,
             strong = if (e$n) as.integer(strong[g, h]) else NA, estimator = "mean_t",
             note = if (e$n == 0) "empty" else if (e$n == 1) "too_few" else
               if (e$sd < 1e-12) "all_equal" else NA)
      })), recursive = FALSE))
  }
  for (table in names(found)) write_case(paste0(table, name, ".csv"), bind_rows(found[[table]]))
}

write_network("", NULL)
write_network("_unit", "unit")

