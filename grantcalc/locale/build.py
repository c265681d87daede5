"""Build hook: compiles the gettext catalogues so that the wheel carries them ready to use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface[Any]):
    """Compile every messages.po beside itself into messages.mo."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before files are gathered, for wheels and for editable installs alike."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        for source in sorted(Path(self.root).glob("grantcalc/locale/*/LC_MESSAGES/messages.po")):
            with source.open("rb") as stream:
                catalogue = read_po(stream, abort_invalid=True)
            with source.with_suffix(".mo").open("wb") as stream:
                write_mo(stream, catalogue)
