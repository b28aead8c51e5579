"""Holds requests and answers against GitHub's own description, strictly.

`Described(inner)` wraps an httpx transport; `Watched(app)` wraps an ASGI app. A violation is
answered with status 599 and stays in the record, which fails the run at its end.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qsl, quote, unquote

import httpx
from jsonschema.exceptions import ValidationError, best_match
from openapi_core import OpenAPI
from openapi_core.configurations import Config
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse
from werkzeug.datastructures import ImmutableMultiDict

from tests.github import openapi
from tests.github.record import RECORD, Record
from tests.github.schema import unknown_keys

VIOLATION = 599
ENTERPRISE = "/api/v3"
PAGE = re.compile(
    r"/[^/]*|/login/.*|/-/.*|/[^/]+/[^/]+(/pulls|/issues|/(pull|issues|tree|blob|commit)/.*)?"
)
GIT = re.compile(r"/[^/]+/[^/]+/(info/refs|git-(upload|receive)-pack)")
BY_NUMBER = re.compile(r"/repositories/\d+(?=/|$)")


class Violation(Exception):  # noqa: N818  it names what it is
    """A request or an answer that GitHub's description does not know; says what and why."""


@cache
def checker() -> OpenAPI:
    """The description as openapi-core reads it; the document itself is not checked again."""
    # None means: take the document as it is. Its own types do not say so.
    trusting = Config(spec_validator_cls=None)  # type: ignore[arg-type]  # see above
    return OpenAPI.from_dict(openapi.document(), config=trusting)


@cache
def _roots() -> set[str]:
    return {template.split("/")[1] for template in openapi.document()["paths"]} - {""}


def described(path: str) -> bool:
    """Whether the description speaks of such addresses; of pages for people and git it does not."""
    path = path.removeprefix(ENTERPRISE)
    if path == "/search":  # the page; the API has only addresses below it
        return False
    if path.split("/")[1] in _roots() | {"repositories"}:
        return True
    return not (PAGE.fullmatch(path) or GIT.fullmatch(path))


def check_request(
    method: str, target: str, headers: dict[str, str], body: bytes
) -> openapi.Operation:
    """The operation that is asked for; Violation where GitHub's description has no such request."""
    path, query = _parts(target)
    operation = openapi.find(method, path)
    if operation is None:
        raise Violation(f"{method} {path}: GitHub's description has no such operation")
    known = {p["name"] for p in map(openapi.resolve, operation.spec.get("parameters", []))}
    if strange := {name for name, _ in query} - known:
        raise Violation(f"{operation.id}: unknown in the query: {sorted(strange)}")
    try:
        checker().validate_request(_request(operation, path, query, headers, body))
    except OpenAPIError as fault:
        raise Violation(f"{operation.id}: {_reasons(fault)}") from None
    if body and (strange := unknown_keys(operation, body)):
        raise Violation(f"{operation.id}: unknown in the body: {sorted(strange)}")
    return operation


def check_response(
    operation: openapi.Operation, target: str, status: int, headers: dict[str, str], body: bytes
) -> None:
    """Violation where GitHub's description does not know such an answer."""
    if status >= 500 or not body:  # GitHub describes no such bodies
        return
    path, query = _parts(target)
    codes = operation.spec["responses"]
    if str(status) not in codes:
        # Refusals and redirects that every operation may give are not listed with each.
        if status < 300:
            raise Violation(f"{operation.id}: answers {status}, which is not described")
        operation = openapi.operations()["repos/get"]
        path, query, status = "/repos/o/r", [], 404
    answer = MockResponse(body, status, dict(headers), headers.get("content-type", ""))
    try:
        checker().validate_response(_request(operation, path, query, {}, b""), answer)
    except OpenAPIError as fault:
        raise Violation(f"answer of {operation.id} ({status}): {_reasons(fault)}") from None


def _parts(target: str) -> tuple[str, list[tuple[str, str]]]:
    raw, _, query = target.partition("?")
    # Parameters are compared as they are meant: `%2F` and a slash are the same there.
    path = quote(unquote(raw), safe="/:@!$&'()*+,;=-._~").removeprefix(ENTERPRISE)
    # Where renamed repositories lead; GitHub answers there, its description leaves it out.
    path = BY_NUMBER.sub("/repos/by/number", path)
    return path, parse_qsl(query, keep_blank_values=True)


def _request(
    operation: openapi.Operation,
    path: str,
    query: list[tuple[str, str]],
    headers: dict[str, str],
    body: bytes,
) -> MockRequest:
    request = MockRequest(
        openapi.HOST,
        operation.method,
        operation.encoded(path),
        headers=headers,
        data=body or None,
        # GitHub reads every body as JSON, whatever it is called.
        content_type="application/json",
    )
    request.parameters.query = ImmutableMultiDict(query)
    return request


def _reasons(fault: BaseException) -> str:
    causes = getattr(fault.__cause__ or fault, "schema_errors", None) or getattr(
        fault, "schema_errors", []
    )
    return "; ".join(map(_reason, causes)) or f"{fault} {fault.__cause__ or ''}"


def _reason(fault: ValidationError) -> str:
    """Where and what; of several alternatives, what is wrong with the nearest."""
    while fault.context:
        fault = best_match(fault.context) or fault
    return f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:300]}"


class Described(httpx.AsyncBaseTransport):
    """A transport that lets through only what GitHub's description knows."""

    def __init__(self, inner: httpx.AsyncBaseTransport, record: Record = RECORD) -> None:
        self.inner = inner
        self.record = record

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The inner transport's answer, or 599 with what is wrong."""
        target = request.url.raw_path.decode()
        if not described(target.partition("?")[0]):
            return await self.inner.handle_async_request(request)
        body = await request.aread()
        try:
            operation = check_request(request.method, target, dict(request.headers), body)
            response = await self.inner.handle_async_request(request)
            content = await response.aread()
            headers = dict(response.headers)
            check_response(operation, target, response.status_code, headers, content)
        except Violation as violation:
            return self._refused(request, str(violation))
        if "x-described" not in headers:
            status = response.status_code
            self.record.used(operation.id, operation.method, operation.template, status)
        return response

    def _refused(self, request: httpx.Request, why: str) -> httpx.Response:
        self.record.violation(why)
        return httpx.Response(VIOLATION, json={"message": why}, request=request)

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self.inner.aclose()
