"""Brings the Chinese message catalogue up to date with the code; run as a program.

New messages are added untranslated, translations are kept, messages no longer in the code are dropped.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from grantcalc import __version__

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "grantcalc" / "locale" / "zh_TW" / "LC_MESSAGES" / "messages.po"
_NAMES = re.compile(r"\{(\w+)\}")


def extracted(known: Catalog) -> Catalog:
    """Every ``Message`` of the code, with the translations that are known."""
    catalogue = Catalog(
        locale="zh_TW",
        project="grantcalc",
        version=__version__,
        header_comment="# Messages of grantcalc in Traditional Chinese.",
        copyright_holder="The grantcalc authors",
        msgid_bugs_address="see README.md",
        last_translator="The grantcalc authors",
        language_team="zh_TW",
        # The dates of the first catalogue stay: git tells when a message changed.
        creation_date=known.creation_date,
        revision_date=known.creation_date,
        fuzzy=False,
    )
    found = extract_from_dir(ROOT / "grantcalc", keywords={"Message": None}, method_map=[("**.py", "python")])
    for file, _, message, _, _ in found:
        before = known.get(message)
        catalogue.add(message, before.string if before else "", locations=[(f"grantcalc/{file}", 1)])
    return catalogue


def load() -> Catalog:
    """The catalogue as it is committed."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh_TW")


def names(template: object) -> set[str]:
    """The values that a template needs."""
    return set(_NAMES.findall(str(template)))


def main() -> None:
    """Rewrite the catalogue and list what has no translation."""
    catalogue = extracted(load())
    with CATALOGUE.open("wb") as stream:
        write_po(stream, catalogue, width=0, sort_output=True, include_lineno=False)
    untranslated = [message.id for message in catalogue if message.id and not message.string]
    print(f"{len(untranslated)} without a translation", *untranslated, sep="\n  ")


if __name__ == "__main__":
    main()
