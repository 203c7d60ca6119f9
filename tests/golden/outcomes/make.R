# Outcomes of 96 people in 14 units on their RC: lm, and clubSandwich's CR1 and CR2 with
# Satterthwaite's degrees of freedom.
source("../oracle.R")
source("../invent.R")
start_draws(41)
targets <- c("caseworkers", "nurses", "police")
survey <- invent_survey(c(caseworkers = 36, nurses = 34, police = 26), targets, missing = 0.07,
                        skipped = 0.2)
people <- unique(survey[c("respondent", "workgroup")])
number <- as.integer(substring(people$respondent, 2))
people$unit <- c(sprintf("u%02d", 1:14), "u01", "u01", "u02", "u03", NA)[1 + (number * 5) %% 19]
people$role <- c("leader", "employee", "employee", "trainee", "employee")[1 + number %% 5]
people$age <- sample(22:66, nrow(people), replace = TRUE)
own <- tapply(rowMeans(survey[items], na.rm = TRUE), survey$respondent, mean,
              na.rm = TRUE)[people$respondent]
shift <- sample(-9:9, 15, replace = TRUE)[match(people$unit, sort(unique(people$unit)))]
people$satisfaction <- round(20 + 8 * own + ifelse(is.na(shift), 0, shift) / 2 + people$age / 10) +
    sample(-6:6, nrow(people), replace = TRUE) / 4
people$trust <- pmin(5, pmax(1, round(own + sample(c(-1, 0, 0, 1), nrow(people), replace = TRUE))))
people$trust[sample(nrow(people), 8)] <- 8
people$satisfaction[sample(nrow(people), 5)] <- NA
people$age[sample(nrow(people), 3)] <- NA
survey <- merge(survey, people[c("respondent", "unit", "role", "age", "satisfaction", "trust")],
                by = "respondent")
survey <- survey[order(survey$respondent, survey$target), ]
write_case("input.csv", survey)
write_case("codebook.csv", data.frame(
  variable = c("respondent", "workgroup", "target", "unit", "role", "{dimension}", "age",
               "satisfaction", "trust"),
  role = c("respondent", "workgroup", "target", "unit", "role", "item", "outcome", "outcome",
           "outcome"),
  scale = c(rep("", 5), "rc", "age", "", ""),
  values = c(rep("", 4), "leader;employee;trainee", "", "", "", "1=1;2=2;3=3;4=4;5=5;8=dk")))
people$trust[people$trust == 8] <- NA

# Each person's means over the ties of a part.
person_means <- function(part, min_share) {
  same <- survey$workgroup == survey$target
  ties <- survey[if (part == "all") TRUE else same == (part == "within"), ]
  means <- data.frame(respondent = people$respondent)
  for (name in c("communication", "relationship", "rc"))
    means[[name]] <- as.numeric(tapply(score_ties(ties, scales[[name]], min_share),
                                       factor(ties$respondent, people$respondent), mean,
                                       na.rm = TRUE))
  means[sapply(means, is.nan)] <- NA
  merge(people, means, by = "respondent")
}

fit_outcome <- function(outcome, predictors = "rc", covariates = character(), part = "all",
                        cluster = "unit", se = "cr2", min_share = 0.5, confidence = 0.95) {
  data <- person_means(part, min_share)
  data$role <- factor(data$role, c("leader", "employee", "trainee"))
  used <- data[complete.cases(data[c(outcome, predictors, covariates, cluster)]), ]
  fit <- lm(reformulate(c(predictors, covariates), outcome), used)
  clusters <- length(unique(used[[cluster]]))
  found <- if (se == "classical") {
    plain <- coef(summary(fit))
    data.frame(estimate = plain[, 1], se = plain[, 2], df = fit$df.residual, p = plain[, 4])
  } else {
    robust <- as.data.frame(coef_test(
      fit, vcov = vcovCR(fit, cluster = used[[cluster]], type = toupper(se)),
      test = if (se == "cr2") "Satterthwaite" else "naive-t"))
    if (se == "cr2")
      data.frame(estimate = robust$beta, se = robust$SE, df = robust$df_Satt, p = robust$p_Satt)
    else data.frame(estimate = robust$beta, se = robust$SE, df = clusters - 1, p = robust$p_t)
  }
  terms <- sub("^role", "role=", sub("(Intercept)", "(intercept)", names(coef(fit)), fixed = TRUE))
  note <- if (se == "classical") NA else
    if (clusters < length(terms)) "fewer_clusters_than_terms" else
      if (clusters < 10) "few_clusters" else NA
  if (identical(note, "fewer_clusters_than_terms")) found[c("se", "df", "p")] <- NA_real_
  half <- qt((1 + confidence) / 2, found$df) * found$se
  list(coefficients = data.frame(outcome, term = terms, estimate = found$estimate, se = found$se,
                                 df = as.numeric(found$df), t = found$estimate / found$se,
                                 p = found$p, ci_low = found$estimate - half,
                                 ci_high = found$estimate + half,
                                 estimator = paste0("ols_", se), note = note),
       models = data.frame(outcome, n = nrow(used), left_out = nrow(data) - nrow(used), clusters,
                           terms = length(terms), r2 = summary(fit)$r.squared,
                           r2_adjusted = summary(fit)$adj.r.squared, sigma = summary(fit)$sigma,
                           estimator = paste0("ols_", se), note = note))
}
outcomes <- c("age", "satisfaction", "trust")
both <- lapply(outcomes, fit_outcome)
write_case("coefficients.csv", do.call(rbind, lapply(both, `[[`, "coefficients")))
write_case("models.csv", do.call(rbind, lapply(both, `[[`, "models")))
write_case("cr1.csv", fit_outcome("satisfaction", covariates = c("age", "role"), part = "between",
                                  se = "cr1", confidence = 0.9)$coefficients)
adjusted <- lapply(c("satisfaction", "trust"), fit_outcome,
                   predictors = c("communication", "relationship"), covariates = c("age", "role"))
write_case("adjusted.csv", do.call(rbind, lapply(adjusted, `[[`, "coefficients")))
write_case("classical.csv",
           fit_outcome("satisfaction", covariates = "trust", part = "within", se = "classical",
                       min_share = 1)$coefficients)
few <- lapply(outcomes, fit_outcome, covariates = "role", cluster = "workgroup")
write_case("few.csv", do.call(rbind, lapply(few, `[[`, "coefficients")))
