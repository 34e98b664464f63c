"""`docs/commands.md` and, in Dutch, `docs/opdrachten.md`: every command with its options and every exit code.

`python -m tools.commands_page` writes both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tweeluik import problems
from tweeluik.cli.arguments import GROUPS, help_of_options, last_of_help
from tweeluik.words.helping import words_of_help
from tweeluik.words.language import Language

ROOT = Path(__file__).parents[1]


class Words(NamedTuple):
    """What stands between what the commands say of themselves."""

    file: Path
    about: str
    of_all: str
    head: str
    codes: str
    code_head: str
    meanings: Mapping[int, str]


_ENGLISH = """# Commands

Every command takes `--help`. This page is written by `python -m tools.commands_page` from the commands themselves.
The same in Dutch is [opdrachten.md](opdrachten.md). The guide for editors, in Dutch, is
[handleiding.md](handleiding.md); every message with its code stands in [meldingen.md](meldingen.md).

Shells complete commands and options with what `completion bash` (or `zsh`, `fish`, `powershell`) tells:
`source <(tweeluik completion bash)`.
"""

_DUTCH = """# Opdrachten

Elke opdracht kent `--help`, en met `--lang nl` is die hulp in het Nederlands. Deze pagina maakt
`python -m tools.commands_page` van de opdrachten zelf. Wat u ermee doet, staat in de [handleiding](handleiding.md).
Wat een melding betekent, staat in [meldingen.md](meldingen.md).

Een shell vult opdrachten en opties aan met wat `completion bash` (of `zsh`, `fish`, `powershell`) toont:
`source <(tweeluik completion bash)`.
"""


def _low(text: str) -> str:
    return text[0].lower() + text[1:]


def _english_codes() -> Mapping[int, str]:
    told = {
        0: "done",
        1: "a bug, with a traceback that holds no value of the source; or the system refused to write",
        130: "stopped with Ctrl-C; nothing was changed",
    }
    for each in vars(problems).values():
        if isinstance(each, type) and issubclass(each, problems.BuildFailed) and each.exit_code != 1:
            first = _low((each.__doc__ or "").split("\n\n")[0].strip().rstrip("."))
            told[each.exit_code] = f"{told[each.exit_code]}; or: {first}" if each.exit_code in told else first
    return told


WORDS: Mapping[Language, Words] = {
    "en": Words(
        Path("docs/commands.md"), _ENGLISH, "Options of all commands", "option or value | meaning", "Exit codes",
        "code | meaning", _english_codes(),
    ),
    "nl": Words(
        Path("docs/opdrachten.md"), _DUTCH, "Opties van alle opdrachten", "optie of waarde | betekenis", "Afsluitcodes",
        "code | betekenis",
        {
            0: "klaar",
            1: "een fout in het programma, zonder waarden uit de bron erin; of er kon niet worden geschreven",
            2: "de opdracht kan zo niet worden uitgevoerd",
            10: "er is iets mis met de bron",
            11: "de tabellen kunnen niet veilig naar buiten, of een aanval op de gemaakte bestanden lukte",
            12: "in de openbare bestanden staat een waarde die binnen moet blijven",
            13: "het verzegelen mislukte; er is niets achtergebleven",
            14: "iets dat verzegeld is, gaat niet open, of een bundel is niet wat zijn inhoudslijst zegt",
            15: "het register van wat is gepubliceerd is niet heel: er is iets veranderd, of weg",
            16: "goedkeuringen ontbreken, zijn verlopen, dubbel of vals, of iemand zegt: nog niet",
            130: "gestopt met Ctrl-C; er is niets veranderd",
        },
    ),
}  # fmt: skip


def page(language: Language) -> str:
    """The page as it must be."""
    words = WORDS[language]
    parts = (_all(language), _groups(language), _codes(words))
    return "\n".join((words.about, *(line for part in parts for line in part))) + "\n"


def _all(language: Language) -> Iterator[str]:
    yield f"## {WORDS[language].of_all}\n"
    yield from _table(help_of_options(None, language), WORDS[language].head)


def _groups(language: Language) -> Iterator[str]:
    in_words = words_of_help(language)
    for title, group in GROUPS.items():
        yield f"\n## {_high(in_words(title))}"
        for name, (_, does) in group.items():
            yield f"\n### {name}\n\n{_high(in_words(does))}.\n"
            yield from _table(help_of_options(name, language), WORDS[language].head)
            last = last_of_help(name, language)
            if last:
                yield f"\n{_high(last)}."


def _table(options: tuple[tuple[str, str], ...], head: str) -> Iterator[str]:
    if options:
        yield f"| {head} |\n|---|---|"
        yield from (f"| `{_in_a_cell(option)}` | {told} |" for option, told in options)


def _in_a_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _codes(words: Words) -> Iterator[str]:
    yield f"\n## {words.codes}\n\n| {words.code_head} |\n|---|---|"
    yield from (f"| {code} | {meaning} |" for code, meaning in sorted(words.meanings.items()))


def _high(text: str) -> str:
    return text[0].upper() + text[1:]


if __name__ == "__main__":
    for each in WORDS:
        (ROOT / WORDS[each].file).write_text(page(each), "utf-8")
