export { meanSettling, SETTLED_SPEARMAN, settledAt, settledEpoch } from './settling';
export { allFlatText } from './flat';
export { changedText, FIXED_FOCUS, LABEL_FOCUS, restsText, settlingText, type Checkpoints } from './text';
export { comparedPairsText, isSimilarityKnown, similarityRestsText } from './similarity';
