# R package multilevel, Bliese & Halverson 1996: 7,382 soldiers of 99 companies. The columns are
# scale means and not answers: they are rounded half up to the whole answers that a form could have
# held, and three dimensions only are filled, so that RC takes a smaller share of its items (2 of 7
# at 0.25) and most single dimensions have no value. Companies are units here, their soldiers one
# workgroup.
source("../oracle.R")
data(bh1996, package = "multilevel")
whole <- function(x) {
  answer <- floor(x + 0.5)
  as.integer(ifelse(answer < 1, NA, answer))
}
survey <- data.frame(respondent = seq_len(nrow(bh1996)), workgroup = "soldiers",
                     target = ifelse(seq_len(nrow(bh1996)) %% 2 == 0, "soldiers", "leaders"),
                     unit = bh1996$GRP)
survey[items] <- NA_integer_
survey$timely <- whole(bh1996$LEAD)
survey$shared_goals <- whole(bh1996$COHES)
survey$mutual_respect <- whole(bh1996$WBEING)
write_case("input.csv", survey)
write_case("cells_unit.csv", expect_cells(survey, by = "unit", min_share = 0.25))
write_case("indices_unit.csv", expect_indices(
  survey, by = "unit", min_share = 0.25,
  dimensions = c("timely", "accurate", "relationship", "rc")))
