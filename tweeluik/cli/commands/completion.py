"""`completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told
from tweeluik.words.said import as_is

Shell = Literal["bash", "zsh", "fish", "powershell"]

_BASH = """\
_tweeluik() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" command="" each
    for each in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case " {commands} " in *" $each "*) command="$each"; break ;; esac
    done
    case "$command" in
{cases}
        *) COMPREPLY=($(compgen -W "{commands} {common}" -- "$word")) ;;
    esac
    [ ${{#COMPREPLY[@]}} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
}}
complete -o filenames -F _tweeluik tweeluik
"""

_ZSH = """\
#compdef tweeluik
_tweeluik() {{
    local command="" each
    for each in "${{(@)words[2,CURRENT-1]}}"; do
        case " {commands} " in *" $each "*) command="$each"; break ;; esac
    done
    local -a known
    case "$command" in
{cases}
        *) known=({all}) ;;
    esac
    _describe -V 'tweeluik' known || _files
}}
(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit; }}
compdef _tweeluik tweeluik
"""

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName tweeluik -ScriptBlock {{
    param($word, $ast, $position)
    $options = @{{
{cases}
    }}
    $given = $ast.CommandElements | ForEach-Object {{ "$_" }}
    $command = $given | Where-Object {{ $options.ContainsKey($_) }} | Select-Object -First 1
    $known = if ($command) {{ $options[$command] }} else {{ "{commands} {common}" -split " " }}
    $known | Where-Object {{ $_ -like "$word*" }} |
        ForEach-Object {{ [System.Management.Automation.CompletionResult]::new($_) }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Completion(Command):
    """`shell` is the one that reads it."""

    shell: Shell

    @classmethod
    def declare(cls, parser: ArgumentParser) -> None:
        """What it takes."""
        parser.add_argument("shell", choices=("bash", "zsh", "fish", "powershell"), help="the shell that reads it")

    def run(self, console: Console) -> Told:
        """Tell a script, made from the commands as they are."""
        from tweeluik.cli.arguments import commands_of, options_of

        console.progress("reading the commands")
        script = script_for(self.shell, commands_of(console.language), options_of(console.language))
        return Told(tuple(map(as_is, script.splitlines())), {"script": script})


Words = Mapping[str, str]
"""What may be completed, each with what it does."""


def script_for(shell: Shell, commands: Words, options: Mapping[str, Words]) -> str:
    """The script for a shell; `options` per command, and under an empty name those of all."""
    match shell:
        case "bash":
            return _with_cases(
                _BASH, commands, options, '        {name}) COMPREPLY=($(compgen -W "{words}" -- "$word")) ;;'
            )
        case "powershell":
            return _with_cases(_POWERSHELL, commands, options, '        "{name}" = "{words}" -split " "')
        case "zsh":
            return _zsh(commands, options)
        case "fish":
            return "\n".join(_fish(commands, options)) + "\n"


def _with_cases(script: str, commands: Words, options: Mapping[str, Words], case: str) -> str:
    cases = "\n".join(case.format(name=name, words=" ".join(options[name])) for name in commands)
    return script.format(commands=" ".join(commands), common=" ".join(options[""]), cases=cases)


def _zsh(commands: Words, options: Mapping[str, Words]) -> str:
    cases = "\n".join(f"        {name}) known=({_described(options[name])}) ;;" for name in commands)
    return _ZSH.format(commands=" ".join(commands), cases=cases, all=_described({**commands, **options[""]}))


def _described(words: Words) -> str:
    """As zsh has them: `word:what it does`, in quotes."""
    return " ".join(_quoted(":".join(part.replace(":", "\\:") for part in each)) for each in words.items())


def _fish(commands: Words, options: Mapping[str, Words]) -> Iterator[str]:
    for name, does in commands.items():
        yield f"complete -c tweeluik -f -n __fish_use_subcommand -a {name} -d {_quoted(does)}"
    for name, words in options.items():
        where = f"-n '__fish_seen_subcommand_from {name}'" if name else "-n __fish_use_subcommand"
        for word, does in words.items():
            kind = (
                f"-l {word[2:]}" if word.startswith("--") else f"-s {word[1:]}" if word[0] == "-" else f"-f -a {word}"
            )
            yield f"complete -c tweeluik {where} {kind} -d {_quoted(does)}"


def _quoted(text: str) -> str:
    """For a shell that takes what is between single quotes as it is, but for them."""
    return "'" + text.replace("'", "\u2019") + "'"
