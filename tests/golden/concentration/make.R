# How unevenly a cost is divided among people: Gini by R's laeken (which has it in per cent), and
# the Lorenz curve by approx, from person to person; intervals by quantiles over our replicates,
# which the program draws (tests/golden/stats/draws.c) writes. Nobody in one town costs anything.
source("../oracle.R")
source("../invent.R")
suppressMessages(library(laeken))
start_draws(52)
count <- 180
towns <- c("Aaby", "Borup", "Dragby", "Elling")
people <- data.frame(id = 1:count, town = sample(towns, count, replace = TRUE, prob = 4:1),
                     cost = sample(c(rep(0, 8), 1:30), count, replace = TRUE)^4 / 4,
                     visits = sample(0:6, count, replace = TRUE))
people$cost[people$town == "Elling"] <- 0
people$cost[people$id %% 19 == 0] <- NA
people$visits[people$id %% 23 == 0] <- 9 # no answer
people$share <- 1 + people$id %% 4 / 2
write_case("input.csv", people[sample(count), names(people) != "share"])
write_case("weighted.csv", people[sample(count), ])
book <- function(weighted) data.frame(
  variable = c("id", "town", "cost", "visits", if (weighted) "share"),
  role = c("respondent", "unit", "outcome", "item", if (weighted) "weight"),
  scale = c("", "", "", "use", if (weighted) ""),
  values = c("", "", "", "0=0;1=1;2=2;3=3;4=4;5=5;6=6;9=missing", if (weighted) ""))
write_case("codebook.csv", book(FALSE))
write_case("codebook_weighted.csv", book(TRUE))
people$visits[people$visits == 9] <- NA

replicates <- 199
draw <- function(strata, how = "n-1") {
  program <- file.path(dirname(dirname(Sys.getenv("RELCOORD"))), "programs/golden/stats/draws")
  lines <- system2(program, c(11, 0, replicates, how), input = as.character(strata), stdout = TRUE)
  as.matrix(read.csv(text = lines, header = FALSE))
}

tops <- c(1, 3, 5, 10)
points <- c(0:9 * 10, 95, 97, 99, 100)
# The curve in both directions: what the lowest share of people have, and how many have a share.
curve <- function(x, w) {
  known <- !is.na(x) & w > 0
  x <- x[known]
  w <- w[known][order(x)]
  x <- sort(x)
  list(people = c(0, cumsum(w)) / sum(w), held = c(0, cumsum(w * x)) / sum(w * x))
}
held_by_lowest <- function(l, percent)
  100 * approx(l$people, l$held, percent / 100, rule = 2, ties = "ordered")$y
statistics <- function(x, w) {
  if (sum(w * x, na.rm = TRUE) == 0) return(rep(NA_real_, 2 + length(tops)))
  l <- curve(x, w)
  known <- !is.na(x)
  kept <- !duplicated(l$held, fromLast = TRUE) # where nobody has anything it goes along the ground
  half <- 100 * (1 - approx(l$held[kept], l$people[kept], 0.5)$y)
  c(half, gini(x[known], w[known])$value / 100, 100 - held_by_lowest(l, 100 - tops))
}

figures <- function(rows, variable, group, own = rep(1, nrow(rows)), how = "n-1",
                    weights = draw(rep(0, nrow(rows)), how)) {
  x <- rows[[variable]]
  n <- sum(!is.na(x))
  found <- statistics(x, own)
  drawn <- apply(weights, 1, function(w) statistics(x, own * w))
  limits <- apply(drawn, 1, quantile, c(.025, .975), type = 7, names = FALSE, na.rm = TRUE)
  used <- own[!is.na(x)]
  corrected <- 1 / (1 - sum(used^2) / sum(used)^2)
  nothing <- anyNA(found)
  note <- if (nothing) "all_zero" else ""
  estimator <- if (all(own == 1)) "lorenz" else "lorenz_weighted"
  l <- curve(x, own)
  list(
    concentration = data.frame(
      unit = group, variable, n, missing = nrow(rows) - n, total = sum(own * x, na.rm = TRUE),
      half_percent = found[1], half_low = limits[1, 1], half_high = limits[2, 1],
      gini = found[2], ci_low = limits[1, 2], ci_high = limits[2, 2],
      gini_corrected = corrected * found[2], corrected_low = corrected * limits[1, 2],
      corrected_high = corrected * limits[2, 2], estimator, note),
    tops = data.frame(
      unit = group, variable, top_percent = tops, n, percent = found[-(1:2)],
      ci_low = limits[1, -(1:2)], ci_high = limits[2, -(1:2)], estimator,
      note = ifelse(!nothing & tops * n < 100, "part_of_one", note)),
    lorenz = data.frame(
      unit = group, variable, people_percent = points, n,
      percent = if (nothing) NA else held_by_lowest(l, points), estimator, note))
}
bind <- function(found, table) do.call(rbind, lapply(found, `[[`, table))
write_tables <- function(found, suffix, drop = character()) {
  for (table in c("concentration", "tops", "lorenz")) {
    rows <- bind(found, table)
    write_case(sprintf("%s%s.csv", table, suffix), rows[!names(rows) %in% drop])
  }
}
both <- c("cost", "visits")
grouped <- unlist(lapply(both, function(variable) c(
  lapply(towns, function(town) figures(people[people$town == town, ], variable, town)),
  list(figures(people, variable, "(total)")))), recursive = FALSE)
write_tables(grouped, "")
write_tables(list(figures(people, "cost", "", own = people$share)), "_weighted", "unit")
write_tables(list(figures(people, "cost", "", how = "n")), "_plain", "unit")
# whole towns are drawn
town <- match(people$town, unique(people$town))
units <- draw(rep(0, length(towns)))[, town]
write_tables(list(figures(people, "visits", "", weights = units)), "_units", "unit")
