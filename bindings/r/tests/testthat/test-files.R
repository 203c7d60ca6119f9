# Files of other programs: the same survey as the tool reads, and workbooks written.

scores_of <- function(survey) written(rc_scores(survey), format = "csv")
dimensions <- c("frequent", "timely", "accurate", "problem_solving", "shared_goals",
                "shared_knowledge", "mutual_respect")

test_that("files are read as the tool reads them", {
    for (name in c("utf8.sav", "packed.zsav", "latin1.sav", "release10.dta", "release15.dta")) {
        path <- tree("tests/foreign", name)
        expect_identical(scores_of(rc_read_file(path)), tool(c("scores", path, "--format", "csv")))
    }
    expect_identical(scores_of(rc_read_file(clerkship())), scores_of(rc_read_csv(clerkship())))
})

test_that("a codebook has the last word, whatever it is", {
    book <- data.frame(
        variable = c("respondent", "workgroup", "target", "weight", dimensions),
        role = c("respondent", "workgroup", "target", "weight", rep("item", 7)),
        dimension = c(rep("", 4), dimensions),
        values = c("", "1|Doctors;2|Nurses;3|Open", "3|Open;1|Doctors;2|Nurses", "",
                   rep("1=1;2=2;3=3;4=5;5=4;8=dk", 7))
    )
    file <- tempfile(fileext = ".csv")
    utils::write.csv(book, file, row.names = FALSE)
    path <- tree("tests/foreign/utf8.sav")
    expected <- tool(c("scores", path, "--codebook", file, "--format", "csv"))
    expect_identical(scores_of(rc_read_file(path, codebook = file)), expected)
    expect_identical(scores_of(rc_read_file(path, codebook = book)), expected)
})

test_that("workbooks are written as the tool writes them, and read", {
    mine <- tempfile(fileext = ".xlsx")
    its <- tempfile(fileext = ".xlsx")
    rc_write(rc_data(rc_read_csv(clerkship())), mine)
    tool(c("data", clerkship(), "--format", "xlsx", "-o", its))
    bytes <- function(file) readBin(file, "raw", file.size(file))
    expect_identical(bytes(mine), bytes(its))
    failed <- expect_error(rc_read_file(mine, sheet = "none"),
                           "has no sheet 'none', but 'answers', ", class = "relcoord_error")
    expect_identical(failed$file, mine)
    expect_error(rc_read_file(mine, sheet = "notes"), class = "relcoord_error")
    expect_error(rc_read_file(mine, sheet = 1), "sheet is the name of a sheet")
    expect_error(rc_read_file(clerkship(), sheet = "x"), "only a workbook has sheets")
})

test_that("faults say where", {
    failed <- expect_error(rc_read_file(tree("tests/foreign/faulty.sav")), "'7' is not an answer",
                           class = "relcoord_error")
    expect_identical(c(failed$line, failed$column), c("3", "timely"))
    cut <- tempfile(fileext = ".sav")
    writeBin(readBin(tree("tests/foreign/utf8.sav"), "raw", 900), cut)
    expect_error(rc_read_file(cut), "damaged or truncated")
    expect_error(rc_read_file(tempfile(fileext = ".sav")), "no such file")
    expect_error(rc_read_file(c(cut, clerkship())), "files from different programs")
})
