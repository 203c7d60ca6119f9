"""Makes the extension relcoord._binding: declarations from relcoord.h, linked to an installed
librelcoord of the tree's own version, or else built of the tree's sources.

RELCOORD_BUILD=installed or =sources in the environment asks for one of the two."""
import os
import re
import shlex
import subprocess
from pathlib import Path

from cffi import FFI

here = Path(__file__).resolve().parent

# What the library calls back, and what binding.h adds to it.
CALLBACKS = """
extern "Python" int report_progress(void *user, double share);
extern "Python" int64_t give_bytes(void *user, void *buffer, size_t capacity);
extern "Python" int take_bytes(void *user, const char *bytes, size_t size);
void mark_schema_released(struct ArrowSchema *schema);
void mark_array_released(struct ArrowArray *array);
void open_batch(struct ArrowArrayStream *stream, struct ArrowSchema *schema,
                struct ArrowArray *array);
struct ArrowArrayStream *new_stream(void);
void free_stream(struct ArrowArrayStream *stream);
void *stream_destructor(void);
"""


def find_tree():
    """The folder that holds lib/ and include/: the tree's top, or core/ in a source archive."""
    for folder in (here / "core", here.parent.parent):
        if (folder / "include" / "relcoord.h").is_file():
            return folder
    raise SystemExit(
        "the sources of librelcoord are neither in core/ nor two folders above setup.py")


def read_version():
    header = (find_tree() / "include" / "relcoord.h").read_text(encoding="utf-8")
    return ".".join(re.findall(r"^#define RELCOORD_VERSION_\w+ (\d+)$", header, re.MULTILINE))


def find_formats():
    """What relcoord-formats is built of, and how it is loaded."""
    return find_tree() / "bindings" / "formats"


def read_declarations(header):
    """The header without what is for the preprocessor and for C++: all that stays is plain C."""
    text = re.sub(r"^#ifdef __cplusplus\n.*?^#endif\n", "", header, flags=re.DOTALL | re.MULTILINE)
    return re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)


def ask_pkg_config(*questions):
    command = [os.environ.get("PKG_CONFIG", "pkg-config"), *questions, "relcoord"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def use_installed():
    """How to link an installed library, which is also where it is found when it runs."""
    folders = [word[2:]
               for word in shlex.split(ask_pkg_config("--libs-only-L", "--keep-system-libs"))]
    words = shlex.split(ask_pkg_config("--cflags", "--libs", "--keep-system-libs",
                                       "--keep-system-cflags"))
    return {
        "include_dirs": [word[2:] for word in words if word.startswith("-I")],
        "library_dirs": folders,
        "runtime_library_dirs": folders,
        "libraries": [word[2:] for word in words if word.startswith("-l")],
    }


def use_sources():
    """How to build the library into the extension; its sources are list_sources()'s."""
    tree = find_tree()
    found = find_format_libraries()
    macros = {"FORMATS_INSIDE": found, "HAVE_READSTAT": "readstat" in found}
    return {
        "include_dirs": [str(tree / "include"), str(tree / "lib")],
        "libraries": ["csv", "gsl", "gslcblas", "m", "pthread", *found],
        "define_macros": [("_POSIX_C_SOURCE", "200809L"),
                          *((name, None) for name, wanted in macros.items() if wanted)],
        "extra_compile_args": ["-std=c11", "-fvisibility=hidden", "-ffp-contract=off", "-pthread"],
    }


def has_header(name):
    command = [*shlex.split(os.environ.get("CC", "cc")),
               *shlex.split(os.environ.get("CPPFLAGS", "")), "-E", "-"]
    try:
        return subprocess.run(command, input=f"#include <{name}>", capture_output=True,
                              text=True).returncode == 0
    except FileNotFoundError:
        return False


def find_format_libraries():
    """What relcoord-formats links, where it can be built: then it is part of the extension, as the
    library is, so that both are of one build. Else an installed one of the same version is loaded
    when a file asks for it."""
    if not (has_header("expat.h") and has_header("zlib.h")):
        return []
    return ["expat", "z", *(["readstat"] if has_header("readstat.h") else [])]


def is_installed():
    asked = os.environ.get("RELCOORD_BUILD")
    if asked not in (None, "", "installed", "sources"):
        raise SystemExit(f"RELCOORD_BUILD is installed or sources, not {asked}")
    installed = ask_pkg_config("--modversion")
    if asked == "installed" and installed is None:
        raise SystemExit("pkg-config finds no relcoord")
    return asked == "installed" or (not asked and installed == read_version())


def make_catalogue(folder):
    """Compiles the catalogues of words into a source in a folder, as the tree's Makefile does. A
    source archive brings it along."""
    words = find_tree() / "lib" / "words"
    catalogues = sorted(str(path) for path in words.glob("*.po"))
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "catalogue.c", "w", encoding="utf-8") as file:
        subprocess.run(["awk", "-f", str(words / "compile.awk"), *catalogues], stdout=file,
                       check=True, env={**os.environ, "LC_ALL": "C"})
    return str(folder / "catalogue.c")


def list_sources(folder):
    """What has to be compiled beside the extension itself; what has to be made for that goes into a
    folder."""
    formats = find_formats()
    loading = [formats / "kind.c", formats / "load.c"]
    if is_installed():
        return sorted(map(str, loading))
    inside = formats.glob("**/*.c") if find_format_libraries() else []
    sources = sorted({str(path) for path in [*find_tree().glob("lib/**/*.c"), *loading, *inside]})
    if not (find_tree() / "lib" / "words" / "catalogue.c").is_file():
        sources.append(make_catalogue(Path(folder)))
    return sources


def make_builder():
    library = use_installed() if is_installed() else use_sources()
    headers = [Path(library["include_dirs"][0], "relcoord.h"), find_formats() / "load.h"]
    library["include_dirs"].append(str(find_formats()))
    builder = FFI()
    for header in headers:
        builder.cdef(read_declarations(header.read_text(encoding="utf-8")))
    builder.cdef(CALLBACKS)
    source = ('#include "relcoord.h"\n#include "load.h"\n'
              + (here / "binding.h").read_text(encoding="utf-8"))
    builder.set_source("relcoord._binding", source, **library)
    return builder
