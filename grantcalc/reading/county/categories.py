"""What a row stands under: a category of the programme, an item's name, or a heading of the county's own."""

from __future__ import annotations

import re
from typing import Final

from attrs import Factory, define, frozen

from grantcalc.finding import Place
from grantcalc.reading.county.items import Items, unnumbered, unremarked
from grantcalc.reading.county.likeness import SURE
from grantcalc.reading.county.remedies import LIKENESS, NOTHING
from grantcalc.reading.county.texts import squeezed
from grantcalc.reading.names import Vocabulary
from grantcalc.reading.problems import Sink, shown
from grantcalc.rules.programme import Programme
from grantcalc.text import Bilingual, Message

NEAR = Message("The heading “{written}” was read as the category “{category}”.")
NO_CATEGORY = Message(
    "The heading “{written}” is no category of this programme: its rows count in the categories of their items."
)
LOOK = Message("Look whether that is right; if not, write the category's own name.")
BENEATH = Message("“{written}” names its category first: read as “{rest}” of the category “{category}”.")
NOT_ITS_OWN = Message(
    "“{written}” names the category “{category}” first, but “{rest}” belongs to “{own}”: "
    "the former is not read from it."
)
_BENEATH: Final = re.compile(
    r"(?P<category>[^-－—–─﹣―/／:：>＞→]{2,12})[-－—–─﹣―/／:：>＞→]{1,3}(?P<rest>.*[^\d\W].*)"
)
"""Two names with a dash, a slash or a colon between them."""
_SHORTEST: Final = 3
"""Letters of the category's name before another: 其他：印刷費 says too little."""
LEAST: Final = 76
"""Of 100: 業務費 and 專業服務費, two categories of two programmes, have 75."""
_LISTS_ITS_CATEGORIES: Final = "category-list"
"""A programme with a rule of this kind refuses other categories: they are kept as they are written."""


@frozen(kw_only=True)
class Heading:
    """What a heading is: a ``category`` of the draft, or the ``item`` that the rows below it belong to."""

    category: str | None = None
    item: str | None = None
    sure: bool = True

    def beside(self, category: str | None) -> Heading:
        """What it is for a row whose item is of that category: a doubtful likeness does not speak against it."""
        return self if self.sure or category in {None, self.category} else Heading()


@define
class Headings:
    """The headings of one file; each is told once."""

    programme: Programme
    vocabulary: Vocabulary
    items: Items
    sink: Sink
    _known: dict[str, Heading] = Factory(dict)

    def of(self, written: str | None, place: Place) -> Heading:
        """What the heading of a row is."""
        text = unnumbered(written or "")
        if not text:
            return Heading()
        key = squeezed(text)
        if key not in self._known:
            self._known[key] = self._read(text, place)
        return self._known[key]

    def own(self, written: str, above: Heading) -> Heading:
        """The heading of a row that is itself named like a category (A 專業服務費), else the one ``above`` it.

        A name that is an item's too stays where it stands, unless that item is of the category of its name.
        """
        text = unnumbered(written)
        found = self.vocabulary.category(text) if text else None
        if found is None or found == above.category or self.programme.category(found) is None:
            return above
        item = self.items.exact(text, found)
        if item is not None and self.items.categories[item.code] != found:
            return above
        return Heading(category=found)

    def beneath(self, written: str, above: Heading, place: Place) -> tuple[str, Heading]:
        """The name of a row behind that of its category (人事費—個管員), with that category; else both as they were."""
        parts = _BENEATH.fullmatch(unnumbered(written))
        if parts is None or self.items.exact(written, above.category) is not None:
            return written, above
        name, rest = parts["category"].strip(), parts["rest"].strip()
        found = self.vocabulary.category(name)
        category = self.programme.category(found)
        if len(name) < _SHORTEST or category is None or found is None:
            return written, above
        item = self.items.exact(rest, found)
        if item is not None and self.items.categories[item.code] != found:
            own = _named(self.programme, self.items.categories[item.code])
            told = NOT_ITS_OWN(written=shown(written), category=category.title, rest=shown(rest), own=own)
            self.sink.recognised(place, told, LOOK(), score=50, sure=False)
            return written, above
        told = BENEATH(written=shown(written), category=category.title, rest=shown(rest))
        self.sink.recognised(place, told, NOTHING())
        return rest, Heading(category=found)

    def is_personnel(self, heading: Heading) -> bool:
        """Whether posts are counted there."""
        return heading.category in {self.programme.posts.pay, self.programme.posts.insurance}

    def _read(self, text: str, place: Place) -> Heading:
        for variant in (text, unremarked(text)):
            found = self.vocabulary.category(variant)
            if self.programme.category(found) is not None:
                return Heading(category=found)
        if text in self.programme.parameters.capital_categories:
            return Heading(category=text)
        item = self.items.exact(text, None)
        near = self._near(text)
        if near is not None and item is None:
            score, category = near
            told = NEAR(written=shown(text), category=_named(self.programme, category))
            sure = score >= SURE
            remedy, hint = NOTHING() if sure else LOOK(), LIKENESS(score=score)
            self.sink.recognised(place, told, remedy, score=score, sure=sure, hint=hint)
            return Heading(category=category, sure=sure)
        if item is not None:
            return Heading(item=item.code)
        if any(rule.kind == _LISTS_ITS_CATEGORIES for rule in self.programme.rules):
            return Heading(category=text)
        self.sink.recognised(place, NO_CATEGORY(written=shown(text)), LOOK(), score=50, sure=False)
        return Heading()

    def _near(self, text: str) -> tuple[int, str] | None:
        from rapidfuzz import fuzz, process

        names = {squeezed(name): category for name, category in self.vocabulary.categories.items()}
        found = process.extractOne(squeezed(unremarked(text)), list(names), scorer=fuzz.ratio, score_cutoff=LEAST)
        return None if found is None else (int(found[1]), names[found[0]])


def _named(programme: Programme, name: str) -> Bilingual | str:
    category = programme.category(name)
    return name if category is None else category.title
