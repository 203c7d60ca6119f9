# Codebooks: a file or a data frame; the same survey.

codebook <- function() {
    items <- c(
        "frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
        "mutual_respect"
    )
    data.frame(
        variable = c("job", NA, paste0("q", 1:7, "_{target}")),
        role = c("workgroup", "target", rep("item", 7)), dimension = c(NA, NA, items),
        values = c("D|Doctors|L\u00e6ger;N|\"Nurses\", all", "D|Doctors;N|\"Nurses\", all",
                   rep("1=1;2=2;3=3;4=4;5=5;0=dk", 7))
    )
}
wide <- function() {
    answers <- matrix(rep_len(c(4L, 5L, 3L, 0L, 2L, NA), 4 * 14), 4)
    colnames(answers) <- paste0("q", 1:7, "_", rep(c("D", "N"), each = 7))
    data.frame(job = factor(c("N", "D", "N", "D")), answers)
}

test_that("a data frame is as good a codebook as a file", {
    file <- tempfile(fileext = ".csv")
    write.csv(codebook(), file, na = "", row.names = FALSE, fileEncoding = "UTF-8")
    data <- tempfile(fileext = ".csv")
    write.csv(wide(), data, na = "", row.names = FALSE, quote = FALSE)
    results <- list(
        rc_matrix(rc_survey(wide(), codebook = codebook())),
        rc_matrix(rc_survey(wide(), codebook = file)),
        rc_matrix(rc_read_csv(data, codebook = codebook())), rc_matrix(rc_read_csv(data, file)),
        rc_matrix(rc_survey(
            replace(wide(), "job", list(iconv(c("N", "D", "N", "D"), to = "latin1"))), codebook()
        ))
    )
    for (result in results[-1])
        expect_identical(format(result, "csv"), format(results[[1]], "csv"))
    cells <- as.data.frame(results[[1]])
    expect_setequal(cells$target, c("Doctors", "\"Nurses\", all"))
    expect_gt(sum(cells$dont_know), 0)
})

test_that("a codebook at fault is an error that says where", {
    error <- expect_error(rc_survey(wide(), codebook = transform(codebook(), role = "nobody")),
                          class = "relcoord_data_error")
    expect_identical(error$file, "codebook")
    expect_identical(error$line, 2)
    expect_error(rc_survey(wide(), codebook = tempfile()), class = "relcoord_io_error")
    expect_error(rc_survey(wide(), codebook = 1), class = "relcoord_error")
    error <- expect_error(rc_survey(replace(wide(), "q1_D", list(9L)), codebook = codebook()),
                          class = "relcoord_data_error")
    expect_identical(c(error$column, error$row), c("q1_D", 1))
})

test_that("haven_labelled columns are read by their codes through a codebook", {
    skip_if_not_installed("haven")
    labelled <- wide()
    labelled$q1_D <- haven::labelled(as.double(labelled$q1_D), c(Never = 1, "Don't know" = 0))
    expect_identical(
        format(rc_matrix(rc_survey(labelled, codebook())), "csv"),
        format(rc_matrix(rc_survey(wide(), codebook())), "csv")
    )
})
