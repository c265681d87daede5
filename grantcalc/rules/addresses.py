"""Places (地點) as they are compared: addresses with their many ways of writing, and names of places."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from enum import Enum

from attrs import frozen

_DIGITS = {character: str(value) for value, character in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百]+(?=[段樓層號巷弄鄰室路街])|(?<=之)[〇零一二三四五六七八九十百]+")
_BREAK = re.compile(r"[:,;。、\n]")
_LEFT_OUT = re.compile(r"[\s()\[\]「」『』〔〕【】.]+")
_POSTCODE = re.compile(r"^\d{3}(?:\d{2,3})?(?=[一-鿿])(?![號巷弄樓鄰室段])")
_LEAD = re.compile(r"^(?:租賃|承租|租用|位於|位在|設於|地址|地點|坐落|座落|於)+")
_VILLAGE = re.compile(r"(?<=[鄉鎮市區])[一-鿿]{1,4}[里村](?![路街段巷鄉鎮市區])(?:\d+鄰)?|\d+鄰")
_OF_HOUSE = re.compile(r"(\d+)-(\d+)號")
_PART = re.compile(r"之(?=\d)")
_ADDRESS = re.compile(r"(.*?\d+號(?:-\d+)?)(.*)")
_FLOOR = re.compile(r"(?:地下|b)?\d+(?:樓|層|f)(?:-\d+)?|b\d+|\d+室")
_ROAD = re.compile(r"[路街段巷弄道村里]")


class Sameness(Enum):
    """Whether two places are one."""

    SAME = "same"
    PERHAPS = "perhaps"
    """One leaves out what the other states (county, township, floor), or it is a name and no address."""


@frozen(kw_only=True)
class Address:
    """A place: its county, what stands up to the house number (or the whole name), and floor and room."""

    county: str | None
    is_county_stated: bool
    street: str
    floor: str = ""
    is_exact: bool = True
    """It has a house number."""

    def compare(self, other: Address) -> Sameness | None:
        """Whether it is the same place; ``None`` where it is another."""
        if self.floor and other.floor and self.floor != other.floor:
            return None
        if self.street != other.street and not self._is_within(other):
            return None
        if self.county != other.county or self.county is None:
            # A county that is not written was taken from the draft: an applicant may rent in another one.
            both_stated = self.is_county_stated and other.is_county_stated
            return Sameness.PERHAPS if self.is_exact and other.is_exact and not both_stated else None
        whole = self.street == other.street and self.floor == other.floor
        return Sameness.SAME if whole and self.is_exact and other.is_exact else Sameness.PERHAPS

    def _is_within(self, other: Address) -> bool:
        """One address is the other without its township."""
        short, long = sorted((self.street, other.street), key=len)
        return self.is_exact and other.is_exact and _ROAD.search(short) is not None and long.endswith(short)


def address_of(text: str, county: str | None, counties: Collection[str]) -> Address | None:
    """The place of a cell of places, one without a county taken to lie in the draft's; ``None`` where it is blank."""
    pieces = [piece for piece in map(_folded, _BREAK.split(_plain(text))) if piece]
    with_number = next((piece for piece in pieces if _ADDRESS.match(piece)), None)
    if with_number is None and not pieces:
        return None
    return _address(with_number or "".join(pieces), county, counties)


def address_within(text: str, county: str | None, counties: Collection[str]) -> Address | None:
    """The address in a description; ``None`` where no house number says that there is one."""
    found = address_of(text, county, counties)
    return found if found is not None and found.is_exact and _ROAD.search(found.street) else None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("臺", "台")


def _folded(piece: str) -> str:
    """One piece without blanks and brackets, numerals as digits, 之 as a hyphen, 10-1號 as 10號-1."""
    text = _LEFT_OUT.sub("", piece).replace("–", "-").replace("—", "-").replace("~", "-")
    text = _NUMERAL.sub(lambda match: _number(match[0]), text)
    return _OF_HOUSE.sub(r"\1號-\2", _PART.sub("-", text))


def _address(piece: str, county: str | None, counties: Collection[str]) -> Address:
    stated, rest = _county_of(piece, counties)
    rest = _VILLAGE.sub("", _LEAD.sub("", _POSTCODE.sub("", rest)))
    match = _ADDRESS.match(rest)
    floors = (part.replace("層", "樓").replace("f", "樓") for part in _FLOOR.findall(match[2] if match else ""))
    return Address(
        county=stated or (_plain(county) if county else None),
        is_county_stated=stated is not None,
        street=match[1] if match else rest,
        floor="".join(re.sub(r"^b(\d+)樓?$", r"地下\1樓", floor) for floor in floors),
        is_exact=match is not None,
    )


def _county_of(piece: str, counties: Collection[str]) -> tuple[str | None, str]:
    """The county that a piece names, and what stands after it."""
    for name in map(_plain, counties):
        _, found, after = piece.partition(name)
        if found:
            return name, after
    return None, piece


def _number(numeral: str) -> str:
    """三十二 as 32; digits one after the other (一〇一) as they stand."""
    if not set(numeral) & {"十", "百"}:
        return "".join(_DIGITS[character] for character in numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in "十百":
            total += (digit or 1) * (10 if character == "十" else 100)
            digit = 0
        else:
            digit = int(_DIGITS[character])
    return str(total + digit)
