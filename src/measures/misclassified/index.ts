export {
  classScores,
  confusionMatrix,
  countOf,
  imagesOfCell,
  wrongImages,
  type ClassScores,
  type ConfusionCell,
  type ConfusionMatrix,
} from './confusion';
export { countFates, epochsThatCount, FATES, imageFates, type Fate, type ImageFate } from './fates';
export { classCounts, clusteredOrder, confusedPairs, type ClassCounts, type ConfusedPair } from './pairs';
export { type EpochPredictions } from './predictions';
export { firstErrors, SEARCH_EPOCHS, searchErrors, searchOrder, type EpochSearch, type FoundError } from './search';
