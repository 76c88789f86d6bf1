"""From a bare machine to a running Sightline in one command; quick when there is nothing to do.

    python3 packaging/bootstrap.py setup            make or refresh .venv with everything a developer needs
    python3 packaging/bootstrap.py run [OPTION...]  set up what running needs, then `sightline demo OPTION...`
    python3 packaging/bootstrap.py test [OPTION...] set up, then `pytest OPTION...`

Everything goes into `.venv` in this folder; delete that to start again. On Debian and Ubuntu the few system
libraries that Qt expects are added when they are missing and this may be done without a password; on other
systems they are there. Standard library only, and readable by older Pythons, so that those too can be told
which one is needed.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")

OLDEST, NEWEST = (3, 11), (3, 13)

WHOLE_SUITE = ["--numprocesses=logical", "--maxprocesses=4", "--dist=loadscope"]
"""On every core; tests/conftest.py says which tests stay together."""

# What Qt's window, its drawing without a display, and its local sockets load, and who brings it.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",  # brings a font, too
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

# What the tests of the whole window drive it with, the bus of those of the desktop's portal, and that of
# screen readers, whose program is started by the bus and lies in no PATH.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}


def main() -> None:
    """Do what the first argument says; the exit code is that of the program started at the end."""
    goal, options = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("", [])
    if goal not in ("setup", "run", "test"):
        sys.exit("Say what to do: python3 packaging/bootstrap.py setup | run | test")
    use_fitting_python()
    present = is_sound_environment()
    add_system_packages(with_venv=not present and not can_make_environments(), testing=goal != "run")
    if not present:
        make_environment()
    install(developing=goal != "run")
    if goal == "run":
        become([str(PYTHON), "-m", "indexer", "demo", *options])
    if goal == "test":
        os.chdir(ROOT)
        become([str(PYTHON), "-m", "pytest", *(options or WHOLE_SUITE)])


def use_fitting_python() -> None:
    """Go on in this interpreter if it is of a supported version, else in one that is."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        return
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        for command in ([f"python3.{minor}"], ["py", f"-3.{minor}"]):
            if shutil.which(command[0]) and succeeds([*command, "-c", ""]):
                become([*command, str(Path(__file__).resolve()), *sys.argv[1:]])
    sys.exit("Sightline needs Python 3.11, 3.12 or 3.13: install one of them, then run this again.")


def add_system_packages(with_venv: bool, testing: bool) -> None:
    """On Debian and Ubuntu, bring what Qt, and if asked `venv` and the tests, need and may be lacking."""
    if not sys.platform.startswith("linux") or shutil.which("apt-get") is None:
        return
    packages = [package for library, package in LIBRARIES.items() if not loads(library)]
    if testing:
        packages += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
    if with_venv:
        packages.append("python{}.{}-venv".format(*sys.version_info[:2]))
    if not packages:
        return
    if os.geteuid() == 0:
        rights = []
    elif shutil.which("sudo") and succeeds(["sudo", "-n", "true"]):
        rights = ["sudo", "-n"]
    else:
        say("System packages are missing; install them with: sudo apt-get install " + " ".join(packages))
        return
    say("Adding system packages: " + " ".join(packages))
    quietly = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(
            [*quietly, *step], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            say((done.stderr or done.stdout).strip())
            say("The system packages could not be added; going on without them.")
            return


def loads(library: str) -> bool:
    """Whether the system's loader finds this shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_make_environments() -> bool:
    """Debian's python3 has no `ensurepip`, which `venv` needs, until a package is added."""
    return succeeds([sys.executable, "-c", "import ensurepip, venv"])


def is_sound_environment() -> bool:
    """Whether `.venv` is there, complete and of a supported version."""
    check = f"import sys, pip; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})"
    return PYTHON.exists() and succeeds([str(PYTHON), "-c", check])


def make_environment() -> None:
    """Make `.venv` anew."""
    say("Making the virtual environment .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    finish([sys.executable, "-m", "venv", str(VENV)])


def install(developing: bool) -> None:
    """Install this folder's project, editable, unless exactly that was installed already."""
    wanted = {"project": fingerprint(), "folder": str(ROOT), "developing": developing}
    present = installed()
    if present == wanted or present == {**wanted, "developing": True}:
        return
    STAMP.unlink(missing_ok=True)
    say("Installing Sightline and what it needs into .venv (the first time this takes some minutes)")
    target = f"{ROOT}[dev]" if developing else str(ROOT)
    finish([str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "-e", target])
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def fingerprint() -> str:
    """Changes when the project's dependencies may have changed."""
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


def installed() -> object:
    """What the last successful installation wrote down, or None."""
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def succeeds(command: list[str]) -> bool:
    """Whether a command ends well; what it prints is dropped."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


def finish(command: list[str]) -> None:
    """Run a step of the set-up; if it fails, end with its exit code."""
    code = subprocess.call(command, cwd=ROOT)
    if code:
        sys.exit(code)


def become(command: list[str]) -> NoReturn:
    """Go on as another program, with its exit code."""
    sys.stdout.flush()
    if os.name == "nt":  # where exec would return to the shell at once
        sys.exit(subprocess.call(command))
    os.execvp(command[0], command)  # noqa: S606 - no shell is what is wanted


def say(line: str) -> None:
    """One line per step."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
