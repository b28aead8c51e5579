"""One request as the areas see it, the answer they give, and GitHub's shape of a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.github.actor import Actor
from tests.github.repository import Repository
from tests.github.world import World

DOCS = "https://docs.github.com/rest"


class Trouble(Exception):  # noqa: N818  it is an answer: GitHub refuses
    """A refusal with its status, message and, where GitHub names them, the faulty fields."""

    def __init__(
        self,
        status: int,
        message: str,
        errors: Sequence[Any] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {message}")
        self.status = status
        self.headers = dict(headers or {})
        self.body: dict[str, Any] = {"message": message}
        if errors:
            self.body["errors"] = list(errors)
        self.body |= {"documentation_url": DOCS, "status": str(status)}


def not_found() -> Trouble:
    """What GitHub says of things that are not there, and of those one may not know of."""
    return Trouble(404, "Not Found")


def invalid(resource: str, name: str, code: str, message: str = "") -> Trouble:
    """422 for one field; `code` is missing, missing_field, invalid, already_exists or custom."""
    error = {"resource": resource, "field": name, "code": code}
    if message:
        error["message"] = message
    return Trouble(422, "Validation Failed", [error])


@dataclass(frozen=True)
class Answer:
    """What goes back: a JSON body (None: no body at all), its status and headers of its own."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Call:
    """A request that was let in."""

    world: World
    actor: Actor
    method: str
    path: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]
    found: Repository | None = None

    @property
    def repository(self) -> Repository:
        """The repository in the address."""
        assert self.found
        return self.found

    @property
    def api(self) -> str:
        """Address of the repository in the API."""
        return f"{self.world.url}/repos/{self.repository.full_name}"

    def text(self, resource: str, name: str) -> str:
        """A text that the body must have; 422 where it is blank."""
        value = self.body.get(name)
        if not isinstance(value, str) or not value.strip():
            raise invalid(resource, name, "missing_field")
        return value


def paged(call: Call, items: Sequence[Any]) -> Answer:
    """One page of a list, with the Link header that leads through all of them."""
    size = min(_number(call, "per_page", 30), 100)
    page = _number(call, "page", 1)
    last = max(1, -(-len(items) // size))
    links = {"prev": page - 1, "next": page + 1, "last": last, "first": 1}
    shown = {
        name: number
        for name, number in links.items()
        if 1 <= number <= last and (name in {"prev", "first"}) == (page > 1 and number < page)
    }
    header = ", ".join(f'<{_address(call, n)}>; rel="{name}"' for name, n in shown.items())
    found = list(items[(page - 1) * size : page * size])
    return Answer(found, headers={"Link": header} if header else {})


def _number(call: Call, name: str, usual: int) -> int:
    value = call.query.get(name, "")
    return int(value) if value.isdecimal() and int(value) > 0 else usual


def _address(call: Call, page: int) -> str:
    return f"{call.world.url}{call.path}?{urlencode({**call.query, 'page': page})}"
