"""What a reader reports: problems, each with place, what was found, what is expected and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from attrs import Factory, define, evolve

from grantcalc.draft.model import Cell as DraftCell
from grantcalc.draft.model import Draft, Fund, Normalisation, Origin, Problem, Reading
from grantcalc.finding import Place
from grantcalc.text import Message, Text, Value

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

_LONGEST_SHOWN = 60


class Unreadable(Exception):  # noqa: N818  # says what the file is; the program is in no error
    """The file holds no draft that could be checked; ``problems`` says everything that stands in the way."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        """Keep the problems for rendering in the user's language."""
        super().__init__(file, *(problem.message.template for problem in problems))
        self.file = file
        self.problems = problems


def told(problem: Problem, file: str) -> Text:
    """One problem in full: file, place, what is wrong, what to do."""
    if not problem.place.shown:
        return TOLD_OF_FILE(file=file, message=problem.message, remedy=problem.remedy)
    return TOLD(file=file, place=problem.place.shown, message=problem.message, remedy=problem.remedy)


def refuse(file: str, message: Text, remedy: Text, place: Place | None = None) -> Unreadable:
    """The exception for a file with one fault that hides everything else."""
    return Unreadable(file, (Problem(place=place or Place(path=""), message=message, remedy=remedy),))


def shown(raw: object) -> str:
    """A value of a file as a message may show it: short, and without control characters."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Mapping):
        return "{…}"
    if isinstance(raw, list | tuple):
        return "[…]"
    if isinstance(raw, Decimal | float) and len(str(raw)) > _LONGEST_SHOWN:
        return f"{Decimal(raw):.6e}"
    if isinstance(raw, int) and raw.bit_length() > _LONGEST_SHOWN * 3:
        return f"{Decimal(raw):.6e}"
    text = raw.isoformat() if isinstance(raw, dt.date) else str(raw)
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else _blank(letter) for letter in text)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


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
    _assumed: dict[str, Normalisation] = Factory(dict)

    def problem(self, place: Place, message: Text, remedy: Text) -> None:
        """Something cannot be read as it stands."""
        self.problems.append(Problem(place=place, message=message, remedy=remedy))

    def unfit(self, place: Place, raw: object, expected: Text, remedy: Text) -> None:
        """A value is not what its field holds."""
        self.problem(place, FOUND(found=shown(raw), expected=expected), remedy)

    def took(self, place: Place, found: str, taken: Value) -> None:
        """A value was read as something else than it was written."""
        self.normalisations.append(Normalisation(place=place, found=shown(found), taken=taken))

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
            draft=draft,
            file=self.file,
            problems=tuple(self.problems),
            normalisations=(*self.normalisations, *self._assumed.values()),
            cells=tuple(self.cells),
            notes=tuple(self.notes),
        )

    def unreadable(self) -> Unreadable:
        """The exception that carries everything gathered."""
        return Unreadable(self.file, tuple(self.problems))
