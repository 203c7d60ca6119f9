# A result's table as a picture, from what its columns are: keys are labels, the first estimate is a
# point, the bounds of its interval are a line. Base graphics alone, so that nothing else is needed.

plot.relcoord_result <- function(x, table = NULL, rows = NULL, ...) {
    table <- choose_table(x, table)
    got <- read_table(x, table)
    data <- got$data[if (is.null(rows)) best_rows(x$analysis, table, got$data) else rows, ,
                     drop = FALSE]
    able <- vapply(data, function(values) is.numeric(values) && any(is.finite(values)), NA)
    shown <- c(names(data)[able & got$kinds == "estimate"],
               names(data)[able & got$kinds == "count"])[1]
    if (is.na(shown))
        refuse("table '", table, "' has nothing to plot")
    keys <- names(data)[got$kinds == "key"]
    bounds <- names(data)[got$kinds == "interval"]
    if (length(bounds) != 2 || got$kinds[shown] != "estimate")
        bounds <- c(shown, shown)
    limits <- range(unlist(data[c(shown, bounds)]), finite = TRUE)
    panels <- split_panels(data, keys)
    old <- par(no.readonly = TRUE)
    on.exit(par(old))
    par(mfrow = grDevices::n2mfrow(length(panels)))
    for (name in names(panels))
        draw_panel(panels[[name]], head_keys(keys, panels), shown, bounds, limits, name, ...)
    invisible(x)
}

# The rows of the table's best view, which are all where it has no filter.
best_rows <- function(analysis, table, data) {
    views <- registry$views[registry$views$analysis == analysis & registry$views$table == table, ]
    filter <- views$filter[1]
    if (is.na(filter) || filter == "")
        return(rep(TRUE, nrow(data)))
    halves <- strsplit(filter, "=", fixed = TRUE)[[1]]
    data[[halves[1]]] == halves[2]
}

# One panel for each value of the last key, in the table's order, if other keys tell rows apart.
split_panels <- function(data, keys) {
    if (length(keys) < 2)
        return(list(" " = data))
    last <- data[[keys[length(keys)]]]
    split(data, factor(last, levels = unique(last)))
}

head_keys <- function(keys, panels) {
    if (identical(names(panels), " ")) keys else keys[-length(keys)]
}

draw_panel <- function(data, keys, shown, bounds, limits, name, ...) {
    labels <- do.call(paste, c(unname(lapply(data[keys], as.character)), sep = " - "))
    places <- rev(seq_along(labels))
    widest <- max(graphics::strwidth(labels, units = "inches", cex = 0.8))
    par(mai = c(0.7, min(widest, par("fin")[1] / 2) + 0.2, 0.4, 0.1))
    plot.new()
    plot.window(limits, c(0.5, max(places, 1) + 0.5), ...)
    abline(h = places, col = "grey90")
    segments(data[[bounds[1]]], places, data[[bounds[2]]], places)
    points(data[[shown]], places, pch = 19)
    axis(1)
    axis(2, at = places, labels = labels, las = 1, tick = FALSE, cex.axis = 0.8, line = -0.5)
    box()
    title(main = name, xlab = shown)
}
