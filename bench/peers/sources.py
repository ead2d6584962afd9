#!/usr/bin/env python3
"""The benchmark's page as a source for each peer: page.typ, page.fo, page.html and seal.png.

    sources.py CONTENT SEAL FONT DIRECTORY      CONTENT as `bench_compose content` prints it, SEAL a raw PBM

Every text stands at its box's left edge, in its type size or as much smaller as it needs to fit one line, as Cairo draws
it; rules and seal stand where they stand on our page.
"""
import json
import struct
import sys
import unicodedata
import zlib
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 210, 297


def ems(text):
    return sum(1 if unicodedata.east_asian_width(each) in "WFA" else 0.6 for each in text if not 0xE0100 <= ord(each) <= 0xE01EF)


def placed(text):
    """x, baseline and size in millimetres."""
    room = text["width"] - 2 * text["padding"]
    size = min(text["size"], room / ems(text["text"]))
    return text["x"] + text["padding"], text["y"] + text["height"] / 2 - size / 2 + 0.88 * size, size


def rules(content):
    """Filled rectangles: lines, and frames as four each."""
    for line in content["lines"]:
        yield line["x"], line["y"], line["width"], line["height"]
    for frame in content["frames"]:
        x, y, width, height, half = frame["x"], frame["y"], frame["width"], frame["height"], frame["thickness"] / 2
        for left, top, right, bottom in [(x, y, x + width, y), (x, y + height, x + width, y + height), (x, y, x, y + height),
                                         (x + width, y, x + width, y + height)]:
            yield left - half, top - half, right - left + 2 * half, bottom - top + 2 * half


def png(pbm):
    _, width, height = pbm.split(maxsplit=3)[:3]
    width, height = int(width), int(height)
    stride = (width + 7) // 8
    rows = pbm[-stride * height:]
    packed = zlib.compress(b"".join(b"\0" + bytes(byte ^ 0xFF for byte in rows[y * stride:(y + 1) * stride]) for y in range(height)))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def typst(content):
    seal = content["seal"]
    yield '#set page(width: 210mm, height: 297mm, margin: 0mm)\n#set text(font: "IPAmjMincho", top-edge: "baseline", bottom-edge: "baseline")\n'
    for x, y, width, height in rules(content):
        yield f"#place(dx: {x:.3f}mm, dy: {y:.3f}mm, rect(width: {width:.3f}mm, height: {height:.3f}mm, fill: black))\n"
    for text in content["texts"]:
        x, baseline, size = placed(text)
        yield f'#place(dx: {x:.3f}mm, dy: {baseline:.3f}mm, box(width: 200mm, text(size: {size:.4f}mm, "{text["text"]}")))\n'
    yield f'#place(dx: {seal["x"]}mm, dy: {seal["y"]}mm, image("seal.png", width: {seal["width"]}mm))\n'


def fo(content):
    seal = content["seal"]
    yield ('<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format"><fo:layout-master-set><fo:simple-page-master master-name="a4" page-width="210mm" '
           'page-height="297mm"><fo:region-body/></fo:simple-page-master></fo:layout-master-set><fo:page-sequence master-reference="a4">'
           '<fo:flow flow-name="xsl-region-body" font-family="IPAmjMincho">')

    def box(x, y, width, height, more, inner):
        return (f'<fo:block-container absolute-position="fixed" left="{x:.3f}mm" top="{y:.3f}mm" width="{width:.3f}mm" height="{height:.3f}mm"{more}>'
                f'{inner}</fo:block-container>')
    for rule in rules(content):
        yield box(*rule, ' background-color="black"', "<fo:block/>")
    for text in content["texts"]:
        x, baseline, size = placed(text)
        yield box(x, baseline - 0.88 * size, 200, size, "", f'<fo:block font-size="{size:.4f}mm" line-height="1" wrap-option="no-wrap">{escape(text["text"])}</fo:block>')
    yield box(seal["x"], seal["y"], seal["width"], seal["height"], "",
              f'<fo:block><fo:external-graphic src="url(seal.png)" content-width="{seal["width"]}mm"/></fo:block>')
    yield "</fo:flow></fo:page-sequence></fo:root>"


def html(content, font):
    seal = content["seal"]
    yield ('<!doctype html><meta charset="utf-8"><style>@page{size:210mm 297mm;margin:0}body{margin:0}div,img{position:absolute}'
           f'@font-face{{font-family:mincho;src:url("file://{font}")}}div{{font-family:mincho;line-height:1;white-space:pre}}</style>\n')
    for x, y, width, height in rules(content):
        yield f'<div style="left:{x:.3f}mm;top:{y:.3f}mm;width:{width:.3f}mm;height:{height:.3f}mm;background:black"></div>\n'
    for text in content["texts"]:
        x, baseline, size = placed(text)
        yield f'<div style="left:{x:.3f}mm;top:{baseline - 0.88 * size:.3f}mm;font-size:{size:.4f}mm">{escape(text["text"])}</div>\n'
    yield f'<img src="seal.png" style="left:{seal["x"]}mm;top:{seal["y"]}mm;width:{seal["width"]}mm">\n'


def main(content_file, seal, font, directory):
    content = json.loads(Path(content_file).read_text(encoding="utf-8"))
    out = Path(directory)
    (out / "seal.png").write_bytes(png(Path(seal).read_bytes()))
    for name, lines in [("page.typ", typst(content)), ("page.fo", fo(content)), ("page.html", html(content, font))]:
        (out / name).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
