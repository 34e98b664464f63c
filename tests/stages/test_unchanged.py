"""Only a site that stands whole, made of the very same, has nothing to be done; whatever lies where that is remembered."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from tweeluik.cli.console import Told
from tweeluik.cli.unchanged import Inputs, LastBuild
from tweeluik.disk import memo
from tweeluik.disk.memo import Memo, private_cache
from tweeluik.disk.tree import replace_tree
from tweeluik.public.groups import manifest

KEY = "5e" * 32
TOLD = Told(("1 file", "written to site, in 2.0 s"), {"files": 1, "seconds": 2.0}, ("a warning",), is_final=True)


class Desk:
    """A source, templates, a site that was made of them, and the memo of that."""

    def __init__(self, root: Path) -> None:
        self.root, self.content, self.templates, self.site = (root, *(root / each for each in ("a", "b", "site")))
        self.cache = root / "cache" / "tweeluik"
        for file in (self.page, self.template, self.content / "protection.key"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("Een zin.\n", "utf-8")
        (self.content / "protection.key").write_text(f"{KEY}\n", "utf-8")
        self.settings: tuple[object, ...] = (None, "nl")
        self.build()

    @property
    def page(self) -> Path:
        return self.content / "pages" / "over.md"

    @property
    def template(self) -> Path:
        return self.templates / "public" / "home.html"

    def last(self) -> LastBuild | None:
        inputs = Inputs(self.content, self.templates, (), self.settings)
        where = {"XDG_CACHE_HOME": str(self.cache.parent)}
        return LastBuild.of(inputs, self.site, unseal=None, environment=where)

    def told(self) -> Told | None:
        last = self.last()
        return None if last is None else last.told()

    def build(self, meanwhile: Callable[[], object] = lambda: None) -> None:
        """As `build` does: look, make, remember."""
        last = self.last()
        files = {"index.html": self.page.read_bytes() + self.template.read_bytes(), "stijl/stijl.css": b"p {}"}
        meanwhile()
        replace_tree(self.site, {**files, "manifest.txt": manifest(files)})
        if last is not None:
            last.remember(TOLD, without=("seconds",))

    @property
    def entry(self) -> Path:
        (entry,) = self.cache.iterdir()
        return entry


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_what_was_said_is_said_again_without_how_long_it_took(desk: Desk) -> None:
    assert desk.told() == Told(("1 file",), {"files": 1}, ("a warning",), is_final=True)


def longer(file: Callable[[Desk], Path]) -> Callable[[Desk], object]:
    return lambda desk: file(desk).write_text("Een zin.\n\n", "utf-8")


def same_size_same_time(desk: Desk) -> None:
    before = desk.page.stat()
    desk.page.write_text("Een zun.\n", "utf-8")
    os.utime(desk.page, ns=(before.st_atime_ns, before.st_mtime_ns))


def elsewhere(desk: Desk) -> None:
    desk.cache.rename(desk.root / "x")
    desk.cache.symlink_to(desk.root / "x")


CHANGES: Mapping[str, Callable[[Desk], object]] = {
    "a page": longer(lambda desk: desk.page),
    "a page of the same size and time": same_size_same_time,
    "a page has another name": lambda desk: desk.page.rename(desk.page.with_name("ander.md")),
    "a page is new": lambda desk: (desk.content / "pages" / "nieuw.md").touch(),
    "a page is gone": lambda desk: desk.page.unlink(),
    "an empty folder in the source": lambda desk: (desk.content / "editions").mkdir(),
    "a link in the source": lambda desk: (desk.content / "over.md").symlink_to(desk.page),
    "a pipe in the source": lambda desk: os.mkfifo(desk.content / "over.md"),
    "a template": longer(lambda desk: desk.template),
    "the key": lambda desk: (desk.content / "protection.key").write_text("6f" * 32, "utf-8"),
    "the key is gone": lambda desk: (desk.content / "protection.key").unlink(),
    "an option": lambda desk: setattr(desk, "settings", (None, "en")),
    "a file of the site": longer(lambda desk: desk.site / "index.html"),
    "a file of the site is gone": lambda desk: (desk.site / "index.html").unlink(),
    "a file more in the site": lambda desk: (desk.site / "notitie.txt").touch(),
    "an empty folder in the site": lambda desk: (desk.site / "leeg").mkdir(),
    "a link in the site": lambda desk: (desk.site / "leeg").symlink_to(desk.content),
    "the manifest": longer(lambda desk: desk.site / "manifest.txt"),
    "nobody else may read the site": lambda desk: (desk.site / "index.html").chmod(0o600),
    "nobody else may look into it": lambda desk: (desk.site / "stijl").chmod(0o700),
    "the site is gone": lambda desk: shutil.rmtree(desk.site),
    "the memo is gone": lambda desk: shutil.rmtree(desk.cache),
    "others may read the memo": lambda desk: desk.cache.chmod(0o750),
    "the memo lies elsewhere": elsewhere,
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_after_any_change_there_is_something_to_do(desk: Desk, change: Callable[[Desk], object]) -> None:
    assert desk.told() is not None
    change(desk)
    assert desk.told() is None


def test_another_program_is_another_maker(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tweeluik.cli.unchanged.program_mark", lambda: b"of tomorrow")
    assert desk.told() is None


def test_what_changed_while_it_was_made_is_not_taken_for_what_it_was_made_of(desk: Desk) -> None:
    def there_and_back() -> None:
        desk.page.write_text("Een ander.\n", "utf-8")
        desk.page.write_text("Een zin.\n", "utf-8")

    desk.build(there_and_back)
    assert desk.told() is None
    assert list(desk.cache.iterdir()) == []


def test_the_memo_is_its_owners_alone_and_tells_of_nothing(desk: Desk) -> None:
    assert desk.entry.stat().st_mode & 0o777 == 0o600
    assert desk.cache.stat().st_mode & 0o777 == 0o700
    held = desk.entry.name.encode() + desk.entry.read_bytes()
    assert not [each for each in (KEY, str(desk.root), "Een zin") if each.encode() in held]


# --- whoever may write there ------------------------------------------------------------------------------------------


def forge(desk: Desk, secret: str) -> None:
    """A wrong site whose manifest fits it, and an entry that says that it is right."""
    (desk.site / "index.html").write_text("vervalst", "utf-8")
    files = {name: (desk.site / name).read_bytes() for name in ("index.html", "stijl/stijl.css")}
    (desk.site / "manifest.txt").write_bytes(manifest(files))
    kept, place = json.loads(desk.entry.read_bytes()[32:]), desk.entry
    kept["manifest"] = sha256((desk.site / "manifest.txt").read_bytes()).hexdigest()
    Memo(desk.cache, secret.encode()).remember(f"the site in {desk.site}", json.dumps(kept).encode())
    for each in set(desk.cache.iterdir()) - {place}:
        each.replace(place)


def test_who_has_not_the_key_cannot_say_that_a_wrong_site_is_right(desk: Desk) -> None:
    forge(desk, "6f" * 32)
    assert desk.told() is None


def test_the_control_who_has_the_key_can(desk: Desk) -> None:
    forge(desk, KEY)
    assert desk.told() is not None


def test_an_entry_about_another_site_says_nothing_of_this_one(desk: Desk) -> None:
    of_this = desk.entry.read_bytes()
    shutil.copytree(desk.site, desk.root / "elders")
    desk.site = desk.root / "elders"
    assert desk.told() is None
    desk.build()
    for each in desk.cache.iterdir():
        each.write_bytes(of_this)
    assert desk.told() is None


def cut(entry: Path, chance: Random) -> None:
    entry.write_bytes(entry.read_bytes()[: chance.randrange(entry.stat().st_size)])


def flip(entry: Path, chance: Random) -> None:
    data = bytearray(entry.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    entry.write_bytes(data)


def pipe(entry: Path, _chance: Random) -> None:
    entry.unlink()
    os.mkfifo(entry)


def folder(entry: Path, _chance: Random) -> None:
    entry.unlink()
    entry.mkdir()


def link(entry: Path, _chance: Random) -> None:
    entry.rename(entry.parents[1] / "elders")
    entry.symlink_to(entry.parents[1] / "elders")


@pytest.mark.parametrize("damage", [cut, flip, pipe, folder, link])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_entry_is_none_and_hinders_nobody(
    desk: Desk, seed: int, damage: Callable[[Path, Random], None]
) -> None:
    damage(desk.entry, Random(seed))
    assert desk.told() is None
    desk.build()
    assert (desk.told() is not None) == (damage is not folder)


def test_over_any_changes_and_states_of_the_memo_a_site_is_left_only_where_it_is_right(desk: Desk) -> None:
    chance, kept, left = Random(11), list[bytes](), 0
    for _ in range(60):
        desk.page.write_text(chance.choice(["Een zin.\n", "Een ander.\n"]), "utf-8")
        if chance.random() < 0.4:
            kept.append(desk.entry.read_bytes())
            if chance.random() < 0.5:
                flip(desk.entry, chance)
            else:
                desk.entry.write_bytes(chance.choice(kept))
        if desk.told() is None:
            desk.build()
        else:
            left += 1
        assert (desk.site / "index.html").read_bytes() == desk.page.read_bytes() + desk.template.read_bytes()
    assert 5 < left < 55


# --- where it lies ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/tweeluik"),
        ({"HOME": "/h"}, "/h/.cache/tweeluik"),
        ({"XDG_CACHE_HOME": "here"}, None),
        ({}, None),
    ],
)
def test_it_lies_where_a_person_keeps_what_can_be_made_again(environment: dict[str, str], folder: str | None) -> None:
    assert private_cache(environment) == (None if folder is None else Path(folder))


def test_it_never_lies_in_the_site_the_source_or_the_templates(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path / "site" / "x")}
    assert private_cache(environment, tmp_path / "site") is None
    (tmp_path / "link").symlink_to(tmp_path / "site")
    assert private_cache({"XDG_CACHE_HOME": str(tmp_path / "link")}, tmp_path / "site") is None
    assert private_cache(environment, tmp_path / "content") is not None


def test_the_oldest_entries_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "MOST_KEPT", 250)
    kept = Memo(tmp_path / "cache", b"key")
    for number in range(5):
        kept.remember(str(number), b"x" * 68)
        for each in (tmp_path / "cache").iterdir():
            os.utime(each, ns=(each.stat().st_mtime_ns - 1000, each.stat().st_mtime_ns - 1000))
    assert [kept.recall(str(number)) is not None for number in range(5)] == [False, False, False, True, True]
