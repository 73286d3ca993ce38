"""The logits that PyTorch gives for checkpoints written here.

    python logits.py FOLDER > logits.json

FOLDER holds ARCHITECTURE.py, NAME.safetensors of each architecture and NAME.json with `architecture`, `shape` (NCHW) and `values` of
a normalised batch. Loading is strict: a name or a shape that differs is an error.
"""
import json, sys
from pathlib import Path
import timm, torch
from safetensors.torch import load_file
from models import create

result = {"versions": {"torch": torch.__version__.split("+")[0], "timm": timm.__version__}, "logits": {}}
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    example = json.loads(path.read_text())
    model = create(sys.argv[1], example["architecture"]).eval()
    model.load_state_dict(load_file(path.with_suffix(".safetensors")), strict=True)
    with torch.no_grad():
        logits = model(torch.tensor(example["values"]).reshape(example["shape"]))
    result["logits"][path.stem] = [[float(f"{v:.7g}") for v in row] for row in logits.tolist()]
print(json.dumps(result, indent=1))
