"""Writes a record: one process as lines that prove themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter
from temporalio.client import WorkflowHistory

from activities.adapters.signing_key import SigningKey
from web.proof import line
from web.proof.afterwards import MILE, Tell
from web.proof.seal import end, seal
from workflows.reading.document import Document
from workflows.reading.history import read

DOCUMENT = TypeAdapter(Document)


async def block(
    history: WorkflowHistory, keys: Mapping[str, bytes], key: SigningKey, tell: Tell | None = None
) -> list[bytes]:
    """The lines of one process, sealed."""
    lines = await content(history, keys, tell)
    return [*lines, seal(lines, key)]


async def content(
    history: WorkflowHistory, keys: Mapping[str, bytes], tell: Tell | None = None
) -> list[bytes]:
    """The lines of one process: what it is, every event, what they come to, the keys.

    `tell` knows what became of its pull request, where it has one.
    """
    document = await read(history)
    told = [await tell(document)] if tell and document.has_pull_request else []
    return [
        line.written(
            line.PROCESS, format=line.FORMAT, process=document.workflow_id, run=document.run
        ),
        *(line.written(line.EVENT, event=event) for event in history.to_json_dict()["events"]),
        line.written(line.DOCUMENT, document=as_data(document)),
        *(
            line.written(
                line.AFTER, after=MILE.dump_python(one.mile, mode="json"), problem=one.problem
            )
            for one in told
        ),
        *(line.written(line.KEY, id=id, public=k.hex()) for id, k in sorted(keys.items())),
    ]


def whole(blocks: Sequence[Sequence[bytes]], key: SigningKey) -> bytes:
    """A file of blocks, with its last line."""
    last = end([one[-1] for one in blocks], key)
    return b"".join(raw + b"\n" for raw in [*(raw for one in blocks for raw in one), last])


def as_data(document: Document) -> object:
    """A document as JSON's own types, as the site hands it to programs."""
    data: object = json.loads(DOCUMENT.dump_json(document))
    return data
