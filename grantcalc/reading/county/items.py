"""Recognises the items of a programme in the words of a county's own sheet, and says how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen

from grantcalc.reading.county.itemdoubts import DOUBTED, Doubts
from grantcalc.reading.county.itemwords import ItemWords
from grantcalc.reading.county.likeness import LEAST, SURE, Letters, letters_of, likenesses
from grantcalc.reading.county.texts import squeezed
from grantcalc.reading.names import folded
from grantcalc.rules.kinds.refused_words import Words, words_of
from grantcalc.rules.programme import Programme
from grantcalc.tabledata import Tables
from grantcalc.units import Unit

APART: Final = 5
"""A second item as near as this leaves the first in doubt."""
_WITHOUT_REMARK: Final = 97
_REWORDED: Final = 92
_GUESSED: Final = 88
_NUMBERING = re.compile(
    r"\s*(?:[(（][一二三四五六七八九十\d]{1,3}[)）][、.．]?|[一二三四五六七八九十]{1,3}[)）、.．:：]|\d{1,2}(?:[-.]\d{1,2})*[)）、.．:：](?!\d)"
    r"|\d{1,2}(?:[-.]\d{1,2})+\s|\d{1,2}\s+(?=\D)|[①-⑳⑴-⒛]|[壹貳參肆伍陸柒捌玖拾]{1,2}[、.．]|[A-Za-z][.、)）]"
    r"|[A-ZＡ-Ｚ]\s+(?=[\u4e00-\u9fff])"
    r"|[●•‧·○◎■□▲△◆◇*※\-－—])\s*"
)
_REMARK = re.compile(r"[(（\[【〔]([^()（）\[\]【】〔〕]*)[)）\]】〕]")
_CODE = re.compile(r"[A-Za-z]\d{1,2}(?:[-.]\d{1,2})*[.、:)]?\s*(?=[\u4e00-\u9fff])")
"""A number like D2 before a name; only an item's name shows that it is one: A4 紙 keeps it."""
_EVENT = re.compile(r"^[^－—–―‐:：\-]{2,12}\s*[－—–―‐:：\-]{1,2}\s*(?=[\u4e00-\u9fff])")
"""The activity that a row is of, before the item's own name: 家庭日—餐費."""
_OF_SEVERAL: Final = 85
_OF_EVENT: Final = 92
IGNORE: Final = "ignore"
POST_PREFIX: Final = "post:"


def unnumbered(text: str) -> str:
    """A name without the number before it: 「(一)1.訪視費」 is 訪視費."""
    while (match := _NUMBERING.match(text)) is not None and match.end() < len(text):
        text = text[match.end() :]
    return unicodedata.normalize("NFKC", text).strip(" \n\t:、.。;,")


def unremarked(text: str) -> str:
    """A name without what stands in brackets."""
    return _REMARK.sub("", text)


def map_key(text: str) -> str:
    """A name as the keys of a mapping are compared."""
    return "".join(folded(text).split())


@frozen(kw_only=True)
class Match:
    """An item found: ``code``, how sure of 100, the codes of others almost as near; ``name`` found it."""

    code: str
    score: int
    name: str
    others: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether nobody has to look."""
        return self.score >= SURE and not self.others

    @property
    def exact(self) -> bool:
        """Whether the name is one that the programme's tables give."""
        return self.score == 100 and not self.others  # noqa: PLR2004  # of 100


@frozen(kw_only=True)
class Items:
    """The names of one programme's items, and what a mapping says."""

    names: Mapping[str, tuple[str, ...]]
    categories: Mapping[str, str]
    mapped: Mapping[str, str]
    doubts: Doubts
    words: ItemWords
    refused: Words | None = None
    """What the programme does not pay, by its words; ``None`` where it lists none."""
    cores: Mapping[str, tuple[str, ...]] = field(factory=dict)
    """Names without what stands in brackets, where only that tells several items apart."""
    _letters: tuple[Letters, ...] = ()
    """Every name with its letters: as a set, and put in order."""
    _found: dict[tuple[str, str | None], Match | None] = field(factory=dict, eq=False, repr=False)
    """What was looked up in this reading: sheets repeat their names."""

    @classmethod
    def of(cls, programme: Programme, mapped: Mapping[str, str], tables: Tables) -> Items:
        """Every name and alias of every item."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        cores: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for item in programme.items.values():
            for name in (item.code, item.name.zh, item.name.en, *item.aliases):
                found[squeezed(name)][item.code] = None
                cores[squeezed(unremarked(name))][item.code] = None
        names = {name: tuple(codes) for name, codes in found.items()}
        words = ItemWords.of(tables)
        lots = frozenset(item.code for item in programme.items.values() if Unit.LOT in item.units)
        return cls(
            names=names,
            cores={name: tuple(codes) for name, codes in cores.items() if len(codes) > 1 and name not in names},
            doubts=Doubts(names=names, lots=lots, included=words.included, costs=words.costs),
            words=words,
            refused=words_of(programme, tables),
            categories={item.code: item.category for item in programme.items.values()},
            mapped={map_key(name): target for name, target in mapped.items()},
            letters=letters_of(names),
        )

    def of_map(self, *texts: str) -> str | None:
        """What a mapping says of one of these names: a code, ``post:<role>`` or ``ignore``."""
        for text in texts:
            for variant in (text, unnumbered(text)):
                target = self.mapped.get(map_key(variant))
                if target is not None:
                    return target
        return None

    def exact(self, text: str, category: str | None) -> Match | None:
        """The item of exactly this name, its number and remarks left out; of several, the one of the category."""
        for variant, score in _variants(text, self.words):
            codes = self.names.get(squeezed(variant), ())
            if codes:
                within = [code for code in codes if self.categories[code] == category]
                chosen = within or list(codes)
                found = Match(code=chosen[0], score=score, name=variant, others=tuple(chosen[1:]))
                return self._doubted(found, _REMARK.findall(unnumbered(text)), variant)
            if squeezed(variant) in self.cores:
                return self._by_remark(text, variant)
        return None

    def _by_remark(self, text: str, core: str) -> Match:
        """One of the items that only a remark tells apart: 諮商及心理治療費（夫妻）; a person looks in any case."""
        words = [squeezed(remark) for remark in _REMARK.findall(unnumbered(text))]
        codes = self.cores[squeezed(core)]
        named = [
            code for code in codes if any(word and word in name for name in self.doubts.own(code) for word in words)
        ]
        first = named[0] if len(named) == 1 else codes[0]
        others = tuple(code for code in codes if code != first)
        return Match(code=first, score=_GUESSED, name=core, others=others)

    def _doubted(self, found: Match, words: Sequence[str], core: str) -> Match:
        """The match, less sure where words beside the name speak for another item or another cost."""
        if found.exact and squeezed(found.name) in self.names and not set(words) - set(_REMARK.findall(found.name)):
            return found
        doubt = self.doubts.of_words(found.code, words, core)
        score = min(found.score, DOUBTED) if doubt.other_cost else found.score
        others = tuple(dict.fromkeys((*found.others, *doubt.others)))
        return evolve(found, score=score, others=others)

    def find(self, text: str, category: str | None) -> Match | None:
        """The item that a name stands for; ``None`` where nothing is near."""
        key = (text, category)
        if key not in self._found:
            exact = self.exact(text, category) or self._of_event(text, category) or self._of_several(text, category)
            self._found[key] = self._unrefused(text, exact or self._near(text, category))
        return self._found[key]

    def refuses(self, text: str) -> bool:
        """Whether a name that is none of an item's says that it is for what the programme does not pay."""
        return self.refused is not None and squeezed(text) not in self.names and self.refused.refuses(text)

    def _unrefused(self, text: str, match: Match | None) -> Match | None:
        """No like item for what is not paid (聚餐費 is no 膳費); for what may be that (尾牙), never a sure one."""
        if match is None or match.exact or self.refused is None or not self.refused.found(text):
            return match
        return None if self.refuses(text) else evolve(match, score=min(match.score, SURE - 1))

    def _of_event(self, text: str, category: str | None) -> Match | None:
        """A name behind that of an activity (家庭日—餐費): the item of exactly that name."""
        plain = unnumbered(text)
        event = _EVENT.match(plain)
        found = self.exact(plain[event.end() :], category) if event is not None else None
        if found is None or event is None:
            return None
        return self._doubted(evolve(found, score=min(found.score, _OF_EVENT)), [event.group()], found.name)

    def _of_several(self, text: str, category: str | None) -> Match | None:
        """A name that lists several items (電話費、文具及雜支): the first, the others told."""
        parts = [part for part in self.words.between.split(unremarked(unnumbered(text))) if part]
        found = [self.exact(part, category) for part in parts] if len(parts) > 1 else []
        codes = list(dict.fromkeys(match.code for match in found if match is not None))
        if not codes or found[0] is None:
            return None
        return Match(code=codes[0], score=_OF_SEVERAL, name=text, others=tuple(codes[1:]))

    def _near(self, text: str, category: str | None) -> Match | None:
        scores: dict[str, tuple[float, str]] = {}
        variants: dict[str, tuple[int, str]] = {}
        for variant, most in _variants(text, self.words):
            written = squeezed(variant)
            if written and most > variants.get(written, (0, ""))[0]:
                variants[written] = (most, variant)
        for written, (most, variant) in variants.items():
            for name, found in (*self._ended(written), *likenesses(written, self._letters, self.words.costs)):
                score = min(found, most)
                if score >= SURE and self.doubts.of_likeness(written, name):
                    score = SURE - 1
                for code in self.names[name]:
                    if score > scores.get(code, (0.0, ""))[0]:
                        scores[code] = (score, variant)
        ranked = sorted(scores, key=lambda code: (-scores[code][0], self.categories[code] != category, code))
        if not ranked or scores[ranked[0]][0] < LEAST:
            return None
        best, name = scores[ranked[0]]
        others = [code for code in ranked[1:] if scores[code][0] > best - APART]
        others += [code for code in self.doubts.of_ending(ranked[0], squeezed(name)) if code not in others]
        match = Match(code=ranked[0], score=min(int(best), 99), name=name, others=tuple(others))
        return self._doubted(match, _REMARK.findall(unnumbered(text)), name)

    def _ended(self, written: str) -> Iterator[tuple[str, float]]:
        for ending, score in self.words.endings:
            if written + ending in self.names:
                yield written + ending, score


def _variants(text: str, words: ItemWords) -> Iterator[tuple[str, int]]:
    """The name as written, without remarks, and in the words that the documents use."""
    plain = unnumbered(text)
    yield plain, 100
    coded = _CODE.match(plain)
    if coded is not None:
        plain = plain[coded.end() :]
        yield plain, _WITHOUT_REMARK
    core = unremarked(plain).strip()
    if core and core != plain:
        yield core, _WITHOUT_REMARK
        yield "".join(_REMARK.findall(plain)) + core, _GUESSED
    core = words.without_leading(core)
    yield core, _WITHOUT_REMARK
    core = words.unqualified(core)
    yield core, _REWORDED
    yield from words.reworded(core)
