export { isEnoughCompared, LEAST_COMPARED_IMAGES, partCompared, type Counted } from './comparable';
