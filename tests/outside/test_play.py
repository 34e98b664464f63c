"""The play: an invented ministry over five years. Its script is `tests/play/script.yaml`; read that first.

After every event `check` runs, and what it says is what the script says. Five editions are published on the way; at the
end everything confidential is thrown away, and the site is made again.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

import build
from tests.play.ministry import Ministry
from tests.play.script import Event, command, events, play

pytestmark = pytest.mark.long

EVENTS = events()
PUBLISHED = tuple(event for event in EVENTS if command(event))
TEMPLATES = Path(__file__).parents[2] / "templates"
CONFIDENTIAL = (
    "partners",
    "conversations",
    "editions",
    "agenda.yaml",
    "vocabulary.yaml",
    "policy.yaml",
    "protection.key",
)

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Said:
    """How a command ended, and all that it said."""

    code: int
    text: str


@dataclass(frozen=True)
class Played:
    """What the whole play left behind: what commands said, the register before and after, the site before and after."""

    checked: dict[Event, Said] = field(default_factory=dict)
    published: dict[Event, Said] = field(default_factory=dict)
    registers: dict[Event, Files] = field(default_factory=dict)
    sites: list[Files] = field(default_factory=list)


def files_of(folder: Path) -> Files:
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def run(content: Path, *arguments: str) -> Said:
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = build.main([*arguments, "--content", str(content), "--templates", str(TEMPLATES)])
    return Said(code, out.getvalue())


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    root = tmp_path_factory.mktemp("spel")
    ministry, result = Ministry(root / "content"), Played()
    for event in EVENTS:
        play(ministry, event)
        ministry.write()
        if command(event):
            result.published[event] = run(ministry.content, *command(event))
        result.checked[event] = run(ministry.content, "check")
        result.registers[event] = files_of(ministry.content / "published")
    result.sites.append(made(ministry.content, root / "met"))
    forget_everything(ministry.content)
    result.sites.append(made(ministry.content, root / "zonder"))
    return result


def made(content: Path, site: Path) -> Files:
    """The site, or nothing where it cannot be made: then the tests of the events say why."""
    run(content, "build", "--site", str(site))
    return files_of(site)


def built(content: Path, site: Path) -> Files:
    said = run(content, "build", "--site", str(site))
    assert said.code == 0, said.text
    return files_of(site)


def forget_everything(content: Path) -> None:
    for name in CONFIDENTIAL:
        each = content / name
        shutil.rmtree(each) if each.is_dir() else each.unlink()
    for memory in content.glob("published/*/memory-*"):
        memory.unlink()


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_after_every_event_all_is_well_or_a_true_problem_is_named(event: Event, played: Played) -> None:
    said = played.checked[event]
    assert said.code == (10 if event.problem else 0), said.text
    assert event.problem in said.text


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_a_difference_is_told_where_there_is_one_and_only_there(event: Event, played: Played) -> None:
    said = played.checked[event].text
    assert ("the source now differs" in said) == bool(event.differs), said
    assert event.differs in said


@pytest.mark.parametrize("event", PUBLISHED, ids=str)
def test_every_publication_succeeds(event: Event, played: Played) -> None:
    assert played.published[event].code == 0, played.published[event].text
    for edition, version in event.site.items():
        assert f"{edition}/release-{version}.json" in played.registers[event]
        assert f"{edition}/release-{version + 1}.json" not in played.registers[event]


def test_what_was_published_never_changes(played: Played) -> None:
    """Records and memories stay as they are, and the log only grows at its end; but see the next test."""
    registers = list(played.registers.values())
    for earlier, later in pairwise(registers):
        for name, data in earlier.items():
            if name not in WITHOUT_THE_NAME or later is not played.registers[STRUCK]:
                assert later[name].startswith(data) if name == "log.jsonl" else later[name] == data
    assert len(registers[-1]["log.jsonl"].splitlines()) == len(PUBLISHED) == 8


NAMED = b"Lees en Schrijf Vorwerk"
STRUCK = next(event for event in EVENTS if event.site == {"2025": 3})
"""The publication that leaves out a name whose consent was withdrawn."""

WITHOUT_THE_NAME = ("2025/release-1.json", "2025/release-2.json")


def test_a_name_whose_consent_was_withdrawn_is_struck_from_earlier_versions_too(played: Played) -> None:
    before, after = (played.registers[each] for each in (EVENTS[EVENTS.index(STRUCK) - 1], STRUCK))
    assert all(NAMED in before[name] and NAMED not in after[name] for name in WITHOUT_THE_NAME)
    assert not any(NAMED in data for data in played.sites[0].values())


def test_a_concept_that_was_never_published_is_nowhere(played: Played) -> None:
    assert not any(
        b"alfjaar" in data for data in (*played.sites[0].values(), *list(played.registers.values())[-1].values())
    )


def test_with_everything_confidential_gone_the_site_is_the_same_to_the_byte(played: Played) -> None:
    before, after = played.sites
    assert [name for name in before if before[name] != after.get(name)] == []
    assert after == before != {}
    assert {name.split("/")[1] for name in before if name.startswith("edities/")} == {
        "2025",
        "2026",
        "2027",
        "2028",
        "2029",
    }
