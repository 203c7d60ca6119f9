# The vignette runs as it is written, and shows what the tool does. (R CMD check builds it, too.)

test_that("the vignette's figures are the tool's", {
    skip_if_not_installed("knitr")
    page <- tempfile(fileext = ".md")
    knitr::knit(tree("bindings/r/vignettes/evaluation.Rmd"), page,
                envir = new.env(parent = globalenv()), quiet = TRUE)
    lines <- readLines(page, encoding = "UTF-8")
    shows <- function(...) {
        file <- function(name) tree("tests/examples/enplan", name)
        bytes <- tool(c(..., file("survey.csv"), "--codebook", file("codebook.csv"), "--register",
                        file("register.csv"), "--lang", "da"))
        expected <- strsplit(rawToChar(bytes), "\n")[[1]]
        Encoding(expected) <- "UTF-8"
        starts <- which(lines == expected[1])
        matches <- vapply(
            starts, function(at) identical(lines[at + seq_along(expected) - 1], expected), NA
        )
        expect_true(any(matches), label = paste(..., "as the tool has it"))
    }
    shows("response")
    shows("distribution", "--variables", "relevant,motivated,time", "--table", "categories")
    shows("distribution", "--variables", "sparring,feedback", "--table", "boxes")
    shows("distribution", "--variables", "motivated", "--by", "role", "--table", "categories")
    shows("distribution", "--variables", "area", "--table", "categories")
    shows("crosstab", "--rows", "role", "--columns", "relevant")
    shows("response", "--rake", "area,role", "--table", "raking")
    for (said in c("155 leaders", "81 per cent", "68 and\n66", "53 per cent", "38 per cent"))
        expect_match(paste(lines, collapse = "\n"), said, fixed = TRUE)
})
