"""One budget under two programmes in words: for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import define, field

from grantcalc.comparison import Comparison
from grantcalc.draft.choices import Role
from grantcalc.finding import Finding, Outcome
from grantcalc.rejudging import Change, Judged, Left, PlanChange, Rejudged, RowChange
from grantcalc.report.comparison import RowView, SideView, row_views
from grantcalc.report.jsonform import FORMAT
from grantcalc.report.missing import describe_missing
from grantcalc.report.rejudged_parts import counts, finding_json, place_json
from grantcalc.report.view import FILE, PROGRAMME, WHOLE_DRAFT, place_label
from grantcalc.rules.concordance import Subject
from grantcalc.rules.programme import Programme
from grantcalc.text import Language, Message, Text, Value, dollars
from grantcalc.translation import Part

INSTEAD = Message("Checked by {source} instead")
DATES = Message("Dates")
LATER = Message("moved {years} years later, from the period of {a} to that of {b}")
EARLIER = Message("moved {years} years earlier, from the period of {a} to that of {b}")
ASKED = Message("Subsidy asked for")
OF_IT = Message("{before}; carried to {programme}: {after}")
CHANGED_TITLE = Message("Rows and posts with another verdict")
CONVERSION_TITLE = Message("By the conversion alone")
GROUNDS_TITLE = Message("The same verdict, on other grounds")
PLAN_TITLE = Message("The plan as a whole")
LEFT_TITLE = Message("Not carried, so not judged: a person must look")
REMARKS_TITLE = Message("Remarks on the way")
NONE = Message("None.")
CARRIED_ONLY = Message("Totals and caps of a share in {programme} count what was carried only.")
SAME_ROWS = Message("{same} rows and posts keep their verdict.")
SAME_PLAN = Message("{same} matters of the plan as a whole keep their verdict.")
COUNTS = Message(
    "Rows and posts: {verdict} with another verdict, {conversion} by the conversion alone, {grounds} on other grounds, "
    "{same} the same; {left} not carried."
)
ERRORS = Message("Errors: {before} by {a}, {after} by {b}")
ERRORS_APART = Message("Errors: {before} by {a}, {after} by {b} and {converted} by the conversion alone")
ARROW = Message("{place} {pair}: {before} → {after}")
SAID = Message("[{outcome}] {message}")
CITED = Message("{said} [{sections}]")
LACKS = Message("needs {missing}")
RULES_SAY = Message("{programme} says")
REMARK = Message("Remark")
LEFT_ROW = Message("{place} {title}: {reason}")
LEFT_AMOUNT = Message("Not judged: {amount}; under {programme}: {before}")
LEFT_UNKNOWN = Message("Not judged; its amount could not be worked out; under {programme}: {before}")


def rejudged_text(rejudged: Rejudged, comparison: Comparison, language: Language) -> str:
    """Heading, what changed and why, what was not carried, and how many of each."""
    return "\n".join(_Words(rejudged, comparison, language).lines()) + "\n"


def rejudged_json(rejudged: Rejudged, comparison: Comparison, language: Language) -> dict[str, Any]:
    """Everything, what keeps its verdict as well."""
    words = _Words(rejudged, comparison, language)
    before, after = rejudged.before, rejudged.after
    return {
        "format": FORMAT,
        "file": before.reading.file,
        "programme": before.programme.id,
        "as": after.programme.id,
        "summary": {
            **{change.value: rejudged.count(change) for change in Change},
            "plan": {change.value: sum(one.change is change for one in rejudged.plan) for change in Change},
            "not_carried": len(rejudged.left),
            "converted_errors": rejudged.converted,
            "years": rejudged.translated.years,
            "before": counts(before),
            "after": counts(after),
        },
        "changes": [
            *(words.row_json(row) for row in rejudged.rows),
            *(words.plan_json(entry) for entry in rejudged.plan),
        ],
        "not_carried": [words.left_json(left) for left in rejudged.left],
        "remarks": [{**place_json(remark.place), "message": language(remark.message)} for remark in rejudged.remarks],
    }


@define
class _Words:
    """Renders one of them in one language."""

    rejudged: Rejudged
    comparison: Comparison
    speak: Language
    _sides: Mapping[tuple[Subject, str, str], RowView] = field(init=False)

    def __attrs_post_init__(self) -> None:
        views = row_views(self.comparison, self.speak, everything=False)
        self._sides = {(view.subject, view.a.code, view.b.code): view for view in views}

    @property
    def a(self) -> Programme:
        return self.rejudged.before.programme

    @property
    def b(self) -> Programme:
        return self.rejudged.after.programme

    # ---- text ----

    def lines(self) -> Iterator[str]:
        speak, found = self.speak, self.rejudged
        yield from self._heading()
        yield from self._section(CHANGED_TITLE, self._numbered(Change.VERDICT))
        if found.count(Change.CONVERSION):
            yield from self._section(CONVERSION_TITLE, self._numbered(Change.CONVERSION))
        if found.count(Change.GROUNDS):
            yield from self._section(GROUNDS_TITLE, self._numbered(Change.GROUNDS))
        if found.count(Change.SAME):
            yield speak(SAME_ROWS(same=found.count(Change.SAME)))
        yield from self._section(PLAN_TITLE, self._plan())
        same = sum(one.change is Change.SAME for one in found.plan)
        if same:
            yield speak(SAME_PLAN(same=same))
        yield from self._section(LEFT_TITLE, self._left())
        if found.remarks:
            remarks = (f"{place_label(one.place, speak)} {speak(one.message)}" for one in found.remarks)
            yield from self._section(REMARKS_TITLE, remarks)
        yield ""
        yield speak(
            COUNTS(
                **{change.value: found.count(change) for change in Change},
                left=sum(one.entry.part in {Part.POST, Part.LINE} for one in found.left),
            )
        )
        yield speak(self._errors())

    def _errors(self) -> Text:
        found, converted = self.rejudged, self.rejudged.converted
        before, after = (report.count(Outcome.ERROR) for report in (found.before, found.after))
        if converted:
            return ERRORS_APART(before=before, a=self.a.id, after=after - converted, b=self.b.id, converted=converted)
        return ERRORS(before=before, a=self.a.id, after=after, b=self.b.id)

    def _heading(self) -> Iterator[str]:
        found = self.rejudged
        yield self._pair(FILE, found.before.reading.file)
        yield self._pair(PROGRAMME, f"{self.a.id} {self.speak(self.a.title)}")
        yield self._pair(INSTEAD(source=self.b.source), f"{self.b.id} {self.speak(self.b.title)}")
        years = found.translated.years
        if years:
            moved = LATER if years > 0 else EARLIER
            yield self._pair(DATES, self.speak(moved(years=abs(years), a=self.a.id, b=self.b.id)))
        asked = OF_IT(before=dollars(found.before.asked), programme=self.b.id, after=dollars(found.after.asked))
        yield self._pair(ASKED, self.speak(asked))

    def _pair(self, label: Message | Text | str, value: str) -> str:
        return f"{self.speak(label)}{'：' if self.speak.is_chinese else ': '}{value}"

    def _section(self, title: Message, lines: Iterator[str]) -> Iterator[str]:
        yield ""
        yield f"== {self.speak(title)} =="
        shown = list(lines)
        yield from shown or [self.speak(NONE)]

    def _numbered(self, change: Change) -> Iterator[str]:
        rows = (row for row in self.rejudged.rows if row.change is change)
        for number, row in enumerate(rows, start=1):
            place = place_label(row.place, self.speak)
            yield f"{number}. {self._arrow(place, self._names(row), row.before, row.after)}"
            view = self._view(row)
            yield from self._judged(self.a, row.before, view.a if view else None)
            yield from self._judged(self.b, row.after, view.b if view else None)
            for remark in row.remarks:
                yield f"   {self._pair(REMARK, self.speak(remark.message))}"

    def _arrow(self, place: str, pair: str, before: Judged, after: Judged) -> str:
        return self.speak(ARROW(place=place, pair=pair, before=before.grade, after=after.grade))

    def _names(self, row: RowChange) -> str:
        codes = ((self.a, row.pair.before), (self.b, row.pair.after))
        names = dict.fromkeys(self._name(row.part, programme, code) for programme, code in codes if code)
        return " → ".join(names)

    def _name(self, part: Part, programme: Programme, code: str) -> str:
        if part is Part.POST:
            return self.speak(Role(code))
        item = programme.items.get(code)
        return self.speak(item.name) if item else code

    def _view(self, row: RowChange) -> RowView | None:
        subject = Subject.POST if row.part is Part.POST else Subject.ITEM
        return self._sides.get((subject, row.pair.before or "", row.pair.after or ""))

    def _judged(self, programme: Programme, judged: Judged, rules: SideView | None) -> Iterator[str]:
        graver = [finding for finding in judged.findings if finding.outcome is not Outcome.NOTE]
        shown = graver or (judged.findings if judged.grade is Outcome.NOTE else ())
        said = [self._cited(finding) for finding in shown]
        if judged.missing:
            said.append(self.speak(LACKS(missing=self._missing(judged))))
        for line in said or [self.speak(judged.grade)]:
            yield f"   {self._pair(programme.id, line)}"
        if rules is not None and rules.text:
            text = self.speak(CITED(said=rules.text, sections=rules.sections)) if rules.sections else rules.text
            yield f"     {self._pair(RULES_SAY(programme=programme.id), text)}"

    def _cited(self, finding: Finding) -> str:
        said = SAID(outcome=finding.outcome, message=finding.message)
        sections = self.speak.listed(str(citation) for citation in finding.citations)
        return self.speak(CITED(said=said, sections=sections) if sections else said)

    def _missing(self, judged: Judged) -> str:
        return describe_missing(judged.missing, self.rejudged.before.reading.draft, self.speak)

    def _plan(self) -> Iterator[str]:
        entries = (entry for entry in self.rejudged.plan if entry.change is not Change.SAME)
        for number, entry in enumerate(entries, start=1):
            yield f"{number}. {self._arrow(self._where(entry), self.speak(entry.title), entry.before, entry.after)}"
            yield from self._judged(self.a, entry.before, None)
            yield from self._judged(self.b, entry.after, None)

    def _where(self, entry: PlanChange) -> str:
        findings = (*entry.after.findings, *entry.before.findings)
        place = next((finding.place for finding in findings if finding.place.shown), None)
        return self.speak(WHOLE_DRAFT) if place is None else place_label(place, self.speak)

    def _left(self) -> Iterator[str]:
        for number, left in enumerate(self.rejudged.left, start=1):
            entry = left.entry
            place = place_label(entry.place, self.speak)
            yield f"{number}. {self.speak(LEFT_ROW(place=place, title=entry.title, reason=entry.reason))}"
            if left.before is not None:
                told = LEFT_UNKNOWN(programme=self.a.id, before=left.before.grade)
                if not entry.uncounted:
                    amount = dollars(sum(entry.amounts.values()))
                    told = LEFT_AMOUNT(amount=amount, programme=self.a.id, before=left.before.grade)
                yield f"   {self.speak(told)}"
        if any(left.entry.amounts for left in self.rejudged.left):
            yield self.speak(CARRIED_ONLY(programme=self.b.id))

    # ---- JSON ----

    def row_json(self, row: RowChange) -> dict[str, Any]:
        view = self._view(row)
        return {
            "part": row.part.value,
            **place_json(row.place),
            "path": row.path,
            "from": row.pair.before,
            "to": row.pair.after,
            "change": row.change.value,
            "before": self._judged_json(row.before, view.a if view else None),
            "after": self._judged_json(row.after, view.b if view else None),
            "remarks": [self.speak(remark.message) for remark in row.remarks],
        }

    def plan_json(self, entry: PlanChange) -> dict[str, Any]:
        return {
            "part": "plan",
            "meaning": entry.meaning,
            "title": self.speak(entry.title),
            "change": entry.change.value,
            "before": self._judged_json(entry.before, None),
            "after": self._judged_json(entry.after, None),
        }

    def _judged_json(self, judged: Judged, rules: SideView | None) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "verdict": judged.grade.value,
            "findings": [finding_json(finding, self.speak) for finding in judged.findings],
            "missing": list(judged.missing),
        }
        if rules is not None and rules.text:
            shown["rules"] = {"text": rules.text, "sections": rules.sections}
        return shown

    def left_json(self, left: Left) -> dict[str, Any]:
        entry = left.entry
        title: Value = entry.title
        return {
            "part": entry.part.value,
            **place_json(entry.place),
            "title": self.speak(title),
            "outcome": Outcome.REVIEW.value,
            "reason": self.speak(entry.reason),
            "amounts": {fund.value: amount for fund, amount in entry.amounts.items()},
            "uncounted": list(entry.uncounted),
            "before": None if left.before is None else self._judged_json(left.before, None),
        }
