"""A process's branch on GitHub: exactly the given files, looked for before they are made."""

from __future__ import annotations

from collections.abc import Mapping

from activities.adapters.forge.github.connection import MAIN, Connection, Json
from activities.adapters.forge.github.objects import blob_sha, family_sha
from activities.adapters.forge.github.trees import Trees
from activities.adapters.forge.github.upload import NEW, check_sizes, write_tree
from activities.adapters.forge.path import COMMIT, check_branch, check_directory, check_files
from activities.adapters.forge.port import FamilyFiles, Message, NotFound, Refused
from activities.adapters.forge.signature import message_text, process_of
from activities.adapters.github.api import repo_path
from activities.adapters.github.fault import Missing, Unprocessable
from activities.authoring import PassingFault


class Branch:
    """One branch of one process."""

    def __init__(self, connection: Connection, name: str, message: Message) -> None:
        self.connection = connection
        self.target = Trees(connection, connection.target)
        self.home = Trees(connection, connection.head)
        self.name = check_branch(name)
        self.message = message

    async def hold(self, directory: str, files: FamilyFiles, base: str, moved_from: str) -> str:
        """Put the branch into the wanted state, once; its commit."""
        check_directory(directory)
        if moved_from:
            check_directory(moved_from)
        check_files(path for path, _ in files)
        check_sizes(files)
        parent = await self._main_commit(base)
        family = family_sha((path, blob_sha(content)) for path, content in files)
        families = {**({moved_from: ""} if moved_from else {}), directory: family}
        head = await self.home.find_branch(self.name)
        if head and await self._is_done(head, families):
            return head
        await self._bring_to_fork(parent["sha"])
        tree = await write_tree(self.target, self.connection, parent, families, files)
        return await self._move(await self._commit(tree, parent["sha"]), head, families)

    async def _main_commit(self, base: str) -> Json:
        """The commit to build on; Refused where it was never part of main."""
        main = await self.target.commit(MAIN)
        if not base or base == main["sha"]:
            return main
        if not COMMIT.fullmatch(base):
            raise Refused(f"{base[:80]!r} is no full commit.")
        if not await self.target.has_ancestor(base, main["sha"]):
            raise Refused(f"{base} is no commit of the target's main branch.")
        return await self.target.commit(base)

    async def _is_done(self, head: str, families: Mapping[str, str]) -> bool:
        """Whether the branch is what is wanted already; Refused where it is not this process's."""
        commit = await self.home.commit(head)
        if process_of(commit["message"]) != process_of(message_text(self.message)):
            raise Refused(f"Somebody else has worked on {self.name}; it is left as it is.")
        if len(commit["parents"]) != 1:
            return False
        try:
            parent = await self.target.commit(commit["parents"][0]["sha"])
        except NotFound:  # somebody's commit lies between main and ours
            return False
        main = await self.target.find_branch(MAIN)
        if not await self.target.has_ancestor(parent["sha"], main):
            return False
        wanted = await self.target.with_families(parent["tree"]["sha"], families)
        return bool(commit["tree"]["sha"] == wanted)

    async def _bring_to_fork(self, commit: str) -> None:
        """A fork has to know the commit that is built upon."""
        if not self.connection.forked:
            return
        fork = self.connection.head
        try:
            await self.connection.github.get(repo_path(fork, "git/commits", commit))
        except Missing:
            path = repo_path(fork, "merge-upstream")
            try:
                await self.connection.write("POST", path, None, branch=MAIN)
            except Unprocessable as said:
                advice = f"Bring its branch {MAIN} up to date by hand."
                raise Refused(
                    f"The fork {fork} cannot follow its parent. {advice} {said}"
                ) from None

    async def _commit(self, tree: str, parent: str) -> str:
        """No author and no committer: so it is ours, and GitHub signs what an App commits."""
        path = repo_path(self.connection.head, "git/commits")
        text = message_text(self.message)
        made = await self.connection.write(
            "POST", path, {"sha": NEW}, message=text, tree=tree, parents=[parent]
        )
        return str(made["sha"])

    async def _move(self, commit: str, old: str, families: Mapping[str, str]) -> str:
        """Set the branch, if it is still where it was seen."""
        refs = repo_path(self.connection.head, "git/refs")
        if old:
            if await self.home.find_branch(self.name) != old:
                raise PassingFault(f"The branch {self.name} has moved just now.")
            place = repo_path(self.connection.head, "git/refs", f"heads/{self.name}")
            await self.connection.write("PATCH", place, None, sha=commit, force=True)
            return commit
        try:
            name = f"refs/heads/{self.name}"
            await self.connection.write("POST", refs, None, ref=name, sha=commit)
        except Unprocessable as said:
            there = await self.home.find_branch(self.name)
            if there and await self._is_done(there, families):
                return there
            raise PassingFault(f"The branch {self.name} cannot be set now: {said}") from None
        return commit
