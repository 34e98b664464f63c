"""The README and the pages for developers tell the truth: what they name exists, and what exists for users is named."""

from __future__ import annotations

import io
import re
import shlex
import subprocess
import sys
from contextlib import redirect_stdout
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import build
import tweeluik
from tweeluik.cli.arguments import COMMANDS, parse_arguments, record_of
from tweeluik.cli.main import STOPPED
from tweeluik.pipeline.steps import make_site
from tweeluik.problems import BuildFailed, WrongUsage
from tweeluik.words.said import shown

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ARCHITECTURE = FENCE.sub("", (ROOT / "docs" / "architecture.md").read_text("utf-8"))
SPAN = re.compile(r"`([^`]+)`")
RUNNING = FENCE.sub("", README)


def rows(heading: str) -> list[tuple[str, str]]:
    """The first two cells of every row of the table below these words of its head."""
    table = README.split(f"\n| {heading} |", 1)[1].split("\n\n", 1)[0]
    lines = table.splitlines()[2:]
    cells = (re.split(r"\|", line.replace(r"\|", "/"))[1:3] for line in lines)
    return [(first.strip(), second.strip()) for first, second in cells]


# --- commands ---------------------------------------------------------------------------------------------------------

SHOWN = [SPAN.findall(first)[0] for first, _ in rows("command")]


def written_out(shown: str) -> list[list[str]]:
    """The ways to call a command that a row stands for: with and without what is optional, per alternative."""
    full = shlex.split(shown.replace("[", "").replace("]", "").replace("…", ""))
    bare = shlex.split(re.sub(r"\[[^]]*\]", "", shown))
    ways = [full, bare]
    return [[each.split("/")[at] if "/" in each else each for each in way] for way in ways for at in (0, -1)]


@pytest.mark.parametrize("shown", SHOWN)
def test_a_command_of_the_readme_can_be_given_as_it_stands(shown: str) -> None:
    for words in written_out(shown):
        assert type(parse_arguments(words)) is record_of(words[0])


def test_the_first_tasks_can_be_given_as_they_stand() -> None:
    given = [
        shlex.split(each) for _, does in rows("you are") for each in SPAN.findall(does) if each.split()[0] in COMMANDS
    ]
    whole = [words for words in given if len(words) > 1]
    assert {"check", "export", "import", "preview", "review", "publish", "bundle", "open"} <= {
        each[0] for each in whole
    }
    for words in whole:
        assert type(parse_arguments(words)) is record_of(words[0])


def test_what_a_reviewer_is_to_look_at_first_is_not_published_yet() -> None:
    (command,) = [each for _, does in rows("you are") for each in SPAN.findall(does) if each.startswith("review ")]
    edition = shlex.split(command)[1]
    assert (ROOT / "content" / "editions" / f"{edition}.yaml").exists()
    assert not (ROOT / "content" / "published" / edition).exists()


def test_the_readme_shows_every_command_and_no_other() -> None:
    assert sorted({each.split()[0] for each in SHOWN}) == sorted(COMMANDS)


@cache
def help_of(*command: str) -> str:
    """In this process: that it is the same when a program is started for it is for `test_command_line.py`."""
    said = io.StringIO()
    with redirect_stdout(said), pytest.raises(SystemExit) as ended:
        build.main([*command, "--help"])
    assert ended.value.code == 0
    return said.getvalue()


def test_help_shows_the_same_commands() -> None:
    listed = re.findall(r"^    ([a-z-]+) ", help_of(), re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def options() -> set[str]:
    named = (each for span in SPAN.findall(RUNNING) for each in span.split() if each.startswith("-"))
    return {each for each in named if re.fullmatch(r"--?[a-z-]+", each)}


def test_every_option_that_the_readme_names_exists() -> None:
    known = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", help_of() + "".join(help_of(name) for name in COMMANDS)))
    of_other_programs = {"-r", "-m", "-t", "-f"}  # pip, python, ssh-keygen
    assert options() - of_other_programs <= known
    assert {"--content", "--templates", "--site", "--json", "--identity", "-i", "--staged"} <= options()


def test_options_that_all_take_are_taken_by_all() -> None:
    for name in COMMANDS:
        assert {"--content", "--templates", "--site", "--json"} <= set(re.findall(r"--[a-z]+", help_of(name))), name


# --- what the first screen shows --------------------------------------------------------------------------------------


def console() -> str:
    (text,) = (str(body) for name, body in FENCE.findall(README) if name == "console" and "$ make site" in body)
    return text


def test_what_it_calls_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    called = re.findall(r"^\$ make (\w+)$", console(), re.MULTILINE)
    assert called == ["site", "test"]
    assert {*called, *re.findall(r"`make (\w+)`", RUNNING)} <= targets


def test_the_output_that_it_shows_is_what_a_build_says() -> None:
    """But for the sizes and the time, which differ from change to change; an ellipsis stands for lines left out."""
    printed = console().split("$ make test")[0].splitlines()[1:]
    lines = [each for each in printed if each and each.strip() != "…"]
    summary = make_site(ROOT / "content", ROOT / "templates").summary
    *told, sizes = (shown(line, "en") for line in summary.as_lines())
    *editions, shown_sizes, written = lines
    assert [each for each in editions if each not in told] == []
    form = re.sub(r"[\d,]+", "N", sizes)
    assert re.sub(r"[\d,]+", "N", shown_sizes) == form
    assert re.fullmatch(r"written to site, in \d+\.\d s \(\d+\.\d s of processor\)", written)


def test_every_file_that_it_names_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)", README)
    files = [each for each in links if "://" not in each]
    files += re.findall(r"-r (\S+\.lock)", README) + re.findall(r"`python (\w+\.py)", README)
    assert len(files) > 8
    assert [each for each in files if not (ROOT / each).exists()] == []


def test_other_programs_that_it_names_run() -> None:
    """`python -m tweeluik.disclosure` and `verify_certificate.py`, as far as how they are used."""
    assert "`python -m tweeluik.disclosure solve|attack INSTANCE.jj`" in README
    for command in (["-m", "tweeluik.disclosure", "solve"], ["-m", "tweeluik.disclosure", "attack"]):
        done = subprocess.run(
            [sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert "instance" in done.stdout.lower()
    assert "`python verify_certificate.py CERTIFICATE SITE`" in README
    checker = [sys.executable, str(ROOT / "verify_certificate.py"), "nergens.json", "nergens"]
    assert subprocess.run(checker, capture_output=True, check=False).returncode != 0


# --- exit codes -------------------------------------------------------------------------------------------------------


def failures() -> set[type[BuildFailed]]:
    """Every failure that a command can end in, whichever module declares it."""
    for module in walk_packages(tweeluik.__path__, "tweeluik."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    found, pending = set[type[BuildFailed]](), [BuildFailed]
    while pending:
        each = pending.pop()
        found.add(each)
        pending += each.__subclasses__()
    return {each for each in found if each.__module__.startswith("tweeluik.")}


def test_its_table_of_exit_codes_is_complete() -> None:
    codes = {int(first) for first, _ in rows("exit")}
    assert codes - {STOPPED} == {each.exit_code for each in failures()} | {0}


def test_wrong_usage_has_the_code_that_the_readme_gives_it() -> None:
    assert dict(rows("exit"))[str(WrongUsage.exit_code)] == "wrong usage"


# --- the page for developers ------------------------------------------------------------------------------------------


def test_every_module_that_the_architecture_names_exists() -> None:
    spans = [each for each in SPAN.findall(ARCHITECTURE) if re.fullmatch(r"[\w/.-]+(\.py|/)", each)]
    folders = (
        "",
        "tweeluik",
        "tweeluik/protection",
        "tweeluik/source",
        "tweeluik/disk",
        "tweeluik/record",
        "tweeluik/pipeline",
        "tweeluik/checks/guard",
    )
    missing = [each for each in spans if not any((ROOT / folder / each).exists() for folder in folders)]
    assert len(spans) > 25
    assert missing == []


def test_every_rule_that_the_architecture_names_is_a_function() -> None:
    named = re.findall(r"`(selection\.rules|door\.release)\.(?!py)(\w+)`", ARCHITECTURE)
    assert len(named) >= 7
    assert [name for module, name in named if not callable(getattr(import_module(f"tweeluik.{module}"), name))] == []


def test_every_module_of_the_first_level_is_where_the_architecture_says_a_change_belongs() -> None:
    """A reader finds the way from that page: each package is named there."""
    packages = {each.parent.name for each in (ROOT / "tweeluik").glob("*/__init__.py")}
    assert [each for each in packages if f"{each}/" not in ARCHITECTURE] == []
