# Fills a page in from what `relcoord analyses --format csv` lists: where a line of it is
#     .\" the analyses, from the registry
#     .\" their options, from the registry
# it puts the list. LC_ALL=C awk -f fill.awk analyses.csv tables.csv options.csv PAGE

# A line of CSV into cell[1], cell[2] …; no value has a line's end in it.
function split_cells(line,    count, value) {
    split("", cell)
    while (line != "") {
        if (match(line, /^"([^"]|"")*"/)) {
            value = substr(line, 2, RLENGTH - 2)
            gsub(/""/, "\"", value)
        } else {
            match(line, /^[^,]*/)
            value = substr(line, 1, RLENGTH)
        }
        cell[++count] = value
        line = substr(line, RLENGTH + 2)
    }
}

FNR == 1 {
    kind = FILENAME
    sub(/.*\//, "", kind)
    in_page = kind !~ /\.csv$/
}
!in_page && FNR == 1 { next }
!in_page { split_cells($0) }

kind == "analyses.csv" {
    analyses[++analysis_count] = cell[1]
    summary[cell[1]] = cell[2]
    needs[cell[1]] = cell[4]
    weighted[cell[1]] = cell[5]
}
kind == "tables.csv" {
    tables[cell[1]] = tables[cell[1]] (tables[cell[1]] == "" ? "" : " , ") cell[2]
}
# The same option of several analyses is one; another of that name comes behind it.
kind == "options.csv" && cell[1] in summary {
    if (cell[7] >= 1e9) # as good as none
        cell[7] = ""
    words = cell[3] SUBSEP cell[4] SUBSEP cell[5] SUBSEP cell[6] SUBSEP cell[7] SUBSEP cell[9]
    key = cell[2] SUBSEP words
    if (!(key in takers)) {
        if (!(cell[2] in variants))
            names[++name_count] = cell[2]
        variant[cell[2], ++variants[cell[2]]] = key
    }
    takers[key] = takers[key] " " cell[1] " "
    takers_count[key]++
}

# ---- Writing ----

# Words as text of the page, in lines of at most 85 columns; a line's first dot would be a macro.
function print_words(words,    line, count, word, i) {
    gsub(/\\/, "\\e", words)
    count = split(words, word, " ")
    for (i = 1; i <= count; i++) {
        if (line != "" && length(line) + 1 + length(word[i]) > 85) {
            print line
            line = ""
        }
        line = line (line == "" ? (word[i] ~ /^[.\047]/ ? "\\&" : "") : " ") word[i]
    }
    print line
}
function sentence(words) { return toupper(substr(words, 1, 1)) substr(words, 2) "." }

function print_analyses(    i, name) {
    print ".Bl -tag -width reliability"
    for (i = 1; i <= analysis_count; i++) {
        name = analyses[i]
        print ".It Cm " name
        print_words(sentence(summary[name]))
        if (needs[name] != "")
            print_words("It needs " needs[name] ".")
        print tables[name] ~ /,/ ? "Tables:" : "Table:"
        print ".Ic " tables[name] " ."
    }
    print ".El"
}

# "a", "a and b", "a , b and c": macro lines around the "and".
function print_names(names_of, end,    count, name, i, all) {
    count = split(names_of, name, " ")
    if (count == 1) {
        print ".Cm " name[1] end
        return
    }
    for (i = 1; i < count; i++)
        all = all (i > 1 ? " , " : "") name[i]
    print ".Cm " all
    print "and"
    print ".Cm " name[count] end
}

# What takes weights only to ignore them.
function unweighted(key,    i, all) {
    for (i = 1; i <= analysis_count; i++)
        if (index(takers[key], " " analyses[i] " ") && weighted[analyses[i]] == 0)
            all = all " " analyses[i]
    return all
}

function others(key,    i, all) {
    for (i = 1; i <= analysis_count; i++)
        if (!index(takers[key], " " analyses[i] " "))
            all = all " " analyses[i]
    return all
}

function print_option(key,    part, name, type, initial, help, lower) {
    split(key, part, SUBSEP)
    name = part[1]; type = part[2]; initial = part[3]; help = part[7]
    gsub(/_/, "-", name)
    if (type == "choice") {
        gsub(/\|/, " | ", part[4])
        print ".It Fl -" name " Cm " part[4]
    } else {
        print ".It Fl -" name (type == "flag" ? "" : " Ar " type)
    }
    if (takers_count[key] <= analysis_count / 2) {
        print "Of"
        print_names(takers[key], " :")
        print_words(help ".")
    } else {
        print_words(sentence(help))
    }
    if (part[5] != "" && type != "choice")
        print_words("From " part[5] (part[6] == "" ? "" : " to " part[6]) \
            (initial == "" ? "." : "; " initial " by default."))
    else if (initial != "" && type != "flag") {
        print ".Cm " initial
        print "by default."
    }
    if (takers_count[key] > analysis_count / 2 && takers_count[key] < analysis_count) {
        print "Not taken by"
        print_names(others(key), " .")
    }
    if (part[1] == "weights") {
        print "Has to be"
        print ".Cm ignore"
        print "for"
        print_names(unweighted(key), " ,")
        print "which are not defined with weights."
    }
}

function print_options(    i, j) {
    print ".Bl -tag -width Ds"
    for (i = 1; i <= name_count; i++)
        for (j = 1; j <= variants[names[i]]; j++)
            print_option(variant[names[i], j])
    print ".El"
}

in_page && /^\.\\" the analyses, from the registry$/ { print_analyses(); filled++; next }
in_page && /^\.\\" their options, from the registry$/ { print_options(); filled++; next }
in_page { print }
END {
    if (filled != 2) {
        print "fill.awk: " filled + 0 " of 2 lists have a place" >"/dev/stderr"
        exit 1
    }
}
