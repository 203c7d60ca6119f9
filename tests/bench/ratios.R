# What takes how long in relcoord and in the R packages that analysts use for it: psych, boot and
# multilevel, on the same answers, which both hold in memory before the clock starts. Neither reads
# or writes a file in the timed part, both use one thread, and processor time counts; figures that
# both have must agree.
#
#     BUILD=FOLDER Rscript tests/bench/ratios.R [TIES [GROUPS [R_GROUPS]]]
#
# The folder is the one with the programs generate and analysis.

arguments <- as.numeric(commandArgs(trailingOnly = TRUE))
ties <- if (length(arguments) > 0) arguments[1] else 1e7
groups <- if (length(arguments) > 1) arguments[2] else 1e5
r_groups <- if (length(arguments) > 2) arguments[3] else groups
build <- Sys.getenv("BUILD")
scratch <- tempfile()
dir.create(scratch)
file_in <- function(name) file.path(scratch, name)
whole <- function(x) format(x, scientific = FALSE)
items <- c("frequent", "timely", "accurate", "problem_solving", "shared_goals", "shared_knowledge",
           "mutual_respect")
failed <- 0

# Ours: the median of the runs, the peak memory besides the survey, and the first table.
run_ours <- function(runs, data, codebook, ...) {
    said <- system2(file.path(build, "analysis"),
                    c(runs, data, codebook, file_in("result.csv"), ...), stdout = TRUE)
    stopifnot(length(said) == 2)
    peaks <- as.numeric(strsplit(said[2], " ")[[1]])
    list(
        seconds = median(as.numeric(strsplit(trimws(said[1]), " ")[[1]])),
        megabytes = peaks[2] - peaks[1],
        table = read.csv(file_in("result.csv"))
    )
}

# Theirs: the seconds of one run, or of the median one.
run_theirs <- function(runs, f) {
    value <- NULL
    seconds <- vapply(seq_len(runs), function(i) {
        invisible(gc())
        sum(system.time(value <<- f(), gcFirst = FALSE)[c("user.self", "sys.self")])
    }, 0)
    list(seconds = median(seconds), value = value)
}

compare <- function(what, ours, theirs, who, got, wanted, tolerance, times = 1) {
    agree <- isTRUE(all(abs(got - wanted) <= tolerance * abs(wanted)))
    failed <<- failed + !agree
    cat(sprintf(
        paste0("%s\n    relcoord %.3f s, %+.0f MB besides the survey; ",
               "%s %.2f s%s: %.1f times as long; %s\n"),
        what, ours$seconds, ours$megabytes, who, theirs$seconds,
        if (times == 1) "" else sprintf(", times %.0f for the groups it did not get,", times),
        times * theirs$seconds / ours$seconds,
        if (agree) "the same figures" else "FIGURES DIFFER"
    ))
}

# ---- Alpha with its items ------------------------------------------------------------------------
# psych gives alpha with two intervals, alpha if dropped, item statistics and shares of answers. We
# give these on ties and on respondents, and omega, lambdas, split halves and levels besides;
# intervals of alpha are on respondents, of whom Feldt's formula holds. psych takes covariances
# pairwise, so that is what is asked of both.

compare_alpha <- function() {
    survey <- file_in("ties.csv")
    system2(file.path(build, "generate"), whole(ties), stdout = survey)
    ours <- run_ours(3, survey, "-", "reliability", "scale=rc", "missing=pairwise")
    unlink(survey)
    system2(file.path(build, "generate"), c(whole(ties), "--bytes"), stdout = file_in("bytes"))
    answers <- matrix(as.numeric(readBin(file_in("bytes"), "integer", 7 * ties, size = 1)),
                      ncol = 7, byrow = TRUE)
    unlink(file_in("bytes"))
    answers[answers == 0] <- NA
    colnames(answers) <- items
    theirs <- run_theirs(1, function() suppressWarnings(psych::alpha(answers)))
    alpha <- subset(ours$table, basis == "ties" & coefficient == "alpha")$value
    compare(
        sprintf("alpha with items and intervals, %s ties", whole(ties)), ours, theirs,
        "psych::alpha", alpha, theirs$value$total$raw_alpha, 1e-10
    )
}

# ---- The bootstrap -------------------------------------------------------------------------------
# boot draws 2000 times from 100 respondents x 10 targets: respondents within workgroups, or
# workgroups. Its statistics are the quickest that plain R has, cov and rowsum of the rows drawn.
# The draws differ: what must agree is what is observed. Of reliability ours are all twenty
# coefficients of both bases in every replicate, of which six are fits of a factor model; theirs is
# the alpha of ties.

hundred <- function() {
    survey <- file_in("hundred.csv")
    system2(file.path(build, "generate"), "1000", stdout = survey)
    data <- read.csv(survey)
    rows <- split(seq_len(nrow(data)), data$respondent)
    list(
        file = survey, data = data, rows = rows, answers = as.matrix(data[items]),
        workgroup = factor(data$workgroup[vapply(rows, `[`, 0L, 1L)])
    )
}

draw_theirs <- function(units, statistic, ...) {
    run_theirs(3, function() {
        set.seed(1)
        boot::boot(units, statistic, 2000, ...)
    })
}

compare_alpha_bootstrap <- function(h) {
    answers <- h$answers
    rows <- h$rows
    statistic <- function(people, draws) {
        x <- answers[unlist(rows[draws], use.names = FALSE), ]
        v <- cov(x, use = "complete.obs")
        ncol(x) / (ncol(x) - 1) * (1 - sum(diag(v)) / sum(v))
    }
    theirs <- draw_theirs(seq_along(rows), statistic, strata = h$workgroup)
    ours <- run_ours(5, h$file, "-", "reliability", "scale=rc", "ci=bootstrap", "replicates=2000")
    compare(
        "2000 replicates, twenty coefficients on two bases (boot: alpha of ties)", ours, theirs,
        "boot", subset(ours$table, basis == "ties" & coefficient == "alpha")$value,
        theirs$value$t0, 1e-10
    )
}

compare_cells_bootstrap <- function(h) {
    cell <- paste(h$data$workgroup, h$data$target)
    scores <- cbind(
        h$answers, communication = rowMeans(h$answers[, 1:4], na.rm = TRUE),
        relationship = rowMeans(h$answers[, 5:7], na.rm = TRUE),
        rc = rowMeans(h$answers, na.rm = TRUE)
    )
    answered <- !is.na(h$answers)
    scores[, "communication"][rowSums(answered[, 1:4]) < 2] <- NA
    scores[, "relationship"][rowSums(answered[, 5:7]) < 2] <- NA
    scores[, "rc"][rowSums(answered) < 4] <- NA
    there <- !is.na(scores)
    scores[!there] <- 0
    statistic <- function(people, draws) {
        at <- unlist(h$rows[draws], use.names = FALSE)
        rowsum(scores[at, ], cell[at]) / rowsum(there[at, ] + 0, cell[at])
    }
    theirs <- draw_theirs(seq_along(h$rows), statistic, strata = h$workgroup)
    ours <- run_ours(5, h$file, "-", "matrix", "ci=bootstrap", "replicates=2000")
    place <- cbind(match(paste(ours$table$workgroup, ours$table$target), sort(unique(cell))),
                   match(ours$table$dimension, colnames(scores)))
    observed <- matrix(theirs$value$t0, ncol = ncol(scores))
    compare(
        sprintf("2000 replicates, %.0f means of cells", nrow(ours$table)), ours, theirs, "boot",
        ours$table$mean, observed[place], 1e-10
    )
}

compare_icc_bootstrap <- function(h) {
    ties <- rowMeans(h$answers, na.rm = TRUE)
    ties[rowSums(!is.na(h$answers)) < 4] <- NA
    score <- vapply(h$rows, function(at) mean(ties[at], na.rm = TRUE), 0)
    members <- split(score, h$workgroup)
    n <- lengths(members)
    sums <- vapply(members, sum, 0)
    squares <- vapply(members, function(x) sum((x - mean(x))^2), 0)
    statistic <- function(groups, draws) {
        k <- n[draws]
        g <- length(k)
        within <- sum(squares[draws]) / (sum(k) - g)
        between <- sum(k * (sums[draws] / k - sum(sums[draws]) / sum(k))^2) / (g - 1)
        n0 <- (sum(k) - sum(k^2) / sum(k)) / (g - 1)
        (between - within) / (between + (n0 - 1) * within)
    }
    theirs <- draw_theirs(seq_along(n), statistic)
    ours <- run_ours(5, h$file, "-", "agreement", "scale=rc", "grouping=workgroup", "ci=bootstrap",
                     "replicates=2000")
    compare(
        "2000 replicates, ICC and what else agreement has (boot: ICC(1))", ours, theirs, "boot",
        subset(ours$table, coefficient == "icc1")$value, theirs$value$t0, 1e-10
    )
}

# ---- Agreement of many groups --------------------------------------------------------------------
# multilevel::rwg.j of each group; ours are also the other indices of agreement, analysis of
# variance and ICC.

compare_agreement <- function() {
    set.seed(3)
    n <- 5 * groups
    group <- rep(seq_len(groups), each = 5)
    usual <- sample(2:4, groups, replace = TRUE)[group]
    answers <- vapply(1:5, function(j) pmin(5L, pmax(1L, usual + sample(-1:1, n, replace = TRUE))),
                      integer(n))
    colnames(answers) <- paste0("q", 1:5)
    write.table(data.frame(id = seq_len(n), team = group, answers), file_in("groups.csv"),
        sep = ",", row.names = FALSE, quote = FALSE
    )
    writeLines(c(
        "variable,role,scale", "id,respondent,", "team,workgroup,", sprintf("q%d,item,climate", 1:5)
    ), file_in("groups-codebook.csv"))
    some <- group <= r_groups
    theirs <- run_theirs(1, function() multilevel::rwg.j(answers[some, ], group[some], ranvar = 2))
    ours <- run_ours(3, file_in("groups.csv"), file_in("groups-codebook.csv"), "agreement",
                     "grouping=workgroup")
    got <- subset(ours$table, coefficient == "rwg_j_mean")$value
    wanted <- mean(theirs$value$rwg.j)
    if (r_groups < groups)
        got <- wanted <- 0
    compare(
        sprintf("rwg(J) of %s groups of 5", whole(groups)), ours, theirs,
        sprintf("multilevel::rwg.j of %s groups", whole(r_groups)), got, wanted, 1e-10,
        groups / r_groups
    )
}

cat(paste0("processor seconds, data in memory, one thread; ",
           "median of runs, of R's alpha and rwg(J) one run\n"))
compare_alpha()
with_hundred <- hundred()
compare_alpha_bootstrap(with_hundred)
compare_cells_bootstrap(with_hundred)
compare_icc_bootstrap(with_hundred)
compare_agreement()
unlink(scratch, recursive = TRUE)
quit(status = failed > 0)
