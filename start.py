"""Sets grantcalc up on a fresh machine and shows it at work. Needs Python 3.11 or later, and the internet once.

    python start.py            set up, write an example workbook (unless there is one), check it
    python start.py install    set up, or again after a change in tables/; verify the tables
    python start.py test       set up, run the tests

安裝 grantcalc 並檢核範例；「install」於更正 tables/ 後重新安裝並驗算；「test」執行測試。

Everything is installed into the folder .venv beside this file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
EXAMPLE = "example.xlsx"
CHECKED = "example-checked.xlsx"
OLDEST = (3, 11)


def run(*command: str | Path) -> None:
    """Show a command and run it; stop with its exit code where it fails."""
    print("$", *command, flush=True)
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode  # noqa: S603
    if code:
        raise SystemExit(code)


def set_up(requirement: str = ".") -> None:
    """Create .venv where it is missing and install the project into it."""
    if sys.version_info < OLDEST:
        raise SystemExit("需要 Python 3.11 以上版本 / Python 3.11 or later is needed")
    if not (ENVIRONMENT / "pyvenv.cfg").exists():
        venv.create(ENVIRONMENT, with_pip=True)
    # pip builds a local folder anew every time, so a change in tables/ is taken over although the version stays.
    run(SCRIPTS / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement)


def install() -> None:
    """Install, and recompute every total of the tables that were installed."""
    set_up()
    run(SCRIPTS / "grantcalc", "tables", "verify")


def example() -> None:
    """Write the example workbook, unless somebody is at work on it, and check it."""
    set_up()
    if not (ROOT / EXAMPLE).exists():
        run(SCRIPTS / "grantcalc", "template", "fsp-113", "--example", "-o", EXAMPLE)
    run(SCRIPTS / "grantcalc", "check", EXAMPLE, "-o", CHECKED, "--force")


def test() -> None:
    """Run every test against the installed package, on all processors."""
    set_up(".[test]")
    run(SCRIPTS / "pytest", "-n", "auto")


if __name__ == "__main__":
    actions = {(): example, ("install",): install, ("test",): test}
    action = actions.get(tuple(sys.argv[1:]))
    if action is None:
        raise SystemExit(__doc__)
    action()
