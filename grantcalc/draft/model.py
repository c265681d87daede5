"""The draft budget: what an applicant asks for, as read, nothing computed.

Every amount is what the applicant stated: ``int`` dollars where whole, an exact ``Decimal`` where somebody typed a
fraction (a rule reports it). ``None`` means that the draft does not say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs
from attrs import frozen

from grantcalc.draft.choices import (
    ApplicantKind,
    Doubt,
    Education,
    Form,
    Fund,
    Lecturer,
    Licence,
    Manuscript,
    RiskAllowance,
    Role,
    TravelPart,
)
from grantcalc.draft.origin import NOWHERE, Origin
from grantcalc.draft.told import Cell, Normalisation, Problem, Recognition, StatedSum
from grantcalc.finding import Place
from grantcalc.money import Number
from grantcalc.text import Text
from grantcalc.units import Unit

__all__ = [
    "NOWHERE",
    "ApplicantKind",
    "Caseload",
    "Cell",
    "Details",
    "Doubt",
    "Draft",
    "Education",
    "Form",
    "Fund",
    "Funding",
    "Lecturer",
    "Licence",
    "Line",
    "Manuscript",
    "Normalisation",
    "Origin",
    "OtherFund",
    "Period",
    "Position",
    "Problem",
    "Quantity",
    "Reading",
    "Recognition",
    "RiskAllowance",
    "Role",
    "SharedRow",
    "StatedSum",
    "Totals",
    "TravelPart",
]


@frozen(kw_only=True)
class Period:
    """A span of days, both ends included (計畫期程)."""

    start: dt.date
    end: dt.date


@frozen(kw_only=True)
class OtherFund:
    """Money from a third source (其他經費來源)."""

    source: str
    amount: Number


@frozen(kw_only=True)
class Funding:
    """What the applicant states about who pays (經費來源): subsidy 補助, own funds 自籌款, others."""

    subsidy: Number | None = None
    own: Number | None = None
    other: tuple[OtherFund, ...] = ()
    minimum_own_ratio: Number | None = None


@frozen(kw_only=True)
class Caseload:
    """The cases the plan serves (案量)."""

    cases: Number | None = None
    families_per_month: Number | None = None
    new_families: Number | None = None
    housed: Number | None = None
    referrals: Number | None = None
    group_attendances: Number | None = None
    trained_or_placed: Number | None = None
    staff_trained: Number | None = None
    material_sets: Number | None = None
    conferences: Number | None = None


@frozen(kw_only=True)
class Quantity:
    """One factor of a row: how many of what."""

    number: Number
    unit: Unit
    written: str = attrs.field(default="", eq=False, repr=False)
    """The unit in the file's own word (份, 桌) where the form has none for it; ``unit`` is the lot then."""

    @property
    def counted_by(self) -> Unit | str:
        """The unit as a reader of the file knows it."""
        return self.written or self.unit


@frozen(kw_only=True)
class SharedRow:
    """A row of a sheet that several funds pay (補助款 and 自籌款 side by side), as a whole.

    ``parts`` are what the funds pay, in their order; none where not all of them are known. ``stated`` is the amount of
    all of them in a cell of its own, where the row has one. ``place`` is that cell where its number is not what price
    and quantities make, else the first fund's.
    """

    place: Place
    unit_price: Number
    quantities: tuple[Quantity, ...]
    parts: tuple[Number, ...]
    stated: Number | None = None


@frozen(kw_only=True)
class Details:
    """What some limits need to know about a row beyond its price (明細)."""

    km: Number | None = None
    place: str | None = None
    person: str | None = None
    lecturer: Lecturer | None = None
    travel: TravelPart | None = None
    date: dt.date | None = None
    manuscript: Manuscript | None = None


@frozen(kw_only=True)
class Position:
    """One post or several equal posts (人力)."""

    ref: str | None = None
    person: str | None = None
    identity: str | None = attrs.field(default=None, repr=False)
    """Stands for an identity number: a salted hash of it, equal where the numbers are; the number is kept nowhere."""
    role: Role | None = None
    education: Education | None = None
    field: str | None = None
    licences: tuple[Licence, ...] | None = None
    risk_allowance: RiskAllowance | None = None
    step: Number | None = None
    previous_step: Number | None = None
    points: Number | None = None
    experience_years: Number | None = None
    continuing: bool | None = None
    previous_pay: Number | None = None
    hired_on: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    count: Number | None = 1
    fund: Fund = Fund.SUBSIDY
    monthly_pay: Number | None = None
    months: Number | None = None
    pay_amount: Number | None = None
    own_monthly_pay: Number | None = None
    workplace: str | None = None
    regional_allowance: Number | None = None
    allowance_amount: Number | None = None
    employer_insurance: Number | None = None
    insurance_amount: Number | None = None
    own_insurance: Number | None = None
    origin: Origin = attrs.field(default=NOWHERE, eq=False, repr=False)
    unread: frozenset[str] = attrs.field(default=frozenset(), eq=False, repr=False)
    """Fields the file fills in with something that could not be read: absent, but no default stands for them."""
    doubts: frozenset[Doubt] = attrs.field(default=frozenset(), eq=False, repr=False)
    """What of it a person is asked about first: no error rests on that."""
    shared: SharedRow | None = attrs.field(default=None, eq=False, repr=False)
    """The row of the sheet that this post is a part of, where own funds pay the rest of it."""

    @property
    def people(self) -> int:
        """How many persons the row stands for; 0 where the draft gives no such number (its count is ``None``)."""
        return int(self.count or 0)

    @property
    def subsidised(self) -> bool:
        """True where the subsidy pays this post."""
        return self.fund is Fund.SUBSIDY

    def unread_of(self, *names: str) -> tuple[str, ...]:
        """Paths of those of these fields that could not be read."""
        return tuple(self.origin.place(name).path for name in names if name in self.unread)


@frozen(kw_only=True)
class Line:
    """One row of the budget (經費項目)."""

    ref: str | None = None
    category: str | None = None
    item: str | None = None
    description: str | None = None
    unit_price: Number | None = None
    quantities: tuple[Quantity, ...] = ()
    amount: Number | None = None
    fund: Fund = Fund.SUBSIDY
    details: Details = attrs.field(factory=Details)
    origin: Origin = attrs.field(default=NOWHERE, eq=False, repr=False)
    unread: frozenset[str] = attrs.field(default=frozenset(), eq=False, repr=False)
    """As :attr:`Position.unread`."""
    doubts: frozenset[Doubt] = attrs.field(default=frozenset(), eq=False, repr=False)
    """As :attr:`Position.doubts`."""
    shared: SharedRow | None = attrs.field(default=None, eq=False, repr=False)
    """The row of the sheet that this one is a part of, where other funds pay the rest of it."""

    @property
    def subsidised(self) -> bool:
        """True where the subsidy pays this row."""
        return self.fund is Fund.SUBSIDY


@frozen(kw_only=True)
class Totals:
    """Totals the applicant stated."""

    categories: Mapping[str, Number] = attrs.field(factory=dict)
    grand: Number | None = None


@frozen(kw_only=True)
class Draft:
    """A draft budget of one applicant for one programme."""

    programme: str
    county: str | None = None
    applicant: str | None = None
    applicant_kind: ApplicantKind | None = None
    title: str | None = None
    period: Period | None = None
    filed_on: dt.date | None = None
    approved_on: dt.date | None = None
    continuing_plan: bool | None = None
    funding: Funding = attrs.field(factory=Funding)
    caseload: Caseload = attrs.field(factory=Caseload)
    recruitment_round: Number | None = None
    positions: tuple[Position, ...] = ()
    lines: tuple[Line, ...] = ()
    totals: Totals = attrs.field(factory=Totals)
    origin: Origin = attrs.field(default=NOWHERE, eq=False, repr=False)

    def place(self, path: str) -> Place:
        """The place of a field outside the rows, by its JSON path."""
        return self.origin.place(path)


@frozen(kw_only=True)
class Reading:
    """What a reader made of one file: the draft, and everything about the file that a user should know."""

    draft: Draft
    file: str = ""
    form: Form = Form.JSON
    problems: tuple[Problem, ...] = ()
    normalisations: tuple[Normalisation, ...] = ()
    cells: tuple[Cell, ...] = ()
    notes: tuple[Text, ...] = ()
    recognitions: tuple[Recognition, ...] = ()
    sums: tuple[StatedSum, ...] = ()

    @property
    def unread(self) -> tuple[Cell, ...]:
        """Non-empty cells that no field claims."""
        return tuple(cell for cell in self.cells if not cell.claimed)
