"""What must be set, and must not contradict itself, before the site may serve anybody."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from activities.adapters.github.credential import app_credential
from activities.adapters.github.fault import Denied
from activities.adapters.github.setting import github_settings
from activities.adapters.settings import settings
from web.address import NotLoopback, check_address, is_loopback


def complaint() -> str:
    """One line that says why the site cannot serve; empty when it can.

    Raises pydantic's ValidationError where a variable has a value that cannot be.
    """
    github_settings()  # what cannot be is told now, whoever signs people in
    if settings().sign_in == "embedded":
        try:
            check_address(settings().site_host)
        except NotLoopback as why:
            return str(why)
        return ""
    return _github() or _site_url() or _proxies()


def _github() -> str:
    chosen, github = settings(), github_settings()
    if not (github.client_id and github.client_secret.get_secret_value()):
        return "SIGN_IN=github needs GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET; see docs/github.md."
    if github.app_id and (why := _key()):
        return why
    if not (github.token.get_secret_value() or github.app_id):
        return (
            "SIGN_IN=github needs GITHUB_APP_ID with GITHUB_APP_PRIVATE_KEY, or GITHUB_TOKEN: "
            "without them nobody can be asked who may do what. See docs/github.md."
        )
    if not (chosen.named_engineers or github.engineers_team):
        return "Nobody would be an engineer: set ENGINEERS or GITHUB_ENGINEERS_TEAM."
    return ""


def _key() -> str:
    """Why the App's key cannot be used."""
    try:
        app_credential(github_settings())
    except Denied as why:
        return str(why)
    return ""


def _site_url() -> str:
    chosen = settings()
    url = urlsplit(chosen.site_url)
    host = url.hostname or ""
    if url.scheme not in ("http", "https") or not host:
        return f"SITE_URL is {chosen.site_url!r}, which is no address of a site."
    if url.scheme == "http" and not is_loopback(host):
        return (
            f"SITE_URL is {chosen.site_url!r}: with SIGN_IN=github it must be https, unless it is "
            "this machine. Put a proxy with TLS in front."
        )
    if host not in chosen.allowed_hosts:
        return f"SITE_URL names {host}, which ALLOWED_HOSTS lacks: nobody could come back here."
    return ""


def _proxies() -> str:
    for proxy in settings().trust_proxy:
        try:
            ipaddress.ip_network(proxy)
        except ValueError:
            return f"TRUST_PROXY holds {proxy!r}, which is neither an address nor a network."
    return ""
