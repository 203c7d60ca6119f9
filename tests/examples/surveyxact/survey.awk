# The invented survey's tables, fields apart by the byte 31: -v table=dataset, structure or labels.
# Codes do not follow the scales, some texts end in blanks, and some hold separators and quotation
# marks.

function draw(from, to) { # the minimal standard generator, whole in a double
    seed = (seed * 16807) % 2147483647
    return from + int(seed / 2147483647 * (to - from + 1))
}
function row(a, b, c, d, e, f, g) {
    print a FS b FS c FS d FS e FS f FS g
}

# A question with one answer: its choices as VALUE=TEXT, apart by '/'.
function single(question, variable, kind, text, choices,    part, count, i, value, label) {
    count = split(choices, part, "/")
    for (i = 1; i <= count; i++) {
        value = label = part[i]
        sub(/=.*/, "", value)
        sub(/^[^=]*=/, "", label)
        if (table == "structure")
            row(question, variable, kind, "Single", text, value, label (i % 2 ? "  " : ""))
        else
            print variable FS value FS label (i % 2 ? "" : " ")
    }
}

# A question with several answers: a 0/1 column each.
function multiple(question, variable, text, options,    part, count, i) {
    count = split(options, part, "/")
    for (i = 1; i <= count; i++) {
        if (table == "structure")
            row(question, variable "_" i, "Closed", "Multiple", text, i, part[i])
        else
            print variable "_" i FS "0" FS "Ikke valgt\n" variable "_" i FS "1" FS "Valgt"
    }
}

function open_question(question, variable, sub_type, text) {
    if (table == "structure")
        row(question, variable, "Open", sub_type, text, "", "")
}

function battery(question, text, choices, rows,    part, count, i) {
    count = split(rows, part, "/")
    for (i = 1; i <= count; i++)
        single(question, question "_" i, "Matrix", text " - " part[i], choices)
}

function describe(    d) {
    if (table == "structure")
        row("questionName", "variableName", "questionType", "subType", "questionText", \
            "choiceValue", "choiceText")
    open_question("id", "id", "Double", "Respondentens nummer")
    single("fag", "fag", "Closed", "Hvilken faggruppe tilhører du?", \
        "3=Læger/1=Sygeplejersker/2=Fysio- og ergoterapeuter")
    single("afdeling", "afdeling", "Closed", "Hvor arbejder du?", \
        "2=Nord, 1. sal/1=Syd; \"kælderen\"/4=Øst")
    for (d = 1; d <= 7; d++)
        battery("s_" d, question[d], degrees, "Læger/Sygeplejersker/Fysio- og ergoterapeuter")
    battery("s_8", "Hvor enig er du i følgende?", agreement, \
        "Vi når det, vi skal/Møderne er korte/Jeg bliver hørt")
    single("s_9", "s_9", "Closed", "Hvor tilfreds er du alt i alt med samarbejdet?", \
        "1=1 (slet ikke)/2=2/3=3/4=4/5=5/6=6/7=7 (helt)")
    multiple("s_10", "s_10", "Hvilke møder deltager du i?", \
        "Stuegang/Tavlemøde/\"Huddle\", den korte")
    open_question("s_11", "s_11", "String", "Hvad vil du ellers sige?")
    multiple("statoverall", "stato", "Samlet status", \
        "Ny/Distribueret/Nogen svar/Gennemført/Frafaldet")
}

function answer(status, first, last, share) {
    if (status == 4 || (status == 3 && draw(1, 2) == 1))
        return draw(1, 20) == 1 ? "" : draw(first, last)
    return ""
}

function person(id,    line, i, status, several, trade) {
    status = draw(1, 10)
    status = status <= 6 ? 4 : status == 7 ? 3 : status == 8 ? 2 : status == 9 ? 5 : 1
    trade = draw(1, 3)
    line = 1000 + id FS trade FS (draw(1, 9) == 1 ? "4 " : draw(1, 2))
    for (i = 1; i <= 21; i++)
        line = line FS answer(status, 1, 6)
    for (i = 1; i <= 3; i++)
        line = line FS answer(status, 1, 6)
    line = line FS answer(status, 1, 7)
    several = status == 4
    for (i = 1; i <= 3; i++)
        line = line FS (several ? draw(0, 1) : "")
    line = line FS (status == 4 && draw(1, 3) == 1 ? "Godt; men \"travlt\", " id ". dag" : "")
    for (i = 1; i <= 5; i++)
        line = line FS (i == status ? 1 : 0)
    print line
}

function heading(    line, d, i) {
    line = "id" FS "fag" FS "afdeling"
    for (d = 1; d <= 8; d++)
        for (i = 1; i <= 3; i++)
            line = line FS "s_" d "_" i
    line = line FS "s_9" FS "s_10_1" FS "s_10_2" FS "s_10_3" FS "s_11"
    for (i = 1; i <= 5; i++)
        line = line FS "stato_" i
    print line
}

BEGIN {
    FS = "\037"
    seed = 2026
    degrees = "1=I meget høj grad/2=I høj grad/3=I nogen grad/5=I lav grad/4=I meget lav grad" \
        "/6=Ved ikke"
    agreement = "5=Meget enig/4=Enig/3=Hverken enig eller uenig/2=Uenig/1=Meget uenig/6=Ved ikke"
    question[1] = "I hvilken grad taler I hyppigt nok sammen om patienterne?"
    question[2] = "I hvilken grad giver de dig besked rettidigt?"
    question[3] = "I hvilken grad er det, de siger, korrekt?"
    question[4] = "Når der opstår problemer, i hvilken grad løser I dem sammen?"
    question[5] = "I hvilken grad har I samme mål for patienterne?"
    question[6] = "I hvilken grad kender de dit arbejde?"
    question[7] = "I hvilken grad møder de dit arbejde med respekt?"
    if (table != "dataset") {
        describe()
        exit
    }
    heading()
    for (i = 1; i <= 60; i++)
        person(i)
}
