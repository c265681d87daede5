"""Gathers what one rule finds, row by row, into a verdict."""

from __future__ import annotations

from attrs import Factory, define

from grantcalc.finding import Finding, Place, Verdict
from grantcalc.text import Text


@define
class Tally:
    """Used inside one check only; its :meth:`verdict` is what leaves it."""

    findings: list[Finding] = Factory(list)
    missing: dict[str, None] = Factory(dict)
    _unsure: list[tuple[str, str, bool]] = Factory(list)
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

    def lacks_by_limit(self, path: str, place: Place, *, when_above: bool) -> None:
        """An input by which a value is surely on one side of its limit only: missing where it is on the other.

        ``place``: of the value; above its limit is what has a finding there with what is allowed. ``when_above``: the
        input is missing there, and not below.
        """
        self._unsure.append((path, place.path, when_above))

    def verdict(self, decided_by: str | None = None, reason: Text | None = None) -> Verdict:
        """Everything gathered."""
        above = {one.place.path for one in self.findings if one.allowed is not None}
        self.lacks(*(path for path, place, when_above in self._unsure if (place in above) is when_above))
        return Verdict(
            findings=tuple(self.findings),
            missing=tuple(self.missing),
            examined=self.examined,
            decided_by=decided_by,
            reason=reason,
        )
