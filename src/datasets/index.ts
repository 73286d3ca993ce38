/** Images to train on and to explain: CIFAR-10, synthetic ones, batches, and tensors made of them. */
export type { DataPlace, DataProgress, Dataset, DatasetKind, ImageSet } from './types';
export { loadDataset } from './load';
export { epochOrder, gatherBatch, type ImageBatch } from './order';
export { CIFAR10_CLASSES, cifar10Folder, ensureCifar10, loadCifar10Test } from './cifar10';
export { SYNTHETIC_CLASSES } from './synthetic';
