"""What a reader reports: problems, each with place, what was found, what is expected and what to do."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from attrs import Factory, define, evolve

from grantcalc.draft.model import Cell as DraftCell
from grantcalc.draft.model import (
    Draft,
    Fund,
    Normalisation,
    Origin,
    Position,
    Problem,
    Reading,
    Recognition,
    StatedSum,
)
from grantcalc.finding import Place, advice
from grantcalc.reading.identity import Masker
from grantcalc.text import Message, Text, Value

_FIELD = re.compile(r"((?:positions|lines)\[\d+\])\.(.+)")
TOLD = Message("{file}, {place}: {message} {remedy}")
TOLD_OF_FILE = Message("{file}: {message} {remedy}")
FOUND = Message("Found “{found}”; expected {expected}.")
NO_SUCH_KEY = Message("The key “{key}” is unknown.")
REMOVE_KEY = Message("Remove it, or correct its spelling; known here: {known}.")
REMOVE_OR_NEAREST = Message("Remove it, or correct its spelling: {nearest}?")
MISSING_KEY = Message("The required key “{key}” is missing.")
ADD_KEY = Message("Add it: {expected}.")
MISSING_LABEL = Message("The required field “{label}” is missing or empty.")
FILL_IN = Message("Fill it in: {expected}.")

TOO_MANY_FAULTS = Message("The file has {found} faults or more; the first {listed} follow.")
START_ANEW = Message("Correct the cause that they share, or start from `grantcalc template`.")

_MOST_PROBLEMS = 10_000
"""Nobody reads more; a hostile file could fill the memory with them."""
_LISTED_PROBLEMS = 20
_LONGEST_SHOWN = 60
_ENDLESS = 40
"""A number of more digits is not written out."""

FIRST_DAY = dt.date(1899, 12, 30)
"""Day 0 of a workbook's dates, unless it counts from 1904."""
FIRST_DAY_1904 = dt.date(1904, 1, 1)


class Unreadable(Exception):  # noqa: N818  # says what the file is; the program is in no error
    """The file holds no draft that could be checked; ``problems`` says everything that stands in the way."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems for rendering in the user's language."""
        super().__init__(file, *(problem.message.template for problem in problems))
        self.file = file
        self.problems = problems


def told(problem: Problem, file: str) -> Text:
    """One problem in full: file, place, what is wrong, what to do."""
    remedy = advice(problem.remedy, problem.hint)
    if not problem.place.shown:
        return TOLD_OF_FILE(file=file, message=problem.message, remedy=remedy)
    return TOLD(file=file, place=problem.place.shown, message=problem.message, remedy=remedy)


def refuse(
    file: str, message: Text, remedy: Text, place: Place | None = None, *, hint: Text | None = None
) -> Unreadable:
    """The exception for a file with one fault that hides everything else."""
    return Unreadable(file, (Problem(place=place or Place(path=""), message=message, remedy=remedy, hint=hint),))


def shown(raw: object) -> str:
    """A value of a file as a message may show it: short, without control characters and identity numbers."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Mapping):
        return "{…}"
    if isinstance(raw, list | tuple):
        return "[…]"
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, Decimal | float) and len(str(raw)) > _LONGEST_SHOWN:
        return f"{Decimal(raw):.6e}"
    if isinstance(raw, int) and raw.bit_length() > _LONGEST_SHOWN * 3:
        return f"{Decimal(raw):.6e}"
    text = raw.isoformat() if isinstance(raw, dt.date) else Masker().text(str(raw))
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else _blank(letter) for letter in text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def shown_number(raw: object) -> str:
    """As :func:`shown`; a whole number with thousands separators."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return shown(raw)
    exact = Decimal(raw)
    if exact.is_finite() and exact.adjusted() < _ENDLESS and exact == exact.to_integral_value():
        return f"{int(exact):,}"
    return shown(raw)


def _blank(letter: str) -> str:
    """A blank for the other blanks, a mark for what cannot be printed."""
    return " " if letter.isspace() else "�"


@define
class Sink:
    """Gathers, during one reading only, everything a user should know about the file."""

    file: str
    problems: list[Problem] = Factory(list)
    normalisations: list[Normalisation] = Factory(list)
    cells: list[DraftCell] = Factory(list)
    notes: list[Text] = Factory(list)
    recognitions: list[Recognition] = Factory(list)
    sums: list[StatedSum] = Factory(list)
    hopeless: bool = False
    """A sheet or a column without which nothing sensible could be checked is not there."""
    lost: list[str] = Factory(list)
    """Paths of formulas without a stored value: one problem tells them all."""
    first_day: dt.date = FIRST_DAY
    """Day 0 of the workbook's serial numbers."""
    _assumed: dict[str, Normalisation] = Factory(dict)

    def problem(self, place: Place, message: Text, remedy: Text, hint: Text | None = None) -> None:
        """Something cannot be read as it stands."""
        self.problems.append(Problem(place=place, message=message, remedy=remedy, hint=hint))
        if len(self.problems) >= _MOST_PROBLEMS:
            many = TOO_MANY_FAULTS(found=_MOST_PROBLEMS, listed=_LISTED_PROBLEMS)
            whole = Problem(place=Place(path=""), message=many, remedy=START_ANEW())
            raise Unreadable(self.file, (whole, *self.problems[:_LISTED_PROBLEMS]))

    def unfit(self, place: Place, raw: object, expected: Text, remedy: Text) -> None:
        """A value is not what its field holds."""
        self.problem(place, FOUND(found=shown(raw), expected=expected), remedy)

    def took(self, place: Place, found: str, taken: Value, *, unseen: bool = False) -> None:
        """A value was read as something else than it was written; ``unseen`` by the workbook's own formulas."""
        self.normalisations.append(Normalisation(place=place, found=shown(found), taken=taken, unseen=unseen))

    def recognised(
        self,
        place: Place,
        message: Text,
        remedy: Text,
        *,
        score: int = 100,
        sure: bool = True,
        hint: Text | None = None,
        internal: bool = False,
    ) -> None:
        """Something of a sheet that is not the program's own form was understood, or left out; ``score`` is of 100."""
        one = Recognition(
            place=place, message=message, remedy=remedy, score=score, sure=sure, hint=hint, internal=internal
        )
        self.recognitions.append(one)

    def money_cell(self, place: Place, raw: object, *, read: bool) -> None:
        """A cell of money, not blank; told as a problem already where it was not read."""
        self.cells.append(DraftCell(place=place, claimed=read, shown="" if read else shown(raw), told=not read))

    def assumed_subsidy(self, origin: Origin) -> None:
        """A row does not say who pays: the subsidy; told once for each list, with the first place and how often."""
        rows = origin.path.partition("[")[0]
        known = self._assumed.get(rows)
        if known is None:
            self._assumed[rows] = Normalisation(place=origin.place("fund"), found="", taken=Fund.SUBSIDY)
        else:
            self._assumed[rows] = evolve(known, times=known.times + 1)

    def reading(self, draft: Draft) -> Reading:
        """Everything gathered, with the draft."""
        return Reading(
            draft=_marked(draft, (*(problem.place.path for problem in self.problems), *self.lost)),
            file=self.file,
            problems=tuple(self.problems),
            normalisations=(*self.normalisations, *self._assumed.values()),
            cells=tuple(self.cells),
            notes=tuple(self.notes),
            recognitions=tuple(self.recognitions),
            sums=tuple(self.sums),
        )

    def unreadable(self) -> Unreadable:
        """The exception that carries everything gathered."""
        return Unreadable(self.file, tuple(self.problems))


def _marked(draft: Draft, paths: Iterable[str]) -> Draft:
    """The draft, its rows knowing which of their fields could not be read; a count among them is not the one of none.

    The ``paths`` of the problems know more than the values: a cell with an error value reaches no converter.
    """
    unread: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        match = _FIELD.fullmatch(path)
        if match is not None:
            unread[match[1]].add(match[2])
    if not unread:
        return draft
    return evolve(
        draft,
        positions=tuple(_marked_post(post, frozenset(unread.get(post.origin.path, ()))) for post in draft.positions),
        lines=tuple(
            evolve(line, unread=frozenset(unread[line.origin.path])) if line.origin.path in unread else line
            for line in draft.lines
        ),
    )


def _marked_post(post: Position, unread: frozenset[str]) -> Position:
    if not unread:
        return post
    return evolve(post, unread=unread, count=None if "count" in unread else post.count)
