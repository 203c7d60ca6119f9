# The example survey: 167 students and nurses about four workgroups, all of them complete. Two
# workgroups are too few for a level between them.
source("../oracle.R")
source("../oracle_scales.R")
survey <- read.csv("../../examples/clerkship/survey.csv")
plain <- for_scales_of_ties(survey, expect_coefficients)
write_case("coefficients.csv", plain)
write_case("duhachek_90.csv",
           for_scales_of_ties(survey,
                              function(...) expect_coefficients(..., alpha_ci = "duhachek",
                                                                confidence = .9)))
write_case("items.csv", for_scales_of_ties(survey,
                                           function(scale, basis, x, g) expect_scale_items(
                                               scale, basis, x)))
write_case("correlations.csv",
           for_scales_of_ties(survey,
                              function(scale, basis, x, g) expect_scale_correlations(scale, basis,
                                                                                     x)))
write_case("omega.csv", for_scales_of_ties(survey,
                                           function(scale, basis, x, g) expect_omega(scale, basis,
                                                                                     x)))
