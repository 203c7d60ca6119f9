"""Every command that is documented, as it is written: found wherever help, README, pages,
docstrings, messages and comments have one, and run.

    documented.py run                 those for a shell, and the C of README and the header
    documented.py list python|r|shell what was found, a record PLACE US CODE RS for each, for the
                                      tests in that language

Marked examples of the manual and the blocks of evaluation.md and coupling.md are not among them:
man-examples.sh and the tests of Python and R hold those against what they print.
"""
import ast
import csv
import html.parser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# What stands for something else in a command, and what is taken for it. A file has the name it is
# documented with.
PLACEHOLDERS = [
    (r"relcoord compare FIL\S*", "relcoord compare tests/golden/waves/input.csv"),
    (r"relcoord regression FIL\S*", "relcoord regression tests/golden/outcomes/input.csv "
                                    "--codebook tests/golden/outcomes/codebook.csv"),
    (r"relcoord response FIL\S*", "relcoord response tests/examples/enplan/survey.csv "
                                  "--register tests/examples/enplan/register.csv "
                                  "--codebook tests/examples/enplan/codebook.csv"),
    (r"relcoord coupling FIL\S*", "relcoord coupling tests/examples/partnership/survey.csv "
                                  "--wave 2025 --codebook tests/examples/partnership/codebook.csv"),
    (r"--builtin <\w+>", "--builtin trust"), (r"--table <\w+>", "--table options"),
    (r"--format <\w+>", "--format json"),
    (r"<analysis>|\bANALYSIS\b|\bANALYSE\b", "matrix"),
    (r"<file>|\bFILE?\b|\bFIL\b|%s\b", "answers.csv"), (r"\$HOME", "$PWD"),
]

# What is not run as it is written, and why.
EXCEPTIONS = [
    (r"relcoord %s --help", "relcoord matrix --help", "the message puts the analysis there"),
    (r"relcoord matix survey\.csv", None, "a mistake that relcoord(1) shows the answer to"),
    (r"make setup demo", "make demo", "setup installs packages: tests/install/setup.sh"),
    (r"make( [a-z-]+)*", "make --dry-run --question {} >/dev/null 2>&1; test $? -ne 2",
     "builds or tests for minutes, and is run by its own part of the tests; "
     "its goal must be there"),
    (r"make install prefix=.*", None, "installs: tests/install/install.sh"),
    (r"make FLAVOUR=.*", None,
     "builds another flavour for minutes: every flavour is a part of the tests"),
    (r"pip install \./bindings/python", None, "installs: tests/install/python.sh"),
    (r"R CMD INSTALL bindings/r", None, "installs: tests/r-package.sh"),
    (r"man relcoord", None, "needs an installed page: tests/install/install.sh"),
    (r"cc -static .*", None, "needs the installed static library: tests/install/install.sh"),
]
RUN_GOALS = {"demo", "help", "version"}
PROGRAMS = ("relcoord", ".build/bin/relcoord", "make", "man", "mandoc", "pip", "R", "cc",
            "./configure")


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def find(*patterns):
    return sorted(path.relative_to(ROOT).as_posix() for pattern in patterns
                  for path in ROOT.glob(pattern))


def said_by(*arguments, **environment):
    done = subprocess.run([os.environ["RELCOORD"], *arguments], capture_output=True, text=True,
                          env={**os.environ, "LC_ALL": "C.UTF-8", **environment})
    assert done.returncode == 0 and not done.stderr, (arguments, done.stderr)
    return done.stdout


# ---- Commands in text: on lines of their own, in quotation marks, or in running text

def blocks(text):
    """Neighbouring lines that are indented, and neighbouring ones that are not."""
    return re.findall(r"(?:^ .*\n|^[ \t]*\n)+|(?:^\S.*\n)+", text.rstrip("\n") + "\n", re.M)


def line_commands(text):
    """Those on lines of their own; what stands behind two blanks is a remark, and behind a prompt
    the output."""
    lines = [line.strip() for line in re.sub(r" *\\\n\s*", " ", text).splitlines()]
    if any(line.startswith("$ ") for line in lines):
        lines = [line[2:] for line in lines if line.startswith("$ ")]
    for line in lines:
        words = re.split(r"\s{2,}|\t", line)[0]
        for command in re.split(r", (?=make )", words):
            if command.split(" ")[0] in PROGRAMS and " " in command:
                yield command


def quoted_commands(text, programs="relcoord|make|man|R CMD|pip"):
    return (command for _, command in
            re.findall(rf"(?<!\w)([`'])((?:{programs}) [^`'\"\n]+)[`']", text))


def prose_commands(text):
    """`relcoord` or `man` with an option or a file behind it, up to the first word that can belong
    to no command."""
    words = text.split()
    for at in range(len(words) - 2):
        program = words[at].strip("(\"'`:")
        if program not in ("relcoord", "man"):
            continue
        command, wants = [program], False
        for word in words[at + 1:]:
            bare = word.rstrip(".,;:)'`\"")
            belongs = (wants or bare.startswith("-") or bare in ("FILE", "FIL", "%s")
                       or re.search(r"\w\.(csv|\d)$", bare))
            if not belongs and len(command) > 1:
                break
            command.append(bare)
            wants = bare.startswith("--") and "=" not in bare and bare != "--help" or bare == "-o"
            if bare != word:
                break
        if len(command) > 2:
            yield " ".join(command)


def text_commands(text):
    """All three, in a text whose indented blocks are literal."""
    for block in blocks(text):
        if block.lstrip("\n").startswith(" "):
            yield from line_commands(block)
        prose = "\n".join(line for line in block.splitlines()
                          if line.strip().split(" ")[0] not in PROGRAMS)
        yield from prose_commands(prose)
    yield from quoted_commands(text)


# ---- Commands in the pages

class PageCommands(html.parser.HTMLParser):
    """Neighbours in code or of arguments that begin with the tool's name, outside of displays."""

    def __init__(self):
        super().__init__()
        self.found, self.run, self.inside, self.display = [], [], [], 0

    def handle_starttag(self, tag, attributes):
        if tag == "pre":
            self.display += 1
        elif tag in ("code", "var"):
            self.inside.append(tag)
        elif tag not in ("a", "b", "i", "span", "br"):
            self.end_run()

    def handle_endtag(self, tag):
        if tag == "pre":
            self.display -= 1
        elif tag in ("code", "var"):
            self.inside.pop()
        elif tag not in ("a", "b", "i", "span"):
            self.end_run()

    def handle_data(self, data):
        if self.inside and not self.display:
            words = " ".join(data.split())
            self.run.append(f"<{words}>" if self.inside[-1] == "var" else words)
        elif data.strip() or self.display:
            self.end_run()

    def end_run(self):
        command = " ".join(self.run)
        if command.startswith(("relcoord ", "cc ", "make ")):
            self.found.append(command)
        self.run = []


def display_commands(source):
    """Those in displays that are no marked example."""
    mark = False
    for part in re.split(r"^(\.\\\" (?:example|output|formula).*\n\.Bd -literal.*"
                         r"|\.Bd -literal.*|\.Ed.*)$", source, flags=re.M):
        if part.startswith("."):
            mark = part.startswith(".\\")
            inside = not part.startswith(".Ed")
            if not part.startswith((".\\", ".Bd", ".Ed")):
                inside = False
        elif inside and not mark:
            yield from line_commands(
                part.replace("\\(aq", "'").replace("\\&", "").replace("\\e", "\\"))


def synopsis_commands(source):
    """What is not in brackets."""
    part = re.search(r"^\.Sh SYNOPSIS\n(.*?)^\.Sh", source, re.M | re.S)
    for form in re.split(r"^\.Nm relcoord\n", part[1], flags=re.M)[1:] if part else []:
        words = ["relcoord"]
        for line in form.splitlines():
            macro, _, rest = line.partition(" ")
            rest = rest.replace(" ...", "")
            words += {".Ar": [f"<{rest}>"], ".Cm": [rest], ".Fl": [f"-{rest}"]}.get(macro, [])
        yield " ".join(words)


def page_commands(page):
    source = read(page)
    inline = PageCommands()
    inline.feed(subprocess.run(["mandoc", "-Thtml", "-Ofragment", str(ROOT / page)],
                               capture_output=True, text=True, check=True).stdout)
    yield from synopsis_commands(re.sub(r"^\.\\\".*\n", "", source, flags=re.M))
    yield from display_commands(source)
    for command in inline.found:
        yield command.replace("- -", "--")


# ---- All of them for a shell, as (place, command)

def helps():
    return list(find_helps())


def find_helps():
    names = [row["name"]
             for row in csv.DictReader(said_by("analyses", "--format", "csv").splitlines())]
    for language in ("en_GB.UTF-8", "da_DK.UTF-8"):
        for name in ("", *names, "codebook", "analyses"):
            words = [name, "--help"] if name else ["--help"]
            yield " ".join(["relcoord", *words, language[:2]]), said_by(*words, LC_ALL=language)


def shell_commands():
    for place, text in [*helps(), ("README", read("README"))]:
        usage = re.match(r"relcoord \w+ FIL\S*", text)
        if usage:
            yield place, usage[0]
        for command in text_commands(text):
            yield place, command
    for page in find("man/*.[1-9]"):
        for command in page_commands(page):
            yield page, command
    for path in find("bindings/python/*.md", "bindings/r/vignettes/*.Rmd",
                     "bindings/python/relcoord/*.py", "bindings/r/R/*.R", "bindings/r/man/*.Rd",
                     "include/*.h"):
        for command in quoted_commands(re.sub(r"\\code\{([^}]*)\}", r"`\1`", read(path))):
            yield path, command
    for path in find("Makefile", "configure.ac", ".clang-format", "bindings/r/configure",
                     "bindings/r/tools/*", "tests/**/*.sh"):
        for command in quoted_commands(read(path), "make"):
            yield path, command
    for path in find("bindings/cli/*.c", "bindings/formats/**/*.c", "lib/**/*.c", "lib/words/*.po"):
        text = re.sub(r'"\s*\n\s*"', "", read(path)) # a literal in several lines
        for literal in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text):
            for command in text_commands(literal.replace("\\n", "\n")):
                yield path, command


# ---- Running them

def survey_rows():
    with open(ROOT / "tests/examples/clerkship/survey.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def make_files(folder):
    """What a reader of the manual has: the files that commands name, with examples of this tree in
    them."""
    rows = [{**row, "unit": "north" if int(row["respondent"][1:]) % 2 else "south"}
            for row in survey_rows()]
    wide = {}
    for row in rows:
        one = wide.setdefault(row["respondent"],
                              {"respondent": row["respondent"], "workgroup": row["workgroup"]})
        one.update({f"{name}_{row['target']}": row[name] for name in list(row)[3:10]})
    for name in ("survey.csv", "answers.csv", "hand.csv"):
        write_rows(folder / name, rows)
    write_rows(folder / "wide.csv", list(wide.values()))
    (folder / "dataset.csv").write_text("v,w\n1,2\n2,1\n")
    (folder / "structure.csv").write_text(
        "questionName;variableName;questionType;subType;questionText;choiceValue;choiceText\n"
        "q;v;Closed;Single;How much?;2;Agree\n"
        "q;v;Closed;Single;How much?;1;Disagree\n")
    (folder / "labels.csv").write_text("w;1;Yes\nw;2;No\n")
    (folder / "file.c").write_text(
        "#include <relcoord.h>\nint main(void) { return relcoord_version() == NULL; }\n")
    shutil.copyfile(ROOT / "tests/foreign/utf8.sav", folder / "answers.sav")
    for name in ("tests", "man", "bindings"):
        (folder / name).symlink_to(ROOT / name)
    (folder / ".build").symlink_to(ROOT / ".build")


def as_run(command):
    """What a shell is given for a documented command; None where an exception says that it is not
    run."""
    for pattern, instead, _ in EXCEPTIONS:
        if re.fullmatch(pattern, command) and not (pattern.startswith("make(")
                                                   and RUN_GOALS.issuperset(command.split()[1:])):
            return instead and instead.replace("{}", command.removeprefix("make "))
    command = re.sub(r"\s*\[[^]]*\]|\.\.\.|…", "", command)
    for pattern, instead in PLACEHOLDERS:
        command = re.sub(pattern, instead, command)
    command = re.sub(r"^\.build/bin/", "", command)
    return (command + " --help"
            if re.fullmatch(r"relcoord [a-z]+", command) and command != "relcoord analyses"
            else command)


def run_all(scratch):
    tool = Path(os.environ["RELCOORD"]).resolve()
    (scratch / "bin").mkdir(parents=True)
    (scratch / "bin/relcoord").symlink_to(tool)
    # Seen from a place's folder: $(pkg-config …) has no quotes for blanks in a path.
    (scratch / "include").symlink_to(ROOT / "include")
    (scratch / "lib").symlink_to(ROOT / ".build/lib")
    (scratch / "relcoord.pc").write_text("Name: relcoord\nDescription: this build\nVersion: 0\n"
                                         "Cflags: -I../include\nLibs: -L../lib -lrelcoord\n")
    environment = {**os.environ, "PATH": f"{scratch}/bin:{os.environ['PATH']}",
                   "PKG_CONFIG_PATH": str(scratch), "PAGER": "cat", "MANPAGER": "cat",
                   "LC_ALL": "C.UTF-8"}
    seen, passed, faults = {}, 0, []
    todo = list(shell_commands())
    places = {place for place, _ in todo}
    while todo:
        place, command = todo.pop(0)
        given = as_run(command)
        if given is None or (place, given) in seen:
            continue
        seen[place, given] = True
        folder = scratch / re.sub(r"\W+", "-", place)
        if not folder.exists():
            folder.mkdir()
            make_files(folder)
        done = subprocess.run(["sh", "-c", given], cwd=ROOT if given.startswith("make") else folder,
                              env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=600)
        if done.returncode:
            faults.append(f"{place}: {command}\n    run as: {given}\n"
                          f"    status {done.returncode}: {done.stderr.strip()[:300]}")
        passed += not done.returncode
        if given == "make demo":
            todo += [("make demo", found)
                     for found in line_commands(done.stdout[done.stdout.rindex("Try next"):])]
            places.add("make demo")
    return passed, faults, places


# ---- Options that are named without a command

def unknown_options():
    known = {"--format", "--output", "--sheet", "--form", "--help", "--version", "--no-"}
    for row in csv.DictReader(
            said_by("analyses", "--format", "csv", "--table", "options").splitlines()):
        known |= {f"--{no}{row['option'].replace('_', '-')}" for no in ("", "no-")}
    texts = [(path, re.sub(r"^\.\\\".*", "", read(path), flags=re.M))
             for path in find("README", "man/*.[1-9]", "bindings/python/*.md")]
    for place, text in texts + helps():
        lines = [line for line in text.splitlines()
                 if not re.search(r"\b(make|mandoc|pkg-config|matix)\b", line)]
        for option in re.findall(r"(?<![\w-])(?:Fl -|--)[a-z][a-z0-9_-]*", "\n".join(lines)):
            if option.replace("Fl -", "--").replace("_", "-") not in known:
                yield f"{place}: no analysis has the option {option}"


# ---- C of README and the header

C_AROUND = """#include <relcoord.h>
#include <stdio.h>
static int print(void *user, const char *bytes, size_t size) {
    return fwrite(bytes, 1, size, user) != size;
}
#define sink print
#define user stdout
"""


def c_programs():
    readme = "\n".join(re.findall(r"^    (relcoord_\w+\(.*\);)$", read("README"), re.M))
    yield "README", (
        "int main(void) {\n"
        "relcoord_survey *survey; relcoord_result *result; relcoord_error error;\n"
        f"{readme.replace('relcoord_', 'if (relcoord_').replace(');', ')) return 1;')}\n"
        "return 0; }")
    small = re.search(r"The whole of a small program.*?:\n(.*?)\* Rules",
                      read("include/relcoord.h"), re.S)[1]
    yield "include/relcoord.h", re.sub(r"^ \*", "", small, flags=re.M)


def run_c(scratch):
    faults, count = [], 0
    folder = scratch / "c"
    folder.mkdir()
    make_files(folder)
    library = Path(os.environ["RELCOORD"]).resolve().parents[1] / "lib"
    built = (library / "librelcoord.so").read_bytes()
    sanitizers = [name
                  for name, sign in (("undefined", b"__ubsan_handle"), ("address", b"__asan_init"))
                  if sign in built]
    flags = [f"-fsanitize={','.join(sanitizers)}"] if sanitizers else []
    for place, code in c_programs():
        (folder / "program.c").write_text(C_AROUND + code)
        compiler = os.environ.get("CC", "cc").split()
        done = subprocess.run([*compiler, "-std=c11", *flags, f"-I{ROOT}/include", "-o", "program",
                               "program.c", f"-L{library}", "-lrelcoord",
                               f"-Wl,-rpath,{library}"],
                              cwd=folder, capture_output=True, text=True)
        if not done.returncode:
            done = subprocess.run(["./program"], cwd=folder, capture_output=True, text=True,
                                  env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        count += not done.returncode
        if done.returncode:
            faults.append(f"{place}, its C: status {done.returncode}: {done.stderr[:300]}")
    return count, faults


# ---- For the tests of Python and R

CALL = r"(?:[\w.:]+\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))"


def section(name):
    return re.search(rf"^From {name}\b(.*?)^(?:From |A complete evaluation)", read("README"),
                     re.M | re.S)[1]


def indented(text):
    """The lines of code, each with the calls that its remark shows: `# or f(x)`, and `# .f(), .g()`
    of what is printed."""
    lines = [line[4:] for line in text.splitlines() if re.match(r"    (?!pip |R CMD )", line)]
    for line in list(lines):
        code, _, remark = line.partition("#")
        for call in re.findall(rf"\.?(?:tables\[.*?\]\.)?{CALL}", remark):
            printed = re.sub(r"^print\((.*)\)$", r"\1", code.strip())
            lines.append(printed + call if call.startswith(".")
                         else re.sub(r"\bx\b", printed, call.replace("()", "(x)")))
    return "\n".join(lines)


def python_code():
    yield "README", indented(section("Python"))
    yield "README", re.search(CALL, section("Python").split("\n")[0])[0]
    for path in find("bindings/python/relcoord/*.py"):
        tree = ast.parse(read(path))
        for node in ast.walk(tree):
            if (not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
                    or not ast.get_docstring(node)):
                continue
            text, place = ast.get_docstring(node), f"{path}: {getattr(node, 'name', 'the module')}"
            yield place, indented(text)
            for code in re.findall(rf"{CALL}(?:\.{CALL})*",
                                   re.sub(r"^    .*\n?", "", text, flags=re.M)):
                if "(" in code and re.search(r"\((?!\d\))[^)]", code):
                    yield place, code
    for path in find("bindings/python/*.md"):
        for code in re.findall(rf"`({CALL}(?:\.{CALL})*)`",
                               re.sub(r"^```.*?^```$", "", read(path), flags=re.M | re.S)):
            if not re.search(r"\(\d\)$", code):
                yield path, code


def r_code():
    yield "README", indented(section("R"))
    for code in re.findall(r"vignette\(.*?\)|help\(package = .*?\)", read("README")):
        yield "README", code
    for path in find("bindings/r/vignettes/*.Rmd"):
        for code in re.findall(rf"`({CALL})`",
                               re.sub(r"^```.*?^```$", "", read(path), flags=re.M | re.S)):
            if not re.search(r"\(\d\)$", code):
                yield path, code
    for path in find("bindings/r/man/*.Rd"):
        for code in re.findall(r"\\code\{([\w.]+\((?:[^(){}]|\([^(){}]*\))+\))\}", read(path)):
            yield path, code


def found(language):
    pairs = {"python": python_code, "r": r_code, "shell": shell_commands}[language]()
    return [(place, code) for place, code in dict.fromkeys(pairs) if code.strip()]


# ---- The whole

# No place may fall silent: what finds nothing there has gone blind.
PLACES = {"README", "Makefile", "make demo", "man/relcoord.1", "man/relcoord.3",
          "man/relcoord-codebook.5", "man/relcoord-methods.7", "bindings/python/evaluation.md",
          "bindings/r/vignettes/evaluation.Rmd", "relcoord --help en", "relcoord --help da",
          "relcoord matrix --help en", "relcoord codebook --help da", "bindings/cli/arguments.c"}


def main(words):
    if words[:1] == ["list"]:
        sys.stdout.write("".join(f"{place}\x1f{code}\x1e" for place, code in found(words[1])))
        return 0
    scratch = Path(os.environ["BUILD"]).resolve() / "documented"
    shutil.rmtree(scratch, ignore_errors=True)
    passed, faults, places = run_all(scratch)
    more, others = run_c(scratch)
    faults += (others + list(unknown_options())
               + [f"no command found in {place}" for place in sorted(PLACES - places)])
    print("".join(f"FAIL {fault}\n" for fault in faults)
          + f"documented: {passed + more} passed, {len(faults)} failed")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
