"""Recalculates workbooks with LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
</item>
</oor:items>
"""
"""The setting that recalculates every formula on loading."""
SECONDS = 240


def soffice() -> str | None:
    """The program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def convert(sources: list[Path], folder: Path, form: str = "xlsx") -> list[Path]:
    """Recalculate and save each workbook in another folder."""
    program = soffice()
    assert program is not None
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / "out"
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            form,
            "--outdir",
            str(out),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=SECONDS,
    )
    return [out / f"{source.stem}.{form}" for source in sources]


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """Every formula of a workbook, by sheet and cell."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    return {
        (sheet.title, cell.coordinate): str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path: Path) -> dict[tuple[str, str], Any]:
    """Every stored value, by sheet and cell; an empty text as none."""
    from openpyxl import load_workbook

    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, cell.coordinate): (None if cell.value == "" else cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }
