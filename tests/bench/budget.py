"""Measures the budgets on a set of its own: `make bench`. Prints figures, judges nothing.

The machine's speed varies: compare the columns, quote medians.
"""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

import httpx

from local.example import TAG
from local.person import Json, Person
from local.separate import Separate, separate_set
from tests.chaos.test_kill import commands, free_ports

T = TypeVar("T")
OPEN = 500
VIEWERS = 20


async def main() -> None:
    """All figures, one line each."""
    with tempfile.TemporaryDirectory() as folder:
        async with separate_set(Path(folder) / "state", free_ports()) as found:
            grace, ada = Person(found.site, "grace"), Person(found.site, "ada")
            await grace.sign_in()
            await ada.sign_in()
            await batch(grace, ada, found, 100)
            await acks(grace, ada, found)
            await viewers(grace, ada, found)
            await board(grace, found)
            await grace.close()
            await ada.close()


async def batch(grace: Person, ada: Person, found: Separate, number: int) -> None:
    """Start processes and answer their first question, ten at a time."""
    begun = time.perf_counter()
    urls = await ten_at_a_time(lambda n: begin(grace, found, f"batch-{n}"), range(number))
    await ten_at_a_time(lambda n: decline(ada, urls[n]), range(number))
    print(f"{number} processes started and acked: {time.perf_counter() - begun:.1f} s")


async def acks(grace: Person, ada: Person, found: Separate) -> None:
    """How long the site takes to answer a POST that answers a question."""
    times = []
    for number in range(40):
        offer = await question(ada, await begin(grace, found, f"ack-{number}"))
        before = time.perf_counter()
        await ada.answer(offer, declined(offer))
        times.append(time.perf_counter() - before)
    print(f"ack, response: {figures(times)}")


async def viewers(grace: Person, ada: Person, found: Separate) -> None:
    """How long until everybody who looks sees an answer."""
    times: list[float] = []
    for number in range(10):
        url = await begin(grace, found, f"seen-{number}")
        offer = await question(ada, url)
        sent = asyncio.Event()
        news = (first_news(found.site + url, sent) for _ in range(VIEWERS))
        watching = [asyncio.create_task(one) for one in news]
        await asyncio.sleep(2.5)
        sent.set()
        before = time.perf_counter()
        await ada.answer(offer, declined(offer))
        times += [moment - before for moment in await asyncio.gather(*watching)]
    print(f"ack, seen by {VIEWERS} others: {figures(times)}")


async def board(grace: Person, found: Separate) -> None:
    """The board with many open processes, with workers and without."""
    await ten_at_a_time(lambda n: begin(grace, found, f"open-{n}"), range(OPEN))
    await asyncio.sleep(3)
    print(f"board, {OPEN} more open: {figures(await look(found.site))}")
    workers = [pid for pid, command in commands(found.state) if "worker.py" in command]
    for pid in workers:
        os.kill(pid, signal.SIGSTOP)
    print(f"board, all workers frozen: {figures(await look(found.site))}")
    for pid in workers:
        os.kill(pid, signal.SIGCONT)


async def look(site: str) -> list[float]:
    times = []
    async with httpx.AsyncClient(timeout=30) as http:
        for _ in range(15):
            before = time.perf_counter()
            async with http.stream("GET", f"{site}/") as response:
                async for _ in response.aiter_bytes():
                    break
            times.append(time.perf_counter() - before)
    return times


async def begin(person: Person, found: Separate, suffix: str) -> str:
    return await person.begin(
        family="Karla",
        suffix=suffix,
        kind="upgrade",
        repository=str(found.state / "demo/karla.git"),
        ref=TAG,
        files="fonts/ttf/",
    )


async def question(person: Person, url: str) -> Json:
    while True:
        offers = (await person.get(url))["offers"]["list"]
        for offer in offers:
            if offer["action"] == "answer" and not offer["refused"]:
                return dict(offer)
        await asyncio.sleep(0.02)


def declined(offer: Json) -> dict[str, str]:
    given = {field["name"]: field["value"] for field in offer["form"]["fields"]}
    return {**given, "decision": "decline", "reason": "Only measured."}


async def decline(person: Person, url: str) -> None:
    offer = await question(person, url)
    await person.answer(offer, declined(offer))


async def first_news(url: str, sent: asyncio.Event) -> float:
    """When the first message comes after an answer was sent."""
    async with httpx.AsyncClient(timeout=30) as http, http.stream("GET", f"{url}/events") as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:") and sent.is_set():
                return time.perf_counter()
    raise RuntimeError("the stream ended")


async def ten_at_a_time(work: Callable[[int], Awaitable[T]], numbers: Iterable[int]) -> list[T]:
    slots = asyncio.Semaphore(10)

    async def one(number: int) -> T:
        async with slots:
            return await work(number)

    return await asyncio.gather(*(one(number) for number in numbers))


def figures(seconds: list[float]) -> str:
    ordered = sorted(1000 * one for one in seconds)
    last = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return f"median {statistics.median(ordered):.0f} ms, p95 {last:.0f} ms, n={len(ordered)}"


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
