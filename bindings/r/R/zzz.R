# At load: the functions that follow from the registry. An analysis is rc_NAME; so is one that a
# later library adds. NAMESPACE exports what begins with rc_.

function_definitions <- function() {
    analyses <- registry$analyses$name
    made <- lapply(analyses, function(name) {
        function_of(name, alist(survey = ), "run_named", list(as.name("survey"), name))
    })
    names(made) <- paste0("rc_", analyses)
    c(made, list(
        rc_read_csv = function_of("read", alist(path = , codebook = NULL), "read_csv",
                                  list(as.name("path")), "path"),
        rc_read_file = function_of(
            "read", alist(path = , sheet = NULL, codebook = NULL), "read_file",
            lapply(c("path", "sheet"), as.name), c("path", "sheet")
        ),
        rc_codebook = function_of("codebook", alist(path = character()), "draft_codebook",
                                  list(as.name("path")), "path"),
        rc_survey = function_of("read", alist(data = , codebook = NULL), "import_frame",
                                list(as.name("data")), "data"),
        rc_write = function_of("write", alist(x = , file = , format = NULL), "write_result",
                               lapply(c("x", "file", "format"), as.name))
    ))
}

.onLoad <- function(libname, pkgname) {
    load_registry()
    made <- function_definitions()
    space <- environment(function_of) # the package's namespace, which is not sealed yet
    for (name in names(made))
        assign(name, made[[name]], envir = space)
}

# No .onUnload: the shared library stays loaded, because handles that are still about have their
# finalizers in it.
