# The example survey: rc, communication and relationship, of ties and of respondents.
source("../oracle.R")
source("../oracle_factor.R")
survey <- read.csv("../../examples/clerkship/survey.csv")

scale_of <- function(name, basis) {
  names <- scales[[name]]
  if (basis == "ties") {
    data <- survey[names]
    respondent <- survey$respondent
  } else {
    means <- aggregate(survey[names], survey["respondent"], mean, na.rm = TRUE, na.action = na.pass)
    data <- means[names]
    respondent <- means$respondent
  }
  complete <- complete.cases(data)
  c(list(scale = name, basis = basis, data = data[complete, ], respondent = respondent[complete],
         left_out = sum(!complete)),
    if (name == "rc") list(part_of = rep(0:1, c(4, 3)), parts = c("communication", "relationship")))
}
wanted <- list()
for (name in c("rc", "communication", "relationship")) for (basis in c("ties", "respondents"))
  wanted[[length(wanted) + 1]] <- scale_of(name, basis)
tables <- expect_factor(wanted)
for (t in names(tables)) write_case(paste0(t, ".csv"), tables[[t]])
ties <- expect_factor(list(scale_of("rc", "ties")), estimator = "ml", confidence = 0.9)
write_case("loadings_ml.csv", ties$loadings)
write_case("correlations_ml.csv", ties$correlations)
