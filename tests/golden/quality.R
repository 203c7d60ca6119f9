# The expected tables of `quality`, by R's own counting, on the columns as R reads them from the
# same file. What an answer is worth is worked out from `scores`, a vector named by what is
# presented; a code in `dont_know` or `declared` is that, and anything else that is not empty is off
# the scale.

# A row of the table `variables` for a column of answers; `scores` NULL: any number is an answer.
count_answers <- function(name, x, scores = setNames(1:5, 1:5), dont_know = NULL, declared = NULL) {
  known <- if (is.null(scores)) as.numeric(x) else scores[as.character(x)]
  n <- sum(!is.na(known))
  invalid <- sum(!is.na(x) & is.na(known) & !x %in% c(dont_know, declared))
  worth <- if (is.null(scores)) NA else range(scores)
  data.frame(variable = name, n = n, missing = sum(is.na(x) | x %in% declared),
             dont_know = sum(x %in% dont_know), invalid = invalid, min = min(known, na.rm = TRUE),
             max = max(known, na.rm = TRUE), unscored = 0L,
             floor = if (is.null(scores)) NA else mean(known == worth[1], na.rm = TRUE),
             ceiling = if (is.null(scores)) NA else mean(known == worth[2], na.rm = TRUE),
             note = if (is.null(scores)) "no_scale" else NA)
}

# The same for a column of labels.
count_labels <- function(name, x) {
  data.frame(variable = name, n = sum(!is.na(x)), missing = sum(is.na(x)), dont_know = 0L,
             invalid = 0L, min = NA, max = NA, unscored = 0L, floor = NA, ceiling = NA,
             note = "no_scores")
}

# The longest run of equal scores in a vector; where there is none, a run ends.
longest_run <- function(x) {
  x <- as.vector(x)
  runs <- rle(ifelse(is.na(x), -seq_along(x), x))
  max(0L, runs$lengths[runs$values > 0])
}

# A row of the table `respondents` from the scores of one respondent: a list of vectors, one for
# each tie or scale.
describe_person <- function(respondent, workgroup, parts, ties) {
  x <- unlist(parts)
  x <- x[!is.na(x)]
  rated <- Filter(function(tie) any(!is.na(tie)), parts[seq_len(ties)])
  keys <- vapply(rated, paste, "", collapse = " ")
  note <- if (length(x) == 0) "empty" else
    c(if (length(x) == 1) "too_few", if (length(x) >= 7 && length(unique(x)) == 1) "straight_line")
  list(respondent = respondent, wave = NA, workgroup = workgroup, ties = ties,
       answered = length(x) / length(unlist(parts)),
       longest_run = max(0L, sapply(parts, longest_run)), sd = if (length(x) > 1) sd(x) else NA,
       identical = sum(duplicated(keys) | duplicated(keys, fromLast = TRUE)),
       note = if (length(note) == 0) NA else paste(note, collapse = ";"))
}
