"""Gathers what one rule finds, row by row, into a verdict."""

from __future__ import annotations

from attrs import Factory, define

from grantcalc.finding import Finding, Verdict
from grantcalc.text import Text


@define
class Tally:
    """Used inside one check only; its :meth:`verdict` is what leaves it."""

    findings: list[Finding] = Factory(list)
    missing: dict[str, None] = Factory(dict)
    examined: int = 0

    def examine(self, count: int = 1) -> None:
        """One more row, post or fact was looked at."""
        self.examined += count

    def found(self, finding: Finding) -> None:
        """Something is wrong, or a person must look."""
        self.findings.append(finding)

    def lacks(self, *paths: str) -> None:
        """These inputs are not in the draft."""
        self.missing.update(dict.fromkeys(paths))

    def verdict(self, decided_by: str | None = None, reason: Text | None = None) -> Verdict:
        """Everything gathered."""
        return Verdict(
            findings=tuple(self.findings),
            missing=tuple(self.missing),
            examined=self.examined,
            decided_by=decided_by,
            reason=reason,
        )
