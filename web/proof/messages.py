"""Checks what people sent, as the events of Temporal hold it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent

from web.proof.finding import Finding, Verdict
from web.proof.keys import Keys
from workflows.domain.message import AnyMessage, Start, signed

START: TypeAdapter[Start] = TypeAdapter(Start)
MESSAGE: TypeAdapter[AnyMessage] = TypeAdapter(AnyMessage)


@dataclass(frozen=True)
class Came:
    """A message and the way it came: `start`, `update` or `signal`."""

    event: int
    way: str
    message: AnyMessage | Start


def check(
    process: str, run: str, events: list[HistoryEvent], keys: Keys, verdict: Verdict
) -> Iterator[Finding]:
    """What is wrong with the signatures of messages that count, event by event."""
    unsigned = 0
    begun_signed = False
    for event in events:
        try:
            came = _message(event)
        except (ValidationError, IndexError):
            if not event.HasField("workflow_execution_signaled_event_attributes"):
                yield Finding(f"event {event.event_id}", "the message in it cannot be read")
            continue  # anybody can signal anything; the dispatcher has answered in words
        if came is None or came.way == "continued":
            begun_signed = begun_signed or came is not None
            continue
        found = signed(process, "" if came.way == "start" else run, came.message)
        if came.way == "start":
            begun_signed = found is not None
        if found is None:
            unsigned += 1
            if begun_signed and came.way == "update":
                yield Finding(_name(came), "it was counted, and it is not signed")
        elif came.way != "signal":  # the dispatcher has answered those in words
            verdict.count("signatures of people")
            by = found.signature
            if why := keys.why_not(by.key, found.to_sign, by.value):
                yield Finding(_name(came), f"it is not what was signed: {why}")
    if unsigned and not begun_signed:
        verdict.undecided.append(
            f"{unsigned} messages were recorded before there were signatures: nobody vouches "
            "for who sent them."
        )


def _name(came: Came) -> str:
    what = "start" if isinstance(came.message, Start) else came.message.kind
    return f"event {came.event} ({what} by {came.message.by.login})"


def _message(event: HistoryEvent) -> Came | None:
    """The message in an event, where it is one that people send."""
    begun = event.workflow_execution_started_event_attributes
    if event.HasField("workflow_execution_started_event_attributes"):
        way = "continued" if begun.continued_execution_run_id else "start"
        return Came(event.event_id, way, START.validate_json(_data(begun.input.payloads[0])))
    update = event.workflow_execution_update_accepted_event_attributes.accepted_request.input
    if update.name == "act":
        payload = _data(update.args.payloads[0])
        return Came(event.event_id, "update", MESSAGE.validate_json(payload))
    signal = event.workflow_execution_signaled_event_attributes
    if signal.signal_name == "act_later":
        return Came(
            event.event_id, "signal", MESSAGE.validate_json(_data(signal.input.payloads[0]))
        )
    return None


def _data(payload: Payload) -> bytes:
    return payload.data
