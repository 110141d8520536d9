"""What can go wrong, named once.

Every error of the house derives from `KhaldunError` and carries a message in prose that names the next step.
A batch catches `UnreadableInput`, records its reason and goes on; the others stop the call.
"""

from __future__ import annotations


class KhaldunError(Exception):
    """Root of all errors that Khaldun raises on purpose."""


class UnreadableInput(KhaldunError):  # noqa: N818 - named for what is wrong, not for being an error
    """An input that cannot become a report (empty, binary, too large, no text). The batch goes on."""


class RefusedAddress(UnreadableInput):
    """A URL that is not fetched: private or loopback address, other scheme, too large, too many redirects."""


class UngroundedQuote(KhaldunError):  # noqa: N818
    """A quotation that is not, character for character, what stands at its span in the text."""


class InvalidKnowledge(KhaldunError):  # noqa: N818
    """A data file (ontology, lexicon, rules, names) that breaks its own shape; lists all problems at once."""


class StoreProblem(KhaldunError):  # noqa: N818
    """The store cannot be opened, read or written (missing file, newer schema, full disk)."""


class NotFound(KhaldunError):  # noqa: N818
    """Something asked for by name or id is not in the record; the message offers the nearest names."""


class MissingPart(KhaldunError):  # noqa: N818
    """An optional part (a language pipeline, a library) is not installed; the message says what to install."""
