"""How Apps and their installations are shown."""

from __future__ import annotations

from tests.github.people import simple
from tests.github.registration import App, Installation
from tests.github.sample import Shown, node, sample, stamp
from tests.github.world import World


def app(world: World, registered: App) -> Shown:
    """An App, to itself."""
    known: Shown = {
        "id": registered.id,
        "slug": registered.slug,
        "client_id": registered.client_id,
        "node_id": node("A", registered.id),
        "owner": simple(world, registered.owner),
        "name": registered.slug,
        "description": None,
        "html_url": f"{world.url}/apps/{registered.slug}",
        "created_at": stamp(registered.at),
        "updated_at": stamp(registered.at),
        "permissions": dict(registered.permissions),
        "events": list(registered.events),
    }
    return sample("apps/get-authenticated", 200, world.url, known)


def shown(world: World, found: Installation) -> Shown:
    """An installation."""
    api = f"{world.url}/app/installations/{found.id}"
    known: Shown = {
        "id": found.id,
        "account": simple(world, found.account),
        "app_id": found.app.id,
        "app_slug": found.app.slug,
        "client_id": found.app.client_id,
        "target_id": found.account.id,
        "target_type": found.account.kind,
        "repository_selection": "all" if found.repositories is None else "selected",
        "access_tokens_url": f"{api}/access_tokens",
        "repositories_url": f"{world.url}/installation/repositories",
        "html_url": f"{world.url}/settings/installations/{found.id}",
        "permissions": dict(found.permissions),
        "events": list(found.app.events),
        "single_file_name": None,
        "created_at": stamp(found.at),
        "updated_at": stamp(found.at),
        "suspended_by": None,
        "suspended_at": stamp(found.suspended_at),
    }
    return sample("apps/get-installation", 200, world.url, known)
