#!/usr/bin/env python3
"""Times copydesk beside what people would use instead, in one run on one machine, and writes RESULTS.md and results.svg.

    bench/run.py [FOLDER…]      also times copydesk and the peers on these folders

Everything lies in bench/work, which can be deleted. A peer that cannot be installed is left out, with its reason."""

import itertools
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

import corpus
import peers

HERE = pathlib.Path(__file__).resolve().parent
WORK = HERE / "work"
SIZES = [10, 1_000, 10_000]
LANGUAGES = {"en": "English", "fr": "French"}


def measure(command, ok, times):
    """Wall seconds and CPU seconds (medians) and peak memory (MB) of a command."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=WORK)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in ok:
            raise RuntimeError(f"{command[0]} ended with {child.returncode}")
        runs.append((time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return tuple(statistics.median(column) for column in zip(*runs))


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def compare(tools, folder, files, size):
    """One table: every tool on one folder."""
    rows, walls, first = [], [], None
    for tool in tools:
        if files > tool.most:
            rows.append([tool.name, tool.work, f"not asked beyond {tool.most:,} files"] + [""] * 5)
            continue
        try:
            wall, cpu, memory = measure(tool.command + [folder], tool.ok, 5 if files <= 1000 else 3)
        except (RuntimeError, OSError) as error:
            rows.append([tool.name, tool.work, str(error)] + [""] * 5)
            continue
        first = first or (wall, cpu)
        walls.append((tool.name, wall))
        rows.append([tool.name, tool.work, f"{wall:.3f} s ({wall / first[0]:.1f} ×)", f"{cpu:.3f} s ({cpu / first[1]:.1f} ×)",
                     f"{memory:.0f} MB", f"{files / wall:,.0f}", f"{size / 1e6 / wall:.2f}", f"{size / 1e6 / cpu:.2f}"])
    return table(["tool", "what it does", "wall", "CPU", "peak memory", "files/s", "MB/s", "MB/s of CPU"], rows), walls


def plot(groups):
    """Bars of wall time on a logarithmic scale, as SVG."""
    import math

    bars, y = [], 10
    for title, walls in groups:
        bars.append(f'<text x="10" y="{y + 12}" font-weight="bold">{title}</text>')
        y += 22
        for name, wall in walls:
            width = 90 * (math.log10(max(wall, 0.001)) + 3) + 2
            colour = "#0b6" if name.startswith("copydesk") else "#999"
            bars.append(f'<text x="150" y="{y + 12}" text-anchor="end">{name}</text><rect x="156" y="{y}" width="{width:.0f}" '
                        f'height="15" fill="{colour}"/><text x="{162 + width:.0f}" y="{y + 12}">{wall:.3f} s</text>')
            y += 19
        y += 12
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{y}" font-family="sans-serif" font-size="12">'
            f'<rect width="760" height="{y}" fill="white"/>{"".join(bars)}</svg>\n')


def program():
    """The release build of this checkout."""
    subprocess.run(["cargo", "build", "--release", "--locked"], cwd=HERE.parent, check=True)
    return HERE.parent / "target/release/copydesk"


def main():
    copydesk = program()
    listed = subprocess.run([copydesk, "rules"], capture_output=True, text=True, cwd=HERE, check=True).stdout
    rules = sum("/" in "".join(line.split()[1:2]) for line in listed.splitlines())
    others, without = peers.install(WORK / "peers", rules)
    check = [copydesk, "check", "--quiet", "--no-cache", "--format", "short"]
    ours = peers.Peer("copydesk", f"all {rules} rules in force", check, tags=tuple(LANGUAGES))
    out, groups = [], []
    for files, (tag, language) in itertools.product(SIZES, LANGUAGES.items()):
        folder = WORK / f"{tag}-{files}"
        size = corpus.write(folder, files, (tag,))
        text, walls = compare([peer for peer in [ours] + others if tag in peer.tags], folder, files, size)
        out.append(f"## {files:,} {language} releases, {size / 1e6:.1f} MB\n\n{text}\n")
        groups.append((f"{files:,} {language} releases", walls))
    for folder in map(pathlib.Path, sys.argv[1:]):
        found = [path for path in folder.rglob("*") if path.suffix in (".md", ".txt", ".html") and path.is_file()]
        size = sum(path.stat().st_size for path in found)
        known = [peer for peer in [ours] + others if "en" in peer.tags]
        text, walls = compare(known, folder.resolve(), len(found), size)
        out.append(f"## {folder.name}: {len(found):,} files, {size / 1e6:.1f} MB\n\n{text}\n")
        groups.append((folder.name, walls))
    out.append("## copydesk alone\n\n" + alone(copydesk, check) + "\n")
    left = "".join(f"\n- Left out: {names}: {reason}" for names, reason in without)
    head = (f"# copydesk beside what people would use instead\n\nWritten by `bench/run.py`; medians, ratios to copydesk. "
            f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores.\n\nThe tools do not do the same work. Each does the "
            "nearest that it can: two look for known misspellings, one for the patterns of a house, two for words, one for grammar; "
            f"copydesk applies all its rules. Beside French stand those that know it or need not. Nothing else ran on the machine.{left}\n\n![wall time](results.svg)\n")
    (HERE / "RESULTS.md").write_text("\n".join([head] + out), encoding="utf-8")
    (HERE / "results.svg").write_text(plot(groups), encoding="utf-8")
    print(HERE / "RESULTS.md")


def alone(copydesk, check):
    """What only copydesk is asked: pairs, cores, growth, start."""
    rows, ok = [], (0, 1)
    one = WORK / "one"
    corpus.write(one, 1)
    wall, _, memory = measure(check + [one / "0000/release-000000.en.md"], ok, 40)
    rows.append(["one release, start to finish", f"{wall * 1000:.1f} ms", f"{memory:.0f} MB"])
    pairs = WORK / "pairs"
    size = corpus.write(pairs, 2_000, tuple(LANGUAGES))
    wall, cpu, memory = measure(check + [pairs], ok, 3)
    rows.append([f"1,000 pairs of English and French, compared ({size / 1e6:.1f} MB)", f"{size / 1e6 / cpu:.2f} MB/s per core", f"{memory:.0f} MB"])
    folder = WORK / "en-10000"
    single, _, _ = measure(check + ["--jobs", "1", folder], ok, 3)
    both, _, memory = measure(check + [folder], ok, 3)
    rows.append([f"10,000 releases on one core", f"{single:.2f} s", ""])
    rows.append([f"the same on {os.cpu_count()} cores", f"{both:.2f} s, {single / both:.2f} times as fast", f"{memory:.0f} MB"])
    cached = [copydesk, "check", "--quiet", "--format", "short"]
    measure(cached + [folder], ok, 1)
    again, _, memory = measure(cached + [folder], ok, 3)
    rows.append(["10,000 releases again, unchanged, from the cache", f"{again:.2f} s", f"{memory:.0f} MB"])
    return table(["what", "figure", "peak memory"], rows)


if __name__ == "__main__":
    main()
