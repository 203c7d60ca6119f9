# Makes survey.csv, register.csv and codebook.csv: a trial in four municipalities halfway through,
# with 155 invited and 126 answers. Invented municipalities, people and wordings; the counts below
# are chosen so that the figures are those that a published evaluation of such a trial printed. That
# its response rates by area fit its total takes areas that overlap, which is one possible
# explanation of them. Base R only. Run it in this folder: Rscript make.R [FOLDER]
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

# ---- Where they work, as what, and how far the trial is carried out there ------------------------

places <- c("Birkeby", "Holmsted", "Vesterlund", "\u00d8ster\u00e5")
register$municipality <- sample(rep(places, c(48, 42, 37, 28)))
register$position <- 0
register$position[register$role == 1] <- sample(rep(c(1, 2), c(9, 24)))
register$position[register$role == 2] <- sample(rep(c(3, 4, 5), c(51, 43, 28)))
at <- match(survey$respondent, register$respondent)
survey$municipality <- register$municipality[at]
survey$position <- register$position[at]

# Each core element by what most say, and by how far each municipality is ahead or behind.
elements <- c(coherent = 3.7, one_plan = 4.1, entrances = 3.0, citizen = 4.2, progression = 2.7,
              employers = 3.3)
ahead <- c(0.5, 0.0, -0.6, 0.2)[match(survey$municipality, places)]
for (element in names(elements)) {
  draw <- runif(nrow(survey)) + runif(nrow(survey)) + runif(nrow(survey)) - 1.5
  score <- pmin(pmax(floor(elements[[element]] + ahead + 1.8 * draw + 0.5), 1), 5)
  survey[[element]] <- 6 - score
  survey[[element]][sample(nrow(survey), 6)] <- c(8, 8, 8, 8, NA, NA)
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
  "municipality|unit|||Municipality|Kommune",
  "position|group|||Position|Stilling",
  "adults|group||area|Adults|Voksne",
  "youth|group||area|Youth|Unge",
  "families|group||area|Families|Familier",
  "relevant|item|trial||The trial is relevant to my work|Forsøget er relevant for mit arbejde",
  "motivated|item|trial||I feel motivated to take part|Jeg er motiveret for at deltage",
  paste0("time|item|trial||There is time enough for the trial in my working day",
         "|Der er tid nok til forsøget i min hverdag"),
  paste0("sparring|item|leading||My own leader discusses my leading with me",
         "|Min egen leder sparrer med mig om min ledelse"),
  paste0("feedback|item|leading||My own leader gives me feedback on my leading",
         "|Min egen leder giver mig feedback på min ledelse"),
  paste0("discuss|item|leading||I discuss the trial with my employees",
         "|Jeg drøfter forsøget med mine medarbejdere"),
  "support|item|support||My leader supports me in the trial|Min leder støtter mig i forsøget",
  paste0("coherent|item|fidelity||The departments work on one coherent effort for the citizen",
         "|Afdelingerne arbejder på én sammenhængende indsats for borgeren"),
  paste0("one_plan|item|fidelity||The citizen has one plan, which everyone works by",
         "|Borgeren har én plan, som alle arbejder efter"),
  paste0("entrances|item|fidelity||The citizen has fewer entrances to the municipality than before",
         "|Borgeren har færre indgange til kommunen end før"),
  paste0("citizen|item|fidelity||We make the plan and change it together with the citizen",
         "|Vi laver og ændrer planen sammen med borgeren"),
  paste0("progression|item|fidelity||We measure the citizen's progression as agreed",
         "|Vi måler borgerens progression som aftalt"),
  paste0("employers|item|fidelity||The effort is directed at employers from the start",
         "|Indsatsen er virksomhedsrettet fra starten"),
  "meetings|item|news||Meetings|Møder",
  "mail|item|news||Mail|Mail",
  "colleagues|item|news||Colleagues|Kolleger"))
codebook$values <- ""
codebook$values[codebook$variable == "role"] <- "1|Leader|Leder;2|Employee|Medarbejder"
codebook$values[codebook$variable == "municipality"] <- paste(places, collapse = ";")
codebook$values[codebook$variable == "position"] <-
    paste0("1|Head of department|Afdelingschef;2|Team leader|Teamleder;3|Caseworker|Sagsbehandler;",
           "4|Job consultant|Jobkonsulent;5|Family counsellor|Familier\u00e5dgiver")
codebook$values[codebook$scale == "trial"] <- agreement
codebook$values[codebook$scale %in% c("leading", "support", "fidelity")] <- degree
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
who <- c("respondent", "role", "municipality", "position", "adults", "youth", "families")
write_file(register[who], "register.csv")
write_file(survey[c(who, names(agree), names(of_leaders), names(of_employees), names(elements),
                    names(chosen))],
           "survey.csv")
write_file(codebook, "codebook.csv")
