"""Every row of a county's tables that holds an amount becomes a line or a post of the draft, or is told as unread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import define, evolve, field, frozen

from grantcalc.draft.fields import LINE_FIELDS
from grantcalc.draft.model import Role, StatedSum
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.categories import Heading, Headings
from grantcalc.reading.county.figures import FigureReader
from grantcalc.reading.county.funds import FundReader
from grantcalc.reading.county.items import IGNORE, Items, Match
from grantcalc.reading.county.lines import LineBuilder
from grantcalc.reading.county.model import CellKey, ColumnKind, CountyRow, CountyTable, Entries, RowKind
from grantcalc.reading.county.naming import Naming
from grantcalc.reading.county.parts import Joiner, PartRow, category_of_part
from grantcalc.reading.county.postgroups import PostGroups
from grantcalc.reading.county.posts import PostBuilder
from grantcalc.reading.county.remedies import BY_MAP, NOTHING
from grantcalc.reading.county.roles import EXACT, INSIDE, Found, Part, RoleWords
from grantcalc.reading.county.rowcells import Claims, RowCells, exactly, is_blank
from grantcalc.reading.county.rowterms import one_term, terms_of
from grantcalc.reading.county.seasons import Seasons, parted
from grantcalc.reading.county.unitcells import word_of
from grantcalc.reading.deadline import NEVER, Deadline
from grantcalc.reading.problems import shown
from grantcalc.reading.values import Convert
from grantcalc.rules.programme import Programme
from grantcalc.text import Message
from grantcalc.units import Unit
from grantcalc.unitwords import unit_of_word
from grantcalc.wording import Calculation, Term

IGNORED = Message("The row “{written}” is left out, as the mapping says.")
ROLE_NEAR = Message("“{written}” was read as a post: {role}.")
NO_ROLE = Message("“{written}” was read as a post, but its role is not known.")
LOOK_ROLE = Message("Look whether that is right; if not, write one of the titles of posts that the plan names.")

_OF_JOBS = frozenset({Unit.HOUR, Unit.PERIOD, Unit.DAY, Unit.TIME, Unit.PERSON_DAY, Unit.PERSON_TIME, Unit.SESSION})
"""Units of work that is paid by the piece: a row counted in them is no post."""


_OF_STAFF = (ColumnKind.ROLE, ColumnKind.MONTHLY_PAY, ColumnKind.PAY_PART)
"""Columns that only a table of posts has."""


@frozen(kw_only=True)
class _PostRow:
    cells: RowCells
    role: Role | None
    term: Term | None
    own: Calculation | None = None
    """The calculation that is about this post alone, where the row holds several posts."""


@frozen(kw_only=True)
class _LineRow:
    cells: RowCells
    heading: Heading
    match: Match | None


_Row = _PostRow | _LineRow | PartRow


def read_entries(
    tables: Sequence[CountyTable],
    assembler: Assembler,
    *,
    items: Mapping[str, str] | None = None,
    identities: Mapping[CellKey, str] | None = None,
    deadline: Deadline = NEVER,
) -> Entries:
    """What the entries of all tables are; the assembler's programme is chosen.

    ``items`` is what mappings say of names; ``identities`` are the hashes that stand for identity numbers, by cell.
    ``deadline`` is asked at every row.
    """
    if assembler.programme is None:
        raise assembler.sink.unreadable()
    reader = _Reader(assembler, assembler.programme, items or {}, identities or {}, deadline)
    return reader.read(tables)


@define
class _Reader:
    assembler: Assembler
    programme: Programme
    mapped: Mapping[str, str]
    identities: Mapping[CellKey, str]
    deadline: Deadline
    words: RoleWords = field(init=False)
    naming: Naming = field(init=False)
    headings: Headings = field(init=False)
    claims: Claims = field(factory=dict)
    _money: Convert = field(init=False)
    _untold: list[object] = field(factory=list)
    """What was told of rows that are read anew."""

    def __attrs_post_init__(self) -> None:
        sink = self.assembler.sink
        items = Items.of(self.programme, self.mapped, self.assembler.library.tables)
        self.words = RoleWords.of(self.assembler.library.tables, self.programme)
        self.naming = Naming(self.programme, items, sink)
        self.headings = Headings(self.programme, self.assembler.vocabulary, items, sink)
        self._money = self.assembler.converters(LINE_FIELDS)["amount"]

    def read(self, tables: Sequence[CountyTable]) -> Entries:
        """Posts first, then the parts of them that stand in rows of their own, then the lines."""
        rows = [row for table in tables for one in table.rows for row in self._rows(table, one)]
        posts = PostBuilder(self.assembler, self.words, self.identities)
        alone = all(row.own is None for row in rows if isinstance(row, _PostRow))
        seasons = Seasons(parted(tables) if alone else (), posts, self.assembler.sink)
        for row in rows:
            self.deadline.check()
            if isinstance(row, _PostRow):
                posts.add(row.cells, row.role, row.term, row.own)
                seasons.join()
        self._sums(rows)
        joiner = Joiner(PostGroups(posts.posts), self.words, self.assembler.sink)
        lines = LineBuilder(self.assembler, self.programme, self.naming, self.words)
        for row in rows:
            self.deadline.check()
            if isinstance(row, PartRow) and not joiner.join(row):
                self._loose(row, joiner, lines)
            elif isinstance(row, _LineRow):
                before = len(lines.lines)
                lines.add(row.cells, row.heading, row.match)
                seasons.tell_apart(row.cells.table, lines.lines, before)
        lines.finish()
        self._untell()
        return Entries(
            lines=tuple(lines.lines),
            positions=posts.positions(),
            claimed={key: tuple(paths) for key, paths in self.claims.items()},
        )

    def _rows(self, table: CountyTable, row: CountyRow) -> list[_Row]:
        self.deadline.check()
        return (
            self._classify(RowCells(table, row, self.claims)) if row.kind is RowKind.ENTRY and not row.is_header else []
        )

    def _untell(self) -> None:
        left_out = {id(one) for one in self._untold}
        for told in self._told_lists() if left_out else ():
            told[:] = [one for one in told if id(one) not in left_out]

    def _loose(self, row: PartRow, joiner: Joiner, lines: LineBuilder) -> None:
        """A part of no one post is a row of its own: nothing is lost from the sums."""
        self._untold += row.told
        exact = self.naming.exact(row.cells, row.heading)
        if exact is not None:
            lines.add(row.cells, row.heading, exact)
            return
        joiner.tell(row)
        own = self.naming.item_of_part(row.part, self.words)
        if own is not None:
            lines.add(row.cells, row.heading, own)
            return
        before = len(lines.lines)
        category = row.heading.category or category_of_part(self.programme, row.part)
        lines.add(row.cells, Heading(category=category), None)
        for index, line in enumerate(lines.lines[before:], start=before):
            said = line.description or line.item
            lines.lines[index] = evolve(line, item=None, description=said, unread=line.unread | {"item"})

    def _classify(self, cells: RowCells) -> list[_Row]:
        heading = self.headings.of(cells.row.category, cells.place(cells.key_of(ColumnKind.CATEGORY)))
        heading = self.headings.own(cells.name, heading)
        target = self.naming.target(cells)
        if target is None:
            cells.name, heading = self.headings.beneath(cells.name, heading, cells.place(cells.key_of(ColumnKind.ITEM)))
        if target == IGNORE:
            self._ignore(cells)
            return []
        if isinstance(target, Role):
            return [_PostRow(cells=cells, role=target, term=one_term(cells))]
        if isinstance(target, Match):
            return [_LineRow(cells=cells, heading=heading, match=target)]
        return self._by_words(cells, heading)

    def _by_words(self, cells: RowCells, heading: Heading) -> list[_Row]:
        of_staff = bool(any(cells.columns(kind) for kind in _OF_STAFF))
        personnel = of_staff or self.headings.is_personnel(heading)
        exact = self.naming.exact(cells, heading)
        part = self.words.part(cells.text(ColumnKind.ROLE) or cells.name, of_staff=personnel)
        is_part = part in {Part.BONUS, Part.INSURANCE, Part.ALLOWANCE}
        if part is not None and is_part and (personnel or (heading.category is None and exact is None)):
            return [self._part(cells, heading, part)]
        if exact is None:
            found = self._posts(cells, personnel=personnel, of_staff=of_staff, free=heading.category is None)
            if found:
                return [*found]
        match = None if self._all_named(cells, heading) else self.naming.match(cells, heading)
        heading = heading.beside(None if match is None else self.programme.items[match.code].category)
        return [_LineRow(cells=cells, heading=heading, match=match)]

    def _all_named(self, cells: RowCells, heading: Heading) -> bool:
        """Whether each of several calculations names an item of its own."""
        labels = [label for one in cells.wording.calculations for label, _ in one.labelled]
        return len(labels) > 1 and all(label and self.naming.items.exact(label, heading.category) for label in labels)

    def _part(self, cells: RowCells, heading: Heading, part: Part) -> PartRow:
        before = [len(told) for told in self._told_lists()]
        reader = FigureReader(cells, self.assembler.sink)
        figures, terms = reader.read(None, terms_of(cells)), terms_of(cells)
        paid = FundReader(cells, self.assembler.sink, self.words, self._money).read("positions")
        if len(terms) == 1 and len(paid) == 1 and figures.product != paid[0].amount:
            worded = reader.of_term(terms[0], None)
            if worded.price == figures.price and worded.product == paid[0].amount:
                figures = worded
        told = tuple(one for told, start in zip(self._told_lists(), before, strict=True) for one in told[start:])
        return PartRow(cells=cells, heading=heading, part=part, figures=figures, paid=paid, told=told)

    def _told_lists(self) -> tuple[list[Any], ...]:
        sink = self.assembler.sink
        return sink.recognitions, sink.normalisations, sink.problems

    def _posts(self, cells: RowCells, *, personnel: bool, of_staff: bool, free: bool) -> list[_PostRow]:
        """The posts of a row whose name is a role; none where it is something else."""
        written_units = {unit_of_word(word_of(cells.text(ColumnKind.UNIT)))}
        if written_units & _OF_JOBS or any(one.unit in _OF_JOBS for term in terms_of(cells) for one in term.factors):
            return []
        written = cells.text(ColumnKind.ROLE) or cells.name
        role = self.words.role(written)
        if role is not None and (personnel or (role.score == EXACT and free)):
            return self._told(cells, role, written)
        if not personnel:
            return []
        several = self._of_labels(cells)
        if several:
            return several
        above = self.words.role(cells.row.category or "")
        if above is not None and self.words.part(cells.name) is Part.PAY:
            return self._told(cells, above, cells.row.category or "")
        if of_staff and not is_blank(written):
            place = cells.place(cells.key_of(ColumnKind.ROLE))
            told = NO_ROLE(written=shown(written))
            self.assembler.sink.recognised(place, told, LOOK_ROLE(), score=0, sure=False, hint=BY_MAP())
            return [_PostRow(cells=cells, role=None, term=one_term(cells))]
        return []

    def _of_labels(self, cells: RowCells) -> list[_PostRow]:
        """「社工員34,916元×13.5月×2人；督導40,000元×13.5月×1人」 under 人事費: the calculations name the roles."""
        found = []
        for calculation in cells.wording.calculations:
            alone = len(calculation.terms) == 1
            for label, term in calculation.labelled:
                role = (
                    self.words.role(label) if label and (alone or term.label or term is calculation.terms[0]) else None
                )
                if role is None:
                    return []
                whole = calculation if alone else Calculation(text=term.text, label=label, terms=(term,))
                found.append((role, whole))
        if len(found) == 1:
            return self._told(cells, found[0][0], found[0][1].label)
        return [_PostRow(cells=cells, role=role.role, term=one.terms[0], own=one) for role, one in found]

    def _sums(self, rows: list[_Row]) -> None:
        """The amount of a row of several posts is the sum of theirs."""
        posts = [row for row in rows if isinstance(row, _PostRow)]
        of_row: dict[int, list[int]] = {}
        for index, post in enumerate(posts):
            if post.own is not None:
                of_row.setdefault(id(post.cells), []).append(index)
        for indexes in of_row.values():
            cells = posts[indexes[0]].cells
            paths = tuple(f"positions[{index}].pay_amount" for index in indexes)
            column = next((one for one in cells.columns(ColumnKind.AMOUNT) if not is_blank(cells.raw(one))), None)
            stated = None if column is None else exactly(cells.raw(column))
            if column is not None and stated is not None:
                place = cells.place(cells.key(column), paths[0])
                total = StatedSum(place=place, stated=stated, rows=paths, label=shown(cells.name))
                self.assembler.sink.sums.append(total)

    def _told(self, cells: RowCells, role: Found, written: str) -> list[_PostRow]:
        if role.score < EXACT:
            place = cells.place(cells.key_of(ColumnKind.ROLE) or cells.key_of(ColumnKind.ITEM))
            told = ROLE_NEAR(written=shown(written), role=role.role)
            sure = role.score >= INSIDE
            remedy = NOTHING() if sure else LOOK_ROLE()
            hint = None if sure else BY_MAP()
            self.assembler.sink.recognised(place, told, remedy, score=role.score, sure=sure, hint=hint)
        return [_PostRow(cells=cells, role=role.role, term=one_term(cells))]

    def _ignore(self, cells: RowCells) -> None:
        told = IGNORED(written=shown(cells.name))
        self.assembler.sink.recognised(cells.place(cells.key_of(ColumnKind.ITEM)), told, NOTHING())
        for column in cells.table.columns:
            if not is_blank(cells.raw(column)):
                cells.claim(cells.key(column))
