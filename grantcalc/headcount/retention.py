"""Retention of case-management staff in a simulation (個案管理人力留任率, DAPC-113 肆四(二)).

Persons who have served so many months ÷ case managers and supervisors in post on the day of the report. Who left in the
year is not counted. Whose employment began on an unknown day before the year is not guessed: the rate is then a range.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import Enum
from fractions import Fraction

from attrs import frozen

from grantcalc import roc
from grantcalc.headcount.model import Scenario, Stint
from grantcalc.rules.headcounts import TEAM
from grantcalc.rules.programme import Programme
from grantcalc.sources import Citation
from grantcalc.tabledata import Tables
from grantcalc.text import Bilingual


class Met(Enum):
    """Whether a target is met; unknown where the days of hiring that are not stated decide it."""

    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NOBODY = "nobody"


@frozen(kw_only=True)
class Served:
    """Persons in post on a day: those who have served so many months, those of whom it is not known, and all."""

    served: int
    unknown: int
    in_post: int

    @property
    def least(self) -> Fraction:
        """The share that is sure."""
        return Fraction(self.served, self.in_post) if self.in_post else Fraction(0)

    @property
    def most(self) -> Fraction:
        """The share if all of whom it is not known have served the months."""
        return Fraction(self.served + self.unknown, self.in_post) if self.in_post else Fraction(0)


@frozen(kw_only=True)
class Indicator:
    """One retention indicator on one day of reporting."""

    report: Bilingual
    day: dt.date
    months: int
    target: Fraction
    count: Served
    citation: Citation

    @property
    def met(self) -> Met:
        """Whether the target is met."""
        if not self.count.in_post:
            return Met.NOBODY
        if self.count.least >= self.target:
            return Met.MET
        return Met.MISSED if self.count.most < self.target else Met.UNKNOWN


def retention(
    scenario: Scenario, stints: Iterable[Stint], programme: Programme, tables: Tables
) -> tuple[Indicator, ...]:
    """Every indicator of the programme's document; none where it has no such target."""
    folder, known = programme.document, {info.id for info in tables.infos()}
    if f"{folder}/retention_targets" not in known:
        return ()
    targets, team, open_names = tables[f"{folder}/retention_targets"], tuple(stints), unknown_hires(scenario)
    return tuple(
        Indicator(
            report=Bilingual(row["name_zh"], row["name_en"]),
            day=row["day"],
            months=target["months"],
            target=Fraction(target["target"]),
            count=served(team, target["months"], row["day"], open_names),
            citation=Citation(source=targets.info.citation.source, section=target["section"]),
        )
        for row in tables[f"{folder}/retention_days"].rows
        for target in targets.rows
    )


def unknown_hires(scenario: Scenario) -> dict[str, dt.date]:
    """Entries of staff who are in post from the first day and may have been hired before it, with that day."""
    return {
        member.name: member.start
        for member in scenario.staff
        if member.hired_on is None and member.start <= scenario.period.start and member.role in TEAM
    }


def served(stints: Iterable[Stint], months: int, day: dt.date, unknown: Mapping[str, dt.date] | None = None) -> Served:
    """Case managers and supervisors in post on ``day``, by whether they have served so many months by then.

    ``unknown`` are those of :func:`unknown_hires`; whose start is delayed, or who replaces another, is newly hired.
    """
    counts = {True: 0, False: 0, None: 0}
    for stint in stints:
        if stint.role in TEAM and stint.start <= day <= stint.end:
            has_served = completed(stint.first, months) <= day
            is_open = unknown is not None and stint.first <= unknown.get(stint.name, dt.date.min)
            counts[None if not has_served and is_open else has_served] += stint.count
    return Served(served=counts[True], unknown=counts[None], in_post=sum(counts.values()))


def completed(first: dt.date, months: int) -> dt.date:
    """The last day of so many months of service that began on ``first``."""
    index = first.month - 1 + months
    month = dt.date(first.year + index // 12, index % 12 + 1, 1)
    if first.day > roc.days_in_month(month):
        return month.replace(day=roc.days_in_month(month))
    return month.replace(day=first.day) - dt.timedelta(days=1)
