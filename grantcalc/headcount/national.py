"""All counties under another caseload, ratio, point value or rounding (全國試算).

The formulas are those of :mod:`grantcalc.staffing`; a changed number of a clause takes the place of that of its table.
The money of a post is the county's implied average: what was approved, shared out among all approved posts. So a team
of the approved size takes exactly the approved money, and a county's money follows its posts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction

from grantcalc.counties import county_title
from grantcalc.finding import Explanation, Operation
from grantcalc.headcount.model import Assumption
from grantcalc.headcount.national_terms import BY_VALUE, Change, Terms, assumed, terms_of, told
from grantcalc.headcount.pricing import PERSONNEL, POSTS, personnel_money
from grantcalc.headcount.results import CountyChange, National, Posts
from grantcalc.money import Rounding, whole
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.staffing import Approved, Need, approved_posts
from grantcalc.text import Bilingual, Message
from grantcalc.units import Unit

__all__ = ["Change", "national"]

COUNTY_MONEY = Message("money of {county} under the change")
OF_POSTS = Message("posts by the changed formula × money of a post")
CHANGED_POSTS = Message("posts by the changed formula, project managers among them")
OF_ONE = Message("money of a post: approved personnel money ÷ approved posts")
MANAGERS = Message("project managers by the changed formula")
SUM = Bilingual("合計", "Total")


def national(library: Library, programme: Programme, change: Change, counties: Collection[str] = ()) -> National:
    """Every county with approved posts in ``programme``, or only these, under ``change``."""
    terms = terms_of(programme, change, library.tables)
    names = [str(row["county"]) for row in library.tables[f"{programme.document}/approved_posts"].rows]
    found = (_county(name, terms) for name in names if name in counties or not counties)
    known = sorted(
        (county for county in found if county is not None),
        key=lambda county: (county.gained, county.money_gained),
        reverse=True,
    )
    return National(
        changes=tuple(told(terms)),
        counties=tuple(known),
        total=_sum(known),
        assumptions=tuple(Assumption(text=text) for text in assumed(terms)),
    )


def _county(name: str, terms: Terms) -> CountyChange | None:
    """One county; ``None`` where no money is approved for it."""
    approved = approved_posts(name, terms.printed, terms.programme.document)
    money = personnel_money(terms.programme, name, terms.printed)
    if approved is None or money is None:
        return None
    cases = Fraction(approved.cases)
    before = _posts(terms.needed(cases, is_changed=False))
    after = _posts(terms.needed(cases * terms.change.cases, is_changed=True))
    people = _approved(approved)
    title = county_title(terms.printed, name) or Bilingual(name, name)
    needed = _needed(title, money, people, after, terms)
    return CountyChange(
        county=title,
        cases=cases,
        changed_cases=cases * terms.change.cases,
        approved=people,
        formula=before,
        changed=after,
        approved_money=money,
        formula_money=whole(Fraction(before.total * money, people.total)),
        needed_money=int(needed.value),
        explanation=needed,
    )


def _posts(found: Need) -> Posts:
    return Posts(
        case_managers=found.case_managers.value,
        senior=found.senior.value,
        supervisors=found.supervisors.value,
        project_managers=found.project_managers.value,
    )


def _approved(found: Approved) -> Posts:
    return Posts(
        case_managers=found.case_managers,
        senior=found.senior,
        supervisors=found.supervisors,
        project_managers=found.project_managers,
    )


def _needed(title: Bilingual, money: int, approved: Posts, posts: Posts, terms: Terms) -> Explanation:
    """What the posts take: all of them at the implied average, project managers with what another value adds."""
    one = Explanation(
        label=OF_ONE,
        value=Fraction(money, approved.total),
        unit=Unit.DOLLAR,
        operation=Operation.QUOTIENT,
        inputs=(
            Explanation(label=PERSONNEL(county=title), value=money, unit=Unit.DOLLAR),
            Explanation(label=POSTS, value=approved.total, unit=Unit.POST),
        ),
    )
    parts = [_product(OF_POSTS, CHANGED_POSTS, posts.total, one)]
    if terms.more is not None:
        parts.append(_product(BY_VALUE, MANAGERS, posts.project_managers, terms.more))
    exact = sum((Fraction(part.value) for part in parts), Fraction(0))
    value = whole(exact)
    return Explanation(
        label=COUNTY_MONEY(county=title),
        value=value,
        unit=Unit.DOLLAR,
        operation=Operation.SUM,
        inputs=tuple(parts),
        rounding=None if exact == value else Rounding.HALF_UP.value,
    )


def _product(label: Message, counted: Message, count: int, each: Explanation) -> Explanation:
    return Explanation(
        label=label,
        value=count * Fraction(each.value),
        unit=Unit.DOLLAR,
        operation=Operation.PRODUCT,
        inputs=(Explanation(label=counted, value=count, unit=Unit.POST), each),
    )


def _sum(counties: Iterable[CountyChange]) -> CountyChange:
    known = list(counties)

    def posts(of: str) -> Posts:
        teams = [getattr(county, of) for county in known]
        roles = ("case_managers", "senior", "supervisors", "project_managers")
        return Posts(**{role: sum(getattr(team, role) for team in teams) for role in roles})

    return CountyChange(
        county=SUM,
        cases=sum((county.cases for county in known), Fraction(0)),
        changed_cases=sum((county.changed_cases for county in known), Fraction(0)),
        approved=posts("approved"),
        formula=posts("formula"),
        changed=posts("changed"),
        approved_money=sum(county.approved_money for county in known),
        formula_money=sum(county.formula_money for county in known),
        needed_money=sum(county.needed_money for county in known),
    )
