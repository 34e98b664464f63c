"""The page of commands is as the commands are, and shells complete them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import build
from tests.conftest import need_program
from tools.commands_page import WORDS, page
from tweeluik.cli.arguments import COMMANDS, options_of
from tweeluik.words.language import Language

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", WORDS)
def test_the_page_is_as_the_commands(language: Language) -> None:
    """`python -m tools.commands_page` writes it."""
    assert (ROOT / WORDS[language].file).read_text("utf-8") == page(language)


def test_both_pages_tell_every_exit_code() -> None:
    assert {*WORDS["nl"].meanings} == {*WORDS["en"].meanings}


@pytest.mark.parametrize("language", WORDS)
def test_every_command_and_every_option_is_on_it(language: Language) -> None:
    text = page(language)
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


CASES = [
    ("tweeluik pub", "publish"),
    ("tweeluik --lan", "--lang"),
    ("tweeluik check --f", "--fix"),
    ("tweeluik --content x check --st", "--staged"),
    ("tweeluik new part", "partner"),
    ("tweeluik explain --iden", "--identity"),
]


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_get_every_command(capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert build.main(["completion", shell]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in COMMANDS)
    assert "staged" in said


def written(shell: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert build.main(["completion", shell, "--lang", "nl"]) == 0
    file = folder / f"completion.{shell}"
    file.write_text(capsys.readouterr().out, "utf-8")
    return file


@pytest.mark.parametrize(("line", "completed"), CASES)
def test_fish_completes(line: str, completed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need_program("fish")
    file = written("fish", tmp_path, capsys)
    ask = f"source {file}; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", ask], capture_output=True, text=True, check=True)
    found = [each.split("\t")[0] for each in done.stdout.splitlines()]
    assert found == [completed]


def test_zsh_completes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As a person does it: the tab key, on a terminal of their own."""
    need_program("zsh")
    file = written("zsh", tmp_path, capsys)
    ask = tmp_path / "ask.zsh"
    lines = "\n".join(f"ask {index} '{line}'" for index, (line, _) in enumerate(CASES))
    ask.write_text(_ASK.format(file=file, folder=tmp_path, lines=lines), "utf-8")
    subprocess.run(["zsh", "-f", str(ask)], capture_output=True, check=True, timeout=60)
    found = [(tmp_path / str(index)).read_text("utf-8").split()[-1] for index in range(len(CASES))]
    assert found == [completed for _, completed in CASES]


_ASK = """
zmodload zsh/zpty
zpty shell zsh -f -i
send() {{ zpty -w shell "$1" }}
send "PS1=; autoload -Uz compinit; compinit -u -d {folder}/dump; source {file}"
send "keep() {{ print -r -- \\$BUFFER > {folder}/\\$number; zle kill-whole-line; zle accept-line }}; zle -N keep; bindkey '^X' keep"
send "cd {folder}"
ask() {{
    send "number=$1"
    zpty -w -n shell "$2"$'\t'$'\x18'
    for try in {{1..100}}; do [[ -s {folder}/$1 ]] && break; sleep 0.1; done
}}
{lines}
zpty -d shell
"""
