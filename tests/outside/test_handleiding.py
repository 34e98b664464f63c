"""The guide for editors tells the truth: its examples are a source, its commands exist, its codes are all there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tweeluik import problems
from tweeluik.cli.arguments import COMMANDS, parse_arguments, record_of
from tweeluik.source.load import read_source

GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "handleiding.md").read_text("utf-8")
FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)

WRITTEN_TO = {
    "report.yaml": "### Wie uitgeeft",
    "policy.yaml": "### De regels",
    "agenda.yaml": "### De Actieagenda",
    "vocabulary.yaml": "### Soorten",
    "partners/welzijn.yaml": "### De organisaties",
    "partners/toen.yaml": "### Als er iets verandert",
    "conversations/2026.yaml": "### De gesprekken",
    "conversations/2024.csv": "### De gesprekken",
    "editions/2026.yaml": "### De edities",
    "editions/gesprekspartners-2023-2024.yaml": "### Een editie voor inzage",
    "pages/over.md": "### Pagina's",
}
"""The file of the source that each section of the guide shows."""

LANGUAGE = {".yaml": "yaml", ".csv": "csv", ".md": "markdown"}


def section(heading: str) -> str:
    return re.split(r"^#{2,3} ", GUIDE.split(f"\n{heading}", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]


def example(file: str) -> str:
    language = LANGUAGE[Path(file).suffix]
    (text,) = (str(body) for name, body in FENCE.findall(section(WRITTEN_TO[file])) if name == language)
    return text


def commands() -> list[str]:
    blocks = [body for name, body in FENCE.findall(GUIDE) if name == "sh"]
    inline = re.findall(r"`(python build\.py[^`]*)`", GUIDE)
    lines = [line.strip() for body in blocks for line in body.splitlines()]
    return sorted({line for line in (*lines, *inline) if line.startswith("python build.py")})


def test_its_examples_together_are_a_source_without_problems(tmp_path: Path) -> None:
    for file in WRITTEN_TO:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(example(file), "utf-8")
    source = read_source(tmp_path)
    assert (len(source.partners), len(source.conversations), len(source.editions)) == (3, 2, 2)


def test_its_regions_through_the_years_can_stand_in_the_vocabulary(tmp_path: Path) -> None:
    (regions,) = (
        body for name, body in FENCE.findall(section("### Als een code of een label verandert")) if name == "yaml"
    )
    files = {file: example(file) for file in WRITTEN_TO}
    files["vocabulary.yaml"] = files["vocabulary.yaml"].replace("regions:\n", regions)
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, "utf-8")
    assert {"NL31", "NL35", "NL12"} < {term.code for term in read_source(tmp_path).vocabulary.regions}


@pytest.mark.parametrize("command", commands())
def test_its_commands_exist(command: str) -> None:
    assert type(parse_arguments(shlex.split(command)[2:])) in map(record_of, COMMANDS)


def test_it_shows_every_command() -> None:
    shown = {type(parse_arguments(shlex.split(command)[2:])) for command in commands()}
    assert shown == set(map(record_of, COMMANDS))


def test_its_table_of_codes_is_complete() -> None:
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", section("## 15. Afsluitcodes"), re.MULTILINE)}
    failures = {
        each.exit_code for each in vars(problems).values() if isinstance(each, type) and hasattr(each, "exit_code")
    }
    assert codes == failures | {0}


def test_its_contents_list_its_chapters() -> None:
    chapters = re.findall(r"^## (\d+\. .*)$", GUIDE, re.MULTILINE)
    listed = [f"{number}. {title}" for number, title in re.findall(r"^(\d+)\. \[(.*?)\]\(#", GUIDE, re.MULTILINE)]
    assert listed == chapters
