# A C header that R writes: printed, or held against the committed one, whose layout is make
# format's.

split_header <- function(lines) {
    number <- "-?[0-9]+([.][0-9]+)?(e[-+][0-9]+)?"
    text <- paste(gsub("^ \\* ", " ", lines), collapse = "\n")
    list(words = gsub("[ \n]+", "", gsub(number, "#", text)),
         numbers = as.numeric(regmatches(text, gregexpr(number, text))[[1]]))
}

# close(ours, theirs): which numbers are as good as equal, for other builds of R round otherwise.
write_or_compare <- function(lines, close) {
    committed <- commandArgs(TRUE)
    if (length(committed) == 0) {
        writeLines(lines)
        quit()
    }
    ours <- split_header(readLines(committed))
    theirs <- split_header(lines)
    same <- ours$words == theirs$words && all(close(ours$numbers, theirs$numbers))
    if (!same)
        cat("FAILED: R writes another ", basename(committed), "\n", sep = "")
    cat(if (same) "1 passed, 0 failed\n" else "0 passed, 1 failed\n")
    quit(status = if (same) 0 else 1)
}
