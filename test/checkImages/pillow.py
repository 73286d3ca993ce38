"""Pillow's side of the comparison: upright RGB over white of each picture whose path comes on standard input.

Answers a line of JSON a picture on standard output: {"format", "width", "height"} and then its bytes, or {"error"}.
"""

import json
import sys
import warnings

# Standard output carries answers and nothing else.
answers = sys.stdout.buffer
sys.stdout = sys.stderr


def say(message, content=b""):
    answers.write(json.dumps(message).encode() + b"\n" + content)
    answers.flush()


try:
    import PIL
    from PIL import Image, ImageOps
except ImportError as error:
    say({"missing": str(error)})
    sys.exit(1)

warnings.simplefilter("ignore")
# Image.open refuses larger pictures; the limit is the product's own.
Image.MAX_IMAGE_PIXELS = None
MOST_PIXELS = 64_000_000


def read(path):
    with Image.open(path) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(f"{picture.width}×{picture.height} pixels")
        upright = ImageOps.exif_transpose(picture)
        if upright.has_transparency_data:
            over = upright.convert("RGBA")
            upright = Image.new("RGBA", over.size, "white")
            upright.alpha_composite(over)
        return picture.format, upright.convert("RGB")


say({"version": PIL.__version__})
for line in sys.stdin:
    try:
        name, rgb = read(line.rstrip("\n"))
        say({"format": name, "width": rgb.width, "height": rgb.height}, rgb.tobytes())
    except Exception as error:
        say({"error": f"{type(error).__name__}: {error}"})
