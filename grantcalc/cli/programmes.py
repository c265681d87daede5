"""``grantcalc programmes``: every grant programme, its year, period, money and source."""

from __future__ import annotations

import click

from grantcalc.cli import common
from grantcalc.cli.words import Command
from grantcalc.text import Message

HELP = Message("List the grant programmes: year, period, money, source.")
ID = Message("Programme")
TITLE = Message("Title")
YEAR = Message("ROC year")
PERIOD = Message("Period")
MONEY = Message("Money")
SPAN = Message("{start} to {end}")


@click.command("programmes", cls=Command, text=HELP)
@common.format_option
def command(form: str) -> None:
    """Print them all."""
    speak, found = common.language(), common.library().programmes()
    if form == "json":
        entries = [
            {
                "programme": programme.id,
                "title": speak(programme.title),
                "year": programme.year,
                "period": {"start": programme.period.start.isoformat(), "end": programme.period.end.isoformat()},
                "money": speak(programme.money),
                "applicants": speak(programme.applicants),
                "source": programme.source,
            }
            for programme in found
        ]
        common.print_json({"programmes": entries})
        return
    rows = [
        (
            programme.id,
            speak(programme.title),
            str(programme.year),
            speak(SPAN(start=programme.period.start, end=programme.period.end)),
            speak(programme.money),
        )
        for programme in found
    ]
    common.print_table([speak(word) for word in (ID, TITLE, YEAR, PERIOD, MONEY)], rows, whole=(0, 2))
