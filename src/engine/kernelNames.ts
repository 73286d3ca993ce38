/**
 * Kernels of our own that every engine registers, beside TensorFlow.js's. Their gradients are registered once, in
 * `gradients.ts`, in terms of the …_GRAD kernels.
 */

/** inputs x [n,h,w,c], gamma [c], beta [c]; attribute epsilon; outputs y, mean [c], unbiased variance [c], and whatever
 * the engine's own gradient kernel wants to see again (`reserve`, at most two more tensors). */
export const BATCH_NORM_TRAINING = 'EpochLensBatchNormTraining';
/** inputs dy, x, gamma, reserve0, reserve1 (as the forward kernel gave them); attribute epsilon; outputs dx, dgamma, dbeta. */
export const BATCH_NORM_TRAINING_GRAD = 'EpochLensBatchNormTrainingGrad';
/** input x; output x·sigmoid(x). */
export const SILU = 'EpochLensSilu';
/** inputs dy, x; output dy·s·(1 + x·(1 − s)) with s = sigmoid(x). */
export const SILU_GRAD = 'EpochLensSiluGrad';
/** inputs dy, x; output dy where x > 0, else 0: one pass over memory, of which TensorFlow.js's formula takes seven. */
export const RELU_GRAD = 'EpochLensReluGrad';
