/** A new study with a sweep: two recipes and two seeds on images that the program draws, in minutes. */
export function sweepStudyText(name: string): string {
  return `// A first sweep: does shifting and flipping the training images help, and by more than another seed does?
// "Run Sweep" above "sweep" shows its four cells and trains them in the background; each is a run like any other.
{
  "name": ${JSON.stringify(name)},

  "dataset": { "kind": "synthetic", "trainCount": 1000, "testCount": 200, "seed": 1 },

  "model": { "architecture": "resnet20", "weights": "random", "inputSize": 32 },

  // What all recipes share.
  "training": {
    "epochs": 3,
    "batchSize": 16,
    "learningRate": 0.01,
    "momentum": 0.9,
    "weightDecay": 0.0005,
    "schedule": "cosine",
    "seed": 1
  },

  "sweep": {
    // Recipes by name, each with the settings in which it differs. Or "axes", whose values are all combined:
    // { "training.augmentation": ["none", "flipCrop"], "training.learningRate": [0.01, 0.003] }
    "recipes": {
      "plain": { "training.augmentation": "none" },
      "shifted": { "training.augmentation": "flipCrop" }
    },
    // Each recipe is trained with so many seeds, from training.seed on. They reach weights, order, augmentation and
    // perturbations, and pair across recipes.
    "seeds": 2,
    // At which checkpoints the tests below run by themselves: "none", "last" or "all".
    "tests": "last",
    "baseline": "plain"
  },

  "explain": { "checkpoints": "all", "images": { "random": 8 }, "method": "gradcam" },

  "perturbations": [
    { "kind": "gaussianNoise", "standardDeviation": 0.1, "rounds": 1 },
    { "kind": "translation", "pixels": [-4, 4], "rounds": 1 }
  ]
}
`;
}
