"""Who may sign stands in a file that people write: what is wrong in it is told by its line, with what to do."""

from __future__ import annotations

import pytest

from tweeluik.confidential.age.signers import SignersWrong, parse_signers

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "a private key stands in the file"),
        (f"Ministerie {KEY} -----BEGIN OPENSSH PRIVATE KEY-----", "a private key stands in the file"),
        ("Ministerie", "there is no public key"),
        (KEY, "name"),
        (f"Ministerie {KEY.replace('ssh-ed25519', 'ssh-rsa')}", "the public key is not whole"),
        (f"Ministerie {KEY[:-30]}", "the public key is not whole"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line: str, what: str) -> None:
    with pytest.raises(SignersWrong, match=what) as refused:
        parse_signers(f"# wie\n\nVoorbeeld {KEY}\n{line}\n".encode())
    assert refused.value.line == 4
    assert refused.value.hint


def test_a_line_as_a_clerk_writes_it_is_what_is_meant() -> None:
    (signer,) = parse_signers(f"Ministerie van Voorbeeldzaken {KEY}\n".encode())
    assert signer.name == "Ministerie van Voorbeeldzaken"
    assert signer.kind == "ssh-ed25519"
