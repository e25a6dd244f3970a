"""Files of the kinds that the documents use, made by the libraries that people make them with."""

import csv
import io
from pathlib import Path

from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

TABLE_BYTES = 15552
COLUMNS = [
    "Serial Number", "Country", "Total Cases", "Total Deaths", "Total Recovered", "Active Cases", "Total Test", "Population",
]


def table(path):
    """A CSV file as large as the document's, with numbers as statistics write them: `"1,234,567"`."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    number = 0
    while text.tell() < TABLE_BYTES - 200:
        number += 1
        cases = 104_196_861 // number
        counts = (cases, cases // 91, cases * 9 // 10, cases // 99, cases * 11, cases * 3)
        rows.writerow([number, f"Country {number}", *(f"{count:,}" for count in counts)])
    last = [number + 1, "", "1,402", "31", "1,350", "21", "9,811", "11,655"]
    missing = TABLE_BYTES - text.tell() - len(",".join(map(str, last)) + "\r\n") - 2 * sum("," in str(c) for c in last)
    last[1] = "X" * missing
    rows.writerow(last)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(text.getvalue().encode())


def document(path, *lines):
    """A PDF file with Chinese text."""
    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    page = canvas.Canvas(path)
    page.setFont(font, 12)
    for index, line in enumerate(lines):
        page.drawString(40, 800 - 24 * index, line)
    page.save()


def picture(path, words):
    """A PNG file that shows these words, and says them in its description."""
    image = Image.new("RGB", (320, 120), "white")
    ImageDraw.Draw(image).text((10, 50), words, fill="black")
    described = PngInfo()
    described.add_text("Description", words)
    image.save(path, pnginfo=described)


def description(content):
    """What a PNG file says of itself."""
    return Image.open(io.BytesIO(content)).text["Description"]
