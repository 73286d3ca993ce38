"""Puts the screenshots of the suite "readme, moving" together: python test/vscode/movingPicture.py (needs Pillow)."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
FRAMES = ROOT / "out" / "screenshots" / "1.100.3"
OUT = ROOT / "media" / "docs" / "pictures" / "epochs.webp"

NAMES = ["moving-grid", *(f"moving-epoch-{epoch}" for epoch in range(9))]
MILLISECONDS = [2600, 1200, *[800] * 7, 2600]

frames = [Image.open(FRAMES / f"{name}.png").convert("RGB") for name in NAMES]
frames[0].save(OUT, save_all=True, append_images=frames[1:], duration=MILLISECONDS, loop=0, quality=82, method=6)
print(f"{OUT.relative_to(ROOT)}: {OUT.stat().st_size / 1e6:.2f} MB")
