export { binomialTail } from './binomial';
export * from './estimate';
export { fisherExact, type Share } from './fisher';
export { estimateKnown, estimateMean, LEAST_IMAGES, meanOf } from './mean';
export { estimateClusteredRate, estimateRate, wilson } from './rate';
export { studentT975 } from './studentT';
export { imagesText, noIntervalText } from './text';
