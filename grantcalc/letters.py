"""Letters that are written either way."""

from __future__ import annotations


def official(text: str) -> str:
    """A text with 臺, as official names have it, where it is written 台."""
    return text.replace("台", "臺")
