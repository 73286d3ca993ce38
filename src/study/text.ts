/** Study files as text: a resolved study's, and a new one's. */
import { ARCHITECTURE_NAMES } from '../architectures';
import { KIND_NAMES } from '../perturbations';
import type { Study } from './schema';

/** A study file that means exactly this study, with every default spelt out. */
export function studyText(study: Study): string {
  return `${JSON.stringify(study, null, 2)}\n`;
}

/** A new study file, with a comment at each choice: small enough to train in minutes without any download. */
export function defaultStudyText(name: string): string {
  return `// An EpochLens study: what to train, on what, and what to look at afterwards.
// Every field has a default; press Ctrl+Space to see what there is.
{
  "name": ${JSON.stringify(name)},

  // "synthetic" images are drawn by the program. For CIFAR-10 use
  // { "kind": "cifar10", "folder": "data/cifar-10-batches-bin" }: downloaded when the folder is absent and you agree.
  "dataset": { "kind": "synthetic", "trainCount": 2000, "testCount": 500, "seed": 1 },

  // One model, or a list of such objects: then each is trained and tested, to be compared.
  "model": {
    // ${ARCHITECTURE_NAMES.join(', ')}
    "architecture": "resnet20",
    // "random", "imagenet" (efficientnet_b0 and resnet18), or the path of a file of weights
    "weights": "random",
    // Images are resized to this many pixels a side.
    "inputSize": 32
  },

  "training": {
    "epochs": 5,
    "batchSize": 64,
    "learningRate": 0.05,
    "momentum": 0.9,
    "weightDecay": 0.0005,
    // "constant" or "cosine"
    "schedule": "constant",
    // The same seed gives the same result.
    "seed": 1,
    // "none" or "flipCrop"
    "augmentation": "none"
  },

  // Heatmaps: at which epochs ("all", or a list; 0 is before training) and for which images
  // ({ "test": [3, 17, 42] } by index, or { "random": 8 }). Image files of any shape are brought to the input by "crop"
  // (as timm evaluates), "pad" or "stretch".
  "explain": {
    "checkpoints": "all",
    "images": { "random": 8 },
    "resize": "crop",
    "method": "gradcam",
    "layer": "auto"
  },

  // Tests of robustness, on the test images: ${KIND_NAMES.join(', ')}, such as
  // { "kind": "corruption", "name": "glass_blur", "severity": 3 } of CIFAR-10-C.
  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.1, "rounds": 3 },
    { "kind": "rotation", "degrees": [-30, 30], "rounds": 3 },
    // A test can state what must hold.
    { "kind": "occlusion", "pixels": 10, "fill": "black", "rounds": 3, "expect": { "confidenceDrop": { "max": 0.3 } } }
  ]
}
`;
}

/**
 * The published study that this program was made to repeat: EfficientNet-B0 with ImageNet weights, CIFAR-10 resized to
 * ImageNet's size, 20 epochs, and its tests of robustness.
 */
export function publishedStudyText(name: string): string {
  return `// The published study: how Grad-CAM, accuracy and robustness of EfficientNet-B0 change while it learns CIFAR-10.
// It reports 87.78 % test accuracy after epoch 1, 90.91 after 2, 91.93 after 3 and 94.33 after 20, and for 10 occluded
// pixels confidence drops of 0.0038, 0.0053, 0.0044 and 0.0132. A graphics card is advisable; for a first look on a
// processor set "inputSize" to 96 and give "dataset" a "trainLimit".
{
  "name": ${JSON.stringify(name)},

  // Downloaded (170 MB) when the folder is absent and you agree.
  "dataset": { "kind": "cifar10", "folder": "data/cifar-10-batches-bin" },

  "model": {
    // One of its tests is repeated with "resnet18".
    "architecture": "efficientnet_b0",
    // timm's weights from the Hugging Face hub (21 MB), with a fresh classifier of ten classes.
    "weights": "imagenet",
    "inputSize": 224,
    // What the weights were trained with.
    "normalization": "imagenet"
  },

  "training": { "epochs": 20, "batchSize": 64, "learningRate": 0.01, "momentum": 0.9, "weightDecay": 0.0005, "seed": 1 },

  // Image files are brought to the input as timm evaluates these weights.
  "explain": {
    "checkpoints": [0, 1, 2, 3, 20],
    "images": { "random": 8 },
    "resize": "crop",
    "method": "gradcam",
    "layer": "auto"
  },

  // Each alone, three rounds each. The text names 5, 10 and 20 occluded pixels in different places.
  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.1, "rounds": 3 },
    { "kind": "rotation", "degrees": [-30, 30], "rounds": 3 },
    { "kind": "occlusion", "pixels": 5, "rounds": 3 },
    { "kind": "occlusion", "pixels": 10, "rounds": 3 },
    { "kind": "occlusion", "pixels": 20, "rounds": 3 }
  ]
}
`;
}
