"""The certificate, and the verifier that believes nothing but addition."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.stages.a_publication import a_publication
from tests.stages.an_audit import KIND, PILLAR, REGION, THEME, a_table, an_edition, counted, files_of, rounded
from tests.templates import PUBLIC
from tweeluik.checks.audit.auditor import audit
from tweeluik.checks.audit.claims import Claim, Claims, Complement
from tweeluik.public.site import render_site
from tweeluik.record.cell import TOTAL, Shown
from verify_certificate import verify

ROOT = Path(__file__).parents[2]

PARTNERS = [
    {"kind": kind, "region": region, "pillar": pillar, "theme": theme}
    for kind, region, pillar, theme, times in [
        ("a", "n", "1", "1.1", 9), ("a", "z", "1 2", "1.2 2.1", 8), ("b", "n", "2", "2.1", 2),
        ("b", "z", "1", "1.1 1.2", 6), ("c", "n", "1", "1.2", 7), ("c", "z", "2", "2.1", 9),
    ]
    for _ in range(times)
]  # fmt: skip
BLOCK = (("b", "n"), ("b", "z"), ("a", "n"), ("a", "z"))
OWN = (("2025", "partners", (("kind", "b"), ("region", "n"))), 1)
REST = ("2025", "partners", (("kind", "b"), ("region", "not z")))
BOTH = ("2025", "partners", (("kind", "b"), ("pillar", "1"), ("pillar", "2")))
CLAIMS = Claims(
    attackers=((), (OWN,)),
    targets=(
        Claim("2025", "partners", (("kind", "b"), ("region", "n")), 0, low=0, high=5),
        Claim("2025", "partners", (("kind", "b"), ("region", "n")), 1, low=1, high=6),
        Claim(*REST, 0, high=1),
        Claim(*BOTH, 0, width=1),
    ),
    complements=(
        Complement(REST, ((("kind", "b"),),), ((("kind", "b"), ("region", "z")),)),
        Complement(BOTH, tuple((("kind", "b"), ("pillar", pillar)) for pillar in "12"), ((("kind", "b"),),)),
    ),
    agenda=(("theme", "1.1", "1"),),
    proof={"2025": {"method": "suppression", "gap": 0.0}},
)


def editions() -> dict[str, bytes]:
    soort = a_table(counted(PARTNERS, (KIND, REGION)), (KIND, REGION), BLOCK)
    pijler = a_table(counted(PARTNERS, (KIND, PILLAR)), (KIND, PILLAR), [("a", "2"), ("b", "2")], id="pijler")
    thema = a_table(counted(PARTNERS, (KIND, THEME)), (KIND, THEME), [("a", "2.1"), ("b", "2.1")], id="thema")
    even = rounded(a_table({("a",): 12, ("b",): 3, ("c",): 0, (TOTAL,): 15}, (KIND,)))
    return files_of(
        an_edition(soort, pijler, thema), an_edition(even, edition="2026", rounding_base=5, protection="rounding")
    )


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return written(tmp_path / "site", editions())


@pytest.fixture
def paper() -> Any:
    audited = audit(editions(), CLAIMS)
    assert audited.problems == ()
    return json.loads(audited.certificate)


def run(paper: Any, site: Path) -> subprocess.CompletedProcess[str]:
    certificate = site.parent / "certificate.json"
    certificate.write_text(json.dumps(paper))
    command = [sys.executable, "-I", "-S", str(ROOT / "verify_certificate.py"), str(certificate), str(site)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_verifier_runs_on_its_own_and_says_one_line(paper: Any, site: Path) -> None:
    done = run(paper, site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("holds: ")
    assert done.stdout.count("\n") == 1


def test_a_certificate_that_does_not_hold_is_exit_1(paper: Any, site: Path) -> None:
    done = run({**paper, "schema": "another"}, site)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "does not hold: another kind of certificate\n"


def test_the_verifier_is_short_and_stands_alone() -> None:
    text = (ROOT / "verify_certificate.py").read_text()
    assert text.count("\n") < 150
    assert "tweeluik." not in text.replace("tweeluik-certificate-1", "")


def refused(paper: Any, site: Path) -> str:
    with pytest.raises(SystemExit) as refusal:
        verify(paper, site)
    return str(refusal.value.code)


def test_a_certificate_of_the_rendered_site_holds(tmp_path: Path) -> None:
    files = render_site(a_publication(), PUBLIC)
    site = written(tmp_path, files)
    assert verify(json.loads(audit(files, Claims()).certificate), site).startswith("holds")


# --- what the verifier notices ----------------------------------------------------------------------------------------


def tables_of(paper: Any) -> list[tuple[int, int]]:
    return [(at, number) for at, block in enumerate(paper["blocks"]) for number in range(len(block["tables"]))]


def test_every_witness_is_needed(paper: Any, site: Path) -> None:
    """Put another table of its block in the place of each."""
    for at, number in tables_of(paper):
        changed = json.loads(json.dumps(paper))
        tables = changed["blocks"][at]["tables"]
        if len(tables) > 1:
            tables[number] = tables[number - 1]
            assert "claim" in refused(changed, site) or "attacker" in refused(changed, site)


def test_a_witness_with_one_other_number_is_no_witness(paper: Any, site: Path) -> None:
    for at, number in tables_of(paper):
        for position, value in enumerate(paper["blocks"][at]["tables"][number]):
            changed = json.loads(json.dumps(paper))
            changed["blocks"][at]["tables"][number][position] = value + 1000
            assert refused(changed, site) in (
                "does not hold: a table does not add up",
                "does not hold: a table is out of bounds",
            )


def test_a_file_that_changed_is_noticed(paper: Any, site: Path) -> None:
    page = site / "edities" / "2025" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert refused(paper, site) == "does not hold: edities/2025/index.html is another file"


def test_an_edition_that_was_not_audited_is_noticed(paper: Any, site: Path) -> None:
    (site / "edities" / "2027").mkdir()
    (site / "edities" / "2027" / "release.json").write_bytes((site / "edities" / "2026" / "release.json").read_bytes())
    assert refused(paper, site) == "does not hold: an edition was not audited"


def harder(position: int, step: int) -> Callable[[Any], None]:
    def change(paper: Any) -> None:
        claims = [claim for block in paper["blocks"] for claim in block["claims"] if claim[position] is not None]
        for claim in claims:
            claim[position] += step

    return change


def drop(name: str) -> Callable[[Any], None]:
    return lambda paper: paper["blocks"][0].update({name: []})


def swap_tables(paper: Any) -> None:
    for block in paper["blocks"]:
        for claim in block["claims"]:
            claim[5], claim[6] = claim[6], claim[5]


def change_attacker(paper: Any) -> None:
    for block in paper["blocks"]:
        for claim in block["claims"]:
            claim[1] = 1


def join(paper: Any) -> None:
    paper["blocks"][0]["cells"].append(paper["blocks"][1]["cells"].pop())


FORGERIES: dict[str, tuple[Callable[[Any], None], str]] = {
    "a lower low": (harder(2, -1), "a claim is not met"),
    "a higher high": (harder(3, 100), "a claim is not met"),
    "a greater width": (harder(4, 100), "a claim is not met"),
    "tables the wrong way round": (swap_tables, "a claim is not met"),
    "no tables": (drop("tables"), "an attacker excludes every table"),
    "no claims": (drop("claims"), "a hidden number is not claimed to be unknown"),
    "an unknown less": (lambda paper: paper["unknowns"].pop(0), "other numbers are unknown"),
    "a number in no block": (lambda paper: paper["blocks"][0]["cells"].pop(), "a number is in no block"),
    "a number in two blocks": (lambda paper: paper["blocks"][1]["cells"].append(0), "a number is in no block"),
    "a fraction": (lambda paper: paper["blocks"][0]["tables"][0].__setitem__(0, 1.5), "a table is not whole"),
    "everybody knows more": (lambda paper: paper["known"].append([0, 99, None]), "a table is out of bounds"),
    "everybody knows that it is less": (lambda paper: paper["known"].append([0, 0, 0]), "a table is out of bounds"),
    "an attacker knows more": (lambda paper: paper["attackers"][1].append([0, 99]), "an attacker excludes every table"),
    "another attacker's tables": (change_attacker, "a claim rests on a table that its attacker excludes"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_certificate_does_not_hold(name: str, paper: Any, site: Path) -> None:
    change, what = FORGERIES[name]
    change(paper)
    assert refused(paper, site) == f"does not hold: {what}"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"schema": "tweeluik-certificate-1"}', b"\xff"])
def test_rubbish_does_not_hold(content: bytes, site: Path) -> None:
    certificate = site.parent / "rubbish.json"
    certificate.write_bytes(content)
    done = subprocess.run(
        [sys.executable, str(ROOT / "verify_certificate.py"), str(certificate), str(site)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "does not hold: the certificate or the site cannot be read\n"


def test_numbers_that_contradict_each_other_do_not_hold(paper: Any, site: Path) -> None:
    """Also when a forger has adapted the digests."""
    table = a_table(counted(PARTNERS, (KIND,)), (KIND,))
    wrong = replace(table, cells={**table.cells, ("a",): Shown(1)})
    site = written(site.parent / "wrong", files_of(an_edition(wrong)))
    digest = sha256((site / "edities" / "2025" / "release.json").read_bytes()).hexdigest()
    empty = {**paper, "files": {"edities/2025/release.json": digest}, "unknowns": [], "known": [], "blocks": []}
    assert refused(empty, site) == "does not hold: the published numbers contradict each other"


def test_what_the_producer_says_of_its_proof_is_in_the_certificate(paper: Any) -> None:
    assert paper["proof"] == {"2025": {"gap": 0.0, "method": "suppression"}}
