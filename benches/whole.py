#!/usr/bin/env python3
"""Whole commands on a library of N events, beside the physical floor: python3 benches/whole.py [N] [--repeating] [--rounds 3]

Makes a library of N events and 150 other pages in a temporary folder, then times, in each round: a cold build, a build with nothing
changed, a build after one edit, and the floor: reading every input once and writing the same output tree. Ratios are taken within a
round, since the machine's speed drifts. CPU is user and system time of the whole process; wall time by a clock that never steps back.
Needs a release binary: cargo build --release. The standard library only.
"""
import argparse
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

WORDS = ("the library a garden story book people town evening children table lamp winter river reading seeds paper map song letter "
         "and of with for every about from under over beside slowly warm old new quiet").split()
AUDIENCES = ["babies", "toddlers", "children", "teens", "adults", "seniors", "families", "everyone"]
TOPICS = ["stories", "books", "games", "film", "music", "health", "technology", "gardening", "history", "writing"]
ROOT = pathlib.Path(__file__).resolve().parent.parent


def words(rng, count):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def make(folder, events, repeating):
    rng = random.Random(7)
    site = ['[site]', 'title = "Bench County Library"', 'base_url = "https://library.example.org"', 'timezone = "America/New_York"', '[audiences]']
    site += [f'{name} = "{name.capitalize()}"' for name in AUDIENCES] + ['[topics]'] + [f'{name} = "{name.capitalize()}"' for name in TOPICS]
    site += ['[[channels]]', 'name = "wall"', 'platform = "practice"', '[outreach]', 'plan = "standard"', '[outreach.plans.standard]',
             'waves = [{ name = "today", before = "0 days", at = "08:30" }]']
    (folder / "site.toml").write_text("\n".join(site) + "\n")

    def write(path, front, body):
        path = folder / "content" / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("---\n" + "\n".join(front) + "\n---\n" + body + "\n")

    for number in range(60):
        write(f"branches/branch-{number}.md", [f"title: Branch {number}", "hours: { mon-sat: 9:00-21:00 }"], words(rng, 80))
    for number in range(40):
        write(f"programs/program-{number}.md", [f"title: Program {number}", f"summary: {words(rng, 12)}"], words(rng, 80))
    for number in range(25):
        write(f"news/news-{number}.md", [f"title: News {number}", f"date: 2026-{1 + number % 11:02}-10", f"summary: {words(rng, 12)}"], words(rng, 150))
    for number in range(25):
        write(f"about/page-{number}.md", [f"title: Page {number}"], words(rng, 200))
    for number in range(events):
        day = f"2026-{1 + rng.randrange(12):02}-{1 + rng.randrange(28):02}"
        hour = 9 + rng.randrange(10)
        front = [f"title: {words(rng, 4).capitalize()} {number}", f"starts: {day} {hour:02}:30", f"ends: {hour + 1:02}:15", f"branch: branch-{number % 60}",
                 f"audience: [{rng.choice(AUDIENCES)}, everyone]", f"topics: [{rng.choice(TOPICS)}]", f"program: program-{number % 40}",
                 f"summary: {words(rng, 16).capitalize()}."]
        if repeating:
            front.append("repeats: weekly")
        paragraphs = "\n\n".join(words(rng, 40 + rng.randrange(60)) for _ in range(4))
        write(f"events/{number % 100:02}/event-{number}.md", front, paragraphs + "\n\n- one\n- two\n\n[hours](../../branches/main.md)".replace("main", f"branch-{number % 60}"))


def timed(command, cwd):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def floor(folder, number):
    """Reads the inputs, and writes the output tree again elsewhere with cp: two programs that do nothing else."""
    read = timed(["sh", "-c", "find site.toml content -type f -print0 | xargs -0 cat > /dev/null"], folder)
    copy = timed(["cp", "-r", "public", f"floor-{number}"], folder)
    return read[0] + copy[0], read[1] + copy[1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("events", nargs="?", type=int, default=10_000)
    arguments.add_argument("--repeating", action="store_true", help="every event is weekly, without an end")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--handbill", type=pathlib.Path, default=ROOT / "target/release/handbill")
    options = arguments.parse_args()
    if not options.handbill.exists():
        sys.exit(f"there is no {options.handbill}: cargo build --release")
    build = [str(options.handbill.resolve()), "build", "--quiet", "--now", "2026-07-01T09:00"]
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home) / "site"
        folder.mkdir()
        make(folder, options.events, options.repeating)
        figures = {}
        for number in range(options.rounds):
            for name in ("public", ".handbill"):
                if (folder / name).exists():
                    (folder / name).rename(pathlib.Path(home) / f"{name}-{number}")   # deleting just before a run makes the disk slow
            round_figures = {"cold build": timed(build, folder), "nothing changed": timed(build, folder)}
            edited = folder / "content/events/00/event-0.md"
            edited.write_text(edited.read_text() + f"\nEdited {number}.\n")
            round_figures["one edit"] = timed(build, folder)
            round_figures["floor"] = floor(folder, number)
            (folder / f"floor-{number}").rename(pathlib.Path(home) / f"floor-{number}")
            for name, figure in round_figures.items():
                ratio = tuple(a / b for a, b in zip(figure, round_figures["floor"]))
                figures.setdefault(name, []).append(figure + ratio)
        files = sum(len(names) for _, _, names in os.walk(folder / "public"))
        size = sum(path.stat().st_size for path in (folder / "public").rglob("*") if path.is_file())
        print(f"{options.events} events{' that repeat weekly' if options.repeating else ''}: {files} files, {size / 1e6:.0f} MB; medians of {options.rounds}")
        print(f"{'':<18}{'wall s':>8}{'CPU s':>8}{'wall / floor':>14}{'CPU / floor':>13}")
        for name, rows in figures.items():
            wall, cpu, wall_ratio, cpu_ratio = (statistics.median(column) for column in zip(*rows))
            print(f"{name:<18}{wall:>8.2f}{cpu:>8.2f}{wall_ratio:>14.2f}{cpu_ratio:>13.2f}")


if __name__ == "__main__":
    main()
