"""PyTorch's side of the bench: the same work as `computing.ts`, asked for and answered as `protocol.ts` says."""

import json
import os
import sys
import time

# Standard output carries answers and nothing else.
answers = sys.stdout
sys.stdout = sys.stderr


def say(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


try:
    import timm
    import torch
    from torch import nn
    from torch.nn import functional as F
except ImportError as error:
    say({"failure": str(error)})
    sys.exit(1)

try:
    from pytorch_grad_cam import GradCAM
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
except ImportError:
    GradCAM = None

CLASSES = 10
TARGET_CLASS = 3


class CifarBlock(nn.Module):
    """He et al. 2015, section 4.2: two 3x3 convolutions and a shortcut without parameters (option A)."""

    def __init__(self, channels, filters, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.padding = (filters - channels) // 2
        self.stride = stride

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.stride != 1:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.padding, self.padding))
        return F.relu(y + x)


class CifarResNet(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = self.stage(depth, 16, 16)
        self.layer2 = self.stage(depth, 16, 32)
        self.layer3 = self.stage(depth, 32, 64)
        self.linear = nn.Linear(64, CLASSES)

    @staticmethod
    def stage(depth, channels, filters):
        first = CifarBlock(channels, filters, 1 if channels == filters else 2)
        rest = [CifarBlock(filters, filters, 1) for _ in range((depth - 2) // 6 - 1)]
        return nn.Sequential(first, *rest)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.linear(x.mean((2, 3)))


def create_model(architecture):
    if architecture in ("resnet20", "resnet32", "resnet44", "resnet56"):
        return CifarResNet(int(architecture[len("resnet") :]))
    if architecture == "resnet18_cifar":
        model = timm.create_model("resnet18", num_classes=CLASSES)
        model.conv1 = nn.Conv2d(3, 64, 3, 1, 1, bias=False)
        model.maxpool = nn.Identity()
        return model
    return timm.create_model(architecture, num_classes=CLASSES)


def target_layer(model):
    """The last feature map, which the classifier averages."""
    if hasattr(model, "conv_head"):
        return model.bn2
    return model.layer4[-1] if hasattr(model, "layer4") else model.layer3[-1]


class StandInGradCam:
    """Grad-CAM of one class, step by step as pytorch-grad-cam computes it, for a Python that does not have it."""

    def __init__(self, model, layer):
        self.model = model
        layer.register_forward_hook(self.keep)

    def keep(self, _module, _inputs, output):
        self.activations = output.cpu().detach()
        output.register_hook(self.keep_gradient)

    def keep_gradient(self, gradient):
        self.gradients = gradient.cpu().detach()

    def __call__(self, images, target):
        outputs = self.model(images)
        self.model.zero_grad()
        # With the gradients of all parameters, which nobody asked not to have.
        sum(output[target] for output in outputs).backward(retain_graph=True)
        weights = self.gradients.mean((2, 3), keepdim=True)
        maps = F.relu((weights * self.activations).sum(1, keepdim=True))
        for _ in range(2):  # once a layer, once for the mean of all layers
            maps = maps - maps.amin((2, 3), keepdim=True)
            maps = maps / (1e-7 + maps.amax((2, 3), keepdim=True))
            maps = F.interpolate(maps, images.shape[2:], mode="bilinear", align_corners=False)
        return maps[:, 0].numpy()


def prepare_training(model, images, memory_format):
    """One step of SGD; loss and number of right answers are read, as a training loop that prints them does."""
    model = model.train().to(memory_format=memory_format)
    images = images.contiguous(memory_format=memory_format)
    labels = torch.arange(len(images)) % CLASSES
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4)

    def step():
        optimizer.zero_grad()
        logits = model(images)
        loss = F.cross_entropy(logits, labels)
        loss.backward()
        optimizer.step()
        loss.item()
        (logits.argmax(1) == labels).sum().item()

    return step


def prepare_forward(model, images):
    def step():
        with torch.inference_mode():
            model(images).numpy()

    return step


def prepare_grad_cam(model, images):
    if GradCAM is None:
        stand_in = StandInGradCam(model, target_layer(model))
        return lambda: stand_in(images, TARGET_CLASS)
    grad_cam = GradCAM(model=model, target_layers=[target_layer(model)])
    targets = [ClassifierOutputTarget(TARGET_CLASS)] * len(images)
    return lambda: grad_cam(input_tensor=images, targets=targets)


def gradient_by_images(model, images):
    images = images.clone().requires_grad_(True)
    return torch.autograd.grad(model(images)[:, TARGET_CLASS].sum(), images)[0]


def prepare_input_gradient(model, images):
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    return lambda: gradient_by_images(model, images).numpy()


def prepare_integrated_gradients(model, images, steps=50):
    """All steps of an image in one batch, as libraries do it that are told so; the rule's nodes do not change the time."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    nodes = torch.linspace(0, 1, steps)[:, None, None, None]

    def step():
        for image in images:
            (gradient_by_images(model, image * nodes).mean(0) * image).sum(0).numpy()

    return step


def prepare(work, architecture, size, batch_size):
    torch.manual_seed(1)
    model = create_model(architecture).eval()
    images = torch.randn(batch_size, 3, size, size)
    if work == "train":
        return prepare_training(model, images, torch.contiguous_format)
    if work == "trainChannelsLast":
        return prepare_training(model, images, torch.channels_last)
    if work == "forward":
        return prepare_forward(model, images)
    if work == "inputGradient":
        return prepare_input_gradient(model, images)
    if work == "integratedGradients":
        return prepare_integrated_gradients(model, images)
    return prepare_grad_cam(model, images)


def peak_memory():
    """In bytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest if sys.platform == "darwin" else largest * 1024


def measure(step, steps):
    used = time.process_time()
    begin = time.perf_counter()
    for _ in range(steps):
        step()
    seconds = time.perf_counter() - begin
    return {"seconds": seconds, "processorSeconds": time.process_time() - used, "peakMemory": peak_memory()}


def main():
    torch.set_num_threads(os.cpu_count())
    stand_in = "Grad-CAM by a stand-in for pytorch-grad-cam, which this Python does not have: same steps, written out"
    say(
        {
            "description": f"torch {torch.__version__}, timm {timm.__version__}, CPU, {torch.get_num_threads()} threads",
            "notes": [stand_in] if GradCAM is None else [],
        }
    )
    prepared = {}
    for line in sys.stdin:
        request = json.loads(line)
        task = (request["work"], request["architecture"], request["inputSize"], request["batchSize"])
        try:
            if task not in prepared:
                prepared[task] = prepare(*task)
            say(measure(prepared[task], request["steps"]))
        except Exception as error:  # the bench goes on with the other cases
            say({"failure": f"{type(error).__name__}: {error}"})


main()
