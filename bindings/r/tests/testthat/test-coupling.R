# The vignette on coupling competence runs as it is written, and shows what the tool does. (R CMD
# check builds it, too.)

test_that("the vignette's figures on coupling are the tool's", {
    skip_if_not_installed("knitr")
    page <- tempfile(fileext = ".md")
    knitr::knit(tree("bindings/r/vignettes/coupling.Rmd"), page,
                envir = new.env(parent = globalenv()), quiet = TRUE)
    lines <- readLines(page, encoding = "UTF-8")
    shows <- function(...) {
        file <- function(name) tree("tests/examples/partnership", name)
        bytes <- tool(c("coupling", file("survey.csv"), "--codebook", file("codebook.csv"), ...))
        expected <- strsplit(rawToChar(bytes), "\n")[[1]]
        Encoding(expected) <- "UTF-8"
        starts <- which(lines == expected[1])
        matches <- vapply(
            starts, function(at) identical(lines[at + seq_along(expected) - 1], expected), NA
        )
        expect_true(any(matches), label = paste(..., "as the tool has it"))
    }
    shows("--by", "wave", "--table", "indices")
    shows("--wave", "2025", "--ci", "bootstrap", "--table", "indices", "--lang", "da")
    shows("--wave", "2025", "--table", "breadth", "--lang", "da")
    shows("--wave", "2025", "--table", "precondition", "--lang", "da")
    shows("--wave", "2025", "--table", "context")
    for (said in c("relcoord's own operationalisation, not a published",
                   "relcoords egen operationalisering, ikke et"))
        expect_match(paste(lines, collapse = "\n"), said, fixed = TRUE)
})
