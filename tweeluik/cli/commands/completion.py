"""`completion`: what a shell needs to complete commands and options."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Literal

from tweeluik.cli.command import Command
from tweeluik.cli.console import Console, Told

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
        from tweeluik.cli.arguments import options_of

        console.progress("reading the commands")
        script = script_for(self.shell, options_of())
        return Told(tuple(script.splitlines()), {"script": script})


def script_for(shell: Shell, options: dict[str, tuple[str, ...]]) -> str:
    """The script for a shell; `options` per command, and under an empty name those of all."""
    common = " ".join(options[""])
    commands = [name for name in options if name]
    if shell == "fish":
        lines = [f"complete -c tweeluik -n __fish_use_subcommand -a '{' '.join(commands)}'"]
        for name in commands:
            flags = " ".join(f"-l {each[2:]}" for each in options[name] if each.startswith("--"))
            lines.append(f"complete -c tweeluik -n '__fish_seen_subcommand_from {name}' {flags}")
        return "\n".join(lines) + "\n"
    if shell == "powershell":
        cases = "\n".join(f'        "{name}" = "{" ".join(options[name])}" -split " "' for name in commands)
        return _POWERSHELL.format(commands=" ".join(commands), common=common, cases=cases)
    cases = "\n".join(
        f'        {name}) COMPREPLY=($(compgen -W "{" ".join(options[name])}" -- "$word")) ;;' for name in commands
    )
    script = _BASH.format(commands=" ".join(commands), common=common, cases=cases)
    return script if shell == "bash" else f"autoload -U +X bashcompinit && bashcompinit\n{script}"
