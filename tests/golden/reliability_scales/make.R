# Real answers to scales that a codebook names (R package multilevel, Bliese, Halverson & Rothberg
# 2000): 5,400 soldiers of 99 companies agree or disagree, 1 to 5, with eleven statements. The
# company is the workgroup. Two of the statements stand turned round in the data, as their codebook
# says, and some answers are a 9, which is missing.
source("../oracle.R")
source("../oracle_scales.R")
data(bhr2000, package = "multilevel")
leaders <- c("AF06", "AF07", "AP12", "AP17", "AP33", "AP34")
staff <- c("AS14", "AS15", "AS16", "AS17", "AS28")
turned <- c("AP17", "AS15")
answers <- bhr2000[c(leaders, staff)]
answers[cbind(seq(7, 5400, by = 40), rep(1:11, length.out = 135))] <- NA
presented <- answers
presented[turned] <- 6 - presented[turned]
presented[is.na(presented)] <- 9
write_case("input.csv", data.frame(id = seq_len(nrow(bhr2000)), company = bhr2000$GRP, presented))
straight <- "1=1;2=2;3=3;4=4;5=5;9=missing"
back <- "1=5;2=4;3=3;4=2;5=1;9=missing"
write_case("codebook.csv", data.frame(
  variable = c("id", "company", rev(leaders), staff),
  role = c("respondent", "workgroup", rep("item", 11)),
  scale = c("", "", rep("leaders", 6), rep("staff", 5)),
  values = c("", "", ifelse(c(rev(leaders), staff) %in% turned, back, straight))))
each <- function(f, ...) rbind(f("leaders", "respondents", answers[rev(leaders)], ...),
                               f("staff", "respondents", answers[staff], ...))
write_case("coefficients.csv", each(expect_coefficients, bhr2000$GRP))
write_case("pairwise.csv", each(expect_coefficients, bhr2000$GRP, missing = "pairwise"))
write_case("items.csv", each(expect_scale_items))
write_case("correlations.csv", expect_scale_correlations("staff", "respondents", answers[staff]))
write_case("omega.csv", each(expect_omega))
