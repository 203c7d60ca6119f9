# Response rates of an invented register of 240, with overlapping areas: Wilson's intervals by
# prop.test, fall-out by chisq.test, fisher.test and p.adjust, weights by survey::rake.
source("../oracle.R")
source("../invent.R")
start_draws(11)
people <- data.frame(id = sample(1000:1999, 240))
people$job <- sample(c("L", "E", "E", "E", ""), 240, replace = TRUE)
people$site <- sample(c("North", "South", "West"), 240, replace = TRUE, prob = c(5, 3, 2))
people$grade <- sample(c("9", "10", "11"), 240, replace = TRUE, prob = c(60, 60, 3))
people$adults <- rbinom(240, 1, 0.5)
people$youth <- rbinom(240, 1, 0.4)
people$island <- rbinom(240, 1, 0.03)
chance <- 0.55 + 0.2 * (people$job == "L") + 0.15 * people$adults - 0.1 * (people$site == "West")
answers <- people[runif(240) < chance, c("id", "site", "job")]
answers <- answers[sample(nrow(answers)), ]
answers$use <- sample(c("1", "2", "3", "8"), nrow(answers), replace = TRUE)
answers$use[1:9] <- "" # in the data, and nothing answered
answers$spare <- "x"
people <- people[order(runif(240)), ]
write_case("input.csv", answers)
write_case("register.csv", people)
write_case("codebook.csv", data.frame(
  variable = c("id", "site", "job", "grade", "adults", "youth", "island", "use"),
  role = c("respondent", "unit", "role", "group", "group", "group", "group", "item"),
  scale = c(rep("", 7), "work"),
  dimension = c("", "", "", "", "area", "area", "area", ""),
  values = c("", "", "L|Leader|Leder;E|Employee|Medarbejder", "", "", "", "", "1=1;2=2;3=3;8=dk"),
  label_en = c("", "", "", "", "Adults", "Youth", "Island", "")
))

answered <- people$id %in% answers$id[answers$use != ""]
rate <- function(grouping, group, inside) {
  interval <- 100 * prop.test(sum(answered[inside]), sum(inside), correct = FALSE)$conf.int
  data.frame(grouping, group, invited = sum(inside), answered = sum(answered[inside]),
             percent = 100 * mean(answered[inside]), ci_low = interval[1], ci_high = interval[2],
             estimator = "rate_wilson", note = "")
}
areas <- c(Adults = "adults", Youth = "youth", Island = "island")
nowhere <- rowSums(people[areas]) == 0
rates <- suppressWarnings(rbind(
  rate("(total)", "(total)", rep(TRUE, 240)),
  do.call(rbind, lapply(c("North", "South", "West"), function(s)
    rate("unit", s, people$site == s))),
  rate("role", "(missing)", people$job == ""), rate("role", "Leader", people$job == "L"),
  rate("role", "Employee", people$job == "E"),
  do.call(rbind, lapply(c("9", "10", "11"), function(g) rate("grade", g, people$grade == g))),
  rate("area", "(missing)", nowhere),
  do.call(rbind, Map(function(area, name) rate("area", name, people[[area]] == 1),
                     areas, names(areas)))
))
write_case("rates.csv", rates)

# The grade has a small group, and so a p by simulation: it is not asked for here.
fallout <- function(grouping, group, table, fisher = FALSE, note = "") {
  test <- suppressWarnings(chisq.test(table, correct = FALSE))
  stopifnot(fisher == any(test$expected < 5))
  data.frame(grouping, group, invited = sum(table), answered = sum(table[, 2]),
             chisq = unname(test$statistic), df = unname(as.integer(test$parameter)),
             p = if (fisher) fisher.test(table)$p.value else test$p.value,
             p_holm = NA_real_, cramers_v = sqrt(unname(test$statistic) / sum(table)),
             estimator = if (fisher) "fallout_fisher" else "fallout_chisq", note)
}
known <- people$job != ""
single <- rbind(fallout("unit", "(total)", table(people$site, answered)),
                fallout("role", "(total)", table(people$job[known], answered[known]),
                        note = "without_missing"))
single$p_holm <- single$p
several <- do.call(rbind, Map(function(area, name)
  fallout("area", name, table(people[[area]], answered), fisher = area == "island"),
  areas, names(areas)))
several$p_holm <- p.adjust(several$p, "holm")
write_case("fallout.csv", rbind(single, several))

margins <- c("site", "job", areas)
replies <- people[answered, ]
replies <- replies[order(as.integer(replies$id)), ]
design <- suppressWarnings(survey::rake(
  survey::svydesign(~1, data = replies, weights = rep(1, nrow(replies))),
  lapply(margins, reformulate),
  lapply(margins, function(m) setNames(as.data.frame(table(people[[m]])), c(m, "Freq"))),
  control = list(maxit = 10000, epsilon = 1e-13, verbose = FALSE)
))
w <- weights(design)
write_case("weights.csv", data.frame(respondent = replies$id, wave = "", weight = unname(w),
                                     note = ""))
share <- function(grouping, group, asked, replied) {
  data.frame(grouping, group, invited = sum(asked), answered = sum(replied),
             invited_percent = 100 * mean(asked), answered_percent = 100 * mean(replied),
             weighted_percent = 100 * sum(w[replied]) / sum(w), weight_min = min(w[replied]),
             weight_max = max(w[replied]), effective_n = sum(w[replied])^2 / sum(w[replied]^2),
             design_effect = sum(replied) * sum(w[replied]^2) / sum(w[replied])^2,
             estimator = "rate_raked", note = "")
}
shares <- function(grouping, column, values, names = values) {
  do.call(rbind, Map(function(v, n)
    share(grouping, n, people[[column]] == v, replies[[column]] == v), values, names))
}
write_case("raking.csv", rbind(
  share("(total)", "(total)", rep(TRUE, 240), rep(TRUE, nrow(replies))),
  shares("unit", "site", c("North", "South", "West")),
  shares("role", "job", c("", "L", "E"), c("(missing)", "Leader", "Employee")),
  do.call(rbind, Map(function(area, name)
    share("area", name, people[[area]] == 1, replies[[area]] == 1), areas, names(areas)))
))
