"""Every URL of the site on one page."""

from __future__ import annotations

from fastapi import FastAPI

from activities.adapters.settings import settings
from web import (
    board,
    export,
    file,
    health,
    proof_page,
    refusal_page,
    request_page,
    route,
    service,
    static,
    sweep_page,
    trouble,
)
from web.forge import hand as forge_hand
from web.forge import page as forge_page
from web.github import hook as github_hook
from web.github import sign_in as github_sign_in
from web.header import Gate
from web.person import sign_in
from web.process import act, act_anew, comparison, incoming, print_page
from web.process import page as process_page
from web.proxy import Behind
from web.site import Site

PROCESS = "/processes/{key}/{run}"


def create_app(site: Site) -> FastAPI:
    """The site over these parts."""
    app = FastAPI(title="Family PR", docs_url=None, redoc_url=None, max_body_size=incoming.WHOLE)
    app.state.site = site
    trouble.install(app)
    chosen = settings()
    app.add_middleware(Gate, hosts=chosen.allowed_hosts, refuse=trouble.refuse)
    app.add_middleware(Behind, proxies=chosen.trust_proxy)
    _pages(app)
    _forms(app)
    _sign_in(app, site)
    _others(app)
    return app


def _pages(app: FastAPI) -> None:
    """What people look at, and programs read as JSON."""
    route.page(app, "/", board.show, board.Board)
    route.page(app, "/new", request_page.show, request_page.RequestPage)
    route.page(app, "/processes/{key}", process_page.newest, None, 303)
    route.page(app, PROCESS, process_page.show, process_page.ProcessPage)
    route.page(app, "/refusals", refusal_page.show, refusal_page.RefusalPage)
    route.page(app, "/sweep", sweep_page.show, sweep_page.SweepPage)
    route.page(app, f"{PROCESS}/attempts/{{task}}", comparison.show, comparison.Comparison)
    route.page(app, f"{PROCESS}/print", print_page.show, print_page.PrintPage)
    route.page(app, f"{PROCESS}/proof", proof_page.show, proof_page.ProofPage)
    route.page(app, "/forge/pulls", forge_page.pulls, forge_page.ForgeList)
    route.page(app, "/forge/pulls/{number}", forge_page.pull, forge_page.ForgeItem)
    route.page(app, "/forge/issues", forge_page.issues, forge_page.ForgeList)
    route.page(app, "/forge/issues/{number}", forge_page.issue, forge_page.ForgeItem)

    route.events(app, "/events", board.events)
    route.events(app, f"{PROCESS}/events", process_page.events, process_page.existing)


def _forms(app: FastAPI) -> None:
    """What people send."""
    form = route.form
    form(app, "/processes", request_page.begin, incoming.RequestBody, request_page.Begun, 201)
    form(app, f"{PROCESS}/answer/{{task}}", act.answer, incoming.AnswerBody, act.Taken)
    form(app, f"{PROCESS}/rerun/{{task}}", act.rerun, incoming.RerunBody, act.Taken)
    form(app, f"{PROCESS}/finalize", act.finalize, incoming.FinalizeBody, act.Taken)
    form(app, f"{PROCESS}/stop", act.stop, incoming.StopBody, act.Taken)
    form(app, f"{PROCESS}/restart", act_anew.restart, incoming.RestartBody, act.Taken)
    form(app, f"{PROCESS}/reconfirm", act_anew.reconfirm, incoming.ReconfirmBody, act.Taken)
    form(app, "/forge/pulls/{number}/act", forge_hand.act, incoming.HandBody, forge_hand.Done)


def _sign_in(app: FastAPI, site: Site) -> None:
    """Either GitHub says who somebody is, or they do so themselves."""
    form = route.form
    route.page(app, "/sign-in", sign_in.show, sign_in.SignInPage)
    if site.provider:
        route.file(app, github_sign_in.START, github_sign_in.depart)
        route.file(app, github_sign_in.CALLBACK, github_sign_in.arrive)
    else:
        form(app, "/sign-in", sign_in.sign_in, incoming.SignInBody, sign_in.SignedIn)
    form(app, "/sign-out", sign_in.sign_out, incoming.SignOutBody, sign_in.SignedIn)
    everywhere = sign_in.sign_out_everywhere
    form(app, "/sign-out-everywhere", everywhere, incoming.SignOutBody, sign_in.SignedIn)


def _others(app: FastAPI) -> None:
    """What machines send and fetch."""
    callback = "/callbacks/{key}/{run}/{task}/{attempt}/{number}"
    route.signed(app, callback, service.report, act.Taken)
    route.hook(app, "/webhooks/github", github_hook.receive, github_hook.Noted)
    route.file(app, "/export.jsonl", export.everything)
    route.file(app, f"{PROCESS}/export.jsonl", export.one)
    route.file(app, "/files/{digest}/{name}", file.show)
    route.file(app, "/static/vendor/{path:path}", static.vendor)
    route.file(app, "/static/{digest}/{name}", static.own)
    app.add_api_route("/health", health.show, methods=["GET"])
