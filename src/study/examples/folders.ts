/** New studies of Tiny-ImageNet and Imagenette, as folders of pictures that a person fetches. */

/** A ResNet-18 of CIFAR's kind on 200 classes at 64 pixels a side. */
export function tinyImagenetStudyText(name: string): string {
  return `// Tiny-ImageNet: 100,000 training and 10,000 test images of 200 classes, 64×64 (Stanford CS231n).
// Fetch http://cs231n.stanford.edu/tiny-imagenet-200.zip, unpack it, and name its folder. The test images are
// those of val/, whose labels are in val_annotations.txt: those of test/ are not public. A graphics card is advisable;
// for a first look give "dataset" a "trainLimit", which takes of each class its share.
{
  "name": ${JSON.stringify(name)},

  "dataset": { "kind": "folder", "folder": "data/tiny-imagenet-200" },

  "model": { "architecture": "resnet18_cifar", "weights": "random", "inputSize": 64 },

  "training": {
    "epochs": 30,
    "batchSize": 128,
    "learningRate": 0.1,
    "warmupEpochs": 1,
    "schedule": "cosine",
    "momentum": 0.9,
    "weightDecay": 0.0005,
    "augmentation": "flipCrop",
    "seed": 1
  },

  "explain": { "checkpoints": "all", "images": { "random": 8 }, "resize": "crop", "method": "gradcam" }
}
`;
}

/** ImageNet weights on ten easy classes at 160 pixels a side. */
export function imagenetteStudyText(name: string): string {
  return `// Imagenette: 9,469 training and 3,925 test photographs of ten easy classes of ImageNet (fast.ai).
// Fetch https://s3.amazonaws.com/fast-ai-imageclas/imagenette2-160.tgz, unpack it, and name its folder. The
// test images are those of val/. Pictures are brought to 160×160 as timm evaluates: the shorter side resized, and the
// centre cut out.
{
  "name": ${JSON.stringify(name)},

  "dataset": { "kind": "folder", "folder": "data/imagenette2-160" },

  // timm's weights from the Hugging Face hub (47 MB), with a fresh classifier of ten classes.
  "model": { "architecture": "resnet18", "weights": "imagenet", "inputSize": 160 },

  "training": {
    "epochs": 3,
    "batchSize": 32,
    "learningRate": 0.01,
    "schedule": "cosine",
    "momentum": 0.9,
    "weightDecay": 0.0001,
    "augmentation": "flipCrop",
    "seed": 1
  },

  "explain": { "checkpoints": "all", "images": { "random": 8 }, "resize": "crop", "method": "gradcam" }
}
`;
}

/** Of a person's own pictures. */
export function picturesStudyText(name: string, folder = 'data/images'): string {
  return `// A study of your own pictures: PNG, JPEG, GIF, BMP or WebP files in a folder for each class, such as
// ${folder}/cat/1.jpg and ${folder}/dog/1.jpg; or train/, val/ and test/ of such folders; or a CSV file of paths and
// labels ("csv": "labels.csv").
{
  "name": ${JSON.stringify(name)},

  "dataset": {
    "kind": "folder",
    "folder": ${JSON.stringify(folder)},
    // Where no folder holds test images, this share of each class becomes test images.
    "testFraction": 0.2,
    // "refuse" names pictures that cannot be decoded; "skip" leaves them out.
    "broken": "refuse"
  },

  // Pictures are brought to 96×96: the shorter side is resized, and the centre cut out, as timm evaluates.
  "model": { "architecture": "resnet18", "weights": "imagenet", "inputSize": 96 },

  "training": {
    "epochs": 5,
    "batchSize": 16,
    "learningRate": 0.01,
    "schedule": "cosine",
    "momentum": 0.9,
    "weightDecay": 0.0001,
    "augmentation": "flipCrop",
    "seed": 1
  },

  "explain": { "checkpoints": "all", "images": { "random": 8 }, "resize": "crop", "method": "gradcam", "layer": "auto" }
}
`;
}
