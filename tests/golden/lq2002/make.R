# Real answers (R package multilevel, Leadership Quarterly 13, 2002): 2,042 soldiers of 49
# companies. Leaders are rated by seven leadership items; "home" holds the five items on hostility,
# offered as 0 to 4 and nearly all 0, and two on the task: extreme answers, constant in some
# companies.
source("../oracle.R")
data(lq2002, package = "multilevel")
rate <- function(target, answers)
  data.frame(respondent = lq2002$SUB, workgroup = lq2002$COMPID, target = target,
             setNames(answers, items))
survey <- rbind(rate("leaders", lq2002[sprintf("LEAD%02d", 1:7)]),
                rate("home", cbind(lq2002[sprintf("HOSTIL%02d", 1:5)] + 1,
                                   lq2002[c("TSIG01", "TSIG02")])))
survey <- survey[order(survey$respondent), ]
some <- survey[survey$workgroup <= 20, ]
stopifnot(as.matrix(survey[items]) %in% 1:5)
write_case("input.csv", survey)
write_case("cells.csv", expect_cells(survey))
write_case("indices_rc.csv", expect_indices(survey, dimensions = "rc"))
write_case("some.csv", some)
write_case("indices.csv", expect_indices(some))
