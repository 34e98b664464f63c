"""One recipient: the public half of a key, and who holds the secret half."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date

from tweeluik.confidential.age.identities import fingerprint
from tweeluik.confidential.age.sealing import AgeRefused, check_recipient, is_installed, plugin_of
from tweeluik.problems import Place, Problem

_ALONE = re.compile(r"age1\S*|ssh-\S+ .*")
SECRETS = ("AGE-SECRET-KEY-", "AGE-PLUGIN-", "-----BEGIN")


@dataclass(frozen=True, slots=True)
class Recipient:
    """A public key, and the role that holds its secret half. `holder` stays inside the manifest's sealed copy."""

    role: str
    holder: str
    key: str
    kind: str
    expires: date | None
    place: Place

    @property
    def fingerprint(self) -> str:
        """What people compare."""
        return fingerprint(self.key)


def wrong_key(place: Place, key: str) -> Problem | None:
    """What keeps this text from being a recipient on this machine, or None. Never quotes it: it may be a secret."""
    if key.upper().startswith(SECRETS):
        hint = "put its recipient (age1…) here, and make a new identity: this one must be held to be known"
        return Problem(place, "", "an identity stands where a recipient belongs", hint)
    if _is_not_alone(key):
        hint = "write it alone, from age1 to its last letter, and one on a line"
        return Problem(place, "", "something beside a recipient, or around it", hint)
    return _wrong_alone(place, key)


def _is_not_alone(key: str) -> bool:
    """Whether a recipient of age stands in this text with something more: a bullet, quotes, another one."""
    return _ALONE.fullmatch(key) is None and "age1" in key.lower()


def _wrong_alone(place: Place, key: str) -> Problem | None:
    plugin = plugin_of(key)
    if plugin == "pq" and not shutil.which("age-plugin-pq"):
        return Problem(
            place,
            "",
            "a post-quantum recipient needs the program age-plugin-pq",
            "install it, or use another recipient",
        )
    if not key.startswith(("age1", "ssh-ed25519 ", "ssh-rsa ")):
        return Problem(place, "", "unknown kind of recipient", "expected age1…, age1pq1…, ssh-ed25519 … or ssh-rsa …")
    if plugin is not None and not is_installed(plugin):
        hint = "install the plug-in that its holder uses, such as age-plugin-yubikey, or use another recipient"
        return Problem(place, "", "this recipient needs a plug-in program that is not installed", hint)
    try:
        check_recipient(key)
    except AgeRefused:
        return Problem(
            place, "", "this recipient is not valid", "a character may be missing: copy the whole line again"
        )
    return None


def kind_of(key: str) -> str:
    """`x25519`, `ssh` or the name of a plug-in."""
    if key.startswith("ssh-"):
        return "ssh"
    return plugin_of(key) or "x25519"
