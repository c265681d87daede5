"""Sets grantcalc up on a fresh machine and shows it at work. Needs Python 3.11 or later and nothing else.

    python start.py          set up, write an example workbook, check it
    python start.py test     set up, run the tests

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
OLDEST = (3, 11)


def run(*command: str | Path) -> None:
    """Show a command and run it; stop with its exit code where it fails."""
    print("$", *command, flush=True)
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode  # noqa: S603
    if code:
        raise SystemExit(code)


def install(requirement: str) -> None:
    """Create .venv where it is missing and install the project into it."""
    if sys.version_info < OLDEST:
        raise SystemExit("需要 Python 3.11 以上版本 / Python 3.11 or later is needed")
    if not (ENVIRONMENT / "pyvenv.cfg").exists():
        venv.create(ENVIRONMENT, with_pip=True)
    python = SCRIPTS / "python"
    run(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--upgrade", requirement)


def example() -> None:
    """Write the example workbook and check it."""
    install(".")
    run(SCRIPTS / "grantcalc", "template", "fsp-113", "--example", "--force", "-o", "example.xlsx")
    run(SCRIPTS / "grantcalc", "check", "example.xlsx", "-o", "example-checked.xlsx", "--force")


def test() -> None:
    """Run every test against the installed package, on all processors."""
    install(".[test]")
    run(SCRIPTS / "pytest", "-n", "auto")


if __name__ == "__main__":
    actions = {(): example, ("test",): test}
    action = actions.get(tuple(sys.argv[1:]))
    if action is None:
        raise SystemExit(__doc__)
    action()
