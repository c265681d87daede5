"""The frame of a page of its own: one file with style and script inside, closed against the network and foreign code.

The policy in its head lets only this style and this script run, by their digests: whatever came into the page as text
could not run even if it were not escaped.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

from grantcalc.text import Language, Message

SKIP = Message("Skip to the results")
CONTENTS = Message("Contents")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
"""Characters that a page cannot hold, and those that would turn the order of what stands beside them."""


def render(template: str, speak: Language, **values: Any) -> str:
    """A page from one of the templates; every value is escaped by the template engine."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("grantcalc.report", "templates")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
    )
    style, script = (
        # As a browser reads them, whose digests the policy holds.
        loader.get_source(environment, name)[0].replace("\r\n", "\n")
        for name in ("page.css", "page.js")
    )
    return environment.get_template(template).render(
        lang="zh-Hant-TW" if speak.is_chinese else "en",
        policy=policy(style, script),
        style=Markup(style),  # noqa: S704  # a file of this package
        script=Markup(script),  # noqa: S704  # a file of this package
        frame={"skip": speak(SKIP), "contents": speak(CONTENTS)},
        **values,
    )


def policy(style: str, script: str) -> str:
    """The content security policy: nothing is fetched or sent, nothing runs but these."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def printable(value: object) -> object:
    """A text without characters that no page shows; names of files may hold any."""
    from markupsafe import Markup

    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    return value
