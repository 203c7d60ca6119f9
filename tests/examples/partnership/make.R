# Makes survey.csv and codebook.csv: eight local partnerships of three systems (employment,
# education, business support), asked twice about coupling competence at four levels, relational
# coordination with each other, exchange zones, whether their work is coupled, and its context.
# Invented people, with the parameters below. Base R only. Run it in this folder:
# Rscript make.R [FOLDER]
#
# Uniform draws and sums of them only, rounded to whole answers: the same bytes on every machine.

systems <- c("employment", "education", "business support")
roles <- c("top manager", "manager", "skilled", "unskilled")
functions <- c("bridge_builder", "communicator", "coordinator", "cooperation")
levels <- c("individual", "group", "organisation", "management")
items <- c("frequent", "timely", "accurate", "problem_solving",
           "shared_goals", "shared_knowledge", "mutual_respect")

# The parameters: what answers are before they are rounded and cut to 1 … 5.
of_function <- c(bridge_builder = 3.6, communicator = 3.9, coordinator = 3.4, cooperation = 3.0)
of_level <- c(individual = .20, group = .10, organisation = -.10, management = -.20)
of_role <- c("top manager" = .30, manager = .15, skilled = 0, unskilled = -.45)
of_wave <- c("2024" = 0, "2025" = .25)
# It raises coupling by 1 and relational coordination by .9 of it.
of_partnership <- c(-.6, -.4, -.2, -.1, .1, .2, .4, .6)
between <- 3.3 # relational coordination with another system
within <- 3.9  # with one's own
of_pair <- matrix(c(0, .7, .1, .7, 0, -.4, .1, -.4, 0), 3, # added to between
                  dimnames = list(systems, systems))
person_sd <- .40
answer_sd <- .60

of_context <- c(interdependence = 3.5, uncertainty = 2.9, time_pressure = 3.6, own_discipline = 3.9)
context_sd <- .80 # of each person alone: no context makes coupling count for more or less

forms <- c("monodisciplinary", "multidisciplinary", "interdisciplinary") # .5 .3 .2, then .3 .3 .4

set.seed(20251)
bell <- function(n, sd) sd * (rowSums(matrix(runif(12 * n), n)) - 6) # near normal, variance 1
answer <- function(x) pmin(5, pmax(1, floor(x + .5)))

frame <- expand.grid(member = 1:8, system = systems, partnership = 1:8, stringsAsFactors = FALSE)
frame$role <- roles[c(1, 2, 3, 3, 3, 4, 4, 3)][frame$member]
frame$id <- sprintf("p%03d", seq_len(nrow(frame)))
person <- bell(nrow(frame), person_sd)
tied <- bell(nrow(frame), person_sd)

rows <- list()
for (wave in names(of_wave)) {
    stays <- runif(nrow(frame)) < if (wave == "2024") .9 else .8
    base <- person + of_role[frame$role] + of_partnership[frame$partnership]
    one <- data.frame(respondent = frame$id, system = frame$system,
                      partnership = paste("partnership", frame$partnership), role = frame$role,
                      wave = wave)
    for (f in functions)
        for (l in levels)
            for (i in 1:2)
                one[[paste(f, l, i, sep = "_")]] <-
                    answer(base + of_function[[f]] + of_level[[l]] + of_wave[[wave]] +
                           bell(nrow(frame), answer_sd))
    for (t in systems) {
        own <- frame$system == t
        tie <- ifelse(own, within, between + of_pair[frame$system, t]) +
            .9 * of_partnership[frame$partnership] + of_wave[[wave]] + tied
        for (d in items)
            one[[paste(d, t, sep = "_")]] <- answer(tie + bell(nrow(frame), answer_sd))
        zone <- runif(nrow(frame)) < .3 + .6 * (frame$partnership > 4)
        coupled <- tie + bell(nrow(frame), .5)
        one[[paste("zone", t, sep = "_")]] <- ifelse(own, NA, as.integer(zone))
        one[[paste("coupled", t, sep = "_")]] <-
            ifelse(own, NA, ifelse(coupled > 3.6, "coupled",
                                   ifelse(coupled > 2.6, "not coupled", "decoupled")))
    }
    one$form <- forms[1 + findInterval(runif(nrow(frame)),
                                       if (wave == "2024") c(.5, .8) else c(.3, .6))]
    coupling <- grep(paste(functions, collapse = "|"), names(one))
    for (j in coupling) {
        one[runif(nrow(one)) < .02, j] <- NA
        one[runif(nrow(one)) < .01, j] <- 8 # don't know
    }
    rows[[wave]] <- one[stays, ]
}
# After all else, so that answers stay as they were before there was a context.
for (wave in names(rows))
    for (name in names(of_context)) {
        given <- answer(of_context[[name]] + bell(nrow(rows[[wave]]), context_sd))
        given[runif(length(given)) < .02] <- NA
        given[runif(length(given)) < .01] <- 8
        rows[[wave]][[name]] <- given
    }
survey <- do.call(rbind, rows)
folder <- c(commandArgs(TRUE), ".")[1]
write.csv(survey, file.path(folder, "survey.csv"), row.names = FALSE, na = "", quote = FALSE)

# ---- The codebook ----

danish <- c(bridge_builder = "Brobygger", communicator = "Kommunikator",
            coordinator = "Koordinator", cooperation = "Kooperation", individual = "individ",
            group = "gruppe", organisation = "organisation", management = "ledelse",
            employment = "beskæftigelse", education = "uddannelse",
            "business support" = "erhvervsfremme", "top manager" = "topleder", manager = "leder",
            skilled = "faglært", unskilled = "ufaglært", coupled = "koblet",
            "not coupled" = "ikke koblet", decoupled = "dekoblet",
            monodisciplinary = "monofagligt", multidisciplinary = "multifagligt",
            interdisciplinary = "tværfagligt", interdependence = "gensidig afhængighed",
            uncertainty = "uforudsigelighed", time_pressure = "tidspres",
            own_discipline = "styrken af egen faglighed")
listed <- function(values)
    paste(sprintf("%s|%s|%s", values, values, danish[values]), collapse = ";")
degree <- paste0(
    "5=5|To a very high degree|I meget høj grad;4=4|To a high degree|I høj grad;",
    "3=3|To some degree|I nogen grad;2=2|To a low degree|I lav grad;",
    "1=1|To a very low degree|I meget lav grad;8=dk|Don't know|Ved ikke")
row <- function(variable, role, scale = "", dimension = "", target = "", level = "", values = "",
                en = "", da = "")
    data.frame(variable, role, scale, dimension, target, level, values, label_en = en,
               label_da = da)

book <- list(row("respondent", "respondent"),
             row("system", "workgroup", values = listed(systems)),
             row("", "target", values = listed(systems)),
             row("partnership", "unit"),
             row("role", "role", values = listed(roles)),
             row("wave", "wave"),
             row("{dimension}_{target}", "item", "rc"))
for (f in functions)
    for (l in levels)
        for (i in 1:2)
            book[[length(book) + 1]] <-
                row(paste(f, l, i, sep = "_"), "item", "coupling", f, "", l, degree,
                    paste0(f, " ", i, ", ", l), paste0(danish[[f]], " ", i, ", ", danish[[l]]))
for (t in systems) {
    book[[length(book) + 1]] <- row(paste("zone", t, sep = "_"), "item", "exchange_zone", "", t, "",
                                    "0=0|No|Nej;1=1|Yes|Ja", paste("exchange zone with", t),
                                    paste("udvekslingszone med", danish[[t]]))
    book[[length(book) + 1]] <-
        row(paste("coupled", t, sep = "_"), "outcome", "coupling", "", t, "",
            listed(c("coupled", "not coupled", "decoupled")), paste("coupled with", t),
            paste("koblet med", danish[[t]]))
}
book[[length(book) + 1]] <-
    row("form", "item", "collaboration_form", values = listed(forms), en = "form of collaboration",
        da = "samarbejdsform")
for (name in names(of_context))
    book[[length(book) + 1]] <-
        row(name, "item", if (name == "own_discipline") name else "rc_context", name, "", "",
            degree, gsub("_", " ", name), danish[[name]])
write.csv(do.call(rbind, book), file.path(folder, "codebook.csv"), row.names = FALSE, na = "",
          fileEncoding = "UTF-8")
