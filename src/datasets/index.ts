/** Images to train on and to explain: kinds of data sets, their sets by index and in memory, and batches of them. */
export type { DataReader, SetReader } from './dataReader';
export type { DataFile, DataPlace, DataProgress, Dataset, DataWatch, ImageSet, ImageSource } from './types';
export { checkDataFiles, type CheckedDataFile } from './checkFiles';
export {
  absentData,
  folderOf,
  loadDataset,
  loadTestImages,
  locatedSettings,
  readClassNames,
  readDataFacts,
  openBatchFile,
  openData,
  settingsFor,
  type AbsentData,
} from './open';
export { ensureData } from './fetching';
export { memoryReaders, readSet } from './reader';
export { hashOfFirst, inMemory, openSource, pixelHash, readImages, readRange, relabelled, subset } from './imageSource';
export { NOTHING_TO_TRAIN_ON, splitByClass, trainedCount, trainingSets, type TrainingSets } from './split';
export { BATCHES_AHEAD, batchesInOrder, epochOrder, gatherBatch, type ImageBatch } from './order';
export {
  classNamesFor,
  classNumbers,
  classNamesOf,
  classCountOf,
  DATASET_KINDS,
  EXAMPLE_DATASET,
  FOLDER_TITLES,
  folderIn,
  folderSettings,
  isDrawn,
  kindOf,
  type DatasetSettings,
} from './datasetKinds';
