"""What the command line says, and where: to people, to programs, to a terminal, and when nobody listens any more."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

import build
from tests.desk import keep_simple_tables
from tweeluik import __version__
from tweeluik.cli.arguments import COMMANDS, GROUPS, help_of_options, last_of_help, parse_arguments
from tweeluik.cli.commands.keygen import Keygen
from tweeluik.cli.console import Console
from tweeluik.cli.lacking import lacks_packages
from tweeluik.cli.parser import Misused
from tweeluik.words.helping import read_words_of_help

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "content"
TEMPLATES = ROOT / "templates"
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs signals, terminals and /dev/full")


def command(*arguments: str | Path) -> list[str]:
    where = () if "--content" in arguments else ("--content", GOLDEN)
    return [sys.executable, str(ROOT / "build.py"), *map(str, (*arguments, *where, "--templates", TEMPLATES))]


def run(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


# --- for programs -----------------------------------------------------------------------------------------------------


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, object], str]:
    """Exit code, the JSON on standard output, and standard error of one command with `--json`."""
    capsys.readouterr()
    try:
        code = build.main([*map(str, arguments), "--json"])
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, json.loads(said.out), said.err


def test_a_summary_as_json_holds_everything_that_the_lines_say(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, data, _ = told(capsys, "build", "--content", GOLDEN, "--templates", TEMPLATES, "--site", tmp_path / "site")
    assert (code, data["exit"], data["problems"]) == (0, 0, [])
    assert data["files"] == len([each for each in (tmp_path / "site").rglob("*") if each.is_file()])
    assert isinstance(data["editions"], list)
    assert {each["edition"] for each in data["editions"]} == {"2025", "gesprekspartners"}
    assert not any(each["published"] for each in data["editions"])
    assert (data["concepts"], data["differences"]) == (["2026"], [])
    assert all(each["closest"] is None or each["closest"] > 0 for one in data["editions"] for each in one["tables"])
    assert {"bytes", "exceptions", "exclusions_tested", "seconds", "processor_seconds"} <= data.keys()


def nothing(_: Path) -> list[str | Path]:
    return ["explain", "--content", GOLDEN]


def a_key(folder: Path) -> list[str | Path]:
    return ["keygen", "-o", folder / "sleutel"]


def schemas(folder: Path) -> list[str | Path]:
    return ["schema", "-o", folder / "vormen"]


@pytest.mark.parametrize("arguments", [nothing, a_key, schemas])
def test_a_command_that_succeeds_tells_json_with_no_problems(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: Callable[[Path], list[str | Path]]
) -> None:
    code, data, _ = told(capsys, *arguments(tmp_path))
    assert (code, data["exit"], data["problems"]) == (0, 0, [])
    assert len(data) > 2


def wrong_usage(_: Path) -> list[str | Path]:
    return ["build", "--protect=no"]


def broken_source(folder: Path) -> list[str | Path]:
    return ["check", "--content", folder / "nergens"]


def no_recipients(folder: Path) -> list[str | Path]:
    return ["bundle", "gesprekspartners", "--content", GOLDEN, "--templates", TEMPLATES, "-o", folder / "bundel"]


def no_bundle(folder: Path) -> list[str | Path]:
    build.main(["keygen", "-o", str(folder / "sleutel")])
    return ["open", GOLDEN / "report.yaml", "-i", folder / "sleutel", "-o", folder / "uit"]


FAILURES = [(2, wrong_usage), (10, broken_source), (13, no_recipients), (14, no_bundle)]
"""Codes 11, 12 and 15 take the same way out of `build.main`; `test_exit_codes.py` has them."""


@pytest.mark.parametrize(("code", "arguments"), FAILURES)
def test_a_command_that_fails_tells_its_problems_as_json(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, code: int, arguments: Callable[[Path], list[str | Path]]
) -> None:
    ended, data, _ = told(capsys, *arguments(tmp_path))
    assert (ended, data["exit"]) == (code, code)
    assert isinstance(data["problems"], list)
    assert data["problems"]
    for problem in data["problems"]:
        assert problem.keys() == {"code", "place", "file", "line", "column", "path", "what", "cure", "language"}
        assert re.fullmatch(r"E\d{3}", problem["code"])
        assert problem["file"]
        assert problem["what"]


def test_a_bug_is_told_as_json_without_the_value_it_happened_with(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError("Stichting Geheim")

    monkeypatch.setattr("tweeluik.cli.commands.explain.Explain.run", fails)
    code, data, error = told(capsys, "explain")
    assert (code, data["exit"]) == (1, 1)
    assert "KeyError" in str(data["bug"])
    assert "KeyError" in error
    assert "Geheim" not in f"{data}{error}"


# --- wrong usage reads as help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "cure"),
    [("buidl", "did you mean 'build'?"), ("seal", "did you mean 'seal-source'?"), ("xyz", "see --help")],
)
def test_a_command_that_does_not_exist_is_told_with_the_one_that_is_like_it(
    word: str, cure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main([word])
    assert ended.value.code == 2
    told = f"build.py: there is no command '{word}' ({cure}) [E902]\n1 problem; nothing was changed\n"
    assert capsys.readouterr() == ("", told)


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (["check", "bron"], "name the folder of the source with --content"),
        (["preview", "2026"], "leave it out: this command is about the whole source"),
        (["build", "2026"], "leave it out: this command is about the whole source"),
        (["check", "--fix", "--dryrun"], "did you mean '--dry-run'?"),
        (["publish", "2026", "--provisionel"], "did you mean '--provisional'?"),
        (["check", "--contents=bron"], "did you mean '--content'?"),
        (["export", "partners", "a.xlsx", "b.xlsx"], "see build.py export --help"),
        (["check", "--taal", "nl"], "see build.py check --help"),
    ],
)
def test_what_a_command_does_not_take_is_told_with_what_was_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], cure: str
) -> None:
    (tmp_path / "bron").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Misused) as refused:
        parse_arguments(words)
    assert refused.value.cure == cure
    assert str(refused.value).startswith("unrecognized arguments: ")


@pytest.mark.parametrize(
    ("site", "says"),
    [
        ("content/site", "content/site: the folder of --site lies inside that of --content"),
        ("content", "content: the folder of --site lies inside that of --content"),
        ("templates/public/site", "templates/public/site: the folder of --site lies inside that of --templates"),
        (".", ".: the folder of --content lies inside that of --site"),
        ("..", "..: the folder of --content lies inside that of --site"),
        ("a/b", "a: the folder is not there (make it first)"),
        ("link", "link: is a link (name the folder itself)"),
        ("file", "file: is not a folder (name a new or an empty folder)"),
    ],
)
def test_a_place_where_no_site_may_stand_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], site: str, says: str
) -> None:
    home = tmp_path / "thuis"
    home.mkdir()
    monkeypatch.chdir(home)
    shutil.copytree(GOLDEN, home / "content")
    shutil.copytree(TEMPLATES, home / "templates")
    (home / "link").symlink_to("elders")
    (home / "file").write_text("van een ander")
    before = {str(each): each.is_file() and each.read_bytes() for each in tmp_path.rglob("*")}
    assert build.main(["--site", site]) == 2
    assert says in capsys.readouterr().err
    assert {str(each): each.is_file() and each.read_bytes() for each in tmp_path.rglob("*")} == before


def test_a_source_inside_an_earlier_site_is_not_replaced_with_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    where = ("--templates", str(TEMPLATES), "--site", str(site))
    assert build.main([*where, "--content", str(GOLDEN)]) == 0
    shutil.copytree(GOLDEN, site / "bron")
    assert build.main([*where, "--content", str(site / "bron")]) == 2
    assert "the folder of --content lies inside that of --site" in capsys.readouterr().err
    assert (site / "bron" / "report.yaml").exists()


@pytest.mark.parametrize("arguments", [["check"], ["build"], ["publish", "2025"], ["bundle", "gesprekspartners"]])
def test_templates_that_are_not_there_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    where = ("--content", str(GOLDEN), "--templates", str(tmp_path / "nergens"), "--site", str(tmp_path / "site"))
    assert build.main([*arguments, *where]) == 2
    assert "the templates are not there (name them with --templates)" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_content_folder_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    done = run("check", "--content", tmp_path / "nergens")
    assert (done.returncode, done.stdout) == (10, "")
    assert done.stderr == (
        ".: the content folder is not there (name it with --content, or make one with `init`) [E146]\n"
        "1 problem; nothing was changed\n"
    )


def test_the_version_is_told() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tweeluik", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"tweeluik {__version__}\n"


def test_a_python_without_the_packages_is_told_which_one_to_use_and_not_that_there_is_a_bug() -> None:
    """`-S` leaves the packages out: what a new user's own Python knows, who made `.venv` and did not enter it."""
    bare = [sys.executable, "-S", *command("check", "--lang", "nl")[1:]]
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    first, last = done.stderr.splitlines()
    assert first.startswith("build.py: deze Python mist pakketten die het programma nodig heeft (")
    assert first.endswith(" [E905]")
    assert last == "1 probleem; er is niets veranderd"


@pytest.mark.parametrize(("name", "lacks"), [("yaml.nodes", True), ("pyrage", True), ("tweeluik.cli.gone", False)])
def test_a_module_of_our_own_that_is_not_there_is_a_bug(name: str, *, lacks: bool) -> None:
    assert lacks_packages(ModuleNotFoundError(name=name)) is lacks
    assert not lacks_packages(ImportError(name=name))


def test_a_python_that_is_too_old_is_told_so_before_it_reads_anything(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "build.py"))
    assert ended.value.code == 2
    assert "Python 3.11" in capsys.readouterr().err
    ast.parse((ROOT / "build.py").read_text("utf-8"), feature_version=(3, 7))


def test_help_shows_first_what_a_newcomer_needs_and_every_command_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["--help"])
    said = capsys.readouterr().out
    assert re.findall(r"^    ([a-z-]+)", said, re.MULTILINE) == list(COMMANDS)
    titles = re.findall(r"^(\w.*):$", said, re.MULTILINE)
    assert titles == [*GROUPS, "options"]
    assert len(GROUPS["to begin with"]) <= 4


def sentences_of_help() -> set[str]:
    """Everything that help says in English, but for names."""
    does = (does for group in GROUPS.values() for _, does in group.values())
    options = (each for name in (None, *COMMANDS) for _, each in help_of_options(name))
    last = filter(None, map(last_of_help, COMMANDS))
    return {*GROUPS, *does, *options, *last}


def test_help_is_there_in_dutch_and_holds_nothing_else() -> None:
    known = read_words_of_help()
    assert sorted(sentences_of_help() - known.keys()) == []
    code = "".join(each.read_text("utf-8") for each in (ROOT / "tweeluik" / "cli").rglob("*.py"))
    of_argparse = {"positional arguments", "show this help message and exit", "show program's version number and exit"}
    unsaid = known.keys() - sentences_of_help() - of_argparse
    assert [each for each in sorted(unsaid) if f'"{each}"' not in code] == []


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_in_the_language_of_who_reads(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        build.main([*arguments, "--lang", "nl"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("gebruik: ")
    assert "toon deze hulp" in said
    assert not re.search(r"\b(?:the|default|options|FILE|FOLDER|DAY|EDITION)\b", said)


def test_wrong_usage_is_told_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build.main(["diff", "--lang", "nl"])
    said = capsys.readouterr().err
    assert said.startswith("gebruik: ")
    assert "deze waarden ontbreken: EDITIE" in said


# --- when nobody listens, or not to everything -------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_reader_that_stops_reading_makes_no_failure(options: list[str]) -> None:
    """As with `| head -1`: the pipe is closed before a line is written."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write) as gone:
        done = subprocess.run(command("explain", *options), stdout=gone, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("confidential: ")


@posix
def test_a_failure_keeps_its_code_when_nobody_reads_it(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write) as gone:
        done = subprocess.run(command("check", "--content", tmp_path / "x"), stdout=gone, stderr=gone, check=False)
    assert done.returncode == 10


@posix
def test_a_result_that_is_lost_on_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command("explain"), stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    lines = done.stderr.splitlines()[1:]
    assert lines == [
        "standard output: cannot be written: no space left on device [E910]",
        "1 problem; the command itself was done",
    ]


@posix
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "1>&- 2>&-"])
def test_closed_streams_make_no_failure(tmp_path: Path, closed: str) -> None:
    arguments = " ".join(f"'{each}'" for each in command("keygen", "-o", tmp_path / "sleutel")[:-4])
    done = subprocess.run(["/bin/sh", "-c", f"{arguments} {closed}"], capture_output=True, check=False)
    assert done.returncode == 0
    assert (tmp_path / "sleutel").exists()


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "utf-8"])
def test_a_letter_that_the_terminal_cannot_show_makes_no_failure(
    encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(said, encoding=encoding))
    assert build.main(["explain", "--content", str(GOLDEN)]) == 0
    assert b"Koepel Welzijnswerk " + "Hóvestin".encode(encoding, "backslashreplace") in said.getvalue()


# --- on a terminal ----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def on_a_terminal(*arguments: str | Path, **environment: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The command with its standard error on a terminal of its own; the other end of that."""
    import pty  # noqa: PLC0415 - not on Windows

    ours, theirs = pty.openpty()
    settings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | {"TERM": "xterm"} | environment
    try:
        with subprocess.Popen(command(*arguments), stdout=subprocess.PIPE, stderr=theirs, env=settings) as process:
            os.close(theirs)
            yield process, ours
    finally:
        os.close(ours)


def shown(terminal: int, until: bytes = b"\0") -> bytes:
    """What the terminal shows, up to some text or to the end."""
    seen = b""
    with contextlib.suppress(OSError):  # how Linux says that the other end has closed
        while until not in seen and (more := os.read(terminal, 4096)):
            seen += more
    return seen


@posix
def test_a_terminal_sees_every_step_and_the_line_is_clean_at_the_end(tmp_path: Path) -> None:
    shutil.copytree(GOLDEN, tmp_path / "content")
    keep_simple_tables(tmp_path / "content")
    with on_a_terminal("check", "--content", tmp_path / "content", "--site", tmp_path / "site") as (process, terminal):
        seen = shown(terminal)
        assert process.stdout is not None
        said = process.stdout.read().decode()
    steps = ["reading the source", "protecting the tables", "rendering the site", "searching for withheld values"]
    places = [seen.find(step.encode()) for step in steps]
    assert places == sorted(places)
    assert min(places) >= 0
    after = seen.rpartition(b"\r\x1b[K")[2].decode().splitlines()
    assert all(line.startswith(("\x1b[33mwarning: ", "\x1b[33m  ")) for line in after)
    assert "nothing was written" in said


@posix
@pytest.mark.parametrize(
    ("environment", "painted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colour_is_for_terminals_that_want_it(
    environment: dict[str, str], painted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pty  # noqa: PLC0415 - not on Windows

    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in ({"TERM": "xterm"} | environment).items():
        monkeypatch.setenv(name, value)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        assert build.main(["explain", "p-nergens", "--content", str(GOLDEN)]) == 2
    seen = shown(ours)
    os.close(ours)
    assert (b"\x1b[31m" in seen) is painted
    assert b"1 problem; nothing was changed" in seen


def test_what_is_not_a_terminal_sees_no_progress_and_no_codes(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    where = ("--content", GOLDEN, "--templates", TEMPLATES, "--site", tmp_path / "site")
    assert build.main(["check", *map(str, where)]) == 0
    said = capsys.readouterr()
    warned = [line for line in said.err.splitlines() if "protection.key" not in line]
    assert warned == [
        f"warning: editions/2025.yaml: tables[{table}]: more than a fifth of the numbers would be hidden "
        '(write merge: [{dimension: region, codes: [NL, NL31], label: "Landelijk en Utrecht"}, '
        '{dimension: region, codes: [NL32, NL33], label: "Noord-Holland en Zuid-Holland"}]; '
        "that was tried and shows 6 of 19 numbers, now 4 of 21; or write protection: rounding, which was tried and "
        "shows all numbers, rounded) [W107]"
        for table in ("gesprekken", "regio", "soort")
    ]
    assert "\x1b" not in said.out


def test_a_preview_tells_where_much_would_be_hidden_once_until_that_changes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def served(make: Callable[[], Mapping[str, bytes]], *_: object, **__: object) -> None:
        assert "index.html" in make()
        make()

    monkeypatch.setattr("tweeluik.cli.preview.serve", served)
    content = shutil.copytree(GOLDEN, tmp_path / "content")
    assert build.main(["preview", "--content", str(content), "--templates", str(TEMPLATES)]) == 0
    warned = [line for line in capsys.readouterr().err.splitlines() if "[W107]" in line]
    assert len(warned) == len(set(warned)) == 3
    assert all("or write protection: rounding; the command check tries both" in line for line in warned)


def test_a_warning_of_a_check_is_told_to_a_program_with_its_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, data, error = told(
        capsys, "check", "--content", GOLDEN, "--templates", TEMPLATES, "--site", tmp_path / "site"
    )
    warned = data["warnings"]
    assert isinstance(warned, list)
    assert (code, [(each["code"], each["file"]) for each in warned], error) == (
        0,
        [*[("W107", "editions/2025.yaml")] * 3, ("W108", "protection.key")],
        "",
    )


@pytest.mark.parametrize("at", ["run", "tell"])
def test_who_stops_what_is_done_already_is_not_told_that_nothing_was_changed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, at: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    owner: type = Keygen if at == "run" else Console
    monkeypatch.setattr(owner, at, stop)
    assert build.main(["keygen", "-o", str(tmp_path / "sleutel")]) == 130
    assert ("nothing was changed" in capsys.readouterr().err) is (at == "run")
    assert (tmp_path / "sleutel").exists() is (at == "tell")


class Panic(BaseException):
    """As a library that is not written in Python makes of whatever goes wrong in it."""


@posix
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 130), (signal.SIGINT, 130), (None, 1)])
def test_a_panic_of_a_library_is_the_signal_that_it_was_or_a_bug_whose_message_nobody_sees(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: signal.Signals | None, code: int
) -> None:
    def panic(*_: object) -> None:
        try:
            if number is not None:
                signal.raise_signal(number)
        except KeyboardInterrupt:
            pass
        raise Panic("Stichting Kwaakzwaluw")

    monkeypatch.setattr(Keygen, "run", panic)
    assert build.main(["keygen", "-o", "sleutel"]) == code
    said = "".join(capsys.readouterr())
    assert "Kwaakzwaluw" not in said
    assert ("nothing was changed" in said) is (code == 130)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@posix
@pytest.mark.parametrize(
    ("number", "options"), [(signal.SIGINT, []), (signal.SIGINT, ["--json"]), (signal.SIGTERM, [])]
)
def test_ctrl_c_and_an_end_ask_a_build_to_stop_in_one_line_and_change_nothing(
    tmp_path: Path, number: signal.Signals, options: list[str]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with on_a_terminal("build", "--site", site, *options) as (process, terminal):
        shown(terminal, until=b"protecting the tables")
        process.send_signal(number)
        seen = shown(terminal)
        assert process.stdout is not None
        said = process.stdout.read().decode()
    assert process.returncode == 130
    assert b"stopped; nothing was changed" in seen
    assert b"Traceback" not in seen
    assert said == "" if not options else json.loads(said) == {"exit": 130, "problems": []}
    assert list(site.iterdir()) == []


def test_who_leaves_while_a_library_works_in_the_background_ends_with_its_code() -> None:
    """Of a thread that Python stops there the process would die."""
    program = """if True:
        import threading, time
        import numpy
        from highspy import Highs
        from tweeluik.cli.main import leave

        def solve() -> None:
            highs, columns = Highs(), numpy.arange(60, dtype=numpy.int32)
            highs.setOptionValue("output_flag", False)
            for at in range(60):
                highs.addVar(0, 1)
                highs.changeColCost(at, 1 + at % 7)
            for at in range(40):
                highs.addRow(5, 1e30, 60, columns, 1.0 + (columns * at) % 11)
            while True:
                highs.clearSolver()
                highs.run()

        for _ in range(4):
            threading.Thread(target=solve, daemon=True).start()
        time.sleep(0.1)
        print("said")
        leave(7)
    """
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (7, "said")
