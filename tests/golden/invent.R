# Surveys invented for the cases: uniform whole draws only, so that every machine writes the same
# bytes.

start_draws <- function(seed) {
  suppressWarnings(RNGversion("3.6.0"))
  set.seed(seed)
}

# Long data: `sizes` names the workgroups and says how many respondents each has; each rates every
# target but for the share `skipped`, and leaves the share `missing` of the answers open. Answers of
# a respondent lean the same way, those about the own workgroup higher.
invent_survey <- function(sizes, targets, missing = 0, skipped = 0) {
  workgroup <- rep(names(sizes), sizes)
  respondent <- sprintf("R%03d", seq_along(workgroup))
  survey <- expand.grid(target = targets, respondent = respondent, stringsAsFactors = FALSE)
  survey <- data.frame(respondent = survey$respondent,
                       workgroup = workgroup[match(survey$respondent, respondent)],
                       target = survey$target)
  lean <- sample(-1:1, length(respondent), replace = TRUE)[match(survey$respondent, respondent)]
  tie <- 3 + lean + (survey$workgroup == survey$target) + sample(0:1, nrow(survey), replace = TRUE)
  for (item in items) {
    answer <- pmin(5, pmax(1, tie + sample(c(-1, 0, 0, 1), nrow(survey), replace = TRUE)))
    answer[runif(nrow(survey)) < missing] <- NA
    survey[[item]] <- as.integer(answer)
  }
  survey[runif(nrow(survey)) >= skipped, ]
}
