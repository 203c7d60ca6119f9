# Drafts of codebooks, by the data alone or with what a survey system exports: as the tool drafts
# them.

write_text <- function(lines) {
    file <- tempfile(fileext = ".csv")
    writeLines(lines, file)
    file
}
data <- function() write_text(c("v,w", "1,2", "2,1"))

test_that("a draft has the labels and scores of the form", {
    structure <- write_text(c(
        "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText",
        "q;v;Closed;Single;How much?;2;Agree", "q;v;Closed;Single;How much?;1;Disagree"
    ))
    draft <- rc_codebook(data(), structure = structure,
                         labels = write_text(c("w;1;Yes, of course", "w;2;No")))
    table <- as.data.frame(draft)
    expect_equal(table$values, c("2=4|Agree;1=2|Disagree", "1|Yes, of course;2|No"))
    expect_equal(table$label_en[1], "How much?")
    expect_equal(draft$options$structure, structure)
    expect_true("the texts are assumed to be English" %in% draft$notes)
    file <- tempfile(fileext = ".csv")
    rc_write(draft, file)
    expect_equal(rc_read_csv(data(), codebook = file)$rows, 2)
})

test_that("a draft needs no form, and says what is wrong with one", {
    expect_equal(as.data.frame(rc_codebook(data()))$variable, c("v", "w"))
    error <- expect_error(rc_codebook(data(), labels = write_text(c("w;1;Yes", "w;2;Yes"))),
                          class = "relcoord_data_error")
    expect_equal(c(error$line, error$column), c("2", "label"))
    expect_error(rc_codebook(data(), register = "x"), class = "relcoord_option_error")
    expect_error(rc_codebook(character()), class = "relcoord_usage_error")
})

test_that("the codebooks that come along are the tool's", {
    options <- rc_analyses("options")
    names <- strsplit(options$allowed[options$option == "builtin"], "|", fixed = TRUE)[[1]][-1]
    expect_length(names, 11)
    for (name in names)
        expect_identical(written(rc_codebook(builtin = name), "csv"),
                         tool(c("codebook", "--builtin", name)), label = name)
    expect_error(rc_codebook(data(), builtin = "trust"), class = "relcoord_option_error")
})

test_that("a data frame is drafted from as its file is", {
    frame <- frame_of(clerkship())
    expect_identical(written(rc_codebook(frame), "csv"), written(rc_codebook(clerkship()), "csv"))
    expect_identical(
        as.data.frame(rc_codebook(frame), table = "decisions"),
        as.data.frame(rc_codebook(clerkship()), table = "decisions")
    )
    frame$unit <- factor("north")
    expect_true("unit" %in% as.data.frame(rc_codebook(frame))$role)
    expect_error(rc_codebook(data.frame(foo = c("a b", "c d"))), "no column looks",
                 class = "relcoord_data_error")
})
