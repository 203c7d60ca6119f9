# R package multilevel, Lang & Quick 2002 (lq2002): 2,042 soldiers of 49 companies, answers of 1 to
# 5, as distributions by company: counts by table and prop.table, intervals by prop.test, means by
# t.test, weighted shares by survey.
source("../oracle.R")
data(lq2002, package = "multilevel")
questions <- c("LEAD01", "LEAD02", "TSIG01", "TSIG02")
labels <- c("Never", "Seldom", "Sometimes", "Often", "Always")
people <- data.frame(id = seq_len(nrow(lq2002)), company = lq2002$COMPID, lq2002[questions],
                     share = 1 + lq2002$SUB %% 4 / 2)
people$LEAD01[people$id %% 17 == 0] <- 8 # don't know
people$LEAD02[people$id %% 13 == 0] <- NA
people <- people[order(people$id * 7919 %% 2053), ]
write_case("input.csv", people[names(people) != "share"])
write_case("weighted.csv", people)
book <- function(weighted) data.frame(
  variable = c("id", "company", questions, if (weighted) "share"),
  role = c("respondent", "unit", rep("item", 4), if (weighted) "weight"),
  scale = c("", "", "lead", "lead", "task", "task", if (weighted) ""),
  values = c("", "", rep(paste0(c(paste0(5:1, "=", 5:1, "|", rev(labels)), "8=dk"), collapse = ";"),
                         4), if (weighted) ""))
write_case("codebook.csv", book(FALSE))
write_case("codebook_weighted.csv", book(TRUE))

answered <- function(rows, question) factor(rows[[question]], 5:1, rev(labels))
wilson <- function(k, n) {
  if (n == 0) return(c(NA, NA))
  100 * suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)
}
count <- function(rows, question, group) {
  found <- table(answered(rows, question))
  n <- sum(found)
  interval <- sapply(found, wilson, n = n)
  data.frame(unit = group, variable = question, category = names(found), score = 5:1,
             n = as.integer(found), base = n, percent = 100 * as.numeric(prop.table(found)),
             dont_know = sum(rows[[question]] %in% 8), missing = sum(is.na(rows[[question]])),
             ci_low = interval[1, ], ci_high = interval[2, ], estimator = "rate_wilson",
             worst_low = NA, worst_high = NA,
             rounded = floor((200 * as.integer(found) + n) %/% (2 * n)), basis = "respondents",
             label = "", note = "")
}
box <- function(rows, question, group) {
  found <- table(answered(rows, question))
  k <- c(sum(found[1:2]), sum(found[4:5]))
  interval <- sapply(k, wilson, n = sum(found))
  data.frame(unit = group, variable = question, box = c("top2", "bottom2"), n = k,
             base = sum(found), percent = 100 * k / sum(found), ci_low = interval[1, ],
             ci_high = interval[2, ], estimator = "rate_wilson", worst_low = NA, worst_high = NA,
             basis = "respondents", note = "")
}
centre <- function(rows, question, group) {
  x <- rows[[question]]
  x <- x[!is.na(x) & x != 8]
  interval <- t.test(x)$conf.int
  data.frame(unit = group, variable = question, n = length(x), mean = mean(x), sd = sd(x),
             se = sd(x) / sqrt(length(x)), ci_low = interval[1], ci_high = interval[2],
             estimator = "mean_t", basis = "respondents", note = "")
}
by_company <- function(of) do.call(rbind, lapply(questions, function(question) {
  groups <- lapply(sort(unique(people$company)),
                   function(g) of(people[people$company == g, ], question, as.character(g)))
  do.call(rbind, c(groups, list(of(people, question, "(total)"))))
}))
write_case("categories.csv", by_company(count))
write_case("boxes.csv", by_company(box))
write_case("means.csv", by_company(centre))

# All of them stand for 2,500: Wilson's interval with n (N - 1) / (N - n), and the worst case.
finite <- function(k, n, population) {
  n <- n * (population - 1) / (population - n)
  p <- k / n
  100 * suppressWarnings(prop.test(k, n, correct = FALSE)$conf.int)
}
stands_for <- do.call(rbind, lapply(questions, function(question) {
  rows <- count(people, question, "")
  n <- rows$base[1]
  for (i in seq_len(nrow(rows)))
    rows[i, c("ci_low", "ci_high")] <- finite(rows$n[i] * 2499 / (2500 - n), n, 2500)
  rows$estimator <- "rate_wilson_population"
  rows$worst_low <- 100 * rows$n / 2500
  rows$worst_high <- 100 * (rows$n + 2500 - n) / 2500
  rows
}))
# Their means, by survey's correction for a finite population.
centre_finite <- do.call(rbind, lapply(questions, function(question) {
  x <- people[[question]]
  x <- x[!is.na(x) & x != 8]
  design <- svydesign(ids = ~1, fpc = rep(2500, length(x)), data = data.frame(x))
  rows <- centre(people, question, "")
  rows$se <- as.numeric(SE(svymean(~x, design)))
  reach <- qt(0.975, length(x) - 1) * rows$se
  rows$ci_low <- rows$mean - reach
  rows$ci_high <- rows$mean + reach
  rows$estimator <- "mean_t_population"
  rows
}))
write_case("means_population.csv", centre_finite[names(centre_finite) != "unit"])
write_case("population.csv", stands_for[names(stands_for) != "unit"])

weigh <- do.call(rbind, lapply(questions, function(question) {
  known <- people[!is.na(people[[question]]) & people[[question]] != 8, ]
  known$answer <- answered(known, question)
  design <- svydesign(ids = ~1, weights = ~share, data = known)
  p <- as.numeric(svymean(~answer, design))
  effective <- sum(known$share)^2 / sum(known$share^2)
  rows <- count(people, question, "")
  rows$percent <- 100 * p
  interval <- sapply(p, function(p)
    100 * suppressWarnings(prop.test(p * effective, effective, correct = FALSE)$conf.int))
  rows$rounded <- floor(100 * p + 0.5)
  rows$ci_low <- interval[1, ]
  rows$ci_high <- interval[2, ]
  rows$estimator <- "rate_wilson_weighted"
  rows
}))
write_case("shares.csv", weigh[names(weigh) != "unit"])
mean_weighted <- do.call(rbind, lapply(questions, function(question) {
  known <- people[!is.na(people[[question]]) & people[[question]] != 8, ]
  known$x <- known[[question]]
  design <- svydesign(ids = ~1, weights = ~share, data = known)
  m <- svymean(~x, design)
  reach <- qt(0.975, nrow(known) - 1) * as.numeric(SE(m))
  data.frame(variable = question, n = nrow(known), mean = as.numeric(m),
             sd = sqrt(as.numeric(svyvar(~x, design))), se = as.numeric(SE(m)),
             ci_low = as.numeric(m) - reach, ci_high = as.numeric(m) + reach,
             estimator = "mean_weighted", basis = "respondents", note = "")
}))
write_case("means_weighted.csv", mean_weighted)
