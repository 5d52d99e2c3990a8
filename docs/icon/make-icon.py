#!/usr/bin/env python3
"""Draws the icon: a sheet of paper on which two leaves lean against each other.

Writes icon.svg, icon-256.png and icon.ico beside this file. Needs Pillow. The small sizes are
drawn on their own, with heavier lines, rather than scaled down.
"""

import math
import pathlib

from PIL import Image, ImageDraw

HERE = pathlib.Path(__file__).parent
SIDE = 256
INK = "#1F6F8B"
LIGHT = "#7DB9C8"
CROSSING = "#155469"
PAPER = "#FFFFFF"
SIZES = [16, 24, 32, 48, 64, 256]


def leaf(foot, tip, bulge):
    """The two arcs from foot to tip and back, as points; bulge is radius over length."""
    length = math.dist(foot, tip)
    radius = bulge * length
    points = []
    for start, end in ((foot, tip), (tip, foot)):
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
        height = math.sqrt(radius**2 - (length / 2) ** 2)
        centre = (middle[0] - along[1] * height, middle[1] + along[0] * height)
        first = math.atan2(start[1] - centre[1], start[0] - centre[0])
        sweep = 2 * math.asin(length / 2 / radius)
        for step in range(64):
            angle = first + sweep * step / 64
            points.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    return points, radius


def shapes(size):
    """The border of the sheet and the two leaves, for an icon of that size."""
    small = size <= 32
    border = SIDE / size if small else 11
    inset = 0 if small else 10
    grow = 1.22 if small else 1.06

    def place(x, y):
        return (128 + (x - 130) * grow, 128 + (y - 126) * grow)

    left = (place(62, 208), place(164, 44), 0.70)
    right = (place(198, 208), place(104, 96), 0.70)
    return border, inset, left, right


def draw(size):
    """The icon as a picture of that size, drawn larger and scaled down."""
    scale = max(8 * size // SIDE, 4) if size >= 64 else 16 * size / SIDE
    side = round(SIDE * scale)
    border, inset, left, right = shapes(size)

    def mask(points):
        picture = Image.new("L", (side, side), 0)
        ImageDraw.Draw(picture).polygon([(x * scale, y * scale) for x, y in points], fill=255)
        return picture

    picture = Image.new("RGBA", (side, side), (255, 255, 255, 0))
    sheet = [value * scale for value in (inset, inset, SIDE - inset, SIDE - inset)]
    ImageDraw.Draw(picture).rounded_rectangle(
        [sheet[0], sheet[1], sheet[2] - 1, sheet[3] - 1], 46 * scale, fill=PAPER, outline=INK, width=round(border * scale)
    )
    one, other = mask(leaf(*left)[0]), mask(leaf(*right)[0])
    picture.paste(INK, mask=one)
    picture.paste(LIGHT, mask=other)
    both = Image.composite(one, Image.new("L", one.size, 0), other)
    picture.paste(CROSSING, mask=both)
    return picture.resize((size, size), Image.LANCZOS)


def svg():
    """The same shapes as a drawing."""
    border, inset, left, right = shapes(SIDE)
    edge = inset + border / 2

    def path(foot, tip, bulge):
        radius = leaf(foot, tip, bulge)[1]
        arc = f"A{radius:.1f} {radius:.1f} 0 0 1"
        start, end = f"{foot[0]:.1f} {foot[1]:.1f}", f"{tip[0]:.1f} {tip[1]:.1f}"
        return f"M{start}{arc} {end}{arc} {start}Z"

    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">
<clipPath id="one"><path d="{path(*left)}"/></clipPath>
<rect x="{edge}" y="{edge}" width="{SIDE - 2 * edge}" height="{SIDE - 2 * edge}" rx="{46 - border / 2}" \
fill="{PAPER}" stroke="{INK}" stroke-width="{border}"/>
<path fill="{INK}" d="{path(*left)}"/>
<path fill="{LIGHT}" d="{path(*right)}"/>
<path fill="{CROSSING}" clip-path="url(#one)" d="{path(*right)}"/>
</svg>
"""


def main():
    """Writes the three files."""
    pictures = [draw(size) for size in SIZES]
    (HERE / "icon.svg").write_text(svg(), encoding="utf-8")
    pictures[-1].save(HERE / "icon-256.png", optimize=True)
    pictures[-1].save(HERE / "icon.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1])


if __name__ == "__main__":
    main()
