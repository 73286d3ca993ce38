"""The logits, and Grad-CAM of class 3, that PyTorch gives for checkpoints written here.

    python logits.py FOLDER > logits.json

FOLDER holds ARCHITECTURE.py, NAME.safetensors of each architecture and NAME.json with `architecture`, `shape` (NCHW) and `values` of
a normalised batch, and the module `layer` whose output Grad-CAM is of. Loading is strict: a name or a shape that differs is an error.
"""
import json, sys
from pathlib import Path
import timm, torch
from safetensors.torch import load_file
from models import create

CLASS = 3


def grad_cam(model, images, layer):
    """Selvaraju et al. 2017, by autograd."""
    seen = {}

    def hook(_, __, output):
        # A copy: a ReLU behind it may work in place.
        seen["activations"] = output.clone()
        return seen["activations"]

    handle = model.get_submodule(layer).register_forward_hook(hook)
    logits = model(images)
    handle.remove()
    activations = seen["activations"]
    (gradients,) = torch.autograd.grad(logits[:, CLASS].sum(), activations)
    return (gradients.mean((2, 3), keepdim=True) * activations).sum(1).relu()


def rounded(rows):
    return [[float(f"{v:.7g}") for v in row] for row in rows.tolist()]


result = {"versions": {"torch": torch.__version__.split("+")[0], "timm": timm.__version__}, "logits": {}, "maps": {}}
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    example = json.loads(path.read_text())
    model = create(sys.argv[1], example["architecture"]).eval()
    model.load_state_dict(load_file(path.with_suffix(".safetensors")), strict=True)
    images = torch.tensor(example["values"]).reshape(example["shape"])
    with torch.no_grad():
        result["logits"][path.stem] = rounded(model(images))
    result["maps"][path.stem] = rounded(grad_cam(model, images, example["layer"]).flatten(1))
print(json.dumps(result, indent=1))
