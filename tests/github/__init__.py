"""A strict stand-in for GitHub: real git repositories, real tokens, GitHub's own refusals.

In a test:        world = seeded(folder);  httpx.ASGITransport(create(world))
By hand:          python -m tests.github --port 4100 --state .state-github
What it answers is built from the examples of GitHub's own description and checked against it.
`app.py` lists every address on one page; `seed.py` is who and what there is.
"""
