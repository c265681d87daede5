"""Every kind of rule, in an explicit list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from grantcalc.rules.kinds import half_rate, person, price_cap, share_cap
from grantcalc.rules.rule import Kind

KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        half_rate.KIND,
        person.KIND,
        price_cap.KIND,
        share_cap.KIND,
    )
}
