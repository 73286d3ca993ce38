export { isEnoughCompared, LEAST_COMPARED_IMAGES, partCompared, type Counted } from './comparable';
export * from './estimate';
export { estimateKnown, estimateMean, LEAST_IMAGES, meanOf } from './mean';
export { estimateClusteredRate, estimateRate, wilson } from './rate';
export { studentT975 } from './studentT';
export { imagesText, noIntervalText } from './text';
export { isAboveZero, pairedDifference, pairedShareDifference, rateDifferenceInterval } from './paired';
