# Writes the pages of the functions that the registry makes, when the shared library is built:
#     Rscript pages.R LIBRARY R-FOLDER MAN-FOLDER
# What a function takes and gives is the registry's; only what R adds to it is said here.

arguments <- commandArgs(trailingOnly = TRUE)
code <- new.env(parent = globalenv())
for (file in list.files(arguments[2], "[.]R$", full.names = TRUE))
    sys.source(file, envir = code)
routines <- getDLLRegisteredRoutines(dyn.load(normalizePath(arguments[1])))$.Call
for (name in names(routines))
    assign(paste0("C_", name), routines[[name]], envir = code)
code$load_registry()
registry <- code$registry
functions <- code$function_definitions()

# ---- Words

escape <- function(text) gsub("([%{}\\\\])", "\\\\\\1", text)
sentence <- function(text) paste0(toupper(substring(text, 1, 1)), substring(text, 2), ".")

usage_of <- function(name) {
    arguments <- formals(functions[[name]])
    written <- vapply(names(arguments), function(argument) {
        if (identical(arguments[[argument]], quote(expr = )))
            return(argument)
        paste(argument, "=", deparse(arguments[[argument]]))
    }, "")
    strwrap(paste0(name, "(", paste(gsub(" ", "\u00a0", written), collapse = ", "), ")"), 78,
            exdent = 4)
}

option_item <- function(option) {
    said <- c(
        sentence(escape(option$help)),
        if (option$type == "choice") paste0(
            "One of ", paste0("\\code{\"", strsplit(option$allowed, "|", fixed = TRUE)[[1]], "\"}",
                              collapse = ", "), "."
        ),
        if (!is.na(option$minimum))
            paste0("From ", format(option$minimum), " to ", format(option$maximum),
                   if (option$type == "integer" && !option$allowed %in% c(NA, ""))
                       paste0(", or \\code{\"", option$allowed, "\"}"), "."),
        if (option$type == "list") paste(
            "A vector of names. One text alone may hold several, separated by commas;",
            "\\code{list(\"a, b\")} is one name with a comma."
        ),
        if (option$type == "flag") "\\code{TRUE} or \\code{FALSE}.",
        if (option$default == "") "\\code{NULL} for none."
    )
    paste0("\\item{", option$option, "}{", paste(said, collapse = " "), "}")
}
option_items <- function(purpose) {
    options <- code$options_of(purpose)
    c(
        vapply(seq_len(nrow(options)), function(i) option_item(options[i, ]), ""),
        "\\item{...}{Options that this list does not have yet, as \\code{name = value}.}"
    )
}

survey_item <- function(analysis) {
    settings <- code$read_settings(analysis)
    said <- "A survey, as \\code{\\link{rc_read_csv}} or \\code{\\link{rc_survey}} gives."
    if (length(settings) > 0)
        said <- c(said, paste0(
            "Or the names of files, or a data frame: they are read with \\code{",
            paste0(names(settings), " = \"", unlist(settings), "\"", collapse = ", "),
            "} and the options of reading that \\code{...} holds."
        ))
    paste0("\\item{survey}{", paste(said, collapse = " "), "}")
}

table_section <- function(analysis, table) {
    columns <- registry$columns
    columns <- columns[columns$analysis == analysis & columns$table == table$table, ]
    c(
        paste0("\\section{Table \"", table$table, "\"}{A row is ", escape(table$help),
               ".\\describe{"),
        paste0("\\item{\\code{", columns$column, "}}{", vapply(escape(columns$help), sentence, ""),
               "}"),
        "}}"
    )
}

write_page <- function(name, aliases, title, arguments, description, value, sections = NULL,
                       examples, seealso) {
    lines <- c(
        "% Made from the registry by tools/pages.R.",
        paste0("\\name{", name, "}"), paste0("\\alias{", aliases, "}"),
        paste0("\\title{", escape(title), "}"),
        "\\description{", description, "}",
        "\\usage{", gsub("\u00a0", " ", unlist(lapply(aliases, usage_of))), "}",
        "\\arguments{", arguments, "}", "\\value{", value, "}", sections,
        "\\seealso{", seealso, "}", "\\examples{", examples, "}"
    )
    writeLines(enc2utf8(lines), file.path(arguments_folder, paste0(name, ".Rd")), useBytes = TRUE)
}
arguments_folder <- arguments[3]

# ---- Pages

example <- c(
    "file <- system.file(\"extdata\", \"clerkship.csv\", package = \"relcoord\")"
)

for (i in seq_len(nrow(registry$analyses))) {
    analysis <- registry$analyses[i, ]
    tables <- registry$tables[registry$tables$analysis == analysis$name, ]
    write_page(
        name = paste0("rc_", analysis$name), aliases = paste0("rc_", analysis$name),
        title = sentence(analysis$summary),
        description = paste0(
            sentence(escape(analysis$summary)),
            if (!is.na(analysis$needs)) paste0(" It needs ", escape(analysis$needs), "."),
            " \\code{relcoord-methods(7)}, a manual page of the library, ",
            "has every formula and its source."
        ),
        arguments = c(
            survey_item(analysis$name),
            option_items(analysis$name)
        ),
        value = paste0(
            "A \\code{\\link{relcoord_result}} with the tables ",
            paste0("\\code{\"", tables$table, "\"}", collapse = ", "),
            ". Grouping columns of \\code{by} come first in each."
        ),
        sections = unlist(lapply(seq_len(nrow(tables)),
                                 function(j) table_section(analysis$name, tables[j, ]))),
        seealso = "\\code{\\link{relcoord_result}} for what can be done with it.",
        examples = c(
            example, "survey <- rc_read_csv(file)",
            paste0("result <- try(rc_", analysis$name,
                   "(survey)) # a survey need not suit each analysis"),
            "result"
        )
    )
}

write_page(
    name = "rc_read_csv", aliases = c("rc_read_csv", "rc_survey"),
    title = "Read a survey from a file or a data frame",
    description = c(
        "Reads the answers, checks them and recodes them once. Anything wrong with them is an",
        "error that says where: there is no partial survey. The manual pages",
        "\\code{relcoord(1)} and \\code{relcoord-codebook(5)} tell what columns there are and",
        "what may stand in them; a data frame has the same."
    ),
    arguments = c(
        "\\item{path}{Names of CSV files; several are one survey.}",
        "\\item{data}{A data frame, or what is one too, such as a tibble. See below for what its",
        "columns may be.}",
        option_items("read")
    ),
    value = c(
        "A survey, for the functions of \\code{\\link{rc_analyses}}. It has \\code{$rows},",
        "\\code{$respondents}, \\code{$ties}, and \\code{$notes} of reading. It lives as long as",
        "the session: it cannot be saved and loaded."
    ),
    sections = c(
        "\\section{Codebooks and registers}{",
        "\\code{codebook} is the name of a file, or a data frame with the columns that such a",
        "file has; text in it is read as the file's would be. With \\code{NULL}, columns have the",
        "names that relcoord knows.",
        "",
        "So is \\code{register}, everyone who was invited: its logicals say whether people are in",
        "a group.}",
        "\\section{Columns of a data frame}{",
        "Integers, doubles and the codes of factors are lent to the library without a copy. A",
        "factor's labels are its values; levels that no row has do not matter. \\code{NA} of every",
        "type, and \\code{NaN}, are missing. Text may be in any encoding that R knows. Dates and",
        "times are read as the text that a file would hold, \\code{2024-01-31}. Logicals say",
        "whether people are in a group of a codebook's, and nothing else, unless they are all",
        "\\code{NA}, which is missing. Lists, matrices and further classes are refused in columns",
        "that matter.",
        "",
        "Of a \\code{haven_labelled} column the codes count, and its labels do not: the answer",
        "labelled \"Always\" is 5. Tagged \\code{NA} are missing, and so are the values that SPSS",
        "declares missing. Where workgroups are to be called by their labels, make a factor of the",
        "column first, as \\code{haven::as_factor} does.}"
    ),
    seealso = "\\code{\\link{rc_matrix}}, \\code{\\link{relcoord_error}}",
    examples = c(
        example, "rc_read_csv(file)", "rc_survey(utils::read.csv(file))"
    )
)

write_page(
    name = "rc_read_file", aliases = "rc_read_file",
    title = "Read a survey from a file of another program",
    description = c(
        "Reads a survey as \\code{\\link{rc_read_csv}} does, from a file of SPSS (.sav, .zsav) or",
        "Stata (.dta), from a workbook (.xlsx, .ods), or from CSV: what a file is is told by its",
        "contents. The manual page \\code{relcoord-formats(3)} tells how they are read."
    ),
    arguments = c(
        "\\item{path}{Names of files of one kind; several are one survey.}",
        "\\item{sheet}{Name of the sheet of a workbook; \\code{NULL}: the first that is shown.}",
        option_items("read")
    ),
    value = "A survey, as \\code{\\link{rc_read_csv}} gives.",
    sections = c(
        "\\section{Labels and missing values}{",
        "Without a codebook, the columns of workgroups, targets, units, waves, roles and levels",
        "have the labels that a file of SPSS or Stata has of their values; with one, all values",
        "are those of the file. What SPSS users declared missing is missing, unless the codebook",
        "lists it.}",
        "\\section{What it needs}{",
        "Files of other programs are read by a library of their own, relcoord-formats. Where it is",
        "not there, all else works, and the error says what to install.}"
    ),
    seealso = "\\code{\\link{rc_read_csv}}, \\code{\\link{rc_write}}, which writes workbooks",
    examples = c(example, "rc_read_file(file)")
)

write_page(
    name = "rc_codebook", aliases = "rc_codebook", title = "Draft a codebook from data",
    description = c(
        "Guesses what each column is and lists the values seen, by the data alone or with the",
        "structure and labels that a survey system exports. Every row is a guess that somebody has",
        "to look at: the manual page \\code{relcoord-codebook(5)} tells what a codebook is, and",
        "what the second table, \\code{decisions}, means."
    ),
    arguments = c("\\item{path}{Names of CSV files, several being one survey; or a data frame.}",
                  option_items("codebook")),
    value = "A result, whose first table is the codebook.",
    seealso = "\\code{\\link{rc_read_csv}}, \\code{\\link{relcoord_result}}",
    examples = c(example, "draft <- rc_codebook(file)",
                 "rc_write(draft, file.path(tempdir(), \"codebook.csv\"))")
)

write_page(
    name = "rc_write", aliases = "rc_write", title = "Write a result to a file",
    description = paste(
        "Writes a result whole, or leaves the file as it was, whatever fails. The file keeps its",
        "permissions, a link is followed, and what is no plain file, such as a pipe, is written in",
        "place. The files that the result was made from are not written over."
    ),
    arguments = c(
        "\\item{x}{A result.}", "\\item{file}{Name of the file.}",
        paste0(
            "\\item{format}{One of ", paste0("\\code{\"", c(registry$formats$format, "xlsx"), "\"}",
                                             collapse = ", "),
            "; \\code{NULL}: by the end of the file's name.}"
        ),
        option_items("write")
    ),
    value = "The file's name, invisibly.", seealso = "\\code{\\link{relcoord_result}}",
    examples = c(
        example, "result <- rc_matrix(rc_read_csv(file))",
        "rc_write(result, file.path(tempdir(), \"matrix.html\"))"
    )
)
