#!/bin/sh
# A network as GraphML, read back: by xmllint, and, where R has igraph, as the network that the
# tables say it is. Takes the tool from $RELCOORD, works below $BUILD.
set -u
: "${RELCOORD:?is the path of the tool}" "${BUILD:?is a scratch folder}"
root=$(cd "$(dirname "$0")/../.." && pwd)
survey=$root/tests/golden/network/input.csv
work=$BUILD/graphml
rm -rf "$work"
mkdir -p "$work" && cd "$work" || exit 3
cp "$survey" survey.csv && survey=survey.csv

# shellcheck disable=SC1091 # it is looked at on its own
. "$root/tests/verdict.sh"

command -v xmllint >/dev/null || {
    echo "xmllint is missing: run 'make setup', which installs it" >&2
    exit 1
}

cat >hostile.csv <<'END'
respondent,workgroup,target,frequent,timely,accurate,problem_solving,shared_goals,shared_knowledge,mutual_respect,unit
1,"<script>alert('1')</script>","a|b & ""d"" ]]>
e",4,4,5,3,4,4,5,"</data><b onclick=""x"">"
2,"a|b & ""d"" ]]>
e","<script>alert('1')</script>",4,3,5,3,4,,5,"</data><b onclick=""x"">"
END
for call in "$survey" "$survey --by unit --between-strong 3" 'hostile.csv' \
    'hostile.csv --by unit,workgroup' 'hostile.csv --by unit'; do
    # shellcheck disable=SC2086 # several words
    { "$RELCOORD" network $call --format graphml -o net.graphml &&
        xmllint --noout net.graphml; } 2>&1 | verdict "$call is well formed XML"
done
xmllint --xpath 'string(//*[local-name()="node"][1]/*[1])' net.graphml |
    grep -vxF "<script>alert('1')</script>" | verdict 'a hostile label comes back'

# The tool in Danish writes the same file.
{
    "$RELCOORD" network "$survey" --format graphml --lang da -o danish.graphml
    "$RELCOORD" network "$survey" --format graphml -o english.graphml
    cmp english.graphml danish.graphml
} 2>&1 | verdict 'no language shows'

# ---- igraph reads what the tables say ----

if Rscript -e 'loadNamespace("igraph")' >/dev/null 2>&1; then
    "$RELCOORD" network "$survey" --by unit --between-strong 3 --format graphml -o net.graphml
    for table in workgroups cells indices; do
        "$RELCOORD" network "$survey" --by unit --between-strong 3 --table $table --format csv \
            -o $table.csv
    done
    Rscript - <<'END' 2>&1 | verdict 'igraph reads the network of the tables'
suppressMessages(library(igraph))
g <- read_graph("net.graphml", format = "graphml")
nodes <- read.csv("workgroups.csv")
cells <- read.csv("cells.csv")
indices <- read.csv("indices.csv")
same <- function(what, a, b)
    if (!isTRUE(all.equal(a, b, tolerance = 1e-14, check.attributes = FALSE)))
        cat(what, "differs\n")
nodes <- nodes[nodes$in_network == "yes", ]
cells <- cells[!is.na(cells$mean), ]
if (!is_directed(g)) cat("not directed\n")
same("names", V(g)$name, nodes$workgroup)
same("labels", V(g)$label, nodes$workgroup)
for (a in c("unit", "n", "in_strength", "out_strength", "own", "silo", "in_degree", "out_degree"))
    same(a, vertex_attr(g, a), nodes[[a]])
ends <- ends(g, E(g), names = FALSE)
same("sources", V(g)$name[ends[, 1]], cells$workgroup)
same("targets", V(g)$name[ends[, 2]], cells$target)
for (a in c("unit", "mean", "n", "strong")) same(a, edge_attr(g, a), cells[[a]])
se <- edge_attr(g, "se")
same("se", ifelse(is.nan(se), NA, se), cells$se)
for (unit in unique(nodes$unit)) {
    own <- delete_edges(induced_subgraph(g, V(g)$unit == unit), integer(0))
    strong <- delete_edges(own, E(own)[strong == 0])
    value <- function(name) indices$value[indices$unit == unit & indices$index == name]
    same("density", ecount(strong) / ecount(own), value("density"))
    same("in degrees", degree(strong, mode = "in"), nodes$in_degree[nodes$unit == unit])
    same("parts", count_components(strong, mode = "weak"), value("parts"))
    same("weighted density", mean(E(own)$mean), value("weighted_density"))
}
END
else
    echo "graphml: R has no igraph; only xmllint has read the files"
fi

report graphml
