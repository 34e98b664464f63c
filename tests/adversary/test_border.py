"""A hostile template, and hostile code in the process that renders: neither finds anything, because nothing is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.everything import unchecked
from tests.golden.refresh import CONTENT, TEMPLATES
from tests.stages.a_publication import a_publication
from tests.templates import PUBLIC
from tweeluik.pipeline import border
from tweeluik.pipeline.border import RendererBroke, render_outside
from tweeluik.pipeline.steps import make_site
from tweeluik.problems import SourceHasProblems
from tweeluik.public.confinement import LANDLOCK, LIMITS, SECCOMP
from tweeluik.public.groups import Groups
from tweeluik.public.site import render_site
from tweeluik.public.templates import Templates
from tweeluik.record.publication import parse_publication, serialise_publication
from tweeluik.source.load import read_source

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("afresh")
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="these fences are those of Linux")


def with_home(text: str) -> Templates:
    return Templates("sjablonen", {**PUBLIC.texts, "home.html": text})


# --- what is handed over ----------------------------------------------------------------------------------------------


def test_what_is_handed_over_comes_out_as_it_went_in() -> None:
    assert parse_publication(serialise_publication(a_publication())) == a_publication()


def test_the_other_process_makes_the_same_bytes_and_again() -> None:
    whole = render_site(a_publication(), PUBLIC)
    assert render_outside(a_publication(), PUBLIC, {})[0] == whole
    assert render_outside(a_publication(), PUBLIC, {})[0] == whole


def test_no_name_of_the_source_goes_over_the_border(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[bytes] = []
    ask = border._Renderer.ask

    def noted(renderer: border._Renderer, *parts: bytes) -> tuple[Groups, tuple[str, ...]]:
        handed.extend(parts)
        return ask(renderer, *parts)

    monkeypatch.setattr(border._Renderer, "ask", noted)
    with unchecked():
        made = make_site(CONTENT, TEMPLATES)
    said = b"\0".join(handed).decode()
    published = (release for versions in made.published.register.values() for release in versions)
    named = {name for release in (*made.releases, *published) for name in release.named}
    partners = [each for each in read_source(CONTENT).partners if each.name not in named]
    assert len(handed) >= 2
    assert partners
    assert [each for each in partners if re.search(rf"\b{re.escape(each.name)}\b", said) or each.id in said] == []


# --- ten tries of a template ------------------------------------------------------------------------------------------

TRIES = {
    "all objects": "{{ publication.__class__.__init__.__globals__['__builtins__']['__import__']('gc').get_objects() }}",
    "open": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "environment": "{{ self._TemplateReference__context.environ }}",
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "another way to subclasses": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "memory of the parent": "{% include '/proc/self/../1/mem' %}",
    "a file beside the templates": "{% include '../../content/report.yaml' %}",
    "os by way of globals": "{{ texts.as_of.__globals__.date }}",
    "a module by way of what is given": "{{ texts.Grid }}",
    "network": "{% import 'http://127.0.0.1:9/x.html' as x %}{{ x }}",
    "by way of format": "{{ '{0.__class__.__init__.__globals__}'.format(publication) }}",
    "writing": "{{ licences.update({'x': 1}) }}",
    "changing a list": "{% set a = publication.releases|list %}{{ a.append(1) }}",
}


@pytest.mark.parametrize("text", TRIES.values(), ids=TRIES)
def test_a_template_that_tries_is_a_problem_with_its_place(text: str) -> None:
    without_editions = replace(a_publication(), releases=())
    with pytest.raises(SourceHasProblems) as failure:
        render_outside(without_editions, with_home(f"\n{text}"), {})
    (problem,) = failure.value.problems
    assert (problem.place.file, problem.place.line) == ("sjablonen/home.html", 2)


@pytest.mark.parametrize("link", ["partner.html", "theme/beeldmerk.svg", "theme/theme.toml"])
def test_a_link_among_the_templates_to_a_file_of_the_source_stops_the_build(tmp_path: Path, link: str) -> None:
    folder = tmp_path / "public"
    for name, text in PUBLIC.texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / link).unlink(missing_ok=True)
    (folder / link).symlink_to(CONTENT / "report.yaml")
    with pytest.raises(SourceHasProblems) as failure:
        make_site(CONTENT, tmp_path)
    assert [each.place.file for each in failure.value.problems] == [(folder / link).as_posix()]


# --- ten tries of code that got out of the sandbox --------------------------------------------------------------------

CODE = {
    "a file": "open('/etc/hostname')",
    "a file of the program": "open(sys.argv[1] + '/build.py')",
    "a folder": "os.listdir('/')",
    "writing": "open('/tmp/tweeluik-border', 'w')",
    "memory of the parent": "open(f'/proc/{os.getppid()}/mem', 'rb')",
    "environment of the parent": "open(f'/proc/{os.getppid()}/environ', 'rb')",
    "memory of the parent by a call": "call(310, os.getppid(), 0, 0, 0, 0, 0)",
    "tracing the parent": "call(101, 16, os.getppid(), 0, 0)",
    "network": "socket.create_connection(('127.0.0.1', 9), 1)",
    "datagrams": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "another program": "os.execv('/bin/true', ['true'])",
    "a signal to the parent": "os.kill(os.getppid(), 0)",
    "a pipe": "os.pipe()",
}
OUTSIDE = """
import ctypes, os, socket, sys
sys.path.insert(0, sys.argv[1])
from tweeluik.public import confinement
def call(number, *rest):
    if ctypes.CDLL(None, use_errno=True).syscall(number, *map(ctypes.c_long, rest)) != 0:
        raise OSError(ctypes.get_errno(), '')
keep = set(sys.argv[3].split())
confinement._FENCES = tuple(each for each in confinement._FENCES if each[0] in keep)
held = confinement.confine()
if set(held) != keep:
    print('not here')
else:
    try:
        eval(sys.argv[2])
        print('got out')
    except OSError as error:
        print('held:', error.errno)
"""


def outcome(code: str, *fences: str) -> str:
    command = [sys.executable, "-I", "-c", OUTSIDE, str(ROOT), code, " ".join(fences)]
    done = subprocess.run(command, env={}, capture_output=True, text=True, timeout=60, check=False)
    if done.stdout == "not here\n":
        pytest.skip("this kernel has no such fence")
    return done.stdout


@linux
@pytest.mark.skipif(os.uname().machine != "x86_64", reason="two of them are calls by their number")
@pytest.mark.parametrize("code", CODE.values(), ids=CODE)
def test_code_that_got_out_of_the_sandbox_finds_nothing(code: str) -> None:
    assert outcome(code, SECCOMP, LANDLOCK, LIMITS).startswith("held: ")


@linux
@pytest.mark.parametrize(
    ("fence", "codes"),
    [
        (LANDLOCK, ("a file", "a folder", "writing", "memory of the parent", "another program")),
        (SECCOMP, ("network", "datagrams", "another program", "a signal to the parent")),
        (LIMITS, ("a file", "a folder", "writing", "memory of the parent", "network", "a pipe")),
    ],
)
def test_each_fence_holds_what_it_is_for_when_the_others_are_not_there(fence: str, codes: tuple[str, ...]) -> None:
    assert [name for name in codes if not outcome(CODE[name], fence).startswith("held: ")] == []


@linux
def test_without_a_fence_the_same_code_gets_out() -> None:
    assert outcome(CODE["a file"]) == "got out\n"


@linux
def test_the_other_process_has_no_environment_and_all_fences() -> None:
    _, fences = render_outside(a_publication(), PUBLIC, {})
    process = border._renderer()._process
    assert process is not None
    assert Path(f"/proc/{process.pid}/environ").read_bytes() == b""
    assert set(fences) == {SECCOMP, LANDLOCK, LIMITS}


# --- when it breaks ---------------------------------------------------------------------------------------------------


def test_a_process_that_ends_is_a_failure_and_the_next_request_gets_a_new_one() -> None:
    renderer = border._Renderer()
    renderer.start()
    assert renderer._process is not None
    renderer._process.kill()
    with pytest.raises(RendererBroke):
        renderer.ask(b"{}", b"{}")
    with pytest.raises(RendererBroke, match="KeyError"):
        renderer.ask(b"{}", b"{}")
    renderer.close()
