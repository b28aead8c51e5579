"""The list of URLs, and what OpenAPI says of it."""

from __future__ import annotations

from openapi_core import OpenAPI

from tests.web.fake import FakeProcesses
from tests.web.scene import bring
from tests.web.visitor import Visitor
from web.process.interaction import Interaction
from web.static import asset


async def test_the_description_is_valid_and_names_every_form(visitor: Visitor) -> None:
    described = (await visitor.get("/openapi.json")).json()
    OpenAPI.from_dict(described)
    for path, methods in described["paths"].items():
        form = methods.get("post")
        if form and not path.startswith(("/callbacks/", "/webhooks/")):
            kinds = set(form["requestBody"]["content"])
            assert kinds == {"application/json", "application/x-www-form-urlencoded"}, path
            assert {"303", "403", "409", "422"} <= set(form["responses"]), path
    assert (await visitor.get("/docs")).status_code == 404


async def test_only_named_files_of_packages_are_served(visitor: Visitor) -> None:
    for name in ("htmx.org/dist/htmx.min.js", "@picocss/pico/css/pico.min.css", "app.css"):
        answer = await visitor.get(asset(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    version = asset("htmx.org/dist/htmx.min.js").split("@")[1].split("/")[0]
    for path in (f"htmx.org@{version}/package.json", "../app.py", "htmx.org@0/dist/htmx.min.js"):
        assert (await visitor.get(f"/static/vendor/{path}")).status_code == 404
    assert (await visitor.get("/static/0/..%2fapp.py")).status_code == 404


async def test_the_forge_is_shown_harmlessly(visitor: Visitor) -> None:
    html = (await visitor.get("/forge/pulls/1")).text
    assert "☑ Font Bakery has no new FAIL" in html
    assert '<span class="plus">+date: &#34;2026-11-24&#34;' in html
    assert ">Signed off by ada, 1 finding accepted</a>" in html
    html = (await visitor.get("/forge/issues/1")).text
    assert "<strong>has no licence</strong>" in html
    assert "<script>alert" not in html
    assert (await visitor.get("/forge/pulls/7")).status_code == 404
    assert (await visitor.get("/forge/pulls/x")).status_code == 422
    assert (await visitor.data("/forge/pulls"))["items"][0]["number"] == 1


async def test_pages_of_processes_are_no_place_for_scripts(
    visitor: Visitor, processes: FakeProcesses
) -> None:
    at = await bring(processes, "Karla")
    processes.case(*at).process.proposal["family"] = "<script>alert(1)</script>"
    html = (await visitor.get(f"/processes/{at[0]}/{at[1]}")).text
    assert "<script>alert" not in html
    assert "<script>alert" not in (await visitor.get("/")).text


def test_an_interaction_is_tied_to_all_it_is_about() -> None:
    one = Interaction(1, "family-pr/karla", "run", "answer", "sign_off", 1, 1)
    others = [
        Interaction(2, "family-pr/karla", "run", "answer", "sign_off", 1, 1),
        Interaction(1, "family-pr/rubik", "run", "answer", "sign_off", 1, 1),
        Interaction(1, "family-pr/karla", "nur", "answer", "sign_off", 1, 1),
        Interaction(1, "family-pr/karla", "run", "rerun", "sign_off", 1, 1),
        Interaction(1, "family-pr/karla", "run", "answer", "sign_of", 1, 1),
        Interaction(1, "family-pr/karla", "run", "answer", "sign_off", 2, 1),
        Interaction(1, "family-pr/karla", "run", "answer", "sign_off", 1, 2),
    ]
    key = b"key"
    assert one.matches(key, one.id(key))
    assert not any(other.matches(key, one.id(key)) for other in others)
    assert not one.matches(b"other", one.id(key))
    assert not one.matches(key, "")
    assert len(one.id(key)) == 32
