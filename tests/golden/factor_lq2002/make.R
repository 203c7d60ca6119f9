# Real answers (R package multilevel, Leadership Quarterly 13, 2002): 2,042 soldiers, scales of a
# codebook. Leadership has no parts; "both" has two; hostility is offered as 0 to 4, and nearly all
# answers are 0.
source("../oracle.R")
source("../oracle_factor.R")
data(lq2002, package = "multilevel")
variables <- list(leadership = sprintf("LEAD%02d", 1:7),
                  both = c(sprintf("LEAD%02d", 1:4), sprintf("TSIG%02d", 1:3)),
                  hostility = sprintf("HOSTIL%02d", 1:5))
parts <- list(leadership = "", both = rep(c("leadership", "significance"), c(4, 3)), hostility = "")
codebook <- do.call(rbind, lapply(names(variables), function(s)
  data.frame(variable = variables[[s]], role = "item", scale = s, dimension = parts[[s]],
             values = if (s == "hostility") "0=0;1=1;2=2;3=3;4=4" else "")))
codebook <- rbind(data.frame(variable = "SUB", role = "respondent", scale = "", dimension = "",
                             values = ""), codebook)
set.seed(4)
lq2002$LEAD03[sample(nrow(lq2002), 40)] <- NA
write_case("input.csv", lq2002[sample(nrow(lq2002)), c("SUB", unique(unlist(variables)))])
write_case("codebook.csv", codebook)

scale_of <- function(name) {
  data <- lq2002[variables[[name]]]
  complete <- complete.cases(data)
  c(list(scale = name, basis = "respondents", data = data[complete, ],
         respondent = lq2002$SUB[complete], left_out = sum(!complete)),
    if (name == "both") list(part_of = rep(0:1, c(4, 3)), parts = c("leadership", "significance")))
}
tables <- expect_factor(lapply(names(variables), scale_of))
for (t in names(tables)) write_case(paste0(t, ".csv"), tables[[t]])
