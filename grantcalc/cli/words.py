"""Help and errors of the command line in the chosen language, rendered when they are shown.

click takes its own words from gettext's default domain; for the time of one run it is lent this program's catalogue.
Nothing here imports more than click, so that ``grantcalc --version`` stays quick.
"""

from __future__ import annotations

import gettext
import inspect
import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from grantcalc.text import Language, Message, Text

DOMAIN = "messages"
_NEGATIVE = re.compile(r"-\d")
_TOKEN = re.compile(
    r"[（「〔(]*(?:[\x21-\x7e]+?(?:/(?=\w)|(?<=[a-z])-(?=[a-z])|(?=[^\x21-\x7e])|$)|.)[，。、；：）」〕)\]]* ?",
    re.DOTALL,
)


def words_of(wanted: str | None) -> Language:
    """The language to speak: the option, else what the environment says, else Chinese."""
    from grantcalc.text import Language, Tongue

    return Language(Tongue.choose(wanted))


@contextmanager
def in_language(language: Language) -> Iterator[Language]:
    """Let click speak this language, too, while the context lasts."""
    from grantcalc.text import LOCALE_DIRECTORY

    before, directory = os.environ.get("LANGUAGE"), gettext.bindtextdomain(DOMAIN)
    gettext.bindtextdomain(DOMAIN, str(LOCALE_DIRECTORY))
    os.environ["LANGUAGE"] = language.tongue.value.replace("-", "_")
    try:
        yield language
    finally:
        gettext.bindtextdomain(DOMAIN, directory)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def speaker() -> Language | None:
    """The language of this run; ``None`` where only the version is asked for."""
    ctx = click.get_current_context(silent=True)
    found: Language | None = ctx.find_root().obj if ctx is not None else None
    return found


def say(message: Message | str) -> str:
    """A help text in the language of this run."""
    template = message if isinstance(message, str) else message.template
    language = speaker()
    # Errors are shown when the run's context is gone: then as click does it.
    return gettext.gettext(template) if language is None else language.gettext(template)


def said(template: str, **values: str) -> str:
    """A message about the command line itself; what the user typed is only ever a value."""
    return say(template).format(**values)


def did_you_mean(possible: Sequence[str] | None) -> str:
    """The nearest names, as a sentence; nothing without any."""
    comma = "、" if _is_chinese() else ", "
    space = "" if _is_chinese() else " "
    return space + said("Did you mean {nearest}?", nearest=comma.join(possible)) if possible else ""


class Refused(click.ClickException):
    """Wrong use or unreadable input: exit code 2, the reason on stderr."""

    exit_code = 2

    def __init__(self, *reasons: Text) -> None:
        """Render the reasons now: click shows them when the run's context is gone."""
        language = speaker() or words_of(None)
        super().__init__("\n".join(language(reason) for reason in reasons))


class HelpFormatter(click.HelpFormatter):
    """Wraps by columns on the screen: a Chinese character takes two, and a line may break at any of them."""

    def write_text(self, text: str) -> None:
        """A paragraph."""
        super().write_text(_kept(text, self.width - self.current_indent))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands and what they do, in two columns; a term too long for the first stands alone."""
        rows = list(rows)
        first = min(max((columns(term) for term, _ in rows), default=0), col_max) + col_spacing
        width = max(self.width - first - self.current_indent, 10)
        indent = " " * self.current_indent
        for term, text in rows:
            gap = first - columns(term)
            lines = _kept(text, width).removeprefix("\b\n") if _has_wide(text) else click.wrap_text(text, width)
            head, *others = lines.splitlines() or [""]
            start = " " * gap if gap >= col_spacing else f"\n{indent}{' ' * first}"
            self.write(f"{indent}{term}{start if head else ''}{head}\n")
            for line in others:
                self.write(f"{indent}{' ' * first}{line}\n")


def _kept(text: str, width: int) -> str:
    """Wrapped already where it holds wide characters (``\\b`` tells click to leave a paragraph alone)."""
    return "\b\n" + "\n".join(wrapped(text, width)) if _has_wide(text) else text


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most ``width`` columns where a word is not wider; a wide character keeps its closing sign."""
    lines, line, used = [], "", 0
    tokens = (_parts(token) if columns(token.rstrip()) > width else [token] for token in _TOKEN.findall(text))
    for token in chain.from_iterable(tokens):
        taken = columns(token.rstrip())
        if line and used + taken > width:
            lines.append(line.rstrip())
            line, used = "", 0
        line, used = line + token, used + columns(token)
    return [*lines, line.rstrip()]


def _parts(token: str) -> list[str]:
    return re.split(r"(?<=-)", token)


def columns(text: str) -> int:
    """Columns that a text takes on the screen."""
    return sum(1 + _is_wide(letter) for letter in text)


def _has_wide(text: str) -> bool:
    return any(_is_wide(letter) for letter in text)


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in {"W", "F"}


class Context(click.Context):
    """A context whose help is wrapped by :class:`HelpFormatter`."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help is ``text``, and that tells known failures of the program in plain words."""

    context_class = Context

    def __init__(self, *args: Any, text: Message | str = "", **extra: Any) -> None:
        """Keep the text; the function's docstring is for programmers."""
        extra["help"] = None
        super().__init__(*args, **extra)
        self.text = text

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; what click would say in English only is said here."""
        if not isinstance(self, click.Group):
            ctx.allow_extra_args = True
        given = list(args)
        try:
            rest = super().parse_args(ctx, args)
        except click.MissingParameter as error:
            if error.param is None:
                raise
            ctx.fail(getattr(error.param, "missing", None) or _missing(error.param, ctx))
        except click.NoSuchOption as error:
            if _NEGATIVE.match(error.option_name):
                value = next((word for word in given if word.startswith(error.option_name)), error.option_name)
                ctx.fail(said("{value} is below zero; write an amount of 0 or more.", value=value))
            ctx.fail(said("There is no option {name}.", name=error.option_name) + did_you_mean(error.possibilities))
        except click.BadOptionUsage as error:
            template = "Option {name}: a value is missing, or is given where none is taken."
            ctx.fail(said(template, name=error.option_name))
        if rest and not isinstance(self, click.Group):
            ctx.fail(said("Too many arguments: {arguments}.", arguments=" ".join(map(str, rest))))
        return rest

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What the usage line names, in the language of this run."""
        return [say(piece) for piece in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """One line for the list of commands."""
        return say(self.text).split("\n", maxsplit=1)[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in inspect.cleandoc(_filled(say(self.text), self.params)).splitlines():
                formatter.write_text(paragraph)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the language of this run."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = say("Show this message and exit.")
        return option

    def invoke(self, ctx: click.Context) -> Any:
        """Run; malformed tables and input that cannot be read end with a message and exit code 2."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except _known_failures() as error:
            from grantcalc.cli.common import told

            raise Refused(*told(error)) from error


class Option(click.Option):
    """An option whose help is ``text``."""

    def __init__(self, *args: Any, text: Message | str = "", **extra: Any) -> None:
        """Keep the text."""
        super().__init__(*args, **extra)
        self.text = text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Names, and what it does in the language of this run."""
        record = super().get_help_record(ctx)
        return None if record is None else (record[0], f"{_filled(say(self.text), [self])}  {record[1]}".rstrip())

    def make_metavar(self, *args: Any, **extra: Any) -> str:
        """What stands for the value, in the language of this run."""
        return say(super().make_metavar(*args, **extra))


def _filled(text: str, parameters: Sequence[click.Parameter]) -> str:
    """A help text with what its closed lists hold: ``{role}`` stands for the choices of the parameter ``role``."""
    for parameter in parameters:
        listed = getattr(parameter.type, "listed", None)
        if listed is not None:
            text = text.replace(f"{{{parameter.name}}}", listed())
    return text


def _missing(parameter: click.Parameter, ctx: click.Context) -> str:
    return said("{name} is missing.", name=parameter.get_error_hint(ctx).strip("'"))


class Folder(click.ParamType):  # type: ignore[type-arg]  # generic in recent click only
    """A directory that exists."""

    name = "directory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The directory as it was written."""
        if not os.path.isdir(value):
            self.fail(said("there is no directory “{name}”.", name=str(value)), param, ctx)
        return str(value)


def option(*names: str, text: Message | str, **extra: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """``click.option`` with a help text in two languages."""
    return click.option(*names, cls=Option, text=text, **extra)


class OneOf(click.Choice):  # type: ignore[type-arg]  # generic from click 8.2 on only
    """A choice from a closed list; the error names the list in the language of this run."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The member that was named."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            comma = "、" if _is_chinese() else ", "
            choices = comma.join(map(str, self.choices))
            self.fail(said("“{value}” is none of: {choices}.", value=str(value), choices=choices), param, ctx)


def _known_failures() -> tuple[type[Exception], ...]:
    from grantcalc.cli.common import known_failures  # loaded only when something failed

    return known_failures()


def _is_chinese() -> bool:
    language = speaker()
    return language is not None and language.is_chinese
