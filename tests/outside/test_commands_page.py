"""The page of commands is as the commands are, and shells complete them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

import build
from tests.conftest import need_program
from tools.commands_page import PAGE, page
from tweeluik.cli.arguments import COMMANDS, options_of

ROOT = Path(__file__).parents[2]


def test_the_page_is_as_the_commands() -> None:
    """`python -m tools.commands_page` writes it."""
    assert (ROOT / PAGE).read_text("utf-8") == page()


def test_every_command_and_every_option_is_on_it() -> None:
    text = page()
    assert all(f"\n### {name}\n" in text for name in COMMANDS)
    assert all(option in text for options in options_of().values() for option in options if option != "--help")


@pytest.fixture
def script(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Path:
    assert build.main(["completion", "bash"]) == 0
    file = tmp_path / "completion.sh"
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        (["pub"], "publish"),
        (["--lan"], "--lang"),
        (["check", "--f"], "--fix"),
        (["--content", "x", "check", "--st"], "--staged"),
        (["new", "part"], "partner"),
        (["explain", "--iden"], "--identity"),
    ],
)
def test_bash_completes(script: Path, words: list[str], completed: str) -> None:
    bash = need_program("bash")
    given = " ".join(f"'{each}'" for each in ["tweeluik", *words])
    ask = f'source {script}; COMP_WORDS=({given}); COMP_CWORD={len(words)}; _tweeluik; echo "${{COMPREPLY[@]}}"'
    done = subprocess.run([bash, "-c", ask], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [completed]


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_get_every_command(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert build.main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)
    assert "staged" in said
    program = shutil.which(shell)
    if program is not None and shell in {"zsh", "fish"}:
        subprocess.run([program, "-n", "-c", said], check=True)
