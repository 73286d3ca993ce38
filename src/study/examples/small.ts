/** A new study file of some of CIFAR-10: real photographs, and a training of minutes on a laptop. */
export function smallStudyText(name: string): string {
  return `// A small study on CIFAR-10: a ResNet-20 on a fifth of its images. It trains in minutes on a laptop, and about half of
// the test images are right in the end; all 50,000 images and more epochs bring the network to nine in ten.
{
  "name": ${JSON.stringify(name)},

  // Downloaded (170 MB) when the folder is absent and you agree. The first 10,000 training and 1,000 test images are used.
  "dataset": { "kind": "cifar10", "folder": "data/cifar-10-batches-bin", "trainLimit": 10000, "testLimit": 1000 },

  // Made for 32×32 images. Others are offered on Ctrl+Space; a list of such objects is trained and compared.
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
  "explain": { "checkpoints": "all", "images": { "random": 8 }, "method": "gradcam", "layer": "auto" },

  // Tests of robustness, on the first 200 test images.
  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.05, "rounds": 3, "images": 200 },
    { "kind": "rotation", "degrees": [-30, 30], "rounds": 3, "images": 200 },
    { "kind": "occlusion", "pixels": 20, "rounds": 3, "images": 200 }
  ]
}
`;
}
