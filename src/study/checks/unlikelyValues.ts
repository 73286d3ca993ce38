/** Values that the schema allows and that hardly anybody means, a line each. */
import { isFileNetwork } from '../../architectures';
import { defaultInputSize } from '../architectures';
import { trainedImages, type CheckedStudy } from './check';

export type Limit = number | ((checked: CheckedStudy) => number | undefined);

/** A value above or below a limit is remarked on. Of a list or an object of numbers, that of the largest magnitude counts. */
export interface Unlikely {
  /** Of a perturbation after its kind, or after `*` for every kind. */
  readonly field: string;
  readonly above?: Limit;
  readonly below?: Limit;
  readonly usual: string;
  readonly why: string;
  /** `information` where it does no harm. */
  readonly severity: 'warning' | 'information';
}

type Row = (field: string, limit: Limit, usual: string, why: string) => Unlikely;
const above: Row = (field, limit, usual, why) => ({ field, above: limit, usual, why, severity: 'warning' });
const below: Row = (field, limit, usual, why) => ({ field, below: limit, usual, why, severity: 'warning' });
const noteAbove: Row = (...row) => ({ ...above(...row), severity: 'information' });
const noteBelow: Row = (...row) => ({ ...below(...row), severity: 'information' });

const images: Limit = ({ used, study: { dataset } }) => trainedImages({ dataset, used });
const testImages: Limit = ({ used }) => used.test;
const trainThere: Limit = ({ there }) => there.train;
const testThere: Limit = ({ there }) => there.test;
const fourfold: Limit = ({ study: { model } }) =>
  isFileNetwork(model.architecture) ? undefined : 4 * defaultInputSize(model.architecture);
const half: Limit = ({ study }) => Math.max(1, study.training.epochs / 2);

/** Of several that fit a field, the first one counts. */
export const UNLIKELY_SETTINGS: readonly Unlikely[] = [
  above('training.learningRate', 1, '0.001 to 0.5', 'Such large steps make the loss grow instead of fall.'),
  below('training.learningRate', 1e-5, '0.001 to 0.5', 'Such small steps hardly change the weights.'),
  above('training.momentum', 0.99, '0.9', 'The velocity remembers hundreds of steps and overshoots.'),
  above('training.weightDecay', 0.05, '0.0001 to 0.005', 'Weights are pulled to zero faster than they learn.'),
  noteBelow('training.epochs', 1, '5 to 300', 'Nothing is trained: only epoch 0, before training, is kept.'),
  noteAbove('training.epochs', 1000, '5 to 300', 'Each keeps a checkpoint, unless keepCheckpoints says otherwise.'),
  above('training.batchSize', images, '16 to 512', 'There are fewer training images: each epoch is a single step.'),
  below('training.batchSize', 8, '16 to 512', 'Batch norm estimates its statistics from so few images badly.'),
  below('training.microBatchSize', 16, '16 or more', 'Batch norm normalises each part by itself.'),
  above('training.warmupEpochs', half, 'a tenth of the epochs', 'Most of the training is below the learning rate.'),
  noteAbove('dataset.trainLimit', trainThere, 'less', 'The data set has no more training images: all are used.'),
  noteAbove('dataset.testLimit', testThere, 'less', 'The data set has no more test images: all are used.'),
  noteBelow('dataset.testLimit', 50, '500 or more', 'An accuracy of so few images is known to 7 points at best.'),
  noteBelow('dataset.validation.count', 50, '500 or more', 'The best epoch of so few images is mostly chance.'),
  noteAbove('model.inputSize', fourfold, "the network's own", 'Work grows with its square; images are only enlarged.'),
  above('model.normalization.mean', 1, '0 to 1', 'Pixels are in [0, 1]: divide a mean of 0 to 255 by 255.'),
  above('model.normalization.std', 1, '0.2 to 0.5', 'Pixels are in [0, 1]: divide a deviation of 0 to 255 by 255.'),
  noteAbove('explain.images.random', 100, '4 to 32', 'Each is explained at every epoch, which takes long.'),
];

/** As `UNLIKELY_SETTINGS`, of an entry of `perturbations`. */
export const UNLIKELY_PERTURBATIONS: readonly Unlikely[] = [
  above('gaussianNoise.standardDeviation', 0.5, '0.02 to 0.2', 'Pixels are in [0, 1]: little of the image is left.'),
  below('gaussianNoise.standardDeviation', 1e-6, '0.02 to 0.2', 'The images are not changed.'),
  above('rotation.degrees', 90, '-45 to 45', 'Objects are upside down, as in no training image.'),
  above('shear.degrees', 45, '-30 to 30', 'Half of the image and more leaves the picture.'),
  above('translation.pixels', 16, '-8 to 8', 'Half of a 32×32 image and more leaves the picture.'),
  above('occlusion.pixels', 512, '5 to 100', 'More than half of a 32×32 image is covered.'),
  noteAbove('*.images', testImages, 'less', 'There are no more test images: all of them are perturbed.'),
  noteAbove('*.rounds', 30, '1 to 10', 'Every round perturbs and predicts every image anew.'),
  below('*.expect.accuracy.min', 1, '50 to 95', 'It is in per cent: 80, not 0.8.'),
  below('*.expect.confidenceDrop.max', 0, '0.01 to 0.3', 'The confidence would have to rise.'),
];
