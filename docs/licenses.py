#!/usr/bin/env python3
"""Writes docs/third-party-licenses.txt anew: the licences of every crate that the program links.

Run it after Cargo.lock has changed (`cargo test --test licenses` says when); it needs Python 3
and cargo, nothing else. A text that many crates share is there once, with the copyright lines
of each of them. A crate with a licence that this script does not know stops it: somebody has to
look at that one first.
"""

import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "docs" / "third-party-licenses.txt"
TARGETS = ("x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc")

# Of several licences to choose from, the first one here is taken. All of them allow an MIT
# program as a binary, with the notices that this file carries.
KNOWN = (
    "MIT",
    "Zlib",
    "ISC",
    "BSL-1.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "Unicode-3.0",
)

# What tells the text of a licence from others.
MARKS = {
    "MIT": r"permission is hereby granted, free of charge, to any person obtaining",
    "Zlib": r"altered source versions must be plainly marked",
    "ISC": r"permission to use, copy, modify, and/?(or)? ?distribute this software",
    "BSL-1.0": r"boost software license",
    "BSD-2-Clause": r"redistributions in binary form must reproduce",
    "BSD-3-Clause": r"neither the name of|nor the names of",
    "Apache-2.0": r"apache license",
    "Unicode-3.0": r"unicode license v3|unicode, inc",
}

# A line that says whose it is; sentences about copyright are none.
OWNER = re.compile(r"(portions )?(copyright (\(c\)|©)|(copyright|\(c\)|©).*[0-9]{4})", re.IGNORECASE)
ANY_OWNER = re.compile(r"Copyright (the |by )?[A-Z][a-z]")

MIT = """Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE."""


def linked(target):
    """The crates that end up in the program for a target: neither build scripts nor macros."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    meta = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
    packages = {package["id"]: package for package in meta["packages"]}
    nodes = {node["id"]: node for node in meta["resolve"]["nodes"]}
    root, found, todo = meta["resolve"]["root"], {}, [meta["resolve"]["root"]]
    while todo:
        at = todo.pop()
        is_macro = any("proc-macro" in made["kind"] for made in packages[at]["targets"])
        if at in found or is_macro:
            continue
        found[at] = packages[at]
        for dependency in nodes[at]["deps"]:
            if any(kind["kind"] is None for kind in dependency["dep_kinds"]):
                todo.append(dependency["pkg"])
    del found[root]
    return found


def chosen(expression):
    """The licences of an SPDX expression that are taken: one of each OR, all of each AND."""
    expression = expression.replace("/", " OR ")
    taken = []
    depth, part, parts = 0, "", []
    for word in re.findall(r"\(|\)|[^\s()]+", expression):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if word == "AND" and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += f" {word}"
    for part in [*parts, part]:
        if part.strip("( )").count("(") or (" AND " in part):
            sys.exit(f"too deep an expression: {expression}")
        offered = [one.strip("() ") for one in re.split(r" OR ", part)]
        offered = [one.removesuffix(" WITH LLVM-exception") if len(offered) == 1 else one for one in offered]
        best = [known for known in KNOWN if known in offered]
        if not best:
            sys.exit(f"a licence that nobody has looked at yet: {expression}")
        taken.append(best[0])
    return taken


def files_of(package):
    """The texts of licences and notices in a crate."""
    folder = pathlib.Path(package["manifest_path"]).parent
    names = re.compile(r"(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)
    found = [path for path in folder.iterdir() if path.is_file() and names.match(path.name)]
    for inner in ("LICENSES", "license", "licenses"):
        found += [path for path in (folder / inner).glob("*") if path.is_file()]
    if package.get("license_file"):
        found.append(folder / package["license_file"])
    found = [path for path in found if path.suffix not in (".rs", ".toml", ".json", ".html")]
    return [path.read_text("utf-8", "replace") for path in sorted({path.resolve() for path in found})]


def split(text):
    """A text as its copyright lines and the rest, which crates may share."""
    text = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\t", "    ").replace("\x0c", "\n")
    lines = [line.rstrip() for line in text.split("\n")]
    owners, rest = [], []
    for line in lines:
        words = line.strip()
        is_rights = re.fullmatch(r"all rights reserved\.?", words, re.IGNORECASE)
        is_owner = OWNER.match(words) or ANY_OWNER.match(words)
        if is_owner:
            # A sample that nobody filled in says nothing.
            owners += [] if "<year>" in words else [words]
        elif not is_rights:
            rest.append(line)
    return owners, re.sub(r"\n{3,}", "\n\n", "\n".join(rest)).strip("\n")


def fold(text):
    """A text without what makes no difference: line breaks, capitals, headings, quotes."""
    text = re.sub(r"[^a-z0-9]+", " ", text.lower()).strip()
    text = re.sub(r"^(the )?mit license( mit)? |^license ", "", text)
    # The appendix of the Apache licence is how to use it, no part of it.
    return re.sub(r" ?appendix how to apply the apache license.*| ?end of terms and conditions.*", "", text)


def short(text):
    """The Apache licence without its appendix."""
    return re.split(r"\n *END OF TERMS AND CONDITIONS", text)[0].rstrip()


def main():
    crates = {}
    for target in TARGETS:
        crates.update(linked(target))
    groups = {}  # folded text -> licence, text, [(crate, its copyright lines)]
    notices = []
    apache = None
    waiting = []
    for package in sorted(crates.values(), key=lambda package: (package["name"], package["version"])):
        name = f"{package['name']} {package['version']}"
        texts = files_of(package)
        for licence in chosen(package["license"] or sys.exit(f"{name} names no licence")):
            mark = re.compile(MARKS.get(licence, "$^"), re.IGNORECASE)
            flat = [(text, re.sub(r"\s+", " ", text)) for text in texts]
            fitting = [text for text, one_line in flat if mark.search(one_line)]
            if licence == "BSD-2-Clause":
                fitting = [text for text in fitting if not re.search(MARKS["BSD-3-Clause"], text, re.IGNORECASE)]
            # A pointer to two licences or a text that holds several is not the licence itself.
            fitting = sorted(fitting, key=len)
            pointing = [text for text in fitting if len(text) > 400]
            owners = []
            if pointing:
                owners, text = split(pointing[0])
                if licence == "Apache-2.0":
                    text = short(text)
                key = fold(text)
                groups.setdefault(key, (licence, text, []))[2].append((name, owners))
                if licence == "Apache-2.0":
                    apache = apache or key
            else:
                for text in texts:
                    owners += split(text)[0]
                authors = ", ".join(package["authors"]) or f"the authors of {package['name']}"
                waiting.append((name, licence, owners or [f"Copyright (c) {authors}"]))
        notices += notices_of(package, name)
    for name, licence, owners in waiting:
        if licence == "MIT":
            groups.setdefault(fold(MIT), ("MIT", MIT, []))[2].append((name, owners))
        elif licence == "Apache-2.0" and apache:
            groups[apache][2].append((name, owners))
        else:
            like = [group for group in groups.values() if group[0] == licence]
            if not like:
                sys.exit(f"{name} carries no text of {licence}, and no other crate does")
            max(like, key=lambda group: len(group[2]))[2].append((name, owners))
    groups.setdefault(fold(MIT), ("MIT", MIT, []))[2].append(
        ("the Rust standard library (https://www.rust-lang.org/)", ["Copyright (c) The Rust Project Contributors"])
    )
    OUT.write_text(page(groups, notices), "utf-8", newline="\n")
    print(f"{OUT.relative_to(ROOT)}: {len(crates)} crates, {len(groups)} texts, {OUT.stat().st_size // 1000} KB")


def notices_of(package, name):
    """The NOTICE that the Apache licence asks to hand on, and the licences of data that a crate carries."""
    folder = pathlib.Path(package["manifest_path"]).parent
    found = [(f"NOTICE of {name}", path) for path in sorted(folder.glob("NOTICE*"))]
    for path in sorted((folder / "assets").glob("*LICEN[CS]E*")):
        found.append((f"Data in {name} ({path.name})", path))
    return [(heading, path.read_text("utf-8", "replace")) for heading, path in found]


def page(groups, notices):
    rule = "=" * 78
    lines = [
        "The crates below are linked into ryoritsu, for Linux or for Windows. Each text stands",
        "here once, after the crates that it belongs to and their copyright lines.",
        "Written by docs/licenses.py; not to be edited by hand.",
    ]
    order = sorted(groups.values(), key=lambda group: (KNOWN.index(group[0]), -len(group[2]), group[2]))
    for licence, text, crates in order:
        lines += ["", rule, licence, rule, ""]
        by_owner = {}
        for name, owners in crates:
            by_owner.setdefault("\n".join(f"    {line}" for line in dict.fromkeys(owners)), []).append(name)
        for owners, names in sorted(by_owner.items(), key=lambda item: item[1]):
            lines += [", ".join(sorted(set(names)))] + ([owners] if owners else [])
        lines += ["", text]
    headings = {}
    for heading, text in notices:
        headings.setdefault(text, []).append(heading)
    for text, those in headings.items():
        heading = "; ".join(those)
        lines += ["", rule, heading, rule, "", text.replace("\r\n", "\n").strip("\n")]
    return "\n".join(line.rstrip() for line in "\n".join(lines).split("\n")) + "\n"


main()
