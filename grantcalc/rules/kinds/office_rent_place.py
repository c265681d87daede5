"""One place subsidised once (同一地點限補助1次): the rents of several drafts, of whatever programme, compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from grantcalc.draft.model import Line
from grantcalc.finding import Finding, Outcome, Verdict
from grantcalc.place import At
from grantcalc.rules.addresses import Address, Sameness, address_of, address_within
from grantcalc.rules.context import COUNTIES, Context
from grantcalc.rules.names import fold
from grantcalc.rules.prices import asks_nothing
from grantcalc.rules.remedies import LOOK
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.rules.together import first_of, missing_for, named
from grantcalc.sources import Citation
from grantcalc.text import Message, Text

ALONE = Message("Places are compared across drafts, not in one.")
HELD = Message("None of the places of {number} subsidised rents is rented by another of the drafts given.")
TWICE = Message("“{place}” is rented with the subsidy of another draft too: {others}. One place is subsidised once.")
PERHAPS = Message(
    "“{place}” may be a place that another draft rents with its subsidy: {others}. The addresses agree as far as both "
    "are written, but county, township, floor or house number is left out."
)
OTHER = Message("{draft} at {cell} (“{place}”)")
ONCE = Message(
    "Keep the rent in one of these drafts: take the row at {place} out of the subsidy here, or that of the other draft "
    "there."
)
ASK = Message("whether it is one place; write both addresses in full, from the county to the floor.")


@frozen(kw_only=True, eq=False, repr=False)
class OfficeRentPlace:
    """Rents are rows of these ``items``, and rows with one of these ``words`` and an address; ``owners`` cite them."""

    items: tuple[str, ...]
    words: tuple[str, ...]
    owners: tuple[str, ...] = ()


@frozen(kw_only=True, eq=False)
class _Rent:
    """A subsidised rent of one of the drafts, and its place."""

    context: Context
    line: Line
    name: str
    written: str
    address: Address


def check(context: Context, rule: Rule, values: OfficeRentPlace) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE())


def together(contexts: Sequence[Context], rule: Rule, values: OfficeRentPlace) -> tuple[Verdict, ...]:
    """A finding on every place that another draft rents too; both drafts have it."""
    rents = [list(_rents(context, values)) for context in contexts]
    unsaid = [(context, _without_place(context, values)) for context in contexts]
    verdicts = []
    for context, own in zip(contexts, rents, strict=True):
        tally = Tally()
        near = [(other, paths) for other, paths in unsaid if paths and _may_share(context, other)]
        if own or any(other is context for other, _ in near):
            tally.lacks(*missing_for(context, near))
        told: list[Address] = []
        others = [rent for found in rents for rent in found if rent.context is not context]
        for rent in own:
            tally.examine()
            if not any(rent.address.compare(before) is Sameness.SAME for before in told):
                _judge(rent, others, rule, values, tally)
            told.append(rent.address)
        held = HELD(number=len(own)) if own and not (tally.findings or tally.missing) else None
        verdicts.append(tally.verdict(reason=held))
    return tuple(verdicts)


def _may_share(context: Context, other: Context) -> bool:
    """Whether a place that the other draft does not state may be this one's: in one county, as far as both say."""
    return other is context or (
        _is_of_one_time(context, other) and len({context.draft.county, other.draft.county} - {None}) <= 1
    )


def _is_of_one_time(context: Context, other: Context) -> bool:
    """Whether the programmes run at the same time: a place may be subsidised again in another year."""
    mine, theirs = context.programme.period, other.programme.period
    return mine.start <= theirs.end and theirs.start <= mine.end


def _rents(context: Context, values: OfficeRentPlace) -> Iterator[_Rent]:
    counties = [str(row["name_zh"]) for row in context.tables[COUNTIES].rows]
    for line in _rows(context, values):
        stated, county = (line.details.place or "").strip(), context.draft.county
        address = address_of(stated, county, counties) if stated else None
        if address is None:
            stated = (line.description or "").strip()
            address = address_within(stated, county, counties)
        if address is not None:
            name = "details.place" if line.details.place else "description"
            yield _Rent(context=context, line=line, name=name, written=stated, address=address)


def _without_place(context: Context, values: OfficeRentPlace) -> tuple[str, ...]:
    """Rents that do not say where: of the rent items only, for other rows are rents by their address."""
    known = {rent.line.origin.path for rent in _rents(context, values)}
    lines = (line for line in _rows(context, values) if line.item in values.items)
    return tuple(line.origin.place("details.place").path for line in lines if line.origin.path not in known)


def _rows(context: Context, values: OfficeRentPlace) -> Iterator[Line]:
    for line in context.subsidised_lines:
        text = fold(f"{line.item or ''} {line.description or ''}")
        if not asks_nothing(line) and (line.item in values.items or any(fold(word) in text for word in values.words)):
            yield line


def _judge(rent: _Rent, others: Sequence[_Rent], rule: Rule, values: OfficeRentPlace, tally: Tally) -> None:
    found: dict[Sameness, list[_Rent]] = {Sameness.SAME: [], Sameness.PERHAPS: []}
    for other in others:
        sameness = rent.address.compare(other.address) if _is_of_one_time(rent.context, other.context) else None
        if sameness is not None:
            found[sameness].append(other)
    for sameness, same in found.items():
        if same:
            tally.found(_finding(rent, same, sameness, rule, values))


def _finding(rent: _Rent, same: Sequence[_Rent], sameness: Sameness, rule: Rule, values: OfficeRentPlace) -> Finding:
    place = rent.line.origin.place(rent.name)
    is_certain = sameness is Sameness.SAME
    ordered = sorted(same, key=lambda other: (other.context.reading.file, other.line.origin.path))
    told = first_of([_told(other) for other in ordered])
    return Finding(
        outcome=rule.outcome if is_certain else Outcome.REVIEW,
        place=place,
        message=(TWICE if is_certain else PERHAPS)(place=rent.written, others=told),
        remedy=ONCE(place=At(place)) if is_certain else LOOK(ask=ASK()),
        citations=_citations(rent.context, values),
    )


def _told(other: _Rent) -> Text:
    return OTHER(
        draft=named(other.context), cell=At(other.line.origin.place(other.name), elsewhere=True), place=other.written
    )


def _citations(context: Context, values: OfficeRentPlace) -> tuple[Citation, ...]:
    """Where the draft's own document says it; nothing where it does not, so that the rule's sections are cited."""
    rules = context.programme.rules_by_id
    owner = next((rules[name] for name in values.owners if name in rules), None)
    return owner.citations if owner else ()


KIND = Kind(name="office-rent-place", check=check, values=OfficeRentPlace, together=together)
