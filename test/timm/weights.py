"""Weights as people have them, and what PyTorch makes of them.

    python weights.py fixtures FOLDER            the kept files of ../fixtures/weights: a ResNet-20
    python weights.py random ARCHITECTURE SIZE FOLDER   timm's random weights, in every format

FOLDER holds ARCHITECTURE.py, which network.ts writes. Beside the files lies logits.json: the logits of two images,
drawn by the generator that EpochLens has too.
"""
import argparse, json, sys, zlib
from pathlib import Path
import numpy as np, torch
from safetensors.torch import save_file
from models import create


def uniform(name, n):
    """n numbers in [0, 1): mulberry32 seeded with the CRC-32 of the UTF-8 name."""
    with np.errstate(over="ignore"):
        a = np.uint32(zlib.crc32(name.encode())) + (np.arange(1, n + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5))
        t = (a ^ (a >> np.uint32(15))) * (a | np.uint32(1))
        t = (t + (t ^ (t >> np.uint32(7))) * (t | np.uint32(61))) ^ t
        t = t ^ (t >> np.uint32(14))
    return t.astype(np.float64) / 4294967296.0


def images(size):
    values = 4 * uniform(f"weights-{size}", 2 * size * size * 3) - 2
    return torch.from_numpy(values.astype(np.float32).reshape(2, size, size, 3).transpose(0, 3, 1, 2).copy())


def lively(model):
    """Fresh statistics are all alike; these are not, so that an exchange of two tensors shows."""
    torch.manual_seed(3)
    for name, tensor in model.state_dict().items():
        if name.endswith("running_mean"):
            tensor.normal_(0, 0.1)
        elif name.endswith("running_var"):
            tensor.uniform_(0.5, 1.5)
        elif name.endswith("num_batches_tracked"):
            tensor.fill_(7)
    return model.eval()


def write_logits(folder, model, size):
    with torch.no_grad():
        logits = model(images(size)).tolist()
    Path(folder, "logits.json").write_text(json.dumps([[float(f"{v:.7g}") for v in row] for row in logits]) + "\n")


def prefixed(state, prefix):
    return {prefix + name: tensor for name, tensor in state.items()}


def fixtures(folder):
    torch.manual_seed(1)
    model = lively(create(folder, "resnet20"))
    # What half precision holds, so that every file holds the same numbers.
    model.load_state_dict({k: v.half().to(v.dtype) if v.is_floating_point() else v for k, v in model.state_dict().items()})
    write_logits(folder, model, 32)
    state = model.state_dict()
    checkpoint = {
        "epoch": 3,
        "model_state_dict": prefixed(state, "_orig_mod.module."),
        "acc": np.float64(71.5),
        "args": argparse.Namespace(lr=0.1, arch="resnet20", size=torch.Size([3, 32, 32]), dtype=torch.float32),
    }
    torch.save(checkpoint, Path(folder, "resnet20-e03.pth"))
    half = {k: v.half() if v.is_floating_point() else v for k, v in state.items()}
    # As a model in channels-last order has them, and as views of one storage.
    half["layer1.0.conv1.weight"] = half["layer1.0.conv1.weight"].contiguous(memory_format=torch.channels_last)
    both = torch.cat([half["bn1.weight"], half["bn1.bias"]])
    half["bn1.weight"], half["bn1.bias"] = both[:16], both[16:]
    old = {"state_dict": prefixed(half, "module."), "best_prec1": 91.73, "epoch": 4}
    torch.save(old, Path(folder, "resnet20-e04.th"), _use_new_zipfile_serialization=False)
    save_file({k: v.half() if v.is_floating_point() else v for k, v in prefixed(state, "model.").items()},
              Path(folder, "resnet20-e05.safetensors"), metadata={"epoch": "5", "test_acc": "0.75"})


def random(architecture, size, folder):
    torch.manual_seed(2)
    model = lively(create(folder, architecture))
    write_logits(folder, model, size)
    state = model.state_dict()
    save_file(state, Path(folder, "weights.safetensors"))
    if architecture == "efficientnet_b0":
        import torchvision
        theirs = torchvision.models.efficientnet_b0(num_classes=10).state_dict()
        # The same modules in the same order, under other names.
        shapes = [tuple(t.shape) for t in state.values()]
        assert shapes == [tuple(t.shape) for t in theirs.values()]
        save_file(dict(zip(theirs, state.values())), Path(folder, "torchvision.safetensors"))
    torch.save({"state_dict": prefixed(state, "module.")}, Path(folder, "weights.pth"))
    torch.save(state, Path(folder, "weights.pt"), _use_new_zipfile_serialization=False)


if __name__ == "__main__":
    if sys.argv[1] == "fixtures":
        fixtures(sys.argv[2])
    else:
        random(sys.argv[2], int(sys.argv[3]), sys.argv[4])
