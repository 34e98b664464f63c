"""The theme that a ministry puts in: a drawing program leaves in a logo who made it, with what, and where it was saved."""

from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest

from tests.mistakes import TEMPLATES
from tweeluik.pipeline.looks import read_looks
from tweeluik.problems import Problem, SourceHasProblems

MAILBOX = "redactie@example.org"
AT_HOME = PurePosixPath("/", "home", "klaver")
DRAWN = '<path d="M06 12 345 678L0612345678 020 555 01 23 111222333z" transform="translate(0612345678)"/>'


def told(folder: Path, within: str, file: str = "logo.svg") -> tuple[Problem, ...]:
    """What is said of the theme with something more at the end of a file."""
    templates = shutil.copytree(TEMPLATES, folder / "templates")
    path = templates / "public" / "theme" / file
    path.write_text(path.read_text("utf-8").replace("</svg>", f"{within}</svg>" if file == "logo.svg" else ""), "utf-8")
    if file != "logo.svg":
        path.write_text(f"{path.read_text('utf-8')}\n{within}\n", "utf-8")
    try:
        read_looks(templates, MAILBOX)
    except SourceHasProblems as failure:
        return failure.problems
    return ()


@pytest.mark.parametrize(
    ("within", "what"),
    [
        ("<metadata><dc:creator>mevr. A. Klaver</dc:creator></metadata>", "a name of a person in the text"),
        ("<title>t.a.v. Anna Klaver</title>", "a name of a person in the text"),
        ("<desc>a.klaver@example.org</desc>", "an e-mail address in the text"),
        ("<!-- bel 06-12345678 -->", "a telephone number in the text"),
        ('<g sodipodi:docname="06-12345678"/>', "a telephone number in the text"),
        (r'<g inkscape:export-filename="C:\Users\klaver\logo.png"/>', "the place of a file on somebody's computer"),
        (f'<g inkscape:export-filename="{AT_HOME / "logo.png"}"/>', "the place of a file on somebody's computer"),
        ('<g a="file:///tekeningen/logo.png"/>', "the place of a file on somebody's computer"),
    ],
)
def test_a_person_in_a_logo_is_told_by_its_place(tmp_path: Path, within: str, what: str) -> None:
    (problem,) = told(tmp_path, within)
    assert problem.what == what
    assert problem.place.file.endswith("templates/public/theme/logo.svg")
    assert "klaver" not in str(problem).casefold()


def test_a_remark_in_the_tokens_is_read_too(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, "# vragen: mevrouw Klaver", "theme.toml")
    assert problem.what == "a name of a person in the text"


@pytest.mark.parametrize("within", ["", DRAWN, f"<desc>{MAILBOX}</desc>", "<title>Tweeluik</title>"])
def test_numbers_of_a_drawing_and_the_mailbox_are_no_persons(tmp_path: Path, within: str) -> None:
    assert told(tmp_path, within) == ()


def test_both_themes_that_come_along_hold_nobody(tmp_path: Path) -> None:
    templates = shutil.copytree(TEMPLATES, tmp_path / "templates")
    shutil.copytree(templates / "themes" / "voorbeeld", templates / "public" / "theme", dirs_exist_ok=True)
    assert read_looks(templates, MAILBOX).texts
