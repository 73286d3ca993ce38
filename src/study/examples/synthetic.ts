import { ARCHITECTURE_NAMES } from '../../architectures';
import { KIND_NAMES } from '../../perturbations';

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
    "batchSize": 16,
    // With larger steps batch norm's running statistics lag behind the weights, and test accuracy with them.
    "learningRate": 0.01,
    "momentum": 0.9,
    "weightDecay": 0.0005,
    // "constant" or "cosine"
    "schedule": "cosine",
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
