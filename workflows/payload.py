"""Payloads: how values are written for Temporal and read again, by workers, site and replays.

Temporal makes a converter for each workflow run, and pydantic's own would then work out the shape
of every message anew, up to 20 ms each: a hundred processes at once would starve their worker.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)

JSON = PydanticJSONPlainPayloadConverter()
"""One for all: it remembers each shape that it has read."""


class Payloads(CompositePayloadConverter):
    """Temporal's converters, with pydantic for what is JSON."""

    def __init__(self) -> None:
        every = DefaultPayloadConverter.default_encoding_payload_converters
        others = (one for one in every if not isinstance(one, JSONPlainPayloadConverter))
        super().__init__(*others, JSON)


DATA_CONVERTER = DataConverter(payload_converter_class=Payloads)


def prepare(*shapes: Any) -> None:
    """Work shapes out beforehand, so that no workflow has to wait for that."""
    for shape in shapes:
        with suppress(ValidationError):  # nothing is read: it works the shape out all the same
            JSON.from_payload(Payload(data=b"null"), shape)
