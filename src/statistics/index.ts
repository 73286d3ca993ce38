export { binomialTail } from './binomial';
export { isEnoughCompared, partCompared, type Counted } from './comparable';
export * from './estimate';
export { fisherExact } from './fisher';
export { estimateKnown, estimateMean, meanInterval, meanOf } from './mean';
export { LEAST_IMAGES, LEAST_IMAGES_OF_HEATMAPS, type QuantityName } from './quantity';
export { estimateClusteredRate, estimateRate, rateOfPercent, LEAST_IMAGES_OF_RATES, wilson } from './rate';
export { studentT975 } from './studentT';
export { imagesText, INTERVALS_NOTE, NO_RATE_INTERVAL, noIntervalText } from './text';
