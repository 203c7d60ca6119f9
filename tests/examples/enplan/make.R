# Makes survey.csv, register.csv and codebook.csv: a trial in a municipality halfway through, with
# 155 invited and 126 answers. Invented people and wordings; the counts below are chosen so that the
# figures are those that a published evaluation of such a trial printed. That its response rates by
# area fit its total takes areas that overlap, which is one possible explanation of them. Base R
# only. Run it in this folder: Rscript make.R [FOLDER]
#
# Everything is counts, put in an order by uniform draws: the same bytes on every machine, in a
# UTF-8 locale.

folder <- c(commandArgs(trailingOnly = TRUE), ".")[1]
suppressWarnings(RNGversion("3.6.0"))
set.seed(2019)

# ---- Who was invited: people by the areas they work in, and how many of them answered ------------

people <- data.frame(
  areas    = c("A", "AY", "AF", "Y", "YF", "F"), # adults, youth, families
  answered = c(60, 4, 3, 29, 3, 27),
  silent   = c(8, 3, 3, 1, 13, 1)
)
leaders <- c(answered = 29, silent = 4)

register <- data.frame(
  areas = c(rep(people$areas, people$answered), rep(people$areas, people$silent)),
  answered = rep(c(TRUE, FALSE), c(sum(people$answered), sum(people$silent)))
)
register$role <- 2
register$role[sample(which(register$answered), leaders["answered"])] <- 1
register$role[sample(which(!register$answered), leaders["silent"])] <- 1
register <- register[sample(nrow(register)), ]
register$respondent <- 1000 + seq_len(nrow(register))
for (area in c(adults = "A", youth = "Y", families = "F"))
  register[[c(A = "adults", Y = "youth", F = "families")[area]]] <-
    as.integer(grepl(area, register$areas))

# ---- What they answered: how many gave 1, 2, 3, 4, 5, don't know (8), nothing --------------------

agree <- list(
  relevant  = c(68, 44, 8, 3, 1, 1, 1),
  motivated = c(69, 43, 10, 3, 1, 0, 0),
  time      = c(12, 36, 31, 30, 16, 1, 0)
)
of_leaders <- list(
  sparring = c(3, 6, 9, 8, 3, 0, 0),
  feedback = c(3, 7, 10, 5, 2, 2, 0),
  discuss  = c(6, 11, 8, 3, 1, 0, 0)
)
of_employees <- list(support = c(18, 34, 27, 12, 5, 0, 1))
# Of several answers; those who left the question open chose none.
chosen <- c(meetings = 81, mail = 66, colleagues = 97)
open <- 4

# Answers in a random order, but the better ones more often with who has a high `mood`.
give <- function(counts, mood) {
  answers <- rep(c(1:5, 8, NA), counts)
  answers[order(order(-mood + 2 * runif(length(mood))))]
}
survey <- register[register$answered, ]
survey <- survey[order(runif(nrow(survey))), ]
mood <- runif(nrow(survey))
leader <- survey$role == 1
for (item in names(agree)) survey[[item]] <- give(agree[[item]], mood)
for (item in names(of_leaders)) survey[leader, item] <- give(of_leaders[[item]], mood[leader])
for (item in names(of_employees)) survey[!leader, item] <- give(of_employees[[item]], mood[!leader])
answers_it <- sample(nrow(survey), nrow(survey) - open)
for (item in names(chosen)) {
  survey[answers_it, item] <- 0L
  survey[sample(answers_it, chosen[item]), item] <- 1L
}

# ---- Codebook ------------------------------------------------------------------------------------

degree <- paste0(
  "1=5|To a very high degree|I meget høj grad;2=4|To a high degree|I høj grad;",
  "3=3|To some degree|I nogen grad;4=2|To a low degree|I lav grad;",
  "5=1|To a very low degree|I meget lav grad;8=dk|Don't know|Ved ikke")
agreement <- paste0(
  "1=5|Agree very much|Meget enig;2=4|Mostly agree|Overvejende enig;",
  "3=3|Neither nor|Hverken eller;4=2|Mostly disagree|Overvejende uenig;",
  "5=1|Disagree very much|Meget uenig;8=dk|Don't know|Ved ikke")
choice <- "0|Not chosen|Ikke valgt;1|Chosen|Valgt"
codebook <- read.table(sep = "|", header = TRUE, quote = "", text = c(
  "variable|role|scale|dimension|label_en|label_da",
  "respondent|respondent||||",
  "role|role||||",
  "adults|group||area|Adults|Voksne",
  "youth|group||area|Youth|Unge",
  "families|group||area|Families|Familier",
  "relevant|item|trial||The trial is relevant to my work|Forsøget er relevant for mit arbejde",
  "motivated|item|trial||I feel motivated to take part|Jeg er motiveret for at deltage",
  "time|item|trial||There is time enough for it|Der er tid nok til det",
  paste0("sparring|item|leading||My own leader discusses my leading with me",
         "|Min egen leder drøfter min ledelse med mig"),
  paste0("feedback|item|leading||My own leader tells me how I am doing",
         "|Min egen leder fortæller mig, hvordan jeg klarer det"),
  paste0("discuss|item|leading||I discuss the trial with my employees",
         "|Jeg drøfter forsøget med mine medarbejdere"),
  "support|item|support||My leader helps me with the trial|Min leder hjælper mig med forsøget",
  "meetings|item|news||Meetings|Møder",
  "mail|item|news||Mail|Mail",
  "colleagues|item|news||Colleagues|Kolleger"))
codebook$values <- ""
codebook$values[codebook$variable == "role"] <- "1|Leader|Leder;2|Employee|Medarbejder"
codebook$values[codebook$scale == "trial"] <- agreement
codebook$values[codebook$scale %in% c("leading", "support")] <- degree
codebook$values[codebook$scale == "news"] <- choice
codebook <- codebook[c("variable", "role", "scale", "dimension", "values", "label_en", "label_da")]

# ---- Files ---------------------------------------------------------------------------------------

write_file <- function(table, name) {
  connection <- file(file.path(folder, name), "wb") # line ends of one kind everywhere
  fields <- function(row) paste(ifelse(grepl(",", row, fixed = TRUE, useBytes = TRUE),
                                       paste0('"', row, '"'), row), collapse = ",")
  table[] <- lapply(table, function(column) ifelse(is.na(column), "", as.character(column)))
  lines <- c(paste(names(table), collapse = ","), apply(table, 1, fields))
  writeBin(charToRaw(paste0(paste(lines, collapse = "\n"), "\n")), connection)
  close(connection)
}
write_file(register[c("respondent", "role", "adults", "youth", "families")], "register.csv")
write_file(survey[c("respondent", "role", "adults", "youth", "families", names(agree),
                    names(of_leaders), names(of_employees), names(chosen))], "survey.csv")
write_file(codebook, "codebook.csv")
