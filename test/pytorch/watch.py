"""
Trains a small network for some epochs on drawn images with epochlens.py, and writes PyTorch's own logits of the example:

    python watch.py cnn|resnet FOLDER [PAUSE SECONDS AFTER EACH EPOCH]

It prints a line for each epoch that is kept, and leaves logits.json in FOLDER: for each epoch, of each image.
"""
import json, sys, time, warnings
from pathlib import Path

import torch
from torch import nn

sys.path.insert(0, str(Path(__file__).parents[2] / "media" / "python"))
from epochlens import EpochLens

warnings.simplefilter("ignore")
torch.set_num_threads(1)
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
SIZE, COUNT, EPOCHS = 32, 24, 3


class Block(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out)
        self.conv2, self.bn2 = nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out)
        self.downsample = nn.Sequential(nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out))

    def forward(self, x):
        return torch.relu(self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))) + self.downsample(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 8, 3, 1, 1, bias=False), nn.BatchNorm2d(8)
        self.layer1, self.layer2 = Block(8, 8, 1), Block(8, 16, 2)
        self.fc = nn.Linear(16, 3)

    def forward(self, x):
        x = self.layer2(self.layer1(torch.relu(self.bn1(self.conv1(x)))))
        return self.fc(nn.functional.adaptive_avg_pool2d(x, 1).flatten(1))


def small():
    return nn.Sequential(
        nn.Conv2d(3, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 3),
    )


def channels(values):
    return torch.tensor(values).reshape(1, 3, 1, 1)


def main(kind, folder, pause):
    torch.manual_seed(7)
    model = {"cnn": small, "resnet": ResNet}[kind]()
    labels = torch.arange(COUNT) % 3
    pixels = 0.5 * torch.rand(COUNT, 3, SIZE, SIZE)
    for image, label in zip(pixels, labels):
        image[label, 8:24, 8:24] += 0.4
    images = (pixels - channels(MEAN)) / channels(STD)
    shown = ((pixels[:12] * 255).round() / 255 - channels(MEAN)) / channels(STD)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    logits = {}

    def measure(epoch):
        model.eval()
        with torch.no_grad():
            logits[epoch], out = model(shown).tolist(), model(images)
        model.train()
        return nn.functional.cross_entropy(out, labels), 100 * (out.argmax(1) == labels).float().mean()

    before = torch.get_rng_state()
    with EpochLens(kind, model, images[:12], ["red", "green", "blue"], (MEAN, STD), labels[:12], folder=folder, epochs=EPOCHS) as lens:
        assert torch.equal(before, torch.get_rng_state()) and all(module.training for module in model.modules())
        measure(0)
        for epoch in range(1, EPOCHS + 1):
            for at in torch.randperm(COUNT).split(8):
                optimizer.zero_grad()
                loss = nn.functional.cross_entropy(model(images[at]), labels[at])
                loss.backward()
                optimizer.step()
            test_loss, test_accuracy = measure(epoch)
            lens.epoch(train_loss=loss, test_loss=test_loss, test_accuracy=test_accuracy, learning_rate=0.05)
            print(f"kept {epoch}: {lens.run}", flush=True)
            time.sleep(pause)
    (Path(folder) / "logits.json").write_text(json.dumps(logits))


main(sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 0)
