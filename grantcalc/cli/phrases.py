"""Words that the command line says without a :class:`Message` of its own, declared for the catalogue.

The main group's (it must load without this package's text), and click's own.
"""

from __future__ import annotations

from grantcalc.text import Message

PHRASES = (
    # the main group
    Message("Checks draft budgets of drug abuse prevention grants against the published rules."),
    Message("Language of everything printed (else GRANTCALC_LANG, LC_ALL, LANG, else Chinese)."),
    Message("Show the version and exit."),
    Message("Use the rules and tables of this directory instead of those of the program."),
    # the words module
    Message("Show this message and exit."),
    Message("“{value}” is none of: {choices}."),
    Message("Too many arguments: {arguments}."),
    Message("Option {name}: a value is missing, or is given where none is taken."),
    Message("There is no option {name}."),
    Message("There is no command “{name}”."),
    Message("Did you mean {nearest}?"),
    # click
    Message("Usage:"),
    Message("Options"),
    Message("Commands"),
    Message("Error: {message}"),
    Message("Try '{command} {option}' for help."),
    Message("Invalid value: {message}"),
    Message("Invalid value for {param_hint}: {message}"),
    Message("Missing argument"),
    Message("Missing option"),
    Message("Missing command."),
    Message("default: {default}"),
    Message("required"),
    Message("{value!r} is not a valid {number_type}."),
    Message("{value} is not in the range {range}."),
    Message("file"),
    Message("directory"),
    Message("path"),
    Message("{name} {filename!r} does not exist."),
    Message("{name} {filename!r} is a file."),
    Message("{name} {filename!r} is a directory."),
    Message("{name} {filename!r} is not readable."),
    Message("Aborted!"),
)
