"""Finds the calculations of a text: numbers with their units, joined by signs of multiplication and addition."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final

from attrs import define, evolve

from grantcalc.money import Number, number
from grantcalc.unitwords import NUMERALS, unit_of_word
from grantcalc.wording import Calculation, Equation, Factor, Term, Wording
from grantcalc.wordnodes import Node, inverted, is_calculation, multiplied, value_of
from grantcalc.wordnumbers import after_space, described, plain_text, quantity

_DEEPEST: Final = 3
_MOST: Final = 30
"""Numbers of one calculation: a text with more is none that a person wrote."""
_FEWEST_BARE: Final = 3
"""Numbers without any unit are a calculation from this many on, or with a result."""

_TIMES = re.compile(r"\s*(?:(?P<by>[×✕✖╳⨯*xX]|乘以|乘)|(?P<over>÷))\s*")
_PLUS = re.compile(r"\s*\+\s*")
_EQUALS = re.compile(r"\s*(?:=|(?P<about>≒|≈))\s*(?P<said>約|大約)?\s*(?:新臺幣|新台幣|共計|合計|共|計)?\s*")
_TOTAL = re.compile(r"[\s,、;。]*(?:共計|合計|總計|小計|總共|共需|計|共)\s*[::]?\s*(?:新臺幣|新台幣)?\s*")
_REMARK = re.compile(r"\s*\([^()]{0,40}\)")
_BEFORE = re.compile(r"[^\W\d_]{0,8}?(?=\s*(?:[$@]|NT|[(\d" + NUMERALS + r"]))")
_ANCHOR = re.compile(
    rf"(?<![A-Za-z\d.,/\-{NUMERALS}])(?:每[^\W\d每]{{1,2}}\s?){{0,4}}(?:NT\$|NTD|NT|TWD|\$|@)?\s?(?=[\d({NUMERALS}])"
)
_TELEPHONE = re.compile(r"(?:電話|分機|手機|傳真|專線|tel|fax|ext)[^,;、。]{0,24}$", re.IGNORECASE)
_RANGE_SIGNS: Final = ("~", "～", "至", "到", "—", "–", "-")
_SIGNS: Final = ("×", "✕", "✖", "╳", "⨯", "*", "x", "X", "乘", "以", "÷")
_LOOSE = re.compile(r"(?<![A-Za-z\d])\d")
_LABELLED = re.compile(
    r"(?:^|(?<=[\n;;。,、]))\s*(?:\(?[\d一二三四五六七八九十]{1,2}[.、)]\s*)?(?P<label>[^\d\n;:、,。×*=+]{2,20}):\s*"
    r"(?P<amount>[\d,]+\s*(?:千|萬)?元)整?\s*(?=$|[\n;。,、])"
)
_TORN = re.compile(r"[^\d,、;。\n=+()]{0,6}[×✕✖╳⨯*]\s*[\d$@(]")
"""A sign of multiplication behind words that are not understood: what was read is a part of a product."""
_FRONT = re.compile(r"(?:^|[^\d,.×✕✖╳⨯*xX+\-~/])(?P<amount>\d[\d,]*(?:\.\d+)?(?:\s?[千仟萬])?(?:\s?元)?)整?\s*=\s*$")
_LONGEST_LABEL: Final = 24
_NO_LABEL: Final = frozenset(",、;。=+×*÷\n")
_TRIM: Final = " \t\n:;,、。.-()+"


def scan(text: str) -> Wording:
    """Every calculation of a text, and the total behind several."""
    return _Scanner(plain_text(text)).wording()


@define
class _Scanner:
    text: str
    left: int = 3000
    """Numbers that are still looked at: what cannot be read is tried from each of its numbers on, which has an end."""

    def wording(self) -> Wording:
        found: list[Calculation] = []
        ends: list[tuple[int, int]] = []
        at, label_from = 0, 0
        while self.left > 0 and (anchor := _ANCHOR.search(self.text, at)) is not None:
            begin = anchor.start()
            torn = self._is_torn(label_from, begin)
            made = None if torn else self._calculation(begin, label_from, found[-1] if found else None)
            if made is None:
                at = max(anchor.end(), begin) + 1
            else:
                found.append(made[0])
                ends.append((begin, made[1]))
                at = label_from = made[1]
        if not found:
            return Wording(calculations=())
        total = self._total(label_from) if len(found) > 1 else None
        return Wording(calculations=tuple(self._with_amounts(found, ends)), total=total)

    def _with_amounts(self, found: list[Calculation], ends: list[tuple[int, int]]) -> list[Calculation]:
        """Amounts with a label of their own beside calculations: 「3.印刷費：30,000元」."""
        gaps = [(0, ends[0][0])] + [
            (left[1], right[0]) for left, right in zip(ends, [*ends[1:], (len(self.text), 0)], strict=True)
        ]
        made: list[Calculation] = []
        for (start, end), following in zip(gaps, [*found, None], strict=True):
            for match in _LABELLED.finditer(self.text, start, end):
                value = quantity(self.text, match.start("amount"))
                if value is not None and value[0].money and not _TOTAL.match(match["label"]):
                    factor = value[0]
                    text = match.group().strip(_TRIM)
                    term = Term(text=text, factors=(factor,))
                    made.append(Calculation(text=text, label=match["label"], terms=(term,), stated=factor.number))
            if following is not None:
                made.append(following)
        return made

    def _is_torn(self, start: int, at: int) -> bool:
        """Whether the number is the rest of something that could not be read: of a range, of a product."""
        before = self.text[start:at].rstrip()
        if before.endswith(_RANGE_SIGNS):
            return True
        return before.endswith(_SIGNS) and _LOOSE.search(before) is not None

    def _total(self, at: int) -> Number | None:
        match = _TOTAL.match(self.text, at)
        value = self._amount(match.end()) if match else None
        return value[0].number if value and value[0].money else None

    def _calculation(self, at: int, label_from: int, before: Calculation | None) -> tuple[Calculation, int] | None:
        node = self._sum(at, 0)
        if node is None or not node.joined or not is_calculation(node) or _TORN.match(self.text, node.end):
            return None
        node, equations = self._results(node)
        before_it = None if equations else self._result_before(label_from, at)
        if before_it is not None:
            stated = before_it[1]
            equations = [Equation(computed=value_of(node.terms), stated=stated.number, step=stated.step)]
        factors = [factor for term in node.terms for factor in term]
        bare = not any(factor.unit or factor.money or factor.percent for factor in factors)
        if bare and (_TELEPHONE.search(self.text, 0, at) or not (equations or len(factors) >= _FEWEST_BARE)):
            return None
        terms = tuple(
            Term(text=self.text[start:end].strip(_TRIM), factors=term, label=label)
            for term, (start, end), label in zip(node.terms, node.spans, node.every_label, strict=True)
        )
        made = Calculation(
            text=self.text[at : node.end].strip(),
            label=_label(self.text[label_from : before_it[0] if before_it else at]),
            terms=terms,
            stated=equations[-1].stated if equations else None,
            equations=tuple(equations),
        )
        return _carried(made, before, self.text[label_from:at]), node.end

    def _results(self, node: Node) -> tuple[Node, list[Equation]]:
        """What stands behind signs of equality; a result may go on as a factor: …=6,000元×10次=60,000元."""
        equations: list[Equation] = []
        value = value_of(node.terms)
        while (stated := self._stated(node.end)) is not None:
            factor, end, about = stated
            if not about:
                share = any(one.percent for term in node.terms for one in term)
                equations.append(Equation(computed=value, stated=factor.number, step=factor.step, share=share))
            node = evolve(node, end=end)
            more = self._product(end, 0, (factor,)) if len(node.terms) == 1 else None
            if more is None or not more.joined:
                break
            node = evolve(node, terms=((*node.terms[0], *more.terms[0][1:]),), spans=((node.spans[0][0], more.end),))
            node = evolve(node, end=more.end)
            value = value_of(more.terms)
        return node, equations

    def _stated(self, at: int) -> tuple[Factor, int, bool] | None:
        after = self._skip_remarks(at)
        match = _EQUALS.match(self.text, after)
        if match is not None:
            found = self._amount(match.end())
            about = bool(match["about"] or match["said"])
            return None if found is None else (*found, about)
        match = _TOTAL.match(self.text, after)
        found = self._amount(match.end()) if match is not None else None
        return (*found, False) if found is not None and found[0].money else None

    def _amount(self, at: int) -> tuple[Factor, int] | None:
        return quantity(self.text, after_space(self.text, at))

    def _sum(self, at: int, depth: int) -> Node | None:
        node = self._product(at, depth)
        while node is not None:
            plus = _PLUS.match(self.text, self._skip_remarks(node.end))
            more = self._named(plus.end(), depth) if plus else None
            if more is None:
                return node
            node = node.plus(more[1], more[0])
            if len(node.terms) > _MOST:
                return None
        return None

    def _named(self, at: int, depth: int) -> tuple[str, Node] | None:
        """The next product of a sum, with words before it where it is money: +場地費3,000元×2場, +補充保費1,013元."""
        direct = self._product(at, depth)
        if direct is not None:
            return "", direct
        for start in range(at + 1, min(at + _LONGEST_LABEL, len(self.text))):
            if self.text[start - 1] in _NO_LABEL:
                return None
            found = self._product(start, depth) if _ANCHOR.match(self.text, start) else None
            if found is not None:
                of_money = all(any(one.money for one in term) for term in found.terms)
                return (_label(self.text[at:start]), found) if of_money else None
            if self.text[start].isdigit():
                return None
        return None

    def _result_before(self, start: int, at: int) -> tuple[int, Factor] | None:
        """A result in front (48,000元=2,000元×24小時): where it begins, and what it states."""
        match = _FRONT.search(self.text, start, at)
        value = quantity(self.text, match.start("amount")) if match is not None else None
        if match is None or value is None or value[1] != match.end("amount") or not (value[0].money or value[0].bare):
            return None
        return match.start("amount"), value[0]

    def _product(self, at: int, depth: int, first: tuple[Factor, ...] = ()) -> Node | None:
        node = Node((first,), ((at, at),), at) if first else self._factor(at, depth, leading=True)
        while node is not None:
            sign = _TIMES.match(self.text, self._skip_words(node.end))
            if sign is None:
                return node
            more = self._factor(sign.end(), depth, leading=False)
            if more is None:
                return None if sign["by"] not in {"x", "X"} else node
            if sign["over"]:
                more = evolve(more, terms=tuple(inverted(term) for term in more.terms))
            if sum(map(len, node.terms)) * len(more.terms) > _MOST:
                return None
            node = multiplied(node, more, at)
        return None

    def _factor(self, at: int, depth: int, *, leading: bool) -> Node | None:
        self.left -= 1
        at = after_space(self.text, at)
        if self.text[at : at + 1] == "(" and (group := self._group(at, depth)) is not None:
            return group
        named = ""
        if not leading:
            at = self._skip_remarks(at)
            before = _BEFORE.match(self.text, at)
            named, at = (before.group(), after_space(self.text, before.end())) if before else ("", at)
            if self.text[at : at + 1] == "(" and (group := self._group(at, depth)) is not None:
                return group
        found = quantity(self.text, at)
        if found is None:
            return None
        factor, end = found
        if factor.bare and unit_of_word(named):
            factor = evolve(factor, word=named, unit=unit_of_word(named))
        return Node(((factor,),), ((at, end),), end)

    def _group(self, at: int, depth: int) -> Node | None:
        """A sum in brackets: (12+1.5)個月 is one number, (2,000元×3時+1,000元×2時)×4次 two products."""
        inside = self._sum(at + 1, depth + 1) if depth < _DEEPEST else None
        if inside is None:
            return None
        close = after_space(self.text, inside.end)
        if self.text[close : close + 1] != ")":
            return None
        end = close + 1
        if all(len(term) == 1 for term in inside.terms):
            return self._added([term[0] for term in inside.terms], at, end)
        return Node(inside.terms, inside.spans, end, True)

    def _added(self, factors: list[Factor], at: int, end: int) -> Node | None:
        """Numbers of one kind in brackets, added up, with the unit behind the bracket."""
        if any(factor.percent or factor.inverse for factor in factors):
            return None
        named = [factor for factor in factors if not factor.bare]
        if any((one.unit, one.money) != (named[0].unit, named[0].money) for one in named):
            return None
        total = Factor(number=number(sum((one.number for one in factors), 0)))
        if named:
            total = evolve(named[0], number=total.number)
        total, end = described(self.text, total, end)
        return Node(((total,),), ((at, end),), end, len(factors) > 1)

    def _skip_remarks(self, at: int) -> int:
        while (match := _REMARK.match(self.text, at)) is not None:
            at = match.end()
        return at

    def _skip_words(self, at: int) -> int:
        """Past words and remarks that a sign of multiplication follows: 2名社工員(碩士)×."""
        for start in (at, self._skip_remarks(at)):
            for length in range(11):
                words = self.text[start : start + length]
                if words and not (words[-1].isalpha() and words[-1] not in "xX乘"):
                    break
                after = self._skip_remarks(start + length)
                if _TIMES.match(self.text, after):
                    return after
        return at


def _label(text: str) -> str:
    """The words before a calculation, a remark at their end with its bracket."""
    label = text.strip(_TRIM)
    return (
        f"{label})"
        if label.count("(") > label.count(")") and text.rstrip(_TRIM.replace(")", "")).endswith(")")
        else label
    )


def _carried(made: Calculation, before: Calculation | None, between: str) -> Calculation:
    """…=6,000元+1,000元×2時=8,000元: a result behind a plus may be the sum so far."""
    if before is None or before.stated is None or between.strip() != "+" or len(made.equations) != 1:
        return made
    only = made.equations[0]
    running = evolve(only, computed=Fraction(only.computed) + Fraction(before.stated))
    if only.holds or not running.holds:
        return made
    return evolve(made, equations=(running,), stated=None)
