"""Calls epochlens.py wrongly, each way once, and prints what it says, as JSON by a name: python wrong.py FOLDER"""
import json, logging, os, sys, warnings
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "media" / "python"))
from epochlens import EpochLens

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


class Deciding(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x) if x.sum() > 0 else self.inner(-x)


def network(classes=3):
    return nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, classes))


images = 3 * torch.rand(4, 3, 32, 32) - 1.5
right = {
    "name": "wrong", "model": network(), "example": images, "classes": ["a", "b", "c"], "labels": [0, 1, 2, 0],
    "normalize": ((0.5, 0.5, 0.5), (0.25, 0.25, 0.25)), "folder": sys.argv[1],
}
WRONG = {
    "name": {"name": "a/b"},
    "device": {"name": "con"},
    "folder": {"labels": None, "data": "absent"},
    "classes": {"model": network(10)},
    "twice": {"classes": ["a", "a", "b"]},
    "oneImage": {"example": images[0]},
    "grey": {"example": images[:, :1]},
    "rectangle": {"example": images[..., :31]},
    "bytes": {"example": torch.zeros(4, 3, 32, 32, dtype=torch.uint8)},
    "notNormalised": {"example": 20 * images},
    "noLabels": {"labels": None},
    "labels": {"labels": [0, 1, 2, 3]},
    "control": {"model": Deciding(network())},
}
said = {}
for name, wrong in WRONG.items():
    try:
        EpochLens(**{**right, **wrong})
        said[name] = ["nothing", ""]
    except Exception as error:
        said[name] = [type(error).__name__, str(error)]
lens = EpochLens(**right)
for name, call in {"accuracy": lambda: lens.epoch(test_accuracy=101), "after": lambda: (lens.finish(), lens.epoch())}.items():
    try:
        call()
        said[name] = ["nothing", ""]
    except Exception as error:
        said[name] = [type(error).__name__, str(error)]
print("\n" + json.dumps({"said": said, "left": sorted(os.listdir(sys.argv[1]))}))
