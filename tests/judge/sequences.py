#!/usr/bin/env python3
"""Every variation sequence of 文字情報基盤 (Moji_Joho), as its list says, before the font's own table, as fontTools reads it.

    sequences.py PROGRAM MODULES [--every-character]      PROGRAM: judge_draw_sequences; MODULES: tests/judge/node_modules

For each sequence the product must choose the glyph that the font's cmap (format 14) names, which is the glyph of that very
figure (its name is the figure's: mj000007), and draw FreeType's pixels of it. Sequences of other collections, and every
code point that the font lacks, must be refused. With --every-character also each figure that needs no selector.
"""
import sqlite3
import subprocess
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"
PIXELS = 83  # 3.5 mm at 600 dots an inch
SEQUENCES = 11_382  # 文字情報基盤 文字情報一覧表
REFUSED = "refused character_not_available"


class Figures:
    """MJ文字情報一覧表, from npm."""

    def __init__(self, modules):
        file = Path(modules) / "@mandel59/mojidata/dist/moji.db"
        self.database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)

    def sequences(self):
        return dict(self.database.execute("SELECT 実装したMoji_JohoコレクションIVS, MJ文字図形名 FROM mji WHERE 実装したMoji_JohoコレクションIVS IS NOT NULL"))

    def characters(self):
        return dict(self.database.execute("SELECT 実装したUCS, MJ文字図形名 FROM mji WHERE 実装したUCS IS NOT NULL AND 実装したMoji_JohoコレクションIVS IS NULL"))

    def sequences_of_others(self):
        rows = self.database.execute("SELECT IVS FROM ivs WHERE collection <> 'Moji_Joho' AND IVS NOT IN (SELECT IVS FROM ivs WHERE collection = 'Moji_Joho')")
        return sorted({sequence for sequence, in rows})


class Table:
    """The font's cmap."""

    def __init__(self):
        self.font = TTFont(FONT, lazy=True)
        tables = self.font["cmap"].tables
        self.characters = next(table for table in tables if table.format == 12).cmap
        variations = next(table for table in tables if table.format == 14).uvsDict
        # A pair without a name stands for its base's own glyph.
        self.names = {chr(base) + chr(selector): name or self.characters[base]
                      for selector, pairs in variations.items() for base, name in pairs}

    def name(self, text):
        return self.names.get(text) if len(text) == 2 else self.characters.get(ord(text))

    def glyph(self, text):
        name = self.name(text)
        return self.font.getGlyphID(name) if name else 0


def drawn(program, table, texts):
    """The product's verdict on each text."""
    lines = "".join(f"{table.glyph(text)} {text}\n" for text in texts)
    ran = subprocess.run([program, FONT, str(PIXELS)], input=lines.encode(), stdout=subprocess.PIPE, check=True, timeout=600)
    verdicts = ran.stdout.decode().splitlines()
    if len(verdicts) != len(texts):
        sys.exit(f"sequences: {len(verdicts)} answers to {len(texts)} questions")
    return verdicts


def code_points(text):
    return " ".join(f"U+{ord(each):04X}" for each in text)


def judge(what, texts, verdicts, wanted):
    """Says how many are as wanted, and the first that are not; the number of those."""
    wrong = [(text, verdict) for text, verdict in zip(texts, verdicts) if verdict != wanted]
    print(f"  {what}: {len(texts) - len(wrong)} of {len(texts)} {wanted}")
    for text, verdict in wrong[:10]:
        print(f"    {code_points(text)}: {verdict}")
    return len(wrong)


def misnamed(table, figures):
    """Sequences whose glyph in the font has not the figure's name."""
    return [text for text, figure in figures.items() if table.name(text) != figure.lower()]


def main(program, modules, every_character):
    figures, table = Figures(modules), Table()
    sequences = figures.sequences()
    wrong = abs(len(sequences) - SEQUENCES)
    asked = list(sequences)
    wrong += judge("sequences of 文字情報基盤", asked, drawn(program, table, asked), "same")
    other_names = misnamed(table, sequences)
    print(f"  glyphs with the figure's own name: {len(sequences) - len(other_names)}")
    wrong += len(other_names)
    if every_character:
        asked = sorted(text for text in figures.characters() if table.name(text))
        wrong += judge("figures without a selector", asked, drawn(program, table, asked), "same")
    others = [text for text in figures.sequences_of_others() if not table.name(text)]
    wrong += judge("sequences of other collections", others, drawn(program, table, others), REFUSED)
    lacking = [chr(point) for point in range(0x20, 0x110000) if point not in table.characters and not 0xD800 <= point < 0xE000]
    wrong += judge("code points that the font lacks", lacking, drawn(program, table, lacking), REFUSED)
    print(f"sequences: {len(sequences)} of 文字情報基盤, {len(others)} of others, {len(lacking)} code points; {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--every-character"]
    if len(words) != 2:
        sys.exit(__doc__)
    sys.exit(main(*words, "--every-character" in sys.argv))
