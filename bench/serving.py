"""From a saved file to the page that is served, beside plain generators that serve as many pages, in one run, by turns.

`python -m bench.peers --install` puts MkDocs, Eleventy and Hugo into `build-output/peers`;
`python -m bench.serving [EDITS] [--write]` measures those that are there. A page is asked for every few milliseconds
until it has what was saved. Beside the wall the processor is told, of the server and all that it starts. Ours makes the
whole site, with every check, once nobody saved anything for a while: that is waited for and told once after each turn.
"""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.in_docs import numbers, publish, table
from bench.peers import PEERS, ROOT, text_of

EDITS = 10
EVERY = 0.005
LONGEST = 120.0
"""Seconds between two questions, and for one answer."""

REST = 0.25
"""Seconds after which an edit is done with: shorter than ours waits for another one (`cli/preview.py`, `QUIET`)."""

IDLE = 1.0
"""Seconds without work after which a server is taken to be done with everything."""

TICKS = os.sysconf("SC_CLK_TCK")

Save = Callable[[int], None]


@dataclass(frozen=True)
class Edit:
    """What is saved, and where it is seen: the body there holds `mark` with the number of the turn."""

    save: Save
    path: str
    mark: str


@dataclass(frozen=True)
class Server:
    """A program that serves a folder and looks at its files."""

    name: str
    command: tuple[object, ...]
    folder: Path
    edits: Mapping[str, Edit]
    ready: str = "Alinea 1"
    """What the page that is edited holds from the beginning."""


def added(file: Path, text: str) -> Save:
    """A line more at the end."""

    def save(turn: int) -> None:
        with file.open("a", encoding="utf-8") as stream:
            stream.write(text.format(turn=turn))

    return save


def anew(file: Path, text: Callable[[str], str]) -> Save:
    """The file with the number of the turn in it."""
    return lambda turn: (file.write_text(text(str(turn)), "utf-8"), None)[1]


def ours(root: Path, port: int) -> Server:
    """The example, with all that a preview does."""
    content, templates = root / "content", root / "templates"
    shutil.copytree(ROOT / "content", content)
    shutil.copytree(ROOT / "templates", templates)
    home = templates / "public" / "home.html"
    text, page = home.read_text("utf-8"), min((content / "pages").glob("*.md"))
    where = ("--content", content, "--templates", templates, "--site", root / "site")
    edits = {
        "page": Edit(added(page, "\nZin nummer-{turn}-.\n"), f"/{page.stem}/index.html", "nummer-{turn}-"),
        "style": Edit(
            added(templates / "public" / "style.css", "\n.x{turn}- {{ color: red; }}\n"),
            "/stijl/stijl.css",
            ".x{turn}- ",
        ),
        "template": Edit(
            anew(home, lambda turn: text.replace("<h1", f'<h1 data-turn="{turn}-"', 1)), "/index.html", '"{turn}-"'
        ),
    }
    return Server(
        "Tweeluik", (sys.executable, ROOT / "build.py", "preview", *where, "--port", port), ROOT, edits, "<main"
    )


def written(texts: Path, pages: int, head: str) -> Path:
    """So many pages of running text, the first of them at the root; the one that is edited."""
    texts.mkdir(parents=True)
    for each in range(pages):
        start = f"---\ntitle: Bladzijde {each}\n{head}---\n\n"
        (texts / ("index.md" if not each else f"bladzijde-{each}.md")).write_text(start + text_of(each), "utf-8")
    return texts / "bladzijde-1.md"


def three(page: Path, style: Path, template: Path, text: Callable[[str], str]) -> dict[str, Edit]:
    """The same three edits for a plain generator."""
    style.parent.mkdir(parents=True, exist_ok=True)
    template.parent.mkdir(parents=True, exist_ok=True)
    style.write_text("body { margin: 0; }\n", "utf-8")
    template.write_text(text(""), "utf-8")
    return {
        "page": Edit(added(page, "\nZin nummer-{turn}-.\n"), "/bladzijde-1/", "nummer-{turn}-"),
        "style": Edit(added(style, ".x{turn}- {{ color: red; }}\n"), "/stijl.css", ".x{turn}- "),
        "template": Edit(anew(template, text), "/", '"turn-{turn}-"'),
    }


def mkdocs(root: Path, port: int, pages: int) -> Server:
    """Its own theme, with one block of ours."""
    page = written(root / "docs", pages, "")
    (root / "mkdocs.yml").write_text("site_name: Voorbeeld\ntheme: {name: mkdocs, custom_dir: eigen}\n", "utf-8")
    start, end = '{% extends "base.html" %}{% block extrahead %}', "{% endblock %}\n"
    edits = three(
        page, root / "docs" / "stijl.css", root / "eigen" / "main.html",
        lambda turn: f'{start}<meta name="m" content="turn-{turn}-">{end}',
    )  # fmt: skip
    return Server(
        "MkDocs", (PEERS / "bin" / "mkdocs", "serve", "--watch-theme", "-a", f"127.0.0.1:{port}"), root, edits
    )


def eleventy(root: Path, port: int, pages: int) -> Server:
    """One layout."""
    page = written(root / "in", pages, "layout: base.njk\n")
    config = 'module.exports = (config) => { config.addPassthroughCopy({ "in/stijl.css": "stijl.css" }); };\n'
    (root / ".eleventy.js").write_text(config, "utf-8")
    edits = three(
        page, root / "in" / "stijl.css", root / "in" / "_includes" / "base.njk",
        lambda turn: f'<html><body class="turn-{turn}-">{{{{ content | safe }}}}</body></html>\n',
    )  # fmt: skip
    program = PEERS / "node_modules" / ".bin" / "eleventy"
    return Server("Eleventy", (program, "--serve", f"--port={port}", "--input=in", "--output=out"), root, edits)


def hugo(root: Path, port: int, pages: int) -> Server:
    """One layout."""
    page = written(root / "content", pages, "")
    (root / "content" / "index.md").rename(root / "content" / "_index.md")
    (root / "hugo.toml").write_text("title = 'Voorbeeld'\n", "utf-8")
    edits = three(
        page, root / "static" / "stijl.css", root / "layouts" / "all.html",
        lambda turn: f'<html><body class="turn-{turn}-">{{{{ .Content }}}}</body></html>\n',
    )  # fmt: skip
    command = (PEERS / "bin" / "hugo", "server", "--port", port, "--bind", "127.0.0.1")
    return Server("Hugo", command, root, edits)


def free_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def ask(port: int, path: str) -> str:
    """What is served there by now; nothing when nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode(errors="replace")
    except (OSError, HTTPException):
        return ""
    finally:
        connection.close()


def wait(port: int, path: str, mark: str, name: str) -> None:
    """Until it is there."""
    end = time.monotonic() + LONGEST
    while mark not in ask(port, path):
        if time.monotonic() > end:
            sys.exit(f"{name}: {path} never had what was saved")
        time.sleep(EVERY)


def worked(pid: int) -> float:
    """Seconds of the processor, of a process, those below it, and those that it waited for."""
    total, found = 0.0, [pid]
    while found:
        one = found.pop()
        try:
            fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text("utf-8").split())
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / TICKS
    return total


@dataclass(frozen=True)
class Taken:
    """Per program and kind of edit the seconds of the wall and of the processor; and those of ours after each turn."""

    edits: dict[tuple[str, str], list[tuple[float, float]]] = field(default_factory=dict)
    whole: list[float] = field(default_factory=list)


def run(servers: list[tuple[Server, int]], turns: int) -> Taken:
    """Start all, and edit each in turn; the first is ours."""
    taken = Taken()
    with ExitStack() as stack:
        running = [(each, port, start(each, stack)) for each, port in servers]
        for each, port, process in running:
            wait(port, each.edits["page"].path, each.ready, each.name)
            settle(process.pid)
        ours_pid = running[0][2].pid
        for turn in range(1, turns + 1):
            for each, port, process in running:
                for kind, edit in each.edits.items():
                    taken.edits.setdefault((each.name, kind), []).append(
                        timed(edit, turn, each.name, port, process.pid)
                    )
                if process.pid == ours_pid:  # the others are not to be measured beside it
                    before = worked(ours_pid)
                    settle(ours_pid)
                    taken.whole.append(worked(ours_pid) - before)
    return taken


def timed(edit: Edit, turn: int, name: str, port: int, pid: int) -> tuple[float, float]:
    """Seconds of the wall until what was saved is served, and of the processor until a moment after that."""
    before, begin = worked(pid), time.perf_counter()
    edit.save(turn)
    wait(port, edit.path, edit.mark.format(turn=turn), name)
    wall = time.perf_counter() - begin
    time.sleep(REST)
    return wall, worked(pid) - before


def settle(pid: int) -> None:
    """Until a server has nothing to do any more."""
    seen = -1.0
    while (now := worked(pid)) != seen:
        seen = now
        time.sleep(IDLE)


def start(server: Server, stack: ExitStack) -> subprocess.Popen[bytes]:
    """The server as a process, which ends with the stack."""
    command = [str(each) for each in server.command]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    process = subprocess.Popen(command, cwd=server.folder, env=environment, **quiet)  # type: ignore[call-overload]
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process  # type: ignore[no-any-return]


def rows(taken: Taken) -> Iterator[list[str]]:
    """Per program and kind the median and the 95th percentile of the wall, and the median of the processor."""
    for (name, kind), times in taken.edits.items():
        walls, works = (sorted(each) for each in zip(*times, strict=True))
        last = walls[max(0, round(0.95 * len(walls)) - 1)]
        yield [
            kind,
            name,
            *(f"{1000 * each:.0f}" for each in (statistics.median(walls), last, statistics.median(works))),
        ]


def main() -> None:
    """Measure, and tell under which load."""
    turns, before = (numbers() or [EDITS])[0], os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "ours").mkdir()
        first = ours(root / "ours", port := free_port())
        servers, pages = [(first, port)], len(list((ROOT / "content" / "pages").glob("*.md"))) + 20
        programs = {"mkdocs": mkdocs, "hugo": hugo, "eleventy": eleventy}
        for name, make in programs.items():
            if (PEERS / "bin" / name).exists() or (PEERS / "node_modules" / ".bin" / name).exists():
                (root / name).mkdir()
                servers.append((make(root / name, port := free_port(), pages), port))
        taken = run(servers, turns)
    load = f"load of the machine {before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    heads = ["edit", "program", "median (ms)", "95th percentile (ms)", "of the processor (ms)"]
    told = table(heads, sorted(rows(taken)))
    behind = statistics.median(taken.whole)
    whole = f"The whole site behind the edits of a turn, in the middle: {behind:.1f} s of the processor."
    publish("bench/serving.py", f"{turns} edits of each kind, {pages} pages; {load}.\n\n{told}\n\n{whole}")


if __name__ == "__main__":
    main()
