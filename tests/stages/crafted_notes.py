"""Crafted files of an archive copy that was sealed again: with the note that says so, and with every note that does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256

from tests.stages.crafted import DAY, SENDER, TEMPLATES, Case, Craft, _json, zipped
from tweeluik.confidential.age import signature
from tweeluik.confidential.age.identities import fingerprint
from tweeluik.confidential.age.sealing import new_identity, seal
from tweeluik.confidential.bundle.receipt import series_of
from tweeluik.confidential.bundle.renewal import Renewal, render_renewal
from tweeluik.confidential.bundle.stated import Covered

Signed = tuple[bytes, bytes]


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


class Archive:
    """A copy that was sealed to `old`, and again to whoever holds the key of the craft."""

    def __init__(self, craft: Craft, copy: int = 0) -> None:
        self.craft = craft
        self.old = new_identity()[1]
        holder = {"role": "archief", "holder": "Y", "fingerprint": fingerprint(self.old)}
        members = craft.members(
            edit=lambda data: _json(data, lambda raw: raw.update({"copy": copy, "recipients": [holder]})),  # type: ignore[dict-item]
            key=craft.signer,
        )
        self.container = zipped(members)
        self.first = seal(self.container, [self.old])
        self.again = seal(self.container, [craft.recipient])
        self.before = (("archief", fingerprint(self.old)),)
        self.after = (("archief", fingerprint(craft.recipient)),)

    def receipt(self, sealed: bytes) -> Signed:
        copy = Covered("archief.age", _digest(sealed), self.before)
        return self.craft.signed(self.craft.receipt(sealed, copies=(copy,)))

    def renewal(self, **changes: object) -> Renewal:
        made = Renewal(
            series_of("2025"), 2, DAY, Covered("archief.age", _digest(self.again), self.after),
            Covered("archief.age", _digest(self.first), self.before),
        )  # fmt: skip
        return replace(made, **changes)  # type: ignore[arg-type]

    def signed(self, renewal: Renewal, **options: object) -> Signed:
        text = render_renewal(renewal, templates=TEMPLATES)
        by = {"key": self.craft.signer, "namespace": signature.RENEWAL_NAMESPACE, **options}
        return text, signature.sign(text, **by)  # type: ignore[arg-type]


def notes(craft: Craft) -> Iterator[Case]:
    """All of them, in an order that stays."""
    yield from _single(craft)
    yield from _trails(craft)
    yield from _signers(craft)


def _single(craft: Craft) -> Iterator[Case]:
    copy = Archive(craft)
    good, receipt = copy.renewal(), copy.receipt(copy.first)
    note = copy.signed(good)
    others = Covered("archief.age", _digest(b"other"), copy.before)
    sets: dict[str, tuple[str | None, tuple[Signed, ...]]] = {
        "good": (SENDER, (note,)),
        "none": (None, ()),
        "unsigned": (None, ((note[0], b""),)),
        "by a stranger": (None, (copy.signed(good, key=craft.stranger),)),
        "a good one beside one of a stranger": (SENDER, (copy.signed(good, key=craft.stranger), note)),
        "in the namespace of receipts": (None, (copy.signed(good, namespace=signature.RECEIPT_NAMESPACE),)),
        "changed after it was signed": (None, ((note[0] + b"x", note[1]),)),
        "of another file": (None, (copy.signed(copy.renewal(file=replace(good.file, sha256=_digest(b"x")))),)),
        "in the place of a file that was never sent": (None, (copy.signed(copy.renewal(former=others)),)),
        "of another edition": (None, (copy.signed(copy.renewal(series=series_of("2026"))),)),
        "of another bundle": (None, (copy.signed(copy.renewal(sequence=3)),)),
        "for other readers": (None, (copy.signed(copy.renewal(file=replace(good.file, recipients=copy.before))),)),
        "for nobody": (None, (copy.signed(copy.renewal(file=replace(good.file, recipients=()))),)),
        "for one reader more": (
            None,
            (copy.signed(copy.renewal(file=replace(good.file, recipients=(*copy.after, *copy.before)))),),
        ),
        "from other readers than the manifest's": (
            None,
            (copy.signed(copy.renewal(former=replace(good.former, recipients=copy.after))),),
        ),
        "that is a receipt": (None, (receipt,)),
        "that goes round": (None, (copy.signed(copy.renewal(former=replace(good.file, recipients=copy.before))),)),
    }
    for name, (opens, texts) in sets.items():
        yield Case(f"note: {name}", copy.again, craft.key, opens, craft.signers, (receipt,), texts)
    yield Case("note: good, without the receipt", copy.again, craft.key, SENDER, craft.signers, (), (note,))
    yield Case("note: good, nobody named", copy.again, craft.key, "", None, (receipt,), (note,))
    yield Case("note: none, nobody named", copy.again, craft.key, None, None, (receipt,), ())
    yield Case(
        "note: beside the receipt of the new file", copy.again, craft.key, None, craft.signers, (copy.receipt(copy.again),), (note,)
    )  # fmt: skip
    more = seal(copy.container, [craft.recipient, copy.old])
    to_more = copy.renewal(file=replace(good.file, sha256=_digest(more)))
    yield Case("note: the head has one reader more", more, craft.key, None, craft.signers, (), (copy.signed(to_more),))
    numbered = Archive(craft, copy=1)
    theirs = numbered.signed(numbered.renewal())
    yield Case("note: with a numbered copy", numbered.again, craft.key, None, craft.signers, (), (theirs,))


def _trails(craft: Craft) -> Iterator[Case]:
    """Sealed again twice: first to somebody in between."""
    copy = Archive(craft)
    middle, between = (
        Covered("archief.age", _digest(b"middle"), (("archief", fingerprint(new_identity()[1])),)),
        (("archief", fingerprint(craft.archive)),),
    )
    first, second = copy.renewal(file=middle), copy.renewal(former=middle)
    receipt = copy.receipt(copy.first)
    sets: dict[str, tuple[str | None, tuple[Renewal, ...]]] = {
        "two notes": (SENDER, (first, second)),
        "two notes, the other way round": (SENDER, (second, first)),
        "the last note alone": (None, (second,)),
        "the first note alone": (None, (first,)),
        "the readers in between differ": (None, (first, replace(second, former=replace(middle, recipients=between)))),
    }
    for name, (opens, texts) in sets.items():
        signed = tuple(copy.signed(each) for each in texts)
        yield Case(f"trail: {name}", copy.again, craft.key, opens, craft.signers, (receipt,), signed)
    half = (copy.signed(second), (copy.signed(first)[0], b""))
    yield Case("trail: the first note is unsigned", copy.again, craft.key, None, craft.signers, (receipt,), half)


def _signers(craft: Craft) -> Iterator[Case]:
    """A key counts on the day of the note, or today."""
    copy = Archive(craft)
    note = copy.signed(copy.renewal(day=date(2024, 12, 20)))
    early = copy.signed(copy.renewal(day=date(2024, 12, 19)))
    lapsed = f'{SENDER} valid-before="20241219" {craft.public}'.encode()
    receipts = (copy.receipt(copy.first),)
    yield Case("note: signed after the key had lapsed", copy.again, craft.key, None, lapsed, receipts, (note,))
    yield Case("note: signed before the key lapsed", copy.again, craft.key, SENDER, lapsed, receipts, (early,))
    archivist = f"{SENDER} {craft.public}\nArchief {craft.stranger.with_name('stranger.pub').read_text()}".encode()
    theirs = copy.signed(copy.renewal(), key=craft.stranger)
    yield Case("note: by the archive, which may sign", copy.again, craft.key, SENDER, archivist, receipts, (theirs,))
