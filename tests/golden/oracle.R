# What every case shares: the expected tables of `matrix` and `summary`, worked out with R's own
# mean and sd, with clubSandwich (CR1, CR2 by respondent) and with survey (weights). Knows nothing
# of relcoord but its input and output contract. Definitions: relcoord-methods(7).
suppressMessages({
  library(clubSandwich)
  library(survey)
})

items <- c("frequent", "timely", "accurate", "problem_solving",
           "shared_goals", "shared_knowledge", "mutual_respect")
scales <- c(as.list(setNames(items, items)),
            list(communication = items[1:4], relationship = items[5:7], rc = items))
# Weak below the first, strong above the second.
cuts <- list(within = c(4.1, 4.6), between = c(3.5, 4.0))

# ---- Scores, labels, order -----------------------------------------------------------------------

# The mean of the answered items of each row, NA where fewer than the share of them is answered.
score_ties <- function(survey, names, min_share) {
  answers <- as.matrix(survey[names])
  answered <- rowSums(!is.na(answers))
  score <- rowMeans(answers, na.rm = TRUE)
  score[answered < max(1, ceiling(min_share * length(names)))] <- NA
  score
}

# Labels in their order: as numbers if all of them are, else by bytes; no label comes first.
sort_labels <- function(labels) {
  labels <- unique(labels)
  known <- setdiff(labels, "(missing)")
  numbers <- suppressWarnings(as.numeric(known))
  known <- if (anyNA(numbers)) sort(enc2utf8(known), method = "radix") else known[order(numbers)]
  c(intersect("(missing)", labels), known)
}

# The survey's blocks by the columns in `by`, in order, each with its labels; one block without any.
split_blocks <- function(survey, by) {
  for (column in by) {
    labels <- as.character(survey[[column]])
    labels[is.na(labels)] <- "(missing)"
    survey[[column]] <- factor(labels, sort_labels(labels))
  }
  if (length(by) == 0) return(list(list(labels = NULL, survey = survey)))
  rows <- split(seq_len(nrow(survey)), survey[by], drop = TRUE, lex.order = TRUE)
  unname(lapply(rows, function(r) list(
    labels = lapply(survey[r[1], by, drop = FALSE], as.character), survey = survey[r, ])))
}

# ---- Estimates: each gives n, raters, mean, sd, se, df -------------------------------------------

estimate <- function(n, raters, mean = NA, sd = NA, se = NA, df = NA) {
  list(n = n, raters = raters, mean = mean, sd = sd, se = se, df = df)
}

estimate_t <- function(x, raters) {
  n <- length(x)
  if (n == 0) return(estimate(0, 0))
  if (n == 1) return(estimate(1, raters, x))
  estimate(n, raters, mean(x), sd(x), sd(x) / sqrt(n), n - 1)
}

estimate_weighted <- function(x, w, cluster, raters) {
  n <- length(x)
  if (n == 0) return(estimate(0, 0))
  m <- length(unique(cluster))
  if (n == 1) return(estimate(1, raters, x))
  design <- svydesign(ids = ~cluster, weights = ~w, data = data.frame(x, w, cluster))
  spread <- sqrt(as.numeric(svyvar(~x, design)))
  mean <- svymean(~x, design)
  if (m == 1) return(estimate(n, raters, as.numeric(mean), spread))
  estimate(n, raters, as.numeric(mean), spread, as.numeric(SE(mean)), m - 1)
}

# clubSandwich's work is quadratic in the clusters, and two parts of a survey may be the same ties:
# what was asked before about a dimension is remembered.
asked <- new.env()
estimate_robust <- function(x, cell, cluster, type) {
  question <- list(x, cell, cluster, type)
  for (known in asked$answers) if (identical(known$question, question)) return(known$answer)
  answer <- withCallingHandlers(
    ask_club_sandwich(x, cell, cluster, type),
    warning = function(w)  # answers that do not vary, or cells of one rater: what the case is about
      if (grepl("essentially perfect fit|NaNs produced", conditionMessage(w)))
        invokeRestart("muffleWarning"))
  asked$answers <- c(asked$answers, list(list(question = question, answer = answer)))
  answer
}

# The standard error and degrees of freedom of the equal-weight mean of the cells' means; one cell
# is a plain mean.
ask_club_sandwich <- function(x, cell, cluster, type) {
  cells <- nlevels(cell)
  fit <- if (cells == 1) lm(x ~ 1) else lm(x ~ 0 + cell)
  if (length(unique(cluster)) == 1) return(list(se = NA, df = NA))
  v <- vcovCR(fit, cluster = cluster, type = type)
  found <- linear_contrast(fit, vcov = v, contrasts = matrix(1 / cells, 1, cells),
                           test = if (type == "CR2") "Satterthwaite" else "naive-t")
  # Deviations that cancel exactly: the parts of the variance sum to 0 but for rounding, either way.
  if (abs(sum(v)) <= 1e-14 * sum(abs(v))) found$SE <- 0
  list(se = found$SE, df = found$df)
}

estimate_cells <- function(x, w, cell, cluster, type, weighted) {
  cell <- factor(cell)
  if (length(x) == 0) return(estimate(0, 0))
  m <- length(unique(cluster))
  means <- sapply(split(seq_along(x), cell), function(r) weighted.mean(x[r], w[r]))
  if (any(table(cell) == 1)) {  # nothing says how far that cell's raters differ: no error is given
    robust <- list(se = NA, df = NA)
  } else if (!weighted) {
    robust <- estimate_robust(x, cell, cluster, type)
  } else if (m == 1) {
    robust <- list(se = NA, df = NA)
  } else {
    design <- svydesign(ids = ~cluster, weights = ~w, data = data.frame(x, w, cell, cluster))
    found <- if (nlevels(cell) == 1) svymean(~x, design) else
      svycontrast(svyby(~x, ~cell, design, svymean, covmat = TRUE),
                  list(mean = rep(1 / nlevels(cell), nlevels(cell))))
    robust <- list(se = as.numeric(SE(found)), df = m - 1)
  }
  estimate(length(means), m, mean(means), if (length(means) > 1) sd(means) else NA, robust$se,
           robust$df)
}

# ---- Rows ----------------------------------------------------------------------------------------

# One table of rows that are lists.
bind_rows <- function(rows) {
  columns <- names(rows[[1]])
  as.data.frame(setNames(lapply(columns, function(column) unlist(lapply(rows, `[[`, column))),
                         columns), check.names = FALSE)
}

# The columns that all tables end with. A value within 1e-12 of a cut is on it.
finish_row <- function(e, left_out, confidence, estimator, cut, single_cells = FALSE) {
  half <- if (is.na(e$se)) NA else qt((1 + confidence) / 2, e$df) * e$se
  low <- e$mean - half
  high <- e$mean + half
  band <- if (is.null(cut) || is.na(e$mean)) NA else
    if (e$mean < cut[1] - 1e-12) "weak" else if (e$mean > cut[2] + 1e-12) "strong" else "moderate"
  note <- if (is.na(e$mean)) "empty" else
    c(if (is.na(e$sd) || (is.na(e$se) && !single_cells)) "too_few" else
        if (e$sd < 1e-12) "all_equal",
      if (single_cells) "single_rater_cells",
      if (!is.na(band) && !is.na(half) && any(low < cut - 1e-12 & high > cut + 1e-12)) "uncertain")
  list(n = e$n, raters = e$raters, left_out = left_out, mean = e$mean, sd = e$sd, se = e$se,
       ci_low = low, ci_high = high, band = band, estimator = estimator,
       note = if (length(note) == 0) NA else paste(note, collapse = ";"))
}

cell_row <- function(rows, dimension, options) {
  score <- score_ties(rows, scales[[dimension]], options$min_share)
  used <- !is.na(score) & rows$weight > 0
  raters <- length(unique(rows$respondent[used]))
  e <- if (options$weighted)
    estimate_weighted(score[used], rows$weight[used], rows$respondent[used], raters)
  else estimate_t(score[used], raters)
  part <- if (as.character(rows$workgroup[1]) == as.character(rows$target[1])) "within" else
    "between"
  row <- finish_row(e, sum(!used), options$confidence,
                    if (options$weighted) "mean_weighted" else "mean_t",
                    if (dimension == "rc") cuts[[part]])
  c(row[1:3], dont_know = 0, row[-(1:3)])
}

index_row <- function(rows, dimension, part, weighting, options) {
  score <- score_ties(rows, scales[[dimension]], options$min_share)
  used <- !is.na(score) & rows$weight > 0
  x <- score[used]
  w <- rows$weight[used]
  id <- rows$respondent[used]
  if (weighting == "respondents") {
    own <- sapply(split(x, id), mean)
    e <- if (options$weighted)
      estimate_weighted(own, sapply(split(w, id), mean), names(own), length(own))
    else estimate_t(as.numeric(own), length(own))
  } else if (weighting == "workgroups") {
    e <- estimate_cells(x, w, paste(rows$workgroup, rows$target, sep = "\r")[used], id,
                        options$type, options$weighted)
  } else if (options$weighted) {
    e <- estimate_weighted(x, w, id, length(unique(id)))
  } else {
    e <- estimate_t(x, length(unique(id)))
    if (e$n > 1) e[c("se", "df")] <- estimate_robust(x, factor(rep(1, e$n)), id, options$type)
  }
  estimator <- if (options$weighted) "mean_weighted" else
    if (weighting == "respondents") "mean_t" else paste0("mean_", tolower(options$type))
  # What is left out is what n counts: respondents, ties, or cells.
  cell <- paste(rows$workgroup, rows$target, sep = "\r")
  unit <- switch(weighting, respondents = rows$respondent, ties = seq_along(used),
                 workgroups = cell)
  c(dimension = dimension, part = part, weighting = weighting,
    finish_row(e, length(setdiff(unit, unit[used])), options$confidence, estimator,
               if (dimension == "rc") cuts[[part]],
               weighting == "workgroups" && any(table(cell[used]) == 1)))
}

# ---- Tables --------------------------------------------------------------------------------------

complete_options <- function(survey, min_share = 0.5, confidence = 0.95, type = "CR2",
                             weighted = "weight" %in% names(survey)) {
  list(min_share = min_share, confidence = confidence, type = type, weighted = weighted)
}

with_weight <- function(survey, options) {
  if (!options$weighted) survey$weight <- 1
  survey
}

expect_cells <- function(survey, by = NULL, ...) {
  options <- complete_options(survey, ...)
  survey <- with_weight(survey, options)
  keys <- c(by, "workgroup", "target")
  rows <- list()
  for (cell in split_blocks(survey, keys)) for (dimension in names(scales))
    rows[[length(rows) + 1]] <- c(cell$labels, dimension = dimension,
                                  cell_row(cell$survey, dimension, options))
  bind_rows(rows)
}

expect_indices <- function(survey, by = NULL, dimensions = names(scales), ...) {
  options <- complete_options(survey, ...)
  survey <- with_weight(survey, options)
  rows <- list()
  for (block in split_blocks(survey, by)) {
    own <- as.character(block$survey$workgroup) == as.character(block$survey$target)
    parts <- list(within = own, between = !own, all = rep(TRUE, length(own)))
    for (dimension in dimensions) {
      asked$answers <- NULL
      for (part in names(parts)) for (weighting in c("respondents", "ties", "workgroups")) {
        row <- index_row(block$survey[parts[[part]], ], dimension, part, weighting, options)
        rows[[length(rows) + 1]] <- c(block$labels, row)
      }
    }
  }
  bind_rows(rows)
}

# What the tables beside the main ones say, by counting and by means of the main ones' figures.

expect_coverage <- function(survey, by = NULL) {
  if (!"weight" %in% names(survey)) survey$weight <- 1
  rows <- list()
  for (group in split_blocks(survey, by))
    for (cell in split_blocks(group$survey, c("workgroup", "target"))) {
      answered <- rowSums(!is.na(as.matrix(cell$survey[items])))
      counts <- cell$survey$weight > 0
      colleagues <- group$survey[as.character(group$survey$workgroup) == cell$labels$workgroup, ]
      rows[[length(rows) + 1]] <- c(group$labels, cell$labels, invited = NA,
                                    respondents = length(unique(colleagues$respondent)),
                                    asked = nrow(cell$survey),
                                    answered = sum(counts & answered > 0),
                                    scored = sum(counts & answered >= 4),
                                    complete = sum(counts & answered == 7), dont_know = 0,
                                    note = "no_register")
    }
  bind_rows(rows)
}

expect_workgroups <- function(survey, by = NULL, ...) {
  rows <- list()
  for (group in split_blocks(survey, by)) {
    cells <- expect_cells(group$survey, ...)
    cells <- cells[cells$dimension == "rc", ]
    for (name in sort_labels(c(cells$workgroup, cells$target))) {
      own <- cells[cells$workgroup == name & cells$target == name, ]
      rated <- cells[cells$workgroup != name & cells$target == name & cells$n > 0, ]
      rating <- cells[cells$workgroup == name & cells$target != name & cells$n > 0, ]
      own_mean <- if (nrow(own) == 1) own$mean else NA
      into <- if (nrow(rated) > 0) mean(rated$mean) else NA
      out <- if (nrow(rating) > 0) mean(rating$mean) else NA
      people <- group$survey$respondent[as.character(group$survey$workgroup) == name]
      note <- c("own_empty", "in_empty", "out_empty")[is.na(c(own_mean, into, out))]
      rows[[length(rows) + 1]] <- c(
        group$labels, workgroup = name, respondents = length(unique(people)),
        own = own_mean, own_n = if (nrow(own) == 1) own$n else 0,
        in_strength = into, in_groups = nrow(rated), out_strength = out,
        out_groups = nrow(rating), silo = own_mean - (into + out) / 2,
        note = if (length(note) == 0) NA else paste(note, collapse = ";"))
    }
  }
  bind_rows(rows)
}

expect_silo <- function(indices, by = NULL) {
  within <- indices[indices$part == "within", ]
  between <- indices[indices$part == "between", ]
  note <- ifelse(is.na(within$mean),
                 ifelse(is.na(between$mean), "within_empty;between_empty", "within_empty"),
                 ifelse(is.na(between$mean), "between_empty", "no_analytic_ci"))
  cbind(within[c(by, "dimension", "weighting")], n_within = within$n, within = within$mean,
        n_between = between$n, between = between$mean, silo = within$mean - between$mean, se = NA,
        ci_low = NA, ci_high = NA, note = note)
}

# Where the complete-case rule gives another n or mean.
expect_complete_cases <- function(shared, complete, by = NULL) {
  differs <- shared$n != complete$n | (!is.na(shared$mean) & shared$mean != complete$mean)
  differs <- differs & shared$dimension %in% c("communication", "relationship", "rc")
  cbind(shared[differs, c(by, "dimension", "part", "weighting", "n", "mean", "sd")],
        n_complete = complete$n[differs], mean_complete = complete$mean[differs],
        sd_complete = complete$sd[differs], note = ifelse(complete$n[differs] == 0, "empty", NA))
}

# ---- Files ---------------------------------------------------------------------------------------

# Comma, UTF-8, quotes only where needed; numbers with the 17 digits that read back to the same
# double.
write_table <- function(table, file) {
  text <- lapply(table, function(column) {
    cells <- if (is.double(column)) sprintf("%.17g", column) else enc2utf8(as.character(column))
    quote <- grepl("[\",\r\n]", cells)
    cells[quote] <- paste0('"', gsub('"', '""', cells[quote]), '"')
    cells[is.na(column)] <- ""
    cells
  })
  out <- file(file, "wb")
  writeLines(enc2utf8(c(paste(names(table), collapse = ","), do.call(paste, c(text, sep = ",")))),
             out, useBytes = TRUE)
  close(out)
}

# Where a case writes: the folder named on the command line, else the case's own.
case_folder <- function() {
  folder <- commandArgs(trailingOnly = TRUE)
  if (length(folder) == 1) folder else "."
}

write_case <- function(name, table) write_table(table, file.path(case_folder(), name))
