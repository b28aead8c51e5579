"""Tasks: one module each.

A task is a module with a `title` and an `async def start(needs…) -> Outcome`, optionally with an
`async def answer(reply, kept, needs…) -> Outcome`. Its parameters name what it needs. Everything
an author may use is in `authoring`; `adapters` is the only code that talks to the outside.
"""
