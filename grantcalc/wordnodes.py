"""What a scanner of calculations has read so far: sums of products of numbers, and where they stand."""

from __future__ import annotations

from attrs import evolve, frozen

from grantcalc.money import Exact, product
from grantcalc.unitwords import SIZES
from grantcalc.wording import Factor


@frozen
class Node:
    """A sum of terms as far as it is read, and where it ends."""

    terms: tuple[tuple[Factor, ...], ...]
    spans: tuple[tuple[int, int], ...]
    end: int
    joined: bool = False
    """At least one sign of multiplication or addition stands in it."""
    labels: tuple[str, ...] = ()
    """The words before each term of a sum but the first, where it has any; as many as terms, or none."""

    def plus(self, other: Node, label: str) -> Node:
        """The sum of both; ``label`` stands before the other."""
        labels = (*self.every_label, label, *other.every_label[1:])
        return Node((*self.terms, *other.terms), (*self.spans, *other.spans), other.end, True, labels)

    @property
    def every_label(self) -> tuple[str, ...]:
        """One for every term."""
        return self.labels or ("",) * len(self.terms)


def inverted(term: tuple[Factor, ...]) -> tuple[Factor, ...]:
    """What a term divides by."""
    return tuple(evolve(factor, inverse=not factor.inverse) for factor in term)


def multiplied(left: Node, right: Node, at: int) -> Node:
    """Every term of one with every term of the other; a product of two sums is written out."""
    terms = tuple((*one, *other) for one in left.terms for other in right.terms)
    if len(terms) == 1:
        return Node(terms, ((at, right.end),), right.end, True)
    if len(left.terms) == len(terms):
        return Node(terms, left.spans, right.end, True, left.labels)
    return Node(terms, ((at, right.end),) * len(terms), right.end, True)


def value_of(terms: tuple[tuple[Factor, ...], ...]) -> Exact:
    """What terms make together, exactly."""
    return sum((product(*(factor.value for factor in term)) for term in terms), 0)


def is_calculation(node: Node) -> bool:
    """Not sizes, not numbers divided by nothing, and no sum of loose numbers."""
    factors = [factor for term in node.terms for factor in term]
    if any(factor.word in SIZES or (factor.inverse and not factor.number) for factor in factors):
        return False
    return all(len(term) > 1 or term[0].money for term in node.terms)
