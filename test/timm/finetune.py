"""The losses of five steps of SGD from weights that were given.

    python finetune.py FOLDER > finetune.json

FOLDER holds ARCHITECTURE.py, NAME.safetensors of each start and NAME.json with `architecture`, `size`, `parts` (how
many images each micro-batch of a step holds) and the optimiser's settings.
"""
import json, sys
from pathlib import Path
import numpy as np, torch, torch.nn.functional as F
from safetensors.torch import load_file
from models import create
from weights import uniform

STEPS, BATCH = 5, 8


def batch(size, step):
    values = 4 * uniform(f"finetune-{size}-{step}", BATCH * size * size * 3) - 2
    images = values.astype(np.float32).reshape(BATCH, size, size, 3).transpose(0, 3, 1, 2)
    return torch.from_numpy(images.copy()), torch.arange(BATCH).add(step) % 10


result = {}
for path in sorted(Path(sys.argv[1]).glob("*.json")):
    start = json.loads(path.read_text())
    model = create(sys.argv[1], start["architecture"]).train()
    model.load_state_dict(load_file(path.with_suffix(".safetensors")), strict=True)
    optimiser = torch.optim.SGD(
        model.parameters(), lr=start["learningRate"], momentum=start["momentum"], weight_decay=start["weightDecay"]
    )
    losses = []
    for step in range(STEPS):
        images, labels = batch(start["size"], step)
        optimiser.zero_grad()
        total = 0
        for some, theirs in zip(images.split(start["parts"]), labels.split(start["parts"])):
            loss = F.cross_entropy(model(some), theirs) * len(theirs) / BATCH
            loss.backward()
            total += loss.item()
        optimiser.step()
        losses.append(float(f"{total:.7g}"))
    result[path.stem] = losses
print("{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(losses)}" for name, losses in result.items()) + "\n}")
