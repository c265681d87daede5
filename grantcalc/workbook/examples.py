"""The compliant example of a programme (examples/<programme>/compliant.json), in a checkout or in the wheel."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from grantcalc.draft.model import Draft
from grantcalc.reading import read
from grantcalc.rules.kinds.allocation_total import AllocationTotal
from grantcalc.rules.library import Library
from grantcalc.rules.programme import Programme
from grantcalc.text import Message, Text

NAME = "compliant.json"
NO_EXAMPLE = Message("There is no example for the programme {programme}.")
OTHER_COUNTY = Message(
    "The example for {programme} asks for exactly what {county} was approved for; it does not fit another county. "
    "Leave out --county, or leave out --example."
)
ON_ISLANDS = Message(
    "The example for {programme} asks for the regional allowance of the islands of {county}; it does not fit another "
    "county. Leave out --county, or leave out --example."
)


class ExampleError(Exception):
    """There is no example to write; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        """Keep the message for rendering in the user's language."""
        super().__init__(text.template, dict(text.values))
        self.text = text


def directory() -> Path:
    """examples/ inside the package when installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "examples"
    return inside if inside.is_dir() else package.parent / "examples"


def example(programme: Programme, library: Library, county: str | None = None) -> Draft:
    """The compliant draft, for another county where ``county`` is given.

    :class:`ExampleError` where there is none, or where its posts and amounts fit its own county only.
    """
    path = directory() / programme.id / NAME
    if not path.is_file():
        raise ExampleError(NO_EXAMPLE(programme=programme.id))
    draft = read(path, library).draft
    if county is None or county == draft.county:
        return draft
    if any(isinstance(rule.values, AllocationTotal) for rule in programme.rules):
        raise ExampleError(OTHER_COUNTY(programme=programme.id, county=draft.county or ""))
    if any(post.regional_allowance for post in draft.positions):
        raise ExampleError(ON_ISLANDS(programme=programme.id, county=draft.county or ""))
    return _moved(draft, county)


def _moved(draft: Draft, county: str) -> Draft:
    """The same budget for another county: its name takes the first one's place; townships are not guessed."""
    old = draft.county or ""
    return evolve(
        draft,
        county=county,
        applicant=_renamed(draft.applicant, old, county),
        title=_renamed(draft.title, old, county),
        positions=tuple(evolve(post, workplace=county) for post in draft.positions),
        lines=tuple(
            evolve(
                line,
                description=_renamed(line.description, old, county),
                details=evolve(line.details, place=county if line.details.place else None),
            )
            for line in draft.lines
        ),
    )


def _renamed(text: str | None, old: str, new: str) -> str | None:
    return None if text is None else text.replace(old, new)
