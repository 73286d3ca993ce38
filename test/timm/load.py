"""Runs the lines of Python that an export prints, and prints the logits of two images.

    python load.py LINES.py SIZE

Loading is strict: a name or a shape that differs is an error.
"""
import json, sys
from pathlib import Path
import torch
from weights import images

scope = {}
exec(Path(sys.argv[1]).read_text(), scope)
with torch.no_grad():
    print(json.dumps(scope["model"](images(int(sys.argv[2]))).tolist()))
