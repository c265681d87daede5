"""The group of commands: version, languages, help, wrong use, exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grantcalc import __version__
from grantcalc.cli import COMMANDS, HELP, LANG_HELP, TABLES_HELP, VERSION_HELP
from grantcalc.cli.phrases import PHRASES

from .conftest import Run

ROOT = Path(__file__).parent.parent.parent


def test_version_loads_nothing_else() -> None:
    code = (
        "import sys\n"
        "from grantcalc.cli import main\n"
        "try:\n    main(['--version'], prog_name='grantcalc')\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "own = sorted(name for name in sys.modules if name.startswith('grantcalc'))\n"
        "print(*own, *(name for name in ('attrs', 'attr', 'babel', 'tabulate', 'openpyxl') if name in sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout.split("\n")[:2] == [
        f"grantcalc {__version__}",
        "grantcalc grantcalc.cli grantcalc.cli.lazy grantcalc.cli.words",
    ]


def test_version_in_any_place(run: Run) -> None:
    assert run("--version").stdout == f"grantcalc {__version__}\n"
    assert run("--version", lang=None).stdout == f"grantcalc {__version__}\n"


def test_plain_texts_of_the_main_group_are_in_the_catalogue() -> None:
    declared = {message.template for message in PHRASES}
    assert {HELP, LANG_HELP, TABLES_HELP, VERSION_HELP} <= declared


def test_help_in_chinese_by_default(run: Run) -> None:
    help_text = run("--help", lang=None).stdout
    assert help_text.startswith("用法： grantcalc [選項] 指令 [引數]...\n\n  依公告之補助規定，檢核毒品防制補助計畫")
    assert "選項:" in help_text
    assert "指令:" in help_text
    assert "顯示本說明後結束。" in help_text
    assert all(f"\n  {name} " in help_text for name in COMMANDS)


def test_help_in_english(run: Run) -> None:
    help_text = run("--help").stdout
    assert help_text.startswith("Usage: grantcalc [OPTIONS] COMMAND [ARGS]...\n\n  Checks draft budgets of drug abuse")
    assert "Options:" in help_text
    assert "Commands:" in help_text
    assert "Show this message and exit." in help_text


@pytest.mark.parametrize("command", ["insurance", "pay", "programmes", "rules", "staffing", "tables"])
@pytest.mark.parametrize(("lang", "usage", "own"), [("en", "Usage:", "Show this"), ("zh-TW", "用法：", "顯示本說明")])
def test_help_of_every_command(run: Run, command: str, lang: str, usage: str, own: str) -> None:
    result = run(command, "--help", lang=lang)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{usage} grantcalc {command} ")
    assert own in result.stdout
    if lang == "zh-TW":
        from wcwidth import wcswidth

        assert max(wcswidth(line) for line in result.stdout.splitlines() if not line.isascii()) <= 80


def test_no_word_of_one_language_stays_in_the_other(run: Run) -> None:
    assert "顯示" in run("insurance", "--help", lang="zh-TW").stdout
    assert run("insurance", "--help", lang="en").stdout.isascii()
    assert "顯示" in run("insurance", "--help", lang="zh-TW").stdout


@pytest.mark.parametrize(
    ("environment", "usage"),
    [
        ({"GRANTCALC_LANG": "en"}, "Usage:"),
        ({"LANG": "en_US.UTF-8"}, "Usage:"),
        ({"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "用法："),
        ({"GRANTCALC_LANG": "en", "LC_ALL": "zh_TW.UTF-8"}, "Usage:"),
        ({"LC_ALL": "C.UTF-8"}, "用法："),
    ],
)
def test_language_of_the_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], usage: str
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run("insurance", "--help", lang=None).stdout.startswith(usage)
    assert os.environ.get("LANGUAGE") is None


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        (
            ["insurence"],
            "Error: There is no command “insurence”. Did you mean insurance?",
            "錯誤：查無指令「insurence」。是否為：insurance？",
        ),
        (
            ["insurance", "--yaer", "113", "1"],
            "Error: There is no option --yaer. Did you mean --year?",
            "錯誤：查無選項 --yaer。是否為：--year？",
        ),
        (["insurance", "1", "2"], "Error: Too many arguments: 2.", "錯誤：多餘之引數：2。"),
        (
            ["insurance", "1", "--year"],
            "Error: Option --year: a value is missing, or is given where none is taken.",
            "錯誤：選項 --year：缺少值，或給了不需要之值。",
        ),
        (
            ["insurance"],
            "Error: Give a monthly pay, for example: grantcalc insurance 40,000",
            "錯誤：請指定月薪，例如：grantcalc insurance 40,000",
        ),
        (["check"], "Error: Name the files to check.", "錯誤：請指定要檢核的檔案。"),
        (
            ["insurance", "-5"],
            "Error: -5 is below zero; write an amount of 0 or more.",
            "錯誤：-5 為負數；請輸入0以上之數額。",
        ),
        (
            ["insurance", "1", "--year", "x"],
            "Error: Invalid value for '--year': “x” is no whole number; write for example 113.",
            "錯誤：'--year' 之值不正確：「x」不是整數；請寫成例如113。",
        ),
        (
            ["--tables", "nowhere", "rules"],
            "Error: Invalid value for '--tables': there is no directory “nowhere”.",
            "錯誤：'--tables' 之值不正確：查無資料夾「nowhere」。",
        ),
        (
            ["insurance", "1", "--format", "html"],
            "Error: Invalid value for '--format': “html” is none of: table, json.",
            "錯誤：'--format' 之值不正確：「html」不在可選項目之內：table、json。",
        ),
    ],
)
def test_wrong_use(run: Run, arguments: list[str], english: str, chinese: str) -> None:
    for lang, message in (("en", english), ("zh-TW", chinese)):
        result = run(*arguments, lang=lang)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr.rstrip().split("\n")[-1] == message


def test_malformed_tables_are_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "common"
    folder.mkdir()
    (folder / "tables.toml").write_text("[[table]\n", encoding="utf-8")
    result = run("--tables", str(tmp_path), "tables")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: common/tables.toml: ")


def test_output_is_utf8_whatever_the_terminal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from grantcalc.cli import main; main(['--lang', 'zh-TW', 'tables'])"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii"},
    )
    assert "附件六" in done.stdout.decode("utf-8")
