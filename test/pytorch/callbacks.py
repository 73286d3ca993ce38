"""
Trains two epochs by Lightning or Keras, with the callback that stands in callback.py of the present folder beside epochlens.py:

    python callbacks.py lightning|keras
"""
import os, sys, warnings
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"
sys.path.insert(0, os.getcwd())
import torch
from torch import nn

from epochlens import EpochLens

warnings.simplefilter("ignore")
torch.set_num_threads(1)
mean, std, names = (0.5,) * 3, (0.25,) * 3, ["a", "b", "c"]
images, labels = 4 * torch.rand(24, 3, 32, 32) - 2, torch.arange(24) % 3


def train_lightning(lightning):
    class Net(lightning.LightningModule):
        def __init__(self):
            super().__init__()
            self.net = nn.Sequential(
                nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 3)
            )

        def forward(self, x):
            return self.net(x)

        def step(self, batch, kind):
            out = self(batch[0])
            loss = nn.functional.cross_entropy(out, batch[1])
            right = (out.argmax(1) == batch[1]).float().mean()
            self.log_dict({f"{kind}_loss": loss, f"{kind}_acc": right}, on_step=False, on_epoch=True)
            return loss

        def training_step(self, batch, _):
            return self.step(batch, "train")

        def validation_step(self, batch, _):
            return self.step(batch, "val")

        def configure_optimizers(self):
            return torch.optim.SGD(self.parameters(), lr=0.1)

    data = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(images, labels), batch_size=8)
    quiet = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "accelerator": "cpu"}
    lightning.Trainer(max_epochs=2, callbacks=[watch(lightning=lightning)], **quiet).fit(Net(), data, data)


def train_keras(keras):
    keras.config.set_image_data_format("channels_first")
    layers = keras.layers
    net = keras.Sequential([
        layers.Input((3, 32, 32)), layers.Conv2D(8, 3), layers.BatchNormalization(axis=1), layers.ReLU(),
        layers.GlobalAveragePooling2D(), layers.Dense(3),
    ])
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    net.compile(optimizer="sgd", loss=loss, metrics=["accuracy"])
    data = images.numpy(), labels.numpy()
    net.fit(*data, epochs=2, batch_size=8, validation_data=data, callbacks=[watch(keras=keras)], verbose=0)


def watch(**library):
    known = {**globals(), **library}
    exec(Path("callback.py").read_text(), known)
    return known["Watch"]()


try:
    if sys.argv[1] == "keras":
        import keras as library
    else:
        try:
            import lightning.pytorch as library
        except ImportError:
            import pytorch_lightning as library
except ImportError:
    print(f"{sys.argv[1]} is absent")
else:
    {"keras": train_keras, "lightning": train_lightning}[sys.argv[1]](library)
