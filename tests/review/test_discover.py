"""Which files of a folder are drafts, in which order, under which names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grantcalc.review import discover as module
from grantcalc.review.discover import Found, Ours, discover


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def files(found: Found) -> list[str]:
    return [draft.file for draft in found.drafts]


def reasons(found: Found) -> dict[str, str]:
    return {one.file: one.reason.template for one in found.left_out}


def test_drafts_of_all_forms_below_a_folder_stand_in_the_order_of_their_names(tmp_path: Path) -> None:
    names = ("乙/2.xls", "甲/1.xlsx", "b.csv", "a.ods", "甲/b/c.json", "A.XLSM", "c.toml", "d.xlsb")
    fill(tmp_path, *names)
    found = discover([tmp_path])
    assert files(found) == ["A.XLSM", "a.ods", "b.csv", "c.toml", "d.xlsb", "乙/2.xls", "甲/1.xlsx", "甲/b/c.json"]
    assert not found.left_out
    assert all(draft.path.is_absolute() for draft in found.drafts)


def test_every_file_that_is_not_read_is_told_with_its_reason(tmp_path: Path) -> None:
    fill(
        tmp_path,
        "a.xlsx",
        "~$a.xlsx",
        ".~lock.a.ods#",
        ".hidden.xlsx",
        ".git/b.xlsx",
        "Thumbs.db",
        "說明.pdf",
        "map.toml",
    )
    assert files(found := discover([tmp_path], Ours(maps=[tmp_path / "map.toml"]))) == ["a.xlsx"]
    assert reasons(found) == {
        "~$a.xlsx": module.LOCK_FILE.template,
        ".~lock.a.ods#": module.LOCK_FILE.template,
        ".hidden.xlsx": module.HIDDEN.template,
        ".git": module.HIDDEN.template,
        "Thumbs.db": module.HIDDEN.template,
        "說明.pdf": module.OTHER_TYPE.template,
        "map.toml": module.GIVEN_FOR_READING.template,
    }


def test_links_are_not_followed_wherever_they_lead(tmp_path: Path) -> None:
    fill(tmp_path, "in/a.xlsx", "out/secret.xlsx")
    (tmp_path / "in/file.xlsx").symlink_to(tmp_path / "out/secret.xlsx")
    (tmp_path / "in/folder").symlink_to(tmp_path / "out")
    (tmp_path / "in/self").symlink_to(tmp_path / "in")
    found = discover([tmp_path / "in"])
    assert files(found) == ["a.xlsx"]
    assert set(reasons(found)) == {"file.xlsx", "folder", "self"}
    assert set(reasons(found).values()) == {module.LINK.template}


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "draft.xlsx")
    assert reasons(discover([tmp_path])) == {"draft.xlsx": module.NOT_A_FILE.template}


def test_what_the_program_writes_is_no_draft(tmp_path: Path) -> None:
    fill(tmp_path, "a.xlsx", "review.xlsx", "copies/a.xlsx", "copies/other.xlsx", "old.xlsx", "cache/x.json")
    written = {tmp_path.resolve() / name for name in ("old.xlsx", "copies/a.xlsx", "review.xlsx")}
    found = discover(
        [tmp_path],
        Ours(
            outputs=[tmp_path / "review.xlsx", tmp_path / "copies"],
            cache=tmp_path / "cache",
            wrote=lambda path: path in written,
        ),
    )
    assert files(found) == ["a.xlsx"]
    assert reasons(found) == {"copies/other.xlsx": module.OUTPUT.template, "old.xlsx": module.OWN_OUTPUT.template}


def test_a_file_that_is_given_itself_is_read_whatever_its_ending(tmp_path: Path) -> None:
    fill(tmp_path, "概算.dat")
    assert files(discover([tmp_path / "概算.dat"], Ours(wrote=lambda _: True))) == ["概算.dat"]


def test_what_is_given_twice_is_read_once(tmp_path: Path) -> None:
    fill(tmp_path, "a.xlsx", "sub/b.xlsx")
    found = discover([tmp_path, tmp_path / "sub", tmp_path / "a.xlsx"])
    assert len(found.drafts) == 2
    assert set(reasons(found).values()) == {module.GIVEN_AGAIN.template}


def test_names_of_two_folders_are_told_apart(tmp_path: Path) -> None:
    fill(tmp_path, "113/概算.xlsx", "114/概算.xlsx", "114/b.xlsx")
    assert files(discover([tmp_path / "113", tmp_path / "114"])) == ["113/概算.xlsx", "b.xlsx", "114/概算.xlsx"]


def test_names_that_are_shown_alike_are_numbered(tmp_path: Path) -> None:
    fill(tmp_path, "a\nb.xlsx", "a\tb.xlsx", "c.xlsx")
    assert files(discover([tmp_path])) == ["a�b.xlsx", "a�b.xlsx (2)", "c.xlsx"]


def test_identity_numbers_in_names_are_masked(tmp_path: Path) -> None:
    fill(tmp_path, "A123456789/王小明B223456789.xlsx", "A123456788.xlsx", "A123456787.pdf")
    found = discover([tmp_path])
    assert files(found) == ["A1********.xlsx", "A1********/王小明B2********.xlsx"]
    assert set(reasons(found)) == {"A1********.pdf"}
    assert all(draft.path.exists() for draft in found.drafts)


def test_a_folder_that_cannot_be_opened_may_hold_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, "a.xlsx", "closed/b.xlsx")
    scan = os.scandir

    def refusing(folder: Path) -> object:
        if folder.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refusing)
    found = discover([tmp_path])
    assert files(found) == ["a.xlsx"]
    assert [(one.file, one.may_hold_drafts) for one in found.left_out] == [("closed", True)]


@pytest.mark.parametrize(
    ("name", "shown"), [(b"a\nb.xlsx", "a�b.xlsx"), (b"\xff.xlsx", "�.xlsx"), ("\u202ea.xlsx".encode(), "�a.xlsx")]
)
def test_a_name_is_shown_as_plain_text(tmp_path: Path, name: bytes, shown: str) -> None:
    (tmp_path / os.fsdecode(name)).write_text("x")
    found = discover([tmp_path])
    assert files(found) == [shown]
    assert found.drafts[0].path.exists()
