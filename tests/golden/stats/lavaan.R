# Factor models as lavaan fits them, to more digits than it prints: what factor.R and the cases of
# the analysis `factor` hold relcoord against.
suppressPackageStartupMessages({
    library(lavaan)
    library(semTools)
})

# On its way lavaan prints matrices that are not positive definite.
quiet <- function(expr) {
    capture.output(value <- suppressWarnings(suppressMessages(expr)))
    value
}
fit_at <- function(model, start, ...)
    quiet(cfa(model, std.lv = TRUE, start = start, optim.method = "none", check.start = FALSE,
              optim.force.converged = TRUE, ...))

polish <- function(model, ...) {
    fit <- quiet(cfa(model, std.lv = TRUE, optim.force.converged = TRUE, ...))
    step_of <- function(fit) solve(lavInspect(fit, "hessian"), c(lavInspect(fit, "gradient")))
    for (round in 1:4) {
        table <- parTable(fit)
        free <- table$free > 0
        table$est[free] <- table$est[free] - step_of(fit)[table$free[free]]
        fit <- fit_at(model, table, ...)
    }
    stopifnot(max(abs(step_of(fit))) < 1e-10)
    fit
}

# ---- Figures of a fit

rmsea_interval <- function(chisq, df, n, scaling = 1) {
    if (df == 0) return(c(0, 0))
    bound <- function(probability) {
        if (pchisq(chisq, df) <= probability) return(0)
        root <- uniroot(function(l) pchisq(chisq, df, ncp = l) - probability,
                        c(0, 10 * chisq + 100), tol = 1e-13 * chisq)
        sqrt(scaling * root$root / (n * df))
    }
    c(bound(.95), bound(.05))
}
# lavaan would begin the model of independent items where the other ended, and not move; it gets the
# exact variances.
measures <- function(fit, items, variances, ...) {
    model <- paste(sprintf("%s ~~ start(%.17g)*%s", items, variances, items), collapse = "\n")
    independent <- quiet(lavaan(model, optim.method = "none", optim.force.converged = TRUE, ...))
    fitMeasures(fit, baseline.model = independent)
}
indices <- function(m) {
    ci <- rmsea_interval(m[["chisq"]], m[["df"]], m[["ntotal"]])
    stopifnot(abs(ci - m[c("rmsea.ci.lower", "rmsea.ci.upper")]) < 2e-5)
    p <- if (m[["df"]] > 0) pchisq(m[["chisq"]], m[["df"]], lower.tail = FALSE) else NaN
    list(df = m[["df"]], baseline_df = m[["baseline.df"]],
         fit = c(m[["chisq"]], p, m[["cfi"]], m[["tli"]], m[["rmsea"]], ci, m[["srmr"]],
                 m[["baseline.chisq"]]))
}
robust_indices <- function(m) {
    c_hat <- m[["chisq.scaling.factor"]]
    ci <- rmsea_interval(m[["chisq.scaled"]], m[["df"]], m[["ntotal"]], c_hat)
    stopifnot(abs(ci - m[c("rmsea.ci.lower.robust", "rmsea.ci.upper.robust")]) < 2e-5)
    c(m[["chisq.scaled"]], pchisq(m[["chisq.scaled"]], m[["df"]], lower.tail = FALSE),
      m[["cfi.robust"]], m[["tli.robust"]], m[["rmsea.robust"]], ci, c_hat,
      m[["baseline.chisq.scaling.factor"]])
}
signs <- function(fit) {
    e <- parameterEstimates(fit)
    e <- e[e$op == "=~", ]
    ifelse(tapply(e$est, factor(e$lhs, unique(e$lhs)), sum) < 0, -1, 1)
}
# Values and standard errors, factors turned to a sum that is not negative.
estimates <- function(fit, items) {
    e <- parameterEstimates(fit)
    s <- standardizedSolution(fit)
    sign <- signs(fit)
    take <- function(t, value) {
        l <- t[t$op == "=~", ]
        l <- l[match(items, l$rhs), ]
        r <- t[t$op == "~~" & t$lhs == t$rhs, ]
        r <- r[match(items, r$lhs), ]
        list(rbind(l[[value]] * sign[l$lhs], l$se), rbind(r[[value]], r$se))
    }
    plain <- take(e, "est")
    std <- take(s, "est.std")
    cor <- e[e$op == "~~" & e$lhs == "f" & e$rhs == "g", ]
    named <- function(name) unlist(e[e$lhs == name, c("est", "se")])
    list(loading = plain[[1]], residual = plain[[2]], loading_std = std[[1]],
         residual_std = std[[2]],
         correlation = if (nrow(cor)) c(cor$est * prod(sign), cor$se) else c(NaN, NaN),
         omega = if (nrow(cor)) c(NaN, NaN) else named("omega"),
         omega_std = if (nrow(cor)) c(NaN, NaN) else named("omega_std"))
}
model_of <- function(items, factor_of) {
    text <- paste("f =~", paste(items[factor_of == 0], collapse = " + "))
    if (any(factor_of == 1))
        return(paste0(text, "\ng =~ ", paste(items[factor_of == 1], collapse = " + ")))
    sum_of <- function(x) paste(x, collapse = " + ")
    l <- paste0("l", seq_along(items)); e <- paste0("e", seq_along(items))
    std <- sprintf("%s/sqrt(%s^2 + %s)", l, l, e)
    paste0("f =~ ", sum_of(paste0(l, "*", items)), "\n",
           paste0(items, " ~~ ", e, "*", items, collapse = "\n"), "\n",
           "omega := (", sum_of(l), ")^2/((", sum_of(l), ")^2 + ", sum_of(e), ")\n",
           "omega_std := (", sum_of(std), ")^2/((", sum_of(std), ")^2 + ",
           sum_of(sprintf("%s/(%s^2 + %s)", e, l, e)), ")")
}
