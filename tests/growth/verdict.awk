# Reads lines WORK|DIMENSION|STEP|INSTRUCTIONS, the bounds first, and says by how much work grows
# when its size doubles: a table of work by dimension, then what is bounded otherwise or grows too
# fast.
#
# From the second step to the third: by the growth alone where that is most of the work, which
# leaves out what does not depend on the size; else by all of it, so that no rounding of little is
# judged.
BEGIN { FS = "|" }
FNR == NR {
    if ($0 !~ /^#/ && NF == 4) {
        bound[$1, $2] = $3
        reason[$1, $2] = $4
    }
    next
}
{
    if (!($1 in row_of)) {
        row_of[$1] = ++rows
        row[rows] = $1
    }
    if (!($2 in column_of)) {
        column_of[$2] = ++columns
        column[columns] = $2
    }
    count[$1, $2, $3] = $4
}
function growth(work, dimension,    a, b, c) {
    a = count[work, dimension, 0]
    b = count[work, dimension, 1]
    c = count[work, dimension, 2]
    if (!(a > 0 && b > 0 && c > 0))
        return 99 # it was not counted
    return c >= 2 * a && b > a ? (c - b) / (b - a) : c / b
}
function judge(work, dimension,    ratio, most, key) {
    ratio = growth(work, dimension)
    key = work SUBSEP dimension
    most = key in bound ? bound[key] : MOST
    if (key in bound)
        bounded = bounded sprintf("  %-36s %-18s %5.2f  at most %.1f: %s\n", work, dimension, \
            ratio, most, reason[key])
    used[key] = 1
    if (work == "control: a loop in the square") {
        if (ratio <= MOST)
            wrong = wrong sprintf("  %s is not seen: %.2f\n", work, ratio)
        else
            passed++
        return ratio
    }
    if (ratio > most)
        wrong = wrong sprintf("  %s by %s: %.2f, at most %.1f (instructions %s, %s, %s)\n", \
            work, dimension, ratio, most, count[work, dimension, 0], count[work, dimension, 1], \
            count[work, dimension, 2])
    else
        passed++
    return ratio
}
END {
    for (j = 1; j <= columns; j++)
        list = list sprintf("  %d %s", j, column[j])
    print "How much the instructions grow when the size doubles; dimensions:" list
    line = sprintf("  %-36s", "")
    for (j = 1; j <= columns; j++)
        line = line sprintf(" %5d", j)
    print line
    for (i = 1; i <= rows; i++) {
        line = sprintf("  %-36s", row[i])
        for (j = 1; j <= columns; j++)
            line = line ((row[i], column[j], 0) in count ? \
                sprintf(" %5.2f", judge(row[i], column[j])) : "      ")
        sub(/ +$/, "", line)
        print line
    }
    for (key in bound)
        if (!(key in used)) {
            split(key, part, SUBSEP)
            wrong = wrong sprintf("  bounds: %s by %s is not counted\n", part[1], part[2])
        }
    if (bounded != "")
        printf "Bounded otherwise:\n%s", bounded
    if (wrong != "")
        printf "FAILED: grows faster than it may:\n%s", wrong
    failed = gsub(/\n/, "\n", wrong)
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0
}
