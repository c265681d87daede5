"""What the programmes' own rules across drafts say, told of all drafts of a call: they are the engine, and own a fault.

Nothing is judged twice: where a programme's rule found something, this one is decided by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import frozen

from grantcalc.finding import Verdict
from grantcalc.rules.context import Context
from grantcalc.rules.programme import Programme
from grantcalc.rules.registry import kind_of
from grantcalc.rules.rule import Kind, Rule
from grantcalc.rules.tally import Tally
from grantcalc.text import Bilingual, Message, Text, joined

ALONE = Message("This is checked across drafts, not in one.")
NO_RULE = Message("{programme} prints no such limit on all its drafts.")
ONLY_ONE = Message("This is the only draft of {programme} among the {number} drafts given.")
SAID = Message("{title}: {reason}")
JOINED = Message("By the programme's rules: {reasons}")


@frozen(kw_only=True, eq=False, repr=False)
class JudgedByProgramme:
    """The ``kinds`` of rule that are the engine; a programme has any number of rules of them, or none."""

    kinds: tuple[str, ...]


def check(context: Context, rule: Rule, values: JudgedByProgramme) -> Verdict:
    """Not applicable to one draft, and says why."""
    return Verdict(reason=ALONE())


def together(contexts: Sequence[Context], rule: Rule, values: JudgedByProgramme) -> tuple[Verdict, ...]:
    """For each draft what the engines of its programme say of all its drafts."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for index, context in enumerate(contexts):
        members[context.programme.id].append(index)
    verdicts: dict[int, Verdict] = {}
    for indices in members.values():
        drafts = [contexts[index] for index in indices]
        found = _of_programme(drafts, values) if len(drafts) > 1 else [_alone(drafts[0], len(contexts), values)]
        verdicts.update(zip(indices, found, strict=True))
    return tuple(verdicts[index] for index in range(len(contexts)))


def _engines(programme: Programme, values: JudgedByProgramme) -> list[Rule]:
    return [rule for rule in programme.rules if rule.kind in values.kinds]


def _alone(context: Context, number: int, values: JudgedByProgramme) -> Verdict:
    has_one = bool(_engines(context.programme, values))
    told = ONLY_ONE(programme=context.programme.title, number=number)
    return Verdict(reason=told if has_one else NO_RULE(programme=context.programme.title))


def _of_programme(drafts: Sequence[Context], values: JudgedByProgramme) -> list[Verdict]:
    engines = _engines(drafts[0].programme, values)
    if not engines:
        return [Verdict(reason=NO_RULE(programme=drafts[0].programme.title)) for _ in drafts]
    judged: list[Mapping[str, Verdict]] = [{} for _ in drafts]
    for engine in engines:
        verdicts = _judged(engine, drafts)
        judged = [{**before, engine.id: verdict} for before, verdict in zip(judged, verdicts, strict=True)]
    titles = {engine.id: engine.title for engine in engines}
    return [_joined(of_draft, titles) for of_draft in judged]


def _judged(engine: Rule, drafts: Sequence[Context]) -> tuple[Verdict, ...]:
    kind = kind_of(engine.kind)
    if kind.together is None:
        return tuple(kind.check(context, engine, engine.values) for context in drafts)
    return kind.together(drafts, engine, engine.values)


def _joined(verdicts: Mapping[str, Verdict], titles: Mapping[str, Bilingual]) -> Verdict:
    """The engines' verdicts on one draft as one, without their findings."""
    tally = Tally()
    for verdict in verdicts.values():
        tally.examine(verdict.examined)
        tally.lacks(*verdict.missing)
    owner = next((name for name, verdict in verdicts.items() if verdict.findings), None)
    said = [(titles[name], verdict.reason) for name, verdict in verdicts.items() if verdict.reason is not None]
    return tally.verdict(decided_by=owner, reason=_reason(said))


def _reason(said: Sequence[tuple[Bilingual, Text]]) -> Text | None:
    if len(said) == 1:
        return said[0][1]
    return JOINED(reasons=joined(SAID(title=title, reason=reason) for title, reason in said)) if said else None


KIND = Kind(name="judged-by-programme", check=check, values=JudgedByProgramme, together=together)
