"""Every key of every file of the source: what it holds, and in Dutch what editors are told about it.

The reader, the JSON Schemas and `docs/source-format.md` all follow from these declarations.
"""

from tweeluik.source.fields.codes import AGENDA, VOCABULARY
from tweeluik.source.fields.conversations import CONVERSATION
from tweeluik.source.fields.editions import EDITION
from tweeluik.source.fields.organisations import FORMER, JUDGEMENT, NAMING, PARTNER
from tweeluik.source.fields.settings import PAGE, PHRASE, POLICY, REPORT

__all__ = [
    "AGENDA",
    "CONVERSATION",
    "EDITION",
    "FORMER",
    "JUDGEMENT",
    "NAMING",
    "PAGE",
    "PARTNER",
    "PHRASE",
    "POLICY",
    "REPORT",
    "VOCABULARY",
]
