"""The way of an application (申請及受理程序): who receives it, who forwards it, how many copies. Information only."""

from __future__ import annotations

from attrs import frozen

from grantcalc.draft.model import ApplicantKind
from grantcalc.finding import Finding, Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.sources import Citation
from grantcalc.tabledata import Row, Table
from grantcalc.text import Bilingual, Message, Text

FORWARDED = Message(
    "Send {copies} copies each of the application form and the plan, with an electronic file, to {received}; it goes "
    "on to {forwarded}. Each sub-programme has its own form. {note}"
)
DIRECT = Message(
    "Send {copies} copies each of the application form and the plan, with an electronic file, to {received}. Each "
    "sub-programme has its own form. {note}"
)


@frozen(kw_only=True, eq=False, repr=False)
class Route:
    """``table``: rows of programme, kind of applicant, who receives, who it is forwarded to, copies."""

    table: str


def check(context: Context, rule: Rule, values: Route) -> Verdict:
    """One note, for an applicant whose kind has a way in the table."""
    tally = Tally()
    place = context.draft.place("applicant_kind")
    kind = context.draft.applicant_kind
    if kind is None:
        tally.lacks(place.path)
        return tally.verdict()
    table = context.tables[values.table]
    row = route_of(table, context.programme.id, kind)
    if row is None:
        return tally.verdict()
    tally.examine()
    tally.found(
        Finding(
            outcome=rule.outcome,
            place=context.draft.origin.place(),
            message=_message(row),
            remedy=NOTHING_TO_DO(),
            citations=(Citation(source=table.info.citation.source, section=row["section"]),),
        )
    )
    return tally.verdict()


def route_of(table: Table, programme: str, kind: ApplicantKind) -> Row | None:
    """The way of that kind of applicant; of the one way there is, for bodies that are not yet judged to be of its kind.

    A body never takes the way of a government, nor a government that of a body.
    """
    ways = [row for row in table.rows if row["programme"] == programme]
    exact = next((row for row in ways if row["applicant_kind"] == kind.value), None)
    if exact is not None or len(ways) != 1:
        return exact
    governments = {ApplicantKind.COUNTY_GOVERNMENT, ApplicantKind.COUNTY_GOVERNMENT.value}
    return ways[0] if (kind in governments) == (ways[0]["applicant_kind"] in governments) else None


def _message(row: Row) -> Text:
    note = Bilingual(row["note_zh"] or "", row["note_en"] or "")
    received = Bilingual(row["received_by_zh"], row["received_by_en"])
    if row["forwarded_to_zh"] is None:
        return DIRECT(copies=row["copies"], received=received, note=note)
    forwarded = Bilingual(row["forwarded_to_zh"], row["forwarded_to_en"])
    return FORWARDED(copies=row["copies"], received=received, forwarded=forwarded, note=note)


KIND = Kind(name="route", check=check, values=Route)
