"""Hold the metadata of an opened archive copy against the schema of MDTO: `python -m tools.mdto SCHEMA.xsd FOLDER`.

The schema is published by the Nationaal Archief (https://www.nationaalarchief.nl/archiveren/mdto/xml-schema), without a
licence to hand it on, so that it is not kept here. The files that Tweeluik makes were held against three versions:

    048d745a17f479995f14c938d342b2f13382072d0fdf1f1b28113126df715648  MDTO-XML1.0.1.xsd
    ab0baf9a171b3662761ed3c8c5543c4864b0d6244afac55265caff9164e370e8  MDTO-XML1.0.2.xsd
    5dfda3b2c70c14cb70d1db8c262c66e1673c7bc1bf5e65d51b584c42e94167d3  MDTO-XML1.0.21.xsd
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from lxml import etree

PATTERNS = ("**/*.mdto.xml", "**/mdto-dossier.xml")


def find_unfit(schema: Path, folder: Path) -> Iterator[str]:
    """What is wrong in which file of an opened archive copy, in the words of libxml2."""
    rules = etree.XMLSchema(etree.parse(schema))
    files = sorted({each for pattern in PATTERNS for each in folder.glob(pattern)})
    if not files:
        yield "there are no files with metadata"
    for file in files:
        if not rules.validate(etree.parse(file)):
            yield from (f"{file.relative_to(folder)}: {each.message}" for each in rules.error_log)


def main(schema: Path, folder: Path) -> int:
    """Print what is wrong; 1 when something is."""
    unfit = list(find_unfit(schema, folder))
    sys.stdout.write(f"{sha256(schema.read_bytes()).hexdigest()}  {schema.name}\n")
    sys.stdout.write("\n".join(unfit or ["every file is as this schema asks"]) + "\n")
    return 1 if unfit else 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
