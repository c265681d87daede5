"""The Chinese catalogue is complete and names the same values as the code."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue", Path(__file__).with_name("catalogue.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_message_of_the_code_is_translated(tool: ModuleType) -> None:
    catalogue = tool.extracted(tool.load())
    assert [message.id for message in catalogue if message.id and not message.string] == []


def test_no_translation_is_left_over(tool: ModuleType) -> None:
    used = {message.id for message in tool.extracted(tool.load())}
    assert [message.id for message in tool.load() if message.id not in used] == []


def test_a_translation_names_the_values_of_its_message(tool: ModuleType) -> None:
    wrong = [message.id for message in tool.load() if tool.names(message.id) != tool.names(message.string)]
    assert wrong == []
