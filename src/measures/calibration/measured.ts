/** The numbers of one checkpoint's calibration, as they are sent and shown. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema, intervalSchema, rateSchema } from '../../statistics/schemas';

/** Images whose confidence, the predicted class's probability, lies close together. */
const binSchema = z.object({
  /** Equal width: the bin's borders, of which the upper one belongs to it. Equal mass: its least and largest confidence. */
  from: z.number(),
  to: z.number(),
  n: index,
  /** Mean confidence, 0 … 1; null of an empty bin. */
  confidence: z.nullable(z.number()),
  /** Of n; the interval is Wilson's, in per cent; null of an empty bin. */
  accuracy: z.nullable(rateSchema),
});
export type ReliabilityBin = z.output<typeof binSchema>;

const reliabilitySchema = z.object({
  bins: z.array(binSchema),
  /** Expected calibration error, 0 … 1: Σ n_b/n · |accuracy_b − confidence_b|. */
  ece: z.number(),
  /** 95 % bootstrap interval over images; null of fewer images than `LEAST_IMAGES_OF_ECE`. */
  interval: z.nullable(intervalSchema),
});
export type Reliability = z.output<typeof reliabilitySchema>;

/** Of some images at one temperature. */
const calibrationScoresSchema = z.object({
  /** Images. */
  n: z.int().check(z.gte(1)),
  /** Bins of equal width, always 15, of which some may be empty. */
  equalWidth: reliabilitySchema,
  /** Bins of as many images each, to one; of fewer than 15 images, one an image. */
  equalMass: reliabilitySchema,
  /** Mean negative log-likelihood of the label, in nats, 0 … ∞. */
  nll: z.number(),
  /** Brier score: squared differences summed over classes, mean over images, 0 … 2. */
  brier: z.number(),
  accuracy: rateSchema,
  /** Mean confidence, 0 … 1. */
  confidence: estimateSchema,
  /** Mean confidence minus accuracy, −1 … 1: positive where the network is overconfident. */
  overconfidence: estimateSchema,
});
export type CalibrationScores = z.output<typeof calibrationScoresSchema>;

const temperatureSchema = z.object({
  /** What logits are divided by. */
  value: z.number(),
  /** Whether the NLL still falls beyond the range that is searched: then the value is that limit. */
  limit: z.nullable(z.enum(['lowest', 'highest'])),
  /** The images that it was fitted on: of the validation images all, else of the test images those before the scored. */
  fitted: z.object({ set: z.enum(['validation', 'test']), images: index }),
  /** Of test images that it was not fitted on, the same at both temperatures. */
  scored: z.object({
    /** The first one's index in the test set. */
    first: index,
    atOne: calibrationScoresSchema,
    atTemperature: calibrationScoresSchema,
  }),
});
export type FittedTemperature = z.output<typeof temperatureSchema>;

/** Confidence drop of the clean prediction, mean over images, of an image over its rounds, as robustness has it. */
const calibratedDropSchema = z.object({
  /** The place in the study's list of perturbations, from 0. */
  entry: index,
  /** In few words: "gaussianNoise 0.1". */
  title: z.string(),
  rounds: z.int().check(z.gte(1)),
  /** At temperature 1: of the same images, the number of the robustness study. */
  atOne: estimateSchema,
  /** At the fitted one; null where none is fitted. */
  atTemperature: z.nullable(estimateSchema),
});
export type CalibratedDrop = z.output<typeof calibratedDropSchema>;

export const calibrationSchema = z.object({
  /** Of all images that were asked for, at temperature 1. */
  scores: calibrationScoresSchema,
  /** Null where there are too few images to fit on and to score. */
  temperature: z.nullable(temperatureSchema),
  /** In the order of the study's perturbations. */
  drops: z.array(calibratedDropSchema),
});
export type Calibration = z.output<typeof calibrationSchema>;
