# ruff: noqa: PLC0415
"""One function per command: it calls the module that does the work, and says what to tell.

Imports stand inside the functions, so that a command waits only for what it needs: `--help` for nothing.
"""

from __future__ import annotations

import contextlib
import gc
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tweeluik.cli import keeping
from tweeluik.cli.console import Console, Told
from tweeluik.disk.private import reason, refuse_public_folder, write_new_file
from tweeluik.problems import Place, Problem, SourceHasProblems, WrongUsage

if TYPE_CHECKING:
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.exclusions import Comparison
    from tweeluik.pipeline.steps import Made
    from tweeluik.pipeline.summary import Summary
    from tweeluik.record.model import Release
    from tweeluik.source.records import Edition, Source

_STARTED = time.monotonic()


def run(given: Namespace, console: Console) -> Told:
    """Carry out the command that was given; failures are `BuildFailed`, each class with its exit code."""
    return COMMANDS[given.command](given, console)


def build(given: Namespace, console: Console) -> Told:
    """Check, protect, attack, guard, and swap in the site."""
    from tweeluik.disk.folders import refuse_overlap
    from tweeluik.disk.tree import refuse_foreign, replace_tree

    refuse_overlap(site=given.site, content=given.content, templates=given.templates)
    refuse_foreign(given.site)
    made, tested = _make(given, console)
    console.progress("writing the site")
    with _certificate(given.certificate, made.certificate, given.site, given.content, given.templates):
        replace_tree(given.site, made.files)
    return _made(made.summary, tested, f"written to {given.site}")


def check(given: Namespace, console: Console) -> Told:
    """The same, writing nothing; or a look at what git is about to commit."""
    if given.staged:
        return keeping.check_staged(given)
    made, tested = _make(given, console)
    return _made(made.summary, tested, "nothing was written")


def preview(given: Namespace, console: Console) -> Told:
    """Serve what `build` would write."""
    from tweeluik.cli.preview import serve
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.disk.folders import need_templates
    from tweeluik.source.inventory import NOT_THERE

    need_templates(given.templates, "public")
    if not given.content.is_dir():
        raise SourceHasProblems(NOT_THERE)
    keyring = Keyring(given.identity)
    serve(
        lambda: _make(given, console, keyring=keyring)[0].files,
        given.content,
        given.templates,
        port=given.port,
        run=f"{time.time_ns():x}",
        say=console.say,
    )
    return Told()


def explain(given: Namespace, _console: Console) -> Told:
    """Why organisations are in or out."""
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.selection.explain import WARNING, as_data, as_lines, explain
    from tweeluik.source.load import read_source

    verdicts = explain(read_source(given.content, unseal=Keyring(given.identity).unseal), given.id)
    return Told(tuple(as_lines(verdicts)), {"verdicts": as_data(verdicts)}, (WARNING,))


def publish(given: Namespace, console: Console) -> Told:
    """Freeze the public record of an edition that passed every check."""
    from tweeluik.disk.tree import writing
    from tweeluik.record.register import freeze

    made, tested = _make(given, console)
    record = _record(made.releases, given.edition)
    with writing(given.content):
        place = freeze(record, given.content)
    line = f"version {record.version} of {record.edition} is frozen in {given.content / place}"
    return Told(
        (*tested.lines, line),
        {"edition": record.edition, "version": record.version, "record": str(given.content / place)},
    )


def bundle(given: Namespace, console: Console) -> Told:
    """Seal an edition for the House."""
    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.confidential.at_rest.exclusions import refuse_excluded
    from tweeluik.confidential.bundle.sealed import write_bundle
    from tweeluik.disk.folders import need_templates
    from tweeluik.selection.rules import select
    from tweeluik.selection.tables import tabulate
    from tweeluik.source.load import read_source

    need_templates(given.templates, "confidential")
    console.progress("reading the source")
    keyring = Keyring(given.identity)
    source = read_source(given.content, unseal=keyring.unseal)
    tested = refuse_excluded(source, given.content, keyring)
    selection = select(source, _edition(source, given.edition))
    into = given.output or Path("bundels", given.edition)
    console.progress("sealing")
    sealed = write_bundle(
        source,
        selection,
        tabulate(source, selection),
        content=given.content,
        templates=given.templates,
        into=into,
        copies=given.copies,
        signer=given.sign,
        supersedes=given.supersedes,
    )
    lines = (*sealed.summary, *tested.lines, f"written to {into}")
    return Told(lines, {"folder": str(into), "files": list(sealed.files)})


def open_(given: Namespace, console: Console) -> Told:
    """Open and verify a bundle, as its recipient."""
    from tweeluik.confidential.bundle.opening import open_bundle

    console.progress("opening")
    opened = open_bundle(
        given.file,
        identities=given.identity,
        into=given.output,
        allowed_signers=given.signers,
        confirm=keeping.ask_to_go_on(console),
    )
    where = f"written to {opened.folder}" if opened.folder else "nothing was written"
    data = {"files": list(opened.files), "warnings": list(opened.warnings)}
    return Told((opened.summary, where), data, opened.warnings)


def import_(given: Namespace, _console: Console) -> Told:
    """A spreadsheet or CSV into one new source file, with a report of what did not fit."""
    import secrets

    from tweeluik.confidential.age.keyring import Keyring
    from tweeluik.disk.tree import write_files
    from tweeluik.source.importing import import_file

    unseal = Keyring(given.identity).unseal
    made = import_file(given.file, given.content, new_id=lambda: f"p-{secrets.token_hex(3)}", unseal=unseal)
    if not made.taken:
        raise SourceHasProblems(made.problems)
    target = given.content / made.name
    write_files(target.parent, {target.name: made.text})
    lines = (*map(str, made.problems), f"{made.taken} of {made.rows} rows written to {target}")
    data = {"rows": made.rows, "taken": made.taken, "file": str(target)}
    return Told(lines, {**data, "not_taken": [str(each) for each in made.problems]}, keeping.in_clear(given.content))


def keygen(given: Namespace, _console: Console) -> Told:
    """An identity file, and its recipient line."""
    from tweeluik.confidential.age.identities import write_identity

    recipient = write_identity(given.output)
    warning = f"{given.output} is secret: keep it apart from the source, and give away the recipient line only"
    return Told((recipient,), {"recipient": recipient, "file": str(given.output)}, (warning,))


def schema(given: Namespace, _console: Console) -> Told:
    """JSON Schemas for editors."""
    import json

    from tweeluik.disk.tree import write_files
    from tweeluik.source.json_schema import schemas

    files = {
        f"{kind}.schema.json": f"{json.dumps(each, indent=2, ensure_ascii=False)}\n".encode()
        for kind, each in sorted(schemas().items())
    }
    write_files(given.output, files)
    written = [str(given.output / name) for name in files]
    return Told(tuple(written), {"files": written})


# --- what several commands do -----------------------------------------------------------------------------------------


def _make(given: Namespace, console: Console, *, keyring: Keyring | None = None) -> tuple[Made, Comparison]:
    """The site of a source that passed every check, those of the exclusion list among them."""
    with _without_looking_for_cycles():
        from tweeluik.confidential.age.keyring import Keyring
        from tweeluik.confidential.at_rest.exclusions import refuse_excluded
        from tweeluik.pipeline.steps import make_site

        keys = keyring or Keyring(given.identity)
        tested: list[Comparison] = []
        made = make_site(
            given.content,
            given.templates,
            unseal=keys.unseal,
            examine=lambda source: tested.append(refuse_excluded(source, given.content, keys)),
            progress=console.progress,
        )
        return made, tested[0]


@contextlib.contextmanager
def _without_looking_for_cycles() -> Iterator[None]:
    """Records and tables hold no cycles; to look for them time and again takes a tenth of a build, and frees 1 MB."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _edition(source: Source, asked: str) -> Edition:
    found = next((each for each in source.editions if each.id == asked), None)
    if found is None:
        raise _no_edition(each.id for each in source.editions)
    return found


def _record(releases: Iterable[Release], asked: str) -> Release:
    found = next((each for each in releases if each.edition == asked), None)
    if found is None:
        raise _no_edition(each.edition for each in releases)
    if found.status != "final":
        place = Place(f"editions/{found.edition}.yaml")
        raise WrongUsage(Problem(place, "status", "a concept cannot be published", "make the status final first"))
    return found


def _no_edition(known: Iterable[str]) -> WrongUsage:
    return WrongUsage(Problem(Place("editions"), "", "there is no such edition", f"the source has {', '.join(known)}"))


def _made(summary: Summary, tested: Comparison, last: str) -> Told:
    wall, cpu = time.monotonic() - _STARTED, time.process_time()
    lines = (*summary.as_lines(), *tested.lines, f"{last}, in {wall:.1f} s ({cpu:.1f} s of processor)")
    told = {**summary.as_data(), "exclusions_tested": tested.tested}
    return Told(lines, {**told, "seconds": round(wall, 3), "processor_seconds": round(cpu, 3)})


@contextlib.contextmanager
def _certificate(file: Path | None, certificate: bytes, *outside: Path) -> Iterator[None]:
    """Write the confidential certificate to a new private file, for as long as what follows succeeds."""
    if file is None:
        yield
        return
    refuse_public_folder(file.parent, *outside)
    try:
        write_new_file(file, certificate)
    except OSError as failure:
        hint = "name a new file in a folder that you may write"
        raise WrongUsage(Problem(Place(str(file)), "", f"cannot be written: {reason(failure)}", hint)) from None
    try:
        yield
    except BaseException:
        file.unlink()
        raise


COMMANDS: Mapping[str, Callable[[Namespace, Console], Told]] = {
    "build": build,
    "check": check,
    "preview": preview,
    "publish": publish,
    "bundle": bundle,
    "open": open_,
    "explain": explain,
    "import": import_,
    "schema": schema,
    "seal-source": keeping.seal_source,
    "edit": keeping.edit,
    "exclusions": keeping.exclusions,
    "keygen": keygen,
}
