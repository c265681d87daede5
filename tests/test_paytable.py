"""The pay table that a user supplies: typed rows, and defects told with file, row and column."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from grantcalc.draft.model import Role
from grantcalc.pay.paytable import PayTableError, read_pay_table
from grantcalc.text import Language, Tongue

HEADER = "role,education,licence,step,points,point_value,effective_from,source\n"
ROLES = ", ".join(Language(Tongue.EN).label(role) for role in Role)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "scale.csv"
    path.write_text(text, encoding="utf-8")
    return path


def message(path: Path) -> str:
    with pytest.raises(PayTableError) as caught:
        read_pay_table(path)
    return Language(Tongue.EN)(caught.value.text)


def test_rows(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "\ufeff" + HEADER + "case-manager,bachelor,social-worker,2,312,129.7,113/1/1,表33\n\n"
        "supervisor,,,,376,135,,表33\n",
    )
    first, second = read_pay_table(path)
    assert first == {
        "role": "case-manager",
        "education": "bachelor",
        "licence": "social-worker",
        "step": 2,
        "points": 312,
        "point_value": Decimal("129.7"),
        "effective_from": dt.date(2024, 1, 1),
        "amount": None,
        "source": "表33",
        "monthly": 40466,  # 312 × 129.7 = 40,466.4
        "row": 2,
    }
    assert (second["education"], second["step"], second["monthly"]) == (None, None, 50760)


def test_amount_instead_of_points(tmp_path: Path) -> None:
    (row,) = read_pay_table(written(tmp_path, "role,amount,source\nsupervisor,48000,表33\n"))
    assert (row["monthly"], row["amount"], row["points"]) == (48000, 48000, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("role,points,source\n", "scale.csv: the pay table has no rows."),
        ("education,amount,source\nbachelor,1,x\n", "scale.csv, row 1: the column “role” is missing."),
        ("role,points,source\ncase-manager,1,x\n", "scale.csv, row 1: the column “amount” is missing."),
        (
            "role,amount,source,grade\ncase-manager,1,x,2\n",
            "scale.csv, row 1: the column “grade” is unknown; known: role, source, education, licence, step, points, "
            "point_value, amount, effective_from.",
        ),
        ("role,amount,source\nsupervisor,48000\n", "scale.csv, row 2: 2 cells, expected 3."),
        (
            "role,amount,source\nboss,48000,x\n",
            f"scale.csv, row 2, column role: found “boss”, expected one of {ROLES}.",
        ),
        (
            "role,amount,source\nsupervisor,4.8e4x,x\n",
            "scale.csv, row 2, column amount: found “4.8e4x”, expected a number above zero.",
        ),
        (
            "role,amount,source\nsupervisor,48000.5,x\n",
            "scale.csv, row 2, column amount: found “48000.5”, expected whole dollars without separators.",
        ),
        ("role,amount,source\nsupervisor,48000,\n", "scale.csv, row 2, column source: found “”, expected some text."),
        (
            HEADER + "supervisor,,,one,376,135,,x\n",
            "scale.csv, row 2, column step: found “one”, expected a whole number.",
        ),
        (
            HEADER + "supervisor,,,,376,135,soon,x\n",
            "scale.csv, row 2, column effective_from: found “soon”, expected a date like 2024-01-31.",
        ),
        (HEADER + "supervisor,,,,376,,,x\n", "scale.csv, row 2: give either points and point_value, or amount."),
        (
            "role,amount,source\nsupervisor,48000,x\nsupervisor,48001,x\n",
            "scale.csv, row 3: the same role, education, licence, step and date stand in row 2 already.",
        ),
    ],
)
def test_defects(tmp_path: Path, text: str, expected: str) -> None:
    assert message(written(tmp_path, text)) == expected


def test_names_in_chinese_and_english_and_codes(tmp_path: Path) -> None:
    text = (
        "role,education,licence,amount,source\n"
        "個案管理人員,碩士,社工師執照,48000,表33\nCase manager,Bachelor,,46000,表33\n專任研究助理,bachelor,,36000,表\n"
    )
    rows = read_pay_table(written(tmp_path, text))
    assert [(row["role"], row["education"], row["licence"]) for row in rows] == [
        ("case-manager", "master", "social-worker"),
        ("case-manager", "bachelor", None),
        ("full-time-assistant", "bachelor", None),
    ]


def test_all_bad_cells_at_once(tmp_path: Path) -> None:
    text = "role,education,amount,source\nsupervisor,none,x,\nsupervisor,,1\nsupervisor,,48000,x\n督導長,,48000,x\n"
    lines = message(written(tmp_path, text)).splitlines()
    assert [line.split(": ")[0] for line in lines] == [
        "scale.csv, row 2, column education",
        "scale.csv, row 2, column amount",
        "scale.csv, row 2, column source",
        "scale.csv, row 3",
        "scale.csv, row 5, column role",
    ]


def test_unreadable_files(tmp_path: Path) -> None:
    assert message(tmp_path / "none.csv") == "none.csv: the file does not exist or cannot be read."
    path = tmp_path / "big5.csv"
    path.write_bytes("role,amount,source\nsupervisor,48000,表\n".encode("big5"))
    assert message(path) == "big5.csv: the pay table is not UTF-8 text; save it as “CSV UTF-8”."
