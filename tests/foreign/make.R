# Makes the files of SPSS and Stata of this folder and the CSV that they must equal: Rscript make.R,
# in the folder. haven writes them, in UTF-8; those in Latin-1 are the same with each text's bytes
# replaced in place, as old releases wrote them. Committed, because haven puts the time into them
# and not everybody has R.
library(haven)
set.seed(3)
items <- c("frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
           "mutual_respect")
groups <- c("Læger" = 1, "Sygeplejersker" = 2, "Åbne" = 3)
units <- c("Nord;Vest" = "N", "Sør" = "S")
waves <- c("Før" = 1, "Efter" = 2)

# ---- Long data: codes that are missing by value (8), by range (90 and above) and by nature

long <- expand.grid(target = 1:3, respondent = 1:12)
long$workgroup <- (long$respondent - 1) %% 3 + 1
long$unit <- ifelse(long$respondent <= 6, "S", "N")
long$wave <- 1
for (item in items) {
    long[[item]] <- sample(1:5, nrow(long), TRUE)
    long[[item]][sample(nrow(long), 3)] <- c(8, 99, NA)
}
long$weight <- 0.5 + long$respondent %% 4 / 10
long$day <- as.Date("2024-02-28") + long$respondent # over a leap day
long$comment <- ifelse(long$respondent == 1 & long$target == 1, "\"Æ, ø\";\nå", "")

write_table <- function(data, path) {
    write.csv(data, path, row.names = FALSE, na = "", fileEncoding = "UTF-8",
              quote = sapply(data, is.character) |> which())
}
named <- function(values, labels) names(labels)[match(values, labels)]
coded <- transform(long, comment = NULL)
write_table(coded, "coded.csv")
shown <- transform(coded, target = named(target, groups), workgroup = named(workgroup, groups),
                   unit = named(unit, units), wave = named(wave, waves))
for (item in items) shown[[item]][shown[[item]] > 5] <- NA
write_table(shown, "labels.csv")

spss <- long
for (item in items) {
    spss[[item]] <- labelled_spss(spss[[item]],
                                  c("I meget lav grad" = 1, "I meget høj grad" = 5, "Ved ikke" = 8),
                                  na_values = 8, na_range = c(90, Inf),
                                  label = paste("Question about", item))
}
spss$target <- labelled(spss$target, groups, label = "The workgroup rated")
spss$workgroup <- labelled(spss$workgroup, groups)
spss$unit <- labelled_spss(spss$unit, units, na_values = "X")
spss$wave <- labelled(spss$wave, waves)
write_sav(spss, "utf8.sav")
spss$comment <- NULL
write_sav(spss, "packed.zsav", compress = "zsav")
write_sav(spss, "plain.sav", compress = "none")

stata <- coded
for (item in items) {
    values <- as.double(stata[[item]])
    values[values %in% 8] <- tagged_na("a")
    values[values %in% 99] <- tagged_na("z")
    stata[[item]] <- labelled(values, c("Lav" = 1, "Ved ikke" = tagged_na("a")))
}
stata$target <- labelled(stata$target, groups)
stata$workgroup <- labelled(as.integer(stata$workgroup), groups)
stata$unit <- named(stata$unit, units) # Stata has no labels of text
stata$wave <- labelled(stata$wave, waves)
write_dta(stata, "release15.dta", version = 15)
write_dta(stata, "release10.dta", version = 10)
write_dta(stata, "release13.dta", version = 13)

# ---- Wide data: a column for each dimension and target

wide <- data.frame(id = 1:14, job = rep(1:2, 7))
for (target in c("D", "N"))
    for (item in items) {
        values <- sample(c(1:5, 9), 14, TRUE)
        wide[[paste0(item, "_", target)]] <- labelled_spss(
            values, c("Low; or = none" = 1, "High" = 5, "Don't know" = 7, "Refused" = 9),
            na_values = 9)
    }
wide$job <- labelled(wide$job, c("Doctors" = 1, "Nurses" = 2, "Porters" = 3),
                     label = "Your own job")
wide$at <- as.POSIXct("2024-12-31 23:59:59", tz = "UTC") + wide$id
write_sav(wide, "wide.sav")

# ---- A value that is no answer, in the third row of the second file

faulty <- spss[1:6, ]
faulty$respondent <- faulty$respondent + 100
faulty$timely[3] <- 7
write_sav(faulty, "faulty.sav")
write_sav(spss[0, ], "empty.sav")
write_sav(transform(spss, workgroup = labelled(
    as.double(workgroup), c("Læger" = 1, "Sygeplejersker" = 2, "Læger" = 3))), "one_label.sav")

# ---- Dates: numbers of any format, in text columns beside them what they are

formatted <- function(values, name, format) { attr(values, name) <- format; values }
as_spss <- function(values, format) formatted(as.double(values), "format.spss", format)
as_stata <- function(values, format) formatted(as.double(values), "format.stata", format)
seconds <- function(text) as.double(as.POSIXct(text, tz = "UTC")) + 141428 * 86400
moments <- c("1582-10-15 00:00:01", "1899-12-31 12:00:00", "1970-01-01 00:00:00",
             "2000-02-29 23:59:59", "2100-03-01 06:07:08")
write_sav(data.frame(date = as_spss(seconds(moments), "DATE11"),
                     sdate = as_spss(seconds(moments), "SDATE10"),
                     at = as_spss(seconds(moments), "DATETIME20"),
                     month = as_spss(seconds(moments), "MOYR8"),
                     time = as_spss(c(0, 1, 3661, 86399, 90000), "TIME8"),
                     number = as_spss(1:5, "F8.2")),
          "dates.sav")
since <- as.double(as.POSIXct(moments, tz = "UTC")) + 3653 * 86400
write_dta(data.frame(day = as_stata(floor(since / 86400), "%td"),
                     at = as_stata(since * 1000, "%tc"),
                     week = as_stata(c(-1, 0, 51, 52, 3380), "%tw"),
                     month = as_stata(c(-1, 0, 11, 12, 779), "%tm"),
                     quarter = as_stata(c(-1, 0, 3, 4, 259), "%tq"),
                     half = as_stata(c(-1, 0, 1, 2, 129), "%th"),
                     year = as_stata(c(1959, 1960, 1961, 1962, 2024), "%ty"), number = 1:5),
          "dates.dta")

# ---- Columns named in Danish, in any letter case

danish <- spss
names(danish) <- c("MÅLGRUPPE", "Respondent", "Faggruppe", "ENHED", "bølge", "Hyppig", "rettidig",
                   "KORREKT", "Problemløsende", "fælles_mål", "Fælles_Viden", "GENSIDIG_RESPEKT",
                   "VÆGT", "day")
write_sav(danish, "danish.sav")

# ---- Latin-1

find_bytes <- function(bytes, wanted) {
    starts <- which(bytes == wanted[1])
    starts <- starts[starts + length(wanted) - 1 <= length(bytes)]
    Filter(function(at) all(bytes[at + seq_along(wanted) - 1] == wanted), starts)
}
# Texts shrink where they stand, and are filled up behind; the byte before a label of SPSS is its
# length.
to_latin <- function(path, to, texts, fill, counted) {
    bytes <- readBin(path, "raw", 1e6)
    for (text in texts) {
        old <- charToRaw(enc2utf8(text))
        new <- iconv(text, "UTF-8", "latin1", toRaw = TRUE)[[1]]
        for (at in find_bytes(bytes, old)) {
            if (counted && bytes[at - 1] == as.raw(length(old)))
                bytes[at - 1] <- as.raw(length(new))
            bytes[at + seq_along(old) - 1] <- c(new, rep(as.raw(fill), length(old) - length(new)))
        }
    }
    page <- find_bytes(bytes, packBits(intToBits(65001), "raw"))
    # SPSS names the code page of its texts.
    for (at in page) bytes[at + 0:3] <- packBits(intToBits(1252), "raw")
    writeBin(bytes, to)
}
texts <- c("Læger", "Åbne", "Sør", "Før", "I meget høj grad")
to_latin("plain.sav", "latin1.sav", texts, 0x20, TRUE)
to_latin("release10.dta", "release10.dta", texts, 0, FALSE)
to_latin("release13.dta", "release13.dta", texts, 0, FALSE)
