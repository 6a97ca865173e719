"""The load generators and backends, copied from their folder and built below .build/bench."""

import os
import pathlib
import shutil
import subprocess

from processes import BenchError

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build" / "bench"
TOOLS = ("wsload", "wsecho", "httpback")


def source():
    """WAFD_BENCH_KIT, else ../shared/bench beside the repository."""
    folder = pathlib.Path(os.environ.get("WAFD_BENCH_KIT") or ROOT.parent / "shared" / "bench")
    if not (folder / "wsload.c").is_file():
        raise BenchError(f"no load tools in {folder}; set WAFD_BENCH_KIT to the folder that holds wsload.c")
    return folder


def build():
    """Copies and makes the tools; the kit itself is not written to.

    Returns the folder of the programs.
    """
    folder = BUILD / "kit"
    folder.mkdir(parents=True, exist_ok=True)
    copy_changed(source().iterdir(), folder)
    run(["make", "-s", "-C", folder, *TOOLS])
    return folder


def message_tools():
    """The project's own load client of messages and its backend: ws_load, ws_echo."""
    folder = BUILD / "websocket"
    folder.mkdir(parents=True, exist_ok=True)
    copy_changed((pathlib.Path(__file__).with_name("websocket")).iterdir(), folder)
    run(["make", "-s", "-C", folder])
    return folder


def copy_changed(files, folder):
    """Only what has changed, so that make does not build anew each time."""
    for file in files:
        if file.is_file() and (file.suffix in (".c", ".h") or file.name == "Makefile"):
            copy = folder / file.name
            if not copy.exists() or copy.read_bytes() != file.read_bytes():
                shutil.copyfile(file, copy)


def preloaded(name):
    """A library to be preloaded: allocation_counter counts heap calls, inflate_timer times inflate."""
    library = BUILD / f"{name}.so"
    library.parent.mkdir(parents=True, exist_ok=True)
    run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, pathlib.Path(__file__).with_name(f"{name}.c")])
    return library


def gateway():
    """wafd as it is installed: release, with the Swift runtime linked in. WAFD_BINARY overrides."""
    if given := os.environ.get("WAFD_BINARY"):
        path = pathlib.Path(given).resolve()
        if not os.access(path, os.X_OK):
            raise BenchError(f"WAFD_BINARY: {path} can not be run")
        return path
    command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--scratch-path", ROOT / ".build" / "static"]
    run([*command, "--package-path", ROOT])
    return ROOT / ".build" / "static" / "release" / "wafd"


def control_tool(wafd):
    """waf-ctl: WAF_CTL_BINARY, else beside the given wafd."""
    path = pathlib.Path(os.environ.get("WAF_CTL_BINARY") or wafd.with_name("waf-ctl"))
    if not os.access(path, os.X_OK):
        raise BenchError(f"no waf-ctl at {path}; set WAF_CTL_BINARY")
    return path


def run(argv):
    argv = [str(word) for word in argv]
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise BenchError(f"{' '.join(argv)} failed:\n{done.stdout}")
