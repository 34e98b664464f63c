"""Make the invented example: `python -m tools.make_example [--seed N] FOLDER`.

The same seed gives the same bytes. `content/` in this repository is the outcome for the default seed; what is published
of it `tools/publish_example.py` makes.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from tools.example.conversations import make_conversations
from tools.example.dice import Dice
from tools.example.organisations import GOVERNMENT, go_on, make_organisations
from tools.example.past import live_on
from tools.example.writing import conversations_csv, conversations_yaml, partners_file

SEED = 85
FIXED = Path(__file__).resolve().parent / "example" / "fixed"
KEPT_IN_A_SPREADSHEET = (2023, 2024)
FIRST_YEARS, LATER_YEARS = range(2023, 2027), range(2027, 2028)
"""A later year comes to what there was: it changes nothing of the years before."""


def make_example(seed: int) -> dict[str, str]:
    """The text of every file of the example, by its path below the content folder."""
    dice = Dice(seed)
    everyone = make_organisations(dice)
    conversations = make_conversations(dice, everyone, FIRST_YEARS)
    live_on(dice, everyone, conversations)
    go_on(dice, everyone)
    conversations |= make_conversations(dice, [each for each in everyone if not each.ended], LATER_YEARS)
    files = {path.relative_to(FIXED).as_posix(): path.read_text("utf-8") for path in FIXED.rglob("*") if path.is_file()}
    for kind in sorted({each.kind for each in everyone} - GOVERNMENT):
        files[f"partners/{kind}.yaml"] = partners_file(each for each in everyone if each.kind == kind)
    files["partners/overheid.yaml"] = partners_file(each for each in everyone if each.kind in GOVERNMENT)
    for year, held in conversations.items():
        if year in KEPT_IN_A_SPREADSHEET:
            files[f"conversations/{year}.csv"] = conversations_csv(held)
        else:
            files[f"conversations/{year}.yaml"] = conversations_yaml(held)
    return files


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files; what else stands in the folder is left alone."""
    for name, text in sorted(files.items()):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Make the invented example content.")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed gives another example")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    write(make_example(options.seed), options.folder)


if __name__ == "__main__":
    main()
