# Any scale explained by any others, of 84 people in 13 units: lm, and clubSandwich's CR1 and CR2
# with Satterthwaite's degrees of freedom, on each person's mean of a scale's items, or of the
# ties' scores of relational coordination.
source("../oracle.R")
source("../invent.R")
start_draws(77)
survey <- invent_survey(c(caseworkers = 30, nurses = 30, police = 24),
                        c("caseworkers", "nurses", "police"), missing = 0.06, skipped = 0.15)
people <- unique(survey[c("respondent", "workgroup")])
count <- nrow(people)
number <- as.integer(substring(people$respondent, 2))
people$unit <- sprintf("u%02d", 1 + (number * 7) %% 13)
people$role <- c("leader", "employee", "trainee")[1 + number %% 3]
questions <- list(bridge_builder = c("b1", "b2", "b3"), communicator = c("c1", "c2"),
                  trust = c("t1", "t2", "t3", "t4"), pressure = "p1")
lean <- sample(-1:1, count, replace = TRUE)
for (item in unlist(questions)) {
  answer <- pmin(5, pmax(1, 3 + lean + sample(c(-1, 0, 0, 1), count, replace = TRUE)))
  answer[sample(count, 9)] <- NA
  people[[item]] <- answer
}
people$days <- 20 - 3 * lean + sample(-4:4, count, replace = TRUE) / 2
survey <- merge(survey, people[setdiff(names(people), "workgroup")], by = "respondent")
survey <- survey[order(survey$target, survey$respondent), ]
write_case("input.csv", survey)
write_case("people.csv", people[names(people) != "workgroup"])
book <- function(of_ties) data.frame(
  variable = c("respondent", if (of_ties) c("workgroup", "target", "{dimension}"), "unit", "role",
               unlist(questions), "days"),
  role = c("respondent", if (of_ties) c("workgroup", "target", "item"), "unit", "role",
           rep("item", 10), "outcome"),
  scale = c("", if (of_ties) c("", "", "rc"), "", "", rep("coupling", 5), rep("trust", 4),
            "pressure", ""),
  dimension = c(if (of_ties) rep("", 4) else "", "", "", rep("brobygger", 3),
                rep("communicator", 2), rep("", 6)))
write_case("codebook.csv", book(TRUE))
write_case("codebook_people.csv", book(FALSE))

# By name: the mean of a scale's items, the mean over the ties of a part, or a column.
scale_items <- c(questions, list(coupling = unlist(questions[1:2])))
score_of <- function(name, part, min_share) {
  if (name %in% names(scale_items))
    return(score_ties(people, scale_items[[name]], min_share))
  if (!name %in% names(scales)) return(people[[name]])
  same <- survey$workgroup == survey$target
  ties <- survey[if (part == "all") TRUE else same == (part == "within"), ]
  score <- as.numeric(tapply(score_ties(ties, scales[[name]], min_share),
                             factor(ties$respondent, people$respondent), mean, na.rm = TRUE))
  ifelse(is.nan(score), NA, score)
}
fit_outcome <- function(outcome, predictors, covariates = character(), part = "all", se = "cr2",
                        min_share = 0.5, shared = character()) {
  data <- data.frame(lapply(setNames(nm = c(outcome, predictors, covariates)), score_of, part,
                            min_share))
  if ("role" %in% covariates) data$role <- factor(data$role, sort_labels(data$role))
  data$unit <- people$unit
  used <- data[complete.cases(data), ]
  fit <- lm(reformulate(c(predictors, covariates), outcome), used)
  clusters <- length(unique(used$unit))
  robust <- as.data.frame(coef_test(
    fit, vcov = vcovCR(fit, cluster = used$unit, type = toupper(se)),
    test = if (se == "cr2") "Satterthwaite" else "naive-t"))
  found <- if (se == "cr2")
    data.frame(estimate = robust$beta, se = robust$SE, df = robust$df_Satt, p = robust$p_Satt)
  else data.frame(estimate = robust$beta, se = robust$SE, df = clusters - 1, p = robust$p_t)
  terms <- sub("^role", "role=", sub("(Intercept)", "(intercept)", names(coef(fit)), fixed = TRUE))
  half <- qt(0.975, found$df) * found$se
  list(coefficients = data.frame(outcome, term = terms, estimate = found$estimate, se = found$se,
                                 df = as.numeric(found$df), t = found$estimate / found$se,
                                 p = found$p, ci_low = found$estimate - half,
                                 ci_high = found$estimate + half, estimator = paste0("ols_", se),
                                 note = ifelse(terms %in% shared, "shared_answers", "")),
       models = data.frame(outcome, n = nrow(used), left_out = nrow(data) - nrow(used), clusters,
                           terms = length(terms), r2 = summary(fit)$r.squared,
                           r2_adjusted = summary(fit)$adj.r.squared, sigma = summary(fit)$sigma,
                           estimator = paste0("ols_", se), note = ""))
}
write_fits <- function(name, fits, tables = "coefficients")
  for (table in tables)
    write_case(paste0(name, "_", table, ".csv"), do.call(rbind, lapply(fits, `[[`, table)))
both <- c("coefficients", "models")
functions <- c("bridge_builder", "communicator")
write_fits("functions", lapply(functions, fit_outcome, c("rc", "trust", "pressure")), both)
write_fits("rc", list(fit_outcome("rc", c("trust", "pressure"), "role"),
                      fit_outcome("relationship", c("trust", "pressure"), "role")), both)
write_fits("between", list(fit_outcome("rc", c("trust", "b2"), "days", "between", "cr1", 1)))
write_fits("shared", list(fit_outcome("coupling", c("communicator", "trust"),
                                      shared = "communicator")))
write_fits("default", list(fit_outcome("days", c("coupling", "relationship", "p1"))), both)
write_fits("people", list(fit_outcome("coupling", c("trust", "pressure"), "role"),
                          fit_outcome("t1", c("trust", "pressure"), "role", shared = "trust")),
           both)
