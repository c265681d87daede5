"""Rows that are no posts become lines of the draft, every field with the cell that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import define, evolve, field

from grantcalc.draft.fields import LINE_FIELDS
from grantcalc.draft.model import Doubt, Line, Origin, StatedSum
from grantcalc.money import Number
from grantcalc.reading.assemble import Assembler
from grantcalc.reading.county.categories import Heading
from grantcalc.reading.county.figures import Figures, quantities
from grantcalc.reading.county.funds import FundReader
from grantcalc.reading.county.items import Match
from grantcalc.reading.county.model import CellKey, ColumnKind
from grantcalc.reading.county.naming import Naming
from grantcalc.reading.county.pieces import Piece, PieceMaker
from grantcalc.reading.county.remedies import NOTHING
from grantcalc.reading.county.roles import RoleWords
from grantcalc.reading.county.rowcells import RowCells, exactly, is_blank
from grantcalc.reading.problems import shown
from grantcalc.reading.values import Convert
from grantcalc.rules.programme import Programme
from grantcalc.text import Message, dollars

LECTURER = Message("Who lectures was read from the row's own words: {lecturer}.")
MERGED = Message("The amount {amount} stands in one cell for {number} rows: compared with what they make together.")
OWN_AMOUNTS = Message("Give each row an amount of its own.")
_MERGED_SCORE: Final = 80
LECTURER_OWNER: Final = "common/lecture-fee"
"""Owns the price of lectures, which goes by who lectures."""
_DETAILS: Final = {
    ColumnKind.PLACE: "details.place",
    ColumnKind.DATE: "details.date",
    ColumnKind.PERSON: "details.person",
}


@define
class LineBuilder:
    """Makes the lines of a file, one row after the other."""

    assembler: Assembler
    programme: Programme
    naming: Naming
    words: RoleWords
    lines: list[Line] = field(factory=list)
    _shared: dict[tuple[CellKey, Number], list[tuple[RowCells, tuple[str, ...]]]] = field(factory=dict)
    _converters: Mapping[str, Convert] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._converters = self.assembler.converters(LINE_FIELDS)

    def add(self, cells: RowCells, heading: Heading, match: Match | None) -> None:
        """All lines of one row; ``match`` is the item that it was recognised as."""
        sink = self.assembler.sink
        path = f"lines[{len(self.lines)}]"
        reader = FundReader(cells, sink, self.words, self._converters["amount"])
        paid = reader.paid(path)
        merged = self._merged(cells)
        if merged is not None:
            paid = tuple(evolve(one, amount=None, cells=()) for one in paid)
        maker = PieceMaker(cells, heading, match, self.programme, self.naming, sink, path, reader)
        made = [self._line(cells, heading, piece) for piece in maker.make(paid)]
        if not any(line.shared and line.shared.parts for line in made):
            reader.tell_sum(paid)
        amounts = [f"{line.origin.path}.amount" for line in made]
        for one in paid:
            for key in one.cells:
                own = [path for path, line in zip(amounts, made, strict=True) if one.fund in {None, line.fund}]
                cells.claim(key, *(own or amounts))
        sink.sums += maker.sums(paid, amounts)
        for key, amount in (*([] if merged is None else [merged]), *self._subtotals(cells)):
            self._shared.setdefault((key, amount), []).append((cells, tuple(amounts)))
        if not cells.columns(ColumnKind.QUANTITY):
            self._uncounted(cells, made)

    def _subtotals(self, cells: RowCells) -> Iterator[tuple[CellKey, Number]]:
        """Cells of a further column of amounts that are merged over several rows: 活動合計."""
        for column in cells.columns(ColumnKind.AMOUNT)[1:]:
            shared = cells.shared(column)
            amount = exactly(cells.scaled(column, shared[1])) if shared is not None else None
            if shared is not None and amount is not None:
                yield shared[0], amount

    def _uncounted(self, cells: RowCells, made: Sequence[Line]) -> None:
        """A price without a quantity beside numbers of a column that is not understood: how many there are is open."""
        numbers = [
            column
            for column in cells.table.unclaimed
            if type(cells.table.grid.value(cells.row.number, column)) in {int, float}
        ]
        if numbers:
            lost = [line for line in made if line.unit_price is not None and not line.quantities]
            self.assembler.sink.lost += [f"{line.origin.path}.quantities" for line in lost]

    def finish(self) -> None:
        """Amounts that stand in one cell for several rows: what their lines make together is compared with them."""
        for (key, amount), rows in self._shared.items():
            first = rows[0][0]
            paths = tuple(path for _, amounts in rows for path in amounts)
            first.claim(key, *paths)
            place = first.place(key, paths[0])
            told = MERGED(amount=dollars(amount), number=len(rows))
            self.assembler.sink.recognised(place, told, OWN_AMOUNTS(), score=_MERGED_SCORE, sure=False)
            self.assembler.sink.sums.append(StatedSum(place=place, stated=amount, rows=paths, label=shown(first.name)))

    def _merged(self, cells: RowCells) -> tuple[CellKey, Number] | None:
        """The cell with the amount of this row and others, where it is merged over them."""
        columns = cells.columns(ColumnKind.AMOUNT)
        shared = cells.shared(columns[0]) if len(columns) == 1 else None
        if shared is None:
            return None
        value = cells.scaled(columns[0], shared[1])
        amount = exactly(value)
        return None if amount is None else (shared[0], amount)

    def _line(self, cells: RowCells, heading: Heading, piece: Piece) -> Line:
        figures, paid = piece.figures, piece.paid
        where = _cells_of(cells, piece)
        origin = cells.origin(f"lines[{len(self.lines)}]", where)
        values: dict[str, Any] = {"category": heading.category, "amount": paid.amount}
        item = piece.code or (self._converted("item", piece.name, origin) if piece.name else None)
        values["item"] = item
        if piece.description:
            values["description"] = self._converted("description", piece.description, origin)
        if cells.has(ColumnKind.REF):
            values["ref"] = self._converted("ref", cells.first(ColumnKind.REF), origin)
        if figures.price is not None:
            values["unit_price"] = figures.price
        values = {name: value for name, value in values.items() if value is not None}
        if paid.fund is not None or paid.fund_cell is not None:
            values["fund"] = paid.fund
        details = self._details(cells, item, origin, piece.description or cells.description)
        self._tell_bad(cells, figures, origin)
        for name, key in where.items():
            cells.claim(key, f"{origin.path}.{name}")
        self._claim_words(cells, origin.path)
        line = self.assembler.line(values, details, quantities(figures), origin)
        doubts = frozenset() if piece.sure else frozenset({Doubt.ITEM})
        line = line if piece.shared is None and piece.sure else evolve(line, shared=piece.shared, doubts=doubts)
        self.lines.append(line)
        return line

    def _converted(self, name: str, raw: object, origin: Origin) -> Any:
        return self._converters[name](raw, origin, name)

    def _details(self, cells: RowCells, item: str | None, origin: Origin, said: str) -> dict[str, Any]:
        details: dict[str, Any] = {}
        for kind, name in _DETAILS.items():
            if cells.has(kind):
                details[name.removeprefix("details.")] = self._converted(name, cells.first(kind), origin)
                cells.claim(cells.key_of(kind), f"{origin.path}.{name}")
        known = self.programme.items.get(item or "")
        if known is not None and LECTURER_OWNER in {known.price_owner, known.government_owner}:
            lecturer = self.words.lecturer(f"{cells.name} {said}")
            if lecturer is not None:
                place = origin.place("item")
                self.assembler.sink.recognised(place, LECTURER(lecturer=lecturer), NOTHING())
                details["lecturer"] = lecturer
        return {name: value for name, value in details.items() if value is not None}

    def _tell_bad(self, cells: RowCells, figures: Figures, origin: Origin) -> None:
        """Cells of price and quantities that hold no number: the converters tell what they expect."""
        if figures.bad_price and figures.price is None and figures.price_cell is not None:
            column = next(one for one in cells.table.columns if cells.key(one) == figures.price_cell)
            self._converted("unit_price", cells.raw(column), origin)
            cells.claim(figures.price_cell)
        for number, column in enumerate(figures.bad_factors):
            name = f"quantities[{number}].number"
            placed = cells.origin(origin.path, {name: cells.key(column)})
            self.assembler.number(cells.raw(column), placed, name)
            cells.claim(cells.key(column))

    def _claim_words(self, cells: RowCells, path: str) -> None:
        """Every cell of names, explanations and units belongs to the row, and the words of funds."""
        for kind in (ColumnKind.ITEM, ColumnKind.DESCRIPTION, ColumnKind.UNIT, ColumnKind.REF, ColumnKind.FUND):
            for column in cells.columns(kind):
                if not is_blank(cells.raw(column)):
                    cells.claim(cells.key(column), path)
        for kind in (ColumnKind.QUANTITY, ColumnKind.COUNT, ColumnKind.MONTHS):
            for column in cells.columns(kind):
                if not is_blank(cells.raw(column)):
                    cells.claim(cells.key(column), f"{path}.quantities")


def _cells_of(cells: RowCells, piece: Piece) -> dict[str, CellKey | None]:
    """The cell of every field of a line."""
    where: dict[str, CellKey | None] = {
        "ref": cells.key_of(ColumnKind.REF),
        "item": cells.key_of(ColumnKind.ITEM) or cells.worded_in,
        "category": cells.key_of(ColumnKind.CATEGORY),
        "description": cells.worded_in or cells.key_of(ColumnKind.DESCRIPTION),
        "unit_price": piece.figures.price_cell or cells.key_of(ColumnKind.UNIT_PRICE),
        "amount": _amount_cell(cells, piece),
        "fund": piece.paid.fund_cell,
        "details.place": cells.key_of(ColumnKind.PLACE),
        "details.date": cells.key_of(ColumnKind.DATE),
        "details.person": cells.key_of(ColumnKind.PERSON),
        "quantities": cells.key_of(ColumnKind.QUANTITY) or cells.worded_in,
    }
    for index, factor in enumerate(piece.figures.factors):
        where[f"quantities[{index}].number"] = factor.number_cell
        where[f"quantities[{index}].unit"] = factor.unit_cell or factor.number_cell
    return where


def _amount_cell(cells: RowCells, piece: Piece) -> CellKey | None:
    if piece.paid.cells:
        return piece.paid.cells[0]
    return cells.key_of(ColumnKind.AMOUNT) or cells.key_of(ColumnKind.SUBSIDY) or cells.worded_in
