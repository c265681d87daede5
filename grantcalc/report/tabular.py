"""Tables and labelled lines for a terminal, Chinese aligned with Latin letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from grantcalc.text import Language


def table(headers: Sequence[str], rows: Iterable[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """The lines of a table; ``right`` lists the columns of numbers."""
    from tabulate import SEPARATING_LINE, tabulate

    numbers = set(right)
    # The headers go in as a row of their own: tabulate would pad their columns beyond what they need.
    shown = tabulate(
        [list(headers), SEPARATING_LINE, *(list(row) for row in rows)],
        tablefmt="simple",
        disable_numparse=True,
        colalign=["right" if at in numbers else "left" for at in range(len(headers))],
    )
    return [line.rstrip() for line in shown.splitlines()[1:-1]]


def width_of(lines: Iterable[str]) -> int:
    """Columns on the screen of the widest line."""
    from wcwidth import wcswidth

    return max((wcswidth(line) for line in lines), default=0)


def pairs(known: Iterable[tuple[str, str]], speak: Language) -> Iterator[str]:
    """Label and value, line by line."""
    colon = "：" if speak.is_chinese else ": "
    yield from (f"{label}{colon}{value}".rstrip() for label, value in known)


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands under it; nothing where that is nothing."""
    found = list(lines)
    if found:
        yield ""
        yield f"== {title} =="
        yield from found
