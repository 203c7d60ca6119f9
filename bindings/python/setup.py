"""Builds the package: the extension by cffi, and the stub from the registry of the library it was
built with.

In the tree everything that is made lies below .build/ at its top; a source archive takes the
library's sources along as core/, so that it builds without the tree."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_ext import build_ext
from setuptools.command.sdist import sdist

here = Path(__file__).resolve().parent
sys.path.insert(0, str(here))
import build_binding  # noqa: E402  beside this file, which is not on the path of an isolated build

WRITE_STUB = """
import sys
sys.path.insert(0, sys.argv[1])
from relcoord._stub import make_stub
with open(sys.argv[2], "w", encoding="utf-8") as file:
    file.write(make_stub())
"""


class BuildWithStub(build_ext):
    """The stub lists the analyses that the library has, which is known once it can be asked."""

    def build_extension(self, ext):
        # Only now, because what is listed earlier goes into archives under the path that it has
        # here.
        ext.sources = [*ext.sources, *build_binding.list_sources(self.build_temp)]
        super().build_extension(ext)

    def run(self):
        super().run()
        if not self.inplace:
            stub = os.path.join(self.build_lib, "relcoord", "__init__.pyi")
            subprocess.run([sys.executable, "-c", WRITE_STUB, self.build_lib, stub], check=True)


class ArchiveWithCore(sdist):
    def make_release_tree(self, base_dir, files):
        super().make_release_tree(base_dir, files)
        for name in ("lib", "include", "bindings/formats", "COPYING"):
            source, target = build_binding.find_tree() / name, Path(base_dir, "core", name)
            if source.is_dir():
                shutil.copytree(source, target, dirs_exist_ok=True)
            else:
                shutil.copy2(source, target)
        build_binding.make_catalogue(Path(base_dir, "core", "lib", "words"))


def place_what_is_made():
    """Options that keep what is made below .build/. It is made anew each time, as it depends on
    more than setuptools sees: which library is linked, and what that offers."""
    top = build_binding.find_tree()
    if top == here / "core" or not os.access(top, os.W_OK):
        return {}
    place = top / ".build" / "python"
    place.mkdir(parents=True, exist_ok=True)
    return {"build": {"build_base": str(place / "build")}, "build_ext": {"force": True},
            "egg_info": {"egg_base": str(place)}}


setup(
    version=build_binding.read_version(),
    packages=["relcoord"],
    package_data={"relcoord": ["py.typed"]},
    cffi_modules=["build_binding.py:make_builder"],
    cmdclass={"build_ext": BuildWithStub, "sdist": ArchiveWithCore},
    options=place_what_is_made(),
    zip_safe=False,
)
