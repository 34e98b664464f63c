"""`docs/commands.md`, every command with its options and every exit code: `python -m tools.commands_page`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tweeluik import problems
from tweeluik.cli.arguments import GROUPS, help_of_options

ROOT = Path(__file__).parents[1]
PAGE = Path("docs/commands.md")

ABOUT = """# Commands

Every command takes `--help`. This page is written by `python -m tools.commands_page` from the commands themselves.
The guide for editors, in Dutch, is [handleiding.md](handleiding.md); every message with its code stands in
[meldingen.md](meldingen.md).

Shells complete commands and options with what `completion bash` (or `zsh`, `fish`, `powershell`) tells:
`source <(tweeluik completion bash)`.
"""

OTHERS = {
    0: "done",
    1: "a bug, with a traceback that holds no value of the source; or the system refused to write",
    130: "stopped with Ctrl-C; nothing was changed",
}


def page() -> str:
    """The page as it must be."""
    return "\n".join((ABOUT, *(line for part in (_all(), _groups(), _codes()) for line in part))) + "\n"


def _all() -> Iterator[str]:
    yield "## Options of all commands\n"
    yield from _table(help_of_options(None))


def _groups() -> Iterator[str]:
    for title, group in GROUPS.items():
        yield f"\n## {title[0].upper()}{title[1:]}"
        for name, (_, does) in group.items():
            yield f"\n### {name}\n\n{does[0].upper()}{does[1:]}.\n"
            yield from _table(help_of_options(name))


def _table(options: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if options:
        yield "| option or value | meaning |\n|---|---|"
        yield from (f"| `{_in_a_cell(option)}` | {told} |" for option, told in options)


def _in_a_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _codes() -> Iterator[str]:
    yield "\n## Exit codes\n\n| code | meaning |\n|---|---|"
    told = dict(OTHERS)
    for each in vars(problems).values():
        if isinstance(each, type) and issubclass(each, problems.BuildFailed) and each.exit_code != 1:
            first = (each.__doc__ or "").split("\n\n")[0].strip().rstrip(".")
            told[each.exit_code] = (
                f"{told[each.exit_code]}; or: {_low(first)}" if each.exit_code in told else _low(first)
            )
    yield from (f"| {code} | {meaning} |" for code, meaning in sorted(told.items()))


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


if __name__ == "__main__":
    (ROOT / PAGE).write_text(page(), "utf-8")
