/** A new study file of some of CIFAR-10: real photographs, and a training of minutes on a laptop. */
export function smallStudyText(name: string): string {
  return `// A small study on CIFAR-10: a ResNet-20 on a fifth of its images, trained in minutes on a laptop.
// About half of the test images are right in the end. All 50,000 images and 100 epochs or more
// bring the network to nine in ten.
{
  "name": ${JSON.stringify(name)},

  "dataset": {
    "kind": "cifar10",
    // Downloaded (170 MB) when it is absent and you agree.
    "folder": "data/cifar-10-batches-bin",
    // Only the first images are used.
    "trainLimit": 10000,
    "testLimit": 1000
  },

  // Made for 32×32 images. Ctrl+Space offers others; a list of such objects is trained and compared.
  "model": { "architecture": "resnet20", "weights": "random" },

  "training": {
    "epochs": 10,
    "batchSize": 64,
    // It rises over the first epoch, and falls along half a cosine to almost nothing.
    "learningRate": 0.1,
    "warmupEpochs": 1,
    "schedule": "cosine",
    "momentum": 0.9,
    "weightDecay": 0.0005,
    // Every image is seen flipped and shifted at random.
    "augmentation": "flipCrop",
    "seed": 1
  },

  // Heatmaps of eight test images at every epoch; 0 is the network before training.
  "explain": { "checkpoints": "all", "images": { "random": 8 }, "method": "gradcam" },

  // Tests of robustness, on the first 200 test images.
  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.05, "rounds": 3, "images": 200 },
    { "kind": "rotation", "degrees": [-30, 30], "rounds": 3, "images": 200 },
    { "kind": "occlusion", "pixels": 20, "rounds": 3, "images": 200 }
  ]
}
`;
}
