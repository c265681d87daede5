"""A total below one table that adds up other tables or sheets as well: 人事費及業務費總計, 總計（含專業服務費）."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grantcalc.reading.county.amounts import OWN_PARTS
from grantcalc.reading.county.drafted import Drafted
from grantcalc.reading.county.model import RowKind
from grantcalc.reading.county.stated import Stated
from grantcalc.reading.county.summary import Names
from grantcalc.reading.county.texts import squeezed
from grantcalc.reading.county.words import brackets


def over_sheets(stated: Stated, drafted: Drafted, names: Names, exceptions: Sequence[str]) -> tuple[str, ...]:
    """The amounts that a total adds up: its own rows; more where these do not make it, and its words or all rows do.

    ``exceptions``: words in brackets behind it by which what they name is left out (不含).
    """
    if not stated.paths or sum_of(stated.paths, drafted) == stated.value:
        return stated.paths
    further = [path for name in named(stated.row.label, names, exceptions) for path in drafted.category(name)]
    if further:
        return tuple(dict.fromkeys((*stated.paths, *further)))
    return tuple(drafted.every) if sum_of(drafted.every, drafted) == stated.value else stated.paths


def is_of_all(stated: Stated, drafted: Drafted) -> bool:
    """Whether a total is what the whole draft states, whatever of the rows above it could be read."""
    return stated.row.kind is RowKind.TOTAL and sum_of(drafted.every, drafted) == stated.value


def all_of_staff(stated: Stated, category: str, drafted: Drafted, names: Names) -> tuple[str, ...]:
    """All that posts are paid (人事費), where a summary's number is that with the insurance and not the pay alone."""
    posts = names.programme.posts
    if category != posts.pay or stated.paths or sum_of(drafted.category(category), drafted) == stated.value:
        return ()
    kinds = dict.fromkeys((posts.pay, posts.allowance, posts.insurance))
    every = tuple(path for kind in kinds for path in drafted.category(kind))
    return every if sum_of(every, drafted) == stated.value else ()


def named(label: str, names: Names, exceptions: Sequence[str]) -> tuple[str, ...]:
    """The categories that a total names: several before the word, or one in brackets behind it."""
    base, inner = brackets(label)
    found = _held(squeezed(base), names)
    with_them = [text for text in inner if not any(word in text for word in exceptions)]
    return (*(found if len(found) > 1 else ()), *(one for text in with_them for one in _held(squeezed(text), names)))


def _held(text: str, names: Names) -> tuple[str, ...]:
    held = [name for name in names.categories if name and name in text]
    longest = (name for name in held if not any(name != other and name in other for other in held))
    return tuple(dict.fromkeys(names.categories[name] for name in longest))


def sum_of(paths: Sequence[str], drafted: Drafted) -> Fraction | None:
    """What the draft states at these paths; ``None`` where one states nothing. Own parts of posts have no amount."""
    total = Fraction(0)
    for path in paths:
        row, _, name = path.rpartition(".")
        value = getattr(drafted.rows.get(row), name, None)
        if value is None or name in OWN_PARTS:
            return None
        total += Fraction(value)
    return total
