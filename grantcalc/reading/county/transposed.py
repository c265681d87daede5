"""Tables that write their posts as columns (項目 | 社工員 | 督導 | 合計) and what each is paid as rows below them.

They are laid out with rows and columns exchanged, so that every later step is that of any table of posts; every place
that is told of afterwards is that of the sheet as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from attrs import Factory, define, evolve, frozen

from grantcalc.finding import Place
from grantcalc.reading.county.facts import sum_word
from grantcalc.reading.county.headers import LONGEST, sure
from grantcalc.reading.county.model import ColumnKind
from grantcalc.reading.county.roles import RoleWords, words_of_posts
from grantcalc.reading.county.sheetview import SheetView, amount
from grantcalc.reading.county.texts import squeezed
from grantcalc.reading.county.words import Words
from grantcalc.reading.deadline import Deadline
from grantcalc.reading.formulas import Scan
from grantcalc.reading.grid import Grid
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.tabledata import Tables
from grantcalc.text import Message, joined

READ = Message(
    "The table below has a post in each column ({posts}): it is read with its rows and columns exchanged, each column "
    "as a row."
)
NOT_READ = Message(
    "The table below has a post in each column ({posts}), but its rows do not say what each post is paid: it is not "
    "read."
)
AS_ROWS = Message("Write one row for each post, below a row of headers such as 職稱, 人數, 月薪, 月數, 金額.")

_OF_POSTS: Final = frozenset({ColumnKind.COUNT, ColumnKind.MONTHS, ColumnKind.MONTHLY_PAY})
"""What the rows below posts say, and those below items do not."""
_SAME_FOR_ALL: Final = frozenset(
    {ColumnKind.MONTHS, ColumnKind.MONTHLY_PAY, ColumnKind.EDUCATION, ColumnKind.START, ColumnKind.END}
)
"""What a cell that is merged over several posts says of each of them."""
_FEWEST: Final = 2
_NEAR: Final = 10
"""Rows below the posts in which what they are paid begins: names, schooling and licences may stand before it."""
_MOST_TABLES: Final = 30
"""Such tables of one sheet that are read: each takes a look at every cell of the sheet."""
_MOST_MOVED: Final = 100_000
"""Cells below a table that are moved down to make room for it."""

At = tuple[int, int]


@frozen(kw_only=True)
class Exchanged:
    """A sheet with such a table exchanged: where each cell that was moved really stands, and headers to leave alone."""

    grid: Grid
    moved: Mapping[At, At] = Factory(dict)
    left_alone: frozenset[int] = frozenset()


@frozen(kw_only=True)
class _Area:
    """The rows and columns of one table; its posts, and whether its labels say what they are paid."""

    top: int
    left: int
    bottom: int
    right: int
    posts: tuple[str, ...]
    clear: bool

    @property
    def height(self) -> int:
        """How many rows it has."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """How many columns it has."""
        return self.right - self.left + 1

    @property
    def further(self) -> int:
        """How many rows more it takes exchanged."""
        return max(self.width - self.height, 0)

    def real(self, row: int, column: int) -> At | None:
        """Where what stands here once it is exchanged really stands; ``None`` for a place that is left blank."""
        if row < self.top:
            return row, column
        if row > self.bottom + self.further:
            return row - self.further, column
        at = self.top + column - self.left, self.left + row - self.top
        return at if self.holds(*at) else None

    def now(self, row: int, column: int) -> At:
        """Where a cell of the sheet stands then."""
        if self.holds(row, column):
            return self.top + column - self.left, self.left + row - self.top
        return (row + self.further, column) if row > self.bottom else (row, column)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is one of its own."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


def exchanged(grid: Grid, words: Words, tables: Tables, sink: Sink, deadline: Deadline) -> Exchanged:
    """The sheet as it is read: every table whose columns are posts exchanged, where its labels leave no doubt."""
    moved: dict[At, At] = {}
    alone: set[int] = set()
    done: list[_Area] = []
    finder = _Finder(words=words, roles=words_of_posts(tables))
    after = grid.first_row
    while (area := finder.next(SheetView(grid), after, deadline)) is not None:
        at = moved.get((area.top, area.left), (area.top, area.left))
        place = Place(path="positions", sheet=grid.name, cell=grid.cell(*at))
        posts = joined(map(shown, area.posts))
        if area.clear and len(done) < _MOST_TABLES and _has_room(grid, area):
            done.append(area)
            sink.recognised(place, READ(posts=posts), NOTHING_TO_DO())
            moved = _moved(grid, area, words, moved)
            grid = _turned(grid, area, words)
            after = area.bottom + area.further + 1
        else:
            sink.recognised(place, NOT_READ(posts=posts), AS_ROWS(), score=0, sure=False)
            alone.add(area.top)
            after = area.bottom + 1
    return Exchanged(grid=grid, moved=moved, left_alone=frozenset(alone))


@define(kw_only=True)
class _Finder:
    words: Words
    roles: RoleWords
    _known: dict[str, bool] = Factory(dict)

    def next(self, view: SheetView, after: int, deadline: Deadline) -> _Area | None:
        """The first such table from a row on."""
        for row in deadline.over(range(after, view.last_row)):
            cells = list(view.cells(row, view.grid.first_column, view.last_column))
            if len(cells) < _FEWEST or not all(isinstance(raw, str) for _, raw in cells):
                continue
            if not any(self._has_label(view, below) for below in range(row + 1, row + _NEAR)):
                continue
            area = self._at(view, row, [(column, str(raw).strip()) for column, raw in cells])
            if area is not None:
                return area
        return None

    def _at(self, view: SheetView, row: int, cells: list[tuple[int, str]]) -> _Area | None:
        posts = [(column, text) for column, text in cells if self._is_post(text)]
        if not posts:
            return None
        left = posts[0][0] - 1
        heads = [(column, text) for column, text in cells if column > left and sum_word(text, self.words)[0] is None]
        bottom, kinds = self._labels(view, row, left, posts)
        found = kinds & _OF_POSTS
        others = [text for column, text in heads if not self._is_post(text) and sure(text, self.words) is not None]
        if left < view.grid.first_column or not found or len(others) >= len(posts):
            return None
        clear = len(found) >= _FEWEST and len(posts) * _FEWEST >= len(heads)
        if not clear and len(posts) < _FEWEST:
            return None
        right = max(column for column, _ in cells)
        names = tuple(text for _, text in posts)
        return _Area(top=row, left=left, bottom=bottom, right=right, posts=names, clear=clear)

    def _is_post(self, text: str) -> bool:
        if text not in self._known:
            squeezed_text = squeezed(text) if len(text) <= LONGEST else ""
            named = any(word in squeezed_text for word, _ in self.roles.words["role"])
            named = named and sure(text, self.words) is None
            self._known[text] = named and self.roles.role(text) is not None and self.roles.part(text) is None
        return self._known[text]

    def _has_label(self, view: SheetView, row: int) -> bool:
        """Whether a row begins with a word of what posts are counted or paid by."""
        first = next(view.cells(row, view.grid.first_column, view.last_column), None)
        return first is not None and isinstance(first[1], str) and label_kind(first[1].strip(), self.words) in _OF_POSTS

    def _labels(
        self, view: SheetView, head: int, left: int, posts: list[tuple[int, str]]
    ) -> tuple[int, frozenset[ColumnKind]]:
        """The last row of values below the posts, and what their labels say."""
        kinds: set[ColumnKind] = set()
        row = head
        while row < view.last_row and view.text(row + 1, left) and self._has_values(view, row + 1, posts):
            row += 1
            kind = label_kind(view.text(row, left), self.words)
            if kind is not None and any(amount(view.value(row, column)) is not None for column, _ in posts):
                kinds.add(kind)
        return row, frozenset(kinds)

    def _has_values(self, view: SheetView, row: int, posts: list[tuple[int, str]]) -> bool:
        if not any(view.filled(row, column) for column, _ in posts):
            return False
        # A licence is called like a post (社工師); beside a label of its own it is none.
        labelled = label_kind(view.text(row, posts[0][0] - 1), self.words) is not None
        return labelled or not any(self._is_post(view.text(row, column)) for column, _ in posts)


def label_kind(text: str, words: Words) -> ColumnKind | None:
    """What a label beside posts says, as the header of a column of a table of posts."""
    match = sure(text, words)
    if match is None:
        return None
    return match.kind if match.word is None or match.word.staff is None else match.word.staff


def _has_room(grid: Grid, area: _Area) -> bool:
    """Whether nothing stands beside the table, and what is below it can be moved down."""
    view = SheetView(grid)
    for row in range(area.top, area.bottom + 1):
        if not view.is_blank(row, view.grid.first_column, area.left - 1):
            return False
        if not view.is_blank(row, area.right + 1, view.last_column):
            return False
    below = max(view.last_row - area.bottom, 0) * (view.last_column - view.grid.first_column + 1)
    return not area.further or below <= _MOST_MOVED


def _places(grid: Grid, area: _Area) -> Iterator[tuple[At, At | None]]:
    """Every place from the table's top on, with the cell that stands there once it is exchanged."""
    view = SheetView(grid)
    for row in range(area.top, view.last_row + area.further + 1):
        for column in range(grid.first_column, _last_column(view, area) + 1):
            yield (row, column), area.real(row, column)


def _last_column(view: SheetView, area: _Area) -> int:
    return max(view.last_column, area.left + area.height - 1)


def _moved(grid: Grid, area: _Area, words: Words, before: Mapping[At, At]) -> dict[At, At]:
    """Where every cell really stands that now stands elsewhere; another table above may have moved it before."""
    kept = {now: at for now, at in before.items() if now[0] < area.top}
    view = SheetView(grid)
    for now, place in _places(grid, area):
        real = None if place is None else _anchor(view, area, place, words)
        if real is not None and (real != now or real in before):
            kept[now] = before.get(real, real)
    return kept


def _turned(grid: Grid, area: _Area, words: Words) -> Grid:
    view = SheetView(grid)
    last = _last_column(view, area)
    put = {
        now: "" if real is None else view.value(*_anchor(view, area, real, words)) for now, real in _places(grid, area)
    }
    name = put[area.top, area.left]
    match = sure(name.strip(), words) if isinstance(name, str) else None
    if match is None or match.kind not in {ColumnKind.ITEM, ColumnKind.ROLE}:
        put[area.top, area.left] = _word_of_roles(words)
    rows = [
        [
            put.get((row, column), grid.value(row, column) if row < area.top else "")
            for column in range(grid.first_column, last + 1)
        ]
        for row in range(grid.first_row, view.last_row + area.further + 1)
    ]
    merged = (_merged(area, one) for one in grid.merged)
    scan = Scan(
        uncalculated=frozenset(area.now(*at) for at in grid.scan.uncalculated),
        errors={area.now(*at): error for at, error in grid.scan.errors.items()},
    )
    return evolve(grid, rows=rows, merged=tuple(one for one in merged if one is not None), scan=scan)


def _anchor(view: SheetView, area: _Area, at: At, words: Words) -> At:
    """The cell whose value a cell has: its own, or the one merged over several posts that says the same of each."""
    covering = view.merged(*at) if view.value(*at) == "" and area.holds(*at) else None
    if covering is None or covering[0] != at[0] or covering[1] <= area.left:
        return at
    kind = label_kind(view.text(at[0], area.left), words)
    return (covering[0], covering[1]) if kind in _SAME_FOR_ALL else at


def _word_of_roles(words: Words) -> str:
    """A header of the names of posts, for a table that has none that says so."""
    return next((word for word, one in words.headers.items() if one.kind is ColumnKind.ROLE), "")


def _merged(area: _Area, one: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """A merged range as it stands then; ``None`` where it lies across the table's edge."""
    top, left, bottom, right = one
    if area.holds(top, left) and area.holds(bottom, right):
        return *area.now(top, left), *area.now(bottom, right)
    if bottom < area.top:
        return one
    return (top + area.further, left, bottom + area.further, right) if top > area.bottom else None
