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
    Message("{value} is below zero; write an amount of 0 or more."),
    Message("{name} is missing."),
    Message("there is no directory “{name}”."),
    Message("“{name}” is a directory, not a file."),
    # what stands for values in the help
    Message("[OPTIONS]"),
    Message("COMMAND [ARGS]..."),
    Message("PROGRAMME"),
    Message("COUNTY"),
    Message("[COUNTY]"),
    Message("[RULE|PROGRAMME]"),
    Message("[TABLE|verify]"),
    Message("FILES..."),
    Message("FOLDERS..."),
    Message("FOLDER"),
    Message("ADDRESS"),
    Message("FILE"),
    Message("DIRECTORY"),
    Message("ROLE"),
    Message("DEGREE"),
    Message("LICENCE"),
    Message("CASE"),
    Message("AMOUNT"),
    Message("YEAR"),
    Message("NUMBER"),
    Message("RATIO"),
    Message("DATE"),
    Message("PLACE"),
    Message("[SCENARIO]"),
    Message("SCENARIO"),
    Message("DRAFT"),
    # click
    Message("Usage:"),
    Message("Options"),
    Message("Commands"),
    Message("Error: {message}"),
    Message("Try '{command} {option}' for help."),
    Message("Invalid value: {message}"),
    Message("Invalid value for {param_hint}: {message}"),
    Message("Missing command."),
    Message("default: {default}"),
    Message("required"),
    Message("{name} {filename!r} is not readable."),
    Message("Aborted!"),
)
