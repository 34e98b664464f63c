"""A build of what has not changed leaves the very files of the site, and says what the build before it said."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import build
from tests.desk import keep_simple_tables
from tests.everything import publish
from tests.golden.refresh import CONTENT, TEMPLATES
from tweeluik.pipeline.steps import make_site


def test_a_build_without_work_leaves_the_site_and_says_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    content, site = tmp_path / "content", tmp_path / "site"
    shutil.copytree(CONTENT, content)
    keep_simple_tables(content)
    (content / "protection.key").write_text("5e" * 32, "utf-8")
    publish(content, "2025")

    def run(*options: str) -> tuple[list[str], list[str]]:
        given = ("build", *options, "--content", content, "--templates", TEMPLATES, "--site", site, "--lang", "nl")
        capsys.readouterr()
        assert build.main([str(each) for each in given]) == 0
        said = capsys.readouterr()
        return said.out.splitlines(), said.err.splitlines()

    def inodes() -> dict[Path, int]:
        return {each: each.stat().st_ino for each in sorted(site.rglob("*"))}

    first, before = run(), inodes()
    second = run()
    assert inodes() == before
    assert second[1] == first[1]
    assert second[0][:-1] == first[0][:-1]
    assert first[0][-1].startswith(f"geschreven in {site}, in ")
    assert second[0][-1].startswith(f"er is niets veranderd: {site} is gelezen en is heel, in ")
    run("--anew")
    assert inodes() != before
    (content / "pages" / "over.md").write_text("---\ntitle: Over\norder: 1\n---\nAnders.\n", "utf-8")
    run()
    made = {each.relative_to(site).as_posix(): each.read_bytes() for each in site.rglob("*") if each.is_file()}
    assert made == make_site(content, TEMPLATES).files
