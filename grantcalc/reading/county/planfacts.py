"""Facts of a plan as they are gathered from a file, each told with the place it was found at and how sure it is."""

from __future__ import annotations

from enum import Enum

from attrs import Factory, define, frozen

from grantcalc.draft.choices import ApplicantKind
from grantcalc.draft.fields import COVER_FIELDS
from grantcalc.draft.model import Period
from grantcalc.finding import Place
from grantcalc.money import Number
from grantcalc.reading.county.mapping import SheetMap
from grantcalc.reading.county.model import CellKey
from grantcalc.reading.grid import Grid
from grantcalc.reading.options import ReadOptions
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.remedies import NOTHING_TO_DO
from grantcalc.text import Bilingual, Message, Text, Value

SURE = 90
"""From this score on a fact is taken without asking a person to look: it stands on the sheet or in its own name."""

IN_CELL = Message("{field}: {value}, read from “{found}”.")
IN_SHEET_NAME = Message("{field}: {value}, read from the name of the sheet “{found}”.")
IN_FILE_NAME = Message("{field}: {value}, read from the name of the file “{found}”.")
IN_FOLDER_NAME = Message("{field}: {value}, read from the name of the folder “{found}”.")
GIVEN = Message("{field}: {value}, as given by option or map.")
CONFIRM = Message("Confirm it; where it is wrong, correct the sheet.")
GIVE_WITH = Message("Or give it with {option}.")
DIFFERENT = Message("{field}: {value} is taken, but “{found}” says otherwise.")
A_MAP = Message("a map (`grantcalc map` proposes one)")

FIELDS = {spec.name: spec.header for spec in COVER_FIELDS} | {
    "period": Bilingual("計畫期程", "Period"),
    "programme": Bilingual("計畫", "Programme"),
    "totals.grand": Bilingual("計畫總經費", "Total of the plan"),
    "funding.other": Bilingual("其他經費來源", "Other sources"),
}
"""What a fact is called in a message."""


class Source(Enum):
    """Where a fact was found; its value holds the score."""

    GIVEN = (100, "option")
    LABEL = (100, "label")
    TITLE = (95, "title")
    SHEET = (90, "sheet")
    FILE = (90, "file")
    NOTE = (85, "note")
    FOLDER = (80, "folder")
    TABLE = (70, "table")

    @property
    def score(self) -> int:
        """How sure, of 100."""
        return self.value[0]


_TEMPLATES = {
    Source.GIVEN: GIVEN,
    Source.SHEET: IN_SHEET_NAME,
    Source.FILE: IN_FILE_NAME,
    Source.FOLDER: IN_FOLDER_NAME,
}


@frozen(kw_only=True)
class Found:
    """A text in which a fact was found, and its cell where it stands in one."""

    source: Source
    text: str = ""
    grid: Grid | None = None
    at: tuple[int, int] | None = None

    def place(self, path: str) -> Place:
        """Where a finding on it stands."""
        if self.grid is None or self.at is None:
            return Place(path=path)
        return Place(path=path, sheet=self.grid.name, cell=self.grid.cell(*self.at))

    @property
    def key(self) -> CellKey | None:
        """Its cell."""
        return None if self.grid is None or self.at is None else (self.grid.name, *self.at)


@frozen(kw_only=True)
class Asked:
    """What options and maps say of a file: it stands before whatever the file says."""

    programme: str | None = None
    county: str | None = None
    applicant: str | None = None
    applicant_kind: ApplicantKind | None = None
    title: str | None = None
    period: Period | None = None

    @classmethod
    def of(cls, options: ReadOptions, maps: tuple[SheetMap, ...]) -> Asked:
        """Options first, then the maps in their order."""
        spans = (Period(start=one.start, end=one.end) for one in maps if one.start and one.end)
        return cls(
            programme=options.programme or next((one.programme for one in maps if one.programme), None),
            county=options.county or next((one.county for one in maps if one.county), None),
            applicant=next((one.applicant for one in maps if one.applicant), None),
            applicant_kind=next((one.applicant_kind for one in maps if one.applicant_kind), None),
            title=next((one.title for one in maps if one.title), None),
            period=next(spans, None),
        )


@define
class Facts:
    """Gathers the facts of one file; ``values`` by the names of the cover's fields, as the converters take them."""

    sink: Sink
    values: dict[str, object] = Factory(dict)
    cells: dict[str, tuple[str, str]] = Factory(dict)
    claimed: set[CellKey] = Factory(set)
    other: list[tuple[str, Number, Found]] = Factory(list)
    """Further sources of money: name, amount, where."""
    grand: Number | None = None

    @property
    def programme(self) -> str | None:
        """The programme's id, once it is known."""
        value = self.values.get("programme")
        return value if isinstance(value, str) else None

    def take(self, name: str, value: object, found: Found, shown_as: Value, *, score: int | None = None) -> None:
        """A fact is known now; it is told, and its cell is claimed."""
        self.keep(name, value, found)
        self.tell(name, found, shown_as, score)

    def keep(self, name: str, value: object, found: Found) -> None:
        """A fact is known now, told together with another."""
        self.values[name] = value
        self.stand(name, found)

    def stand(self, name: str, found: Found) -> None:
        """Where a fact stands; its cell is claimed."""
        place = found.place(name)
        if found.key is not None and place.sheet and place.cell:
            self.claimed.add(found.key)
            self.cells[name] = (place.sheet, place.cell)

    def tell(self, name: str, found: Found, shown_as: Value, score: int | None = None) -> None:
        """Say what was understood, and from what."""
        reached = found.source.score if score is None else score
        template = _TEMPLATES.get(found.source, IN_CELL)
        message = template(field=FIELDS[name], value=shown_as, found=shown(found.text))
        sure = reached >= SURE
        remedy, hint = (NOTHING_TO_DO(), None) if sure else (CONFIRM(), given_with(name))
        self.sink.recognised(found.place(name), message, remedy, score=reached, sure=sure, hint=hint)

    def doubt(self, name: str, found: Found, taken: Value) -> None:
        """A place of the file that says otherwise than what was taken."""
        message = DIFFERENT(field=FIELDS[name], value=taken, found=shown(found.text))
        hint = given_with(name)
        self.sink.recognised(found.place(name), message, CONFIRM(), score=0, sure=False, hint=hint)

    def open(
        self, name: str, message: Text, remedy: Text, place: Place | None = None, hint: Text | None = None
    ) -> None:
        """A fact that nothing tells, or that several places tell otherwise."""
        hint = hint or given_with(name)
        self.sink.recognised(place or Place(path=name), message, remedy, score=0, sure=False, hint=hint)


def given_with(name: str) -> Text:
    """The way to give a fact that the file does not state rightly."""
    return GIVE_WITH(option={"programme": "--programme", "county": "--county"}.get(name) or A_MAP())
