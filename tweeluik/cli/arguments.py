"""The command line: which commands there are, and what each takes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

TYPE_CHECKING = False  # to import it from typing takes a tenth of all the time of `--help`
if TYPE_CHECKING:
    from typing import NoReturn

Add = Callable[[argparse.ArgumentParser], None]

_DEFAULTS = {
    "content": Path("content"),
    "templates": Path("templates"),
    "site": Path("site"),
    "json": False,
    "identity": [],
}


def parse_arguments(arguments: list[str]) -> argparse.Namespace:
    """The arguments by name; `command` is always one of `COMMANDS`.

    Raises:
        Misused: there is no such command or option, or something that it needs is missing.
    """
    everywhere = _everywhere()
    whole = _Parser(prog="build.py", description=_WHAT, parents=[everywhere])
    commands = whole.add_subparsers(dest="command", metavar="COMMAND")
    for name, (does, add) in COMMANDS.items():
        sentence = f"{does[0].upper()}{does[1:]}."
        add(commands.add_parser(name, help=does, description=sentence, parents=[everywhere]))
    given = whole.parse_args(arguments, argparse.Namespace(**_DEFAULTS, certificate=None))
    given.command = given.command or "build"
    return given


class Misused(Exception):
    """What is wrong with the arguments. A failure of its own kind, so that `--help` waits for no other module."""

    def __init__(self, program: str, message: str) -> None:
        super().__init__(message)
        self.program, self.message = program, message


class _Parser(argparse.ArgumentParser):
    """Raises what is wrong, after showing how the command is used."""

    def error(self, message: str) -> NoReturn:
        """As all failures of this program are told."""
        self.print_usage(sys.stderr)
        raise Misused(self.prog, message)


_WHAT = "One source, two panels: a public site with protected tables, and a sealed bundle for the House."


def _everywhere() -> _Parser:
    """What all commands take, before or after the name of the command."""
    options = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    options.add_argument("--content", type=Path, metavar="DIR", help="the source (default: content)")
    options.add_argument("--templates", type=Path, metavar="DIR", help="the templates (default: templates)")
    options.add_argument("--site", type=Path, metavar="DIR", help="where the site goes (default: site)")
    options.add_argument("--json", action="store_true", help="problems and summary as JSON on standard output")
    return options


def _nothing(_: argparse.ArgumentParser) -> None:
    pass


def _identity(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    told = "an identity file, to open what is sealed; may be given more than once"
    parser.add_argument(
        "-i", "--identity", type=Path, action="append", required=required, metavar="FILE", help=told,
        default=argparse.SUPPRESS,
    )  # fmt: skip


def _build(parser: argparse.ArgumentParser) -> None:
    _identity(parser)
    told = "also write the certificate of the attack to this new file; it is confidential"
    parser.add_argument("--certificate", type=Path, metavar="FILE", default=argparse.SUPPRESS, help=told)


def _check(parser: argparse.ArgumentParser) -> None:
    _identity(parser)
    told = "look at nothing but what git is about to commit: no keys, no opened bundles, no source in clear"
    parser.add_argument("--staged", action="store_true", help=told)


def _preview(parser: argparse.ArgumentParser) -> None:
    _identity(parser)
    parser.add_argument("--port", type=_port, default=8000, help="default: 8000; 0: any free one")


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) >= 1 << 16:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(text)


def _bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION")
    _identity(parser)
    told = "a new or empty folder (default: bundels/EDITION)"
    parser.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help=told)
    parser.add_argument("--copies", type=_copies, default=1, metavar="N", help="numbered copies (default: 1)")
    parser.add_argument("--sign", type=Path, metavar="KEY", help="sign with this private ssh key")
    told = "the folder of the earlier bundle of this edition"
    parser.add_argument("--supersedes", type=Path, metavar="FOLDER", help=told)


def _copies(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("expected a whole number")
    return int(text)


def _open(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    _identity(parser, required=True)
    target = parser.add_mutually_exclusive_group(required=True)
    target.add_argument("-o", dest="output", type=Path, metavar="FOLDER", help="a new folder")
    target.add_argument("--verify", action="store_true", help="open in memory, verify, write nothing")
    told = "allowed_signers of ssh: refuse what none of them signed"
    parser.add_argument("--signers", type=Path, metavar="FILE", help=told)


def _publish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION")
    _identity(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="one organisation (default: all)")
    _identity(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=".xlsx or .csv")
    _identity(parser)


def _schema(parser: argparse.ArgumentParser) -> None:
    told = "where the schemas go (default: schemas)"
    parser.add_argument("-o", dest="output", type=Path, default=Path("schemas"), metavar="FOLDER", help=told)


def _keygen(parser: argparse.ArgumentParser) -> None:
    told = "a new file (default: sleutel.identity)"
    parser.add_argument("-o", dest="output", type=Path, default=Path("sleutel.identity"), metavar="FILE", help=told)


def _seal_source(parser: argparse.ArgumentParser) -> None:
    told = "files of the source (default: all with organisations or conversations, and the key of protection)"
    parser.add_argument("file", nargs="*", type=Path, metavar="FILE", help=told)


def _edit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a sealed file of the source")
    _identity(parser, required=True)


def _exclusions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("add", "seal"), help="add lines to the list, or seal a new one in its place")
    told = "text with a name or number per line (default: standard input)"
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=told)
    _identity(parser, required=True)


COMMANDS: Mapping[str, tuple[str, Add]] = {
    "build": ("check the source, protect and attack the tables, swap in the site (the default)", _build),
    "check": ("do the same, but write nothing", _check),
    "preview": ("serve what build would write, on this machine only; reload the browser on change", _preview),
    "bundle": ("seal an edition for the House", _bundle),
    "open": ("open and verify a sealed bundle, as its recipient", _open),
    "publish": ("freeze an edition: from then on it is rendered from its public record", _publish),
    "explain": ("say why organisations are in or out of an edition, by rule (confidential)", _explain),
    "import": ("turn a spreadsheet or CSV into source files", _import),
    "schema": ("write JSON Schemas, so that editors complete and check while typing", _schema),
    "seal-source": ("seal files of the source to its editors, and remove them in clear", _seal_source),
    "edit": ("open a sealed file of the source in your editor, check it, and seal it again", _edit),
    "exclusions": ("keep the sealed list of who may not be a partner", _exclusions),
    "keygen": ("make an identity file and show its recipient line", _keygen),
}
