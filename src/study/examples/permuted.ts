/** A new study that trains on permuted labels, to hold the heatmaps of the synthetic example against. */
export function permutedStudyText(name: string): string {
  return `// The synthetic example with its training labels permuted: a sanity check of heatmaps (Adebayo et al. 2018).
// This network can only learn its training images by heart, and is right by chance on test images. Train the study on
// synthetic images as well, and compare the heatmaps of both:
//   epochlens sanity SYNTHETIC.epochlens.json --against ${name}.epochlens.json
// A method whose heatmaps are the same for both does not show what a network has learned.
{
  "name": ${JSON.stringify(name)},

  "dataset": { "kind": "synthetic", "trainCount": 2000, "testCount": 500, "seed": 1 },

  "model": { "architecture": "resnet20", "weights": "random", "inputSize": 32 },

  "training": {
    "epochs": 5,
    "batchSize": 16,
    "learningRate": 0.01,
    "momentum": 0.9,
    "weightDecay": 0.0005,
    "schedule": "cosine",
    "seed": 1,
    "augmentation": "none",
    // Of the training images alone: "true", or "permuted" once by the seed, so that they say nothing of the images.
    "labels": "permuted"
  },

  "explain": { "checkpoints": "all", "images": { "random": 8 }, "resize": "crop", "method": "gradcam", "layer": "auto" }
}
`;
}
