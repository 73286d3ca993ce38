/** Whether heatmaps follow from the model: what is compared, and what comes of it. */
import * as z from 'zod/mini';
import { index } from '../../common/schemas';
import { estimateSchema } from '../../statistics/schemas';

const mean = z.nullable(estimateSchema);

/**
 * How alike pairs of maps are, means over images with their intervals; null where no pair can be compared, as one of the
 * maps is flat. `signed` is of the maps before ReLU, the others of the maps as they are published.
 */
export const agreementSchema = z.object({
  /** Rank correlation (Spearman) of the maps before ReLU. */
  signed: mean,
  /** Rank correlation of the published maps. */
  spearman: mean,
  /** The overlap of their top 20 %. */
  topOverlap: mean,
  ssim: mean,
  /** Images of which both published maps can be compared, of how many. */
  compared: index,
  of: index,
});
export type Agreement = z.output<typeof agreementSchema>;

/** Maps beside the level of chance: the same maps against random ones. */
const besideChance = {
  ...agreementSchema.shape,
  /** Of the same trained maps with a random map each: seeded, uniform, independent in each cell. */
  chance: agreementSchema,
  /** How much more `signed` is than that of a random map, paired by image. */
  aboveChance: mean,
};

/**
 * By the 95 % interval of `signed`: different where all of it is below `ALIKE_FROM`; alike where all of it is from there
 * on; undecided where it reaches to both sides, or there is none. An explanation passes where maps that should be
 * different are.
 */
export const verdictSchema = z.enum(['different', 'alike', 'undecided']);
export type Verdict = z.output<typeof verdictSchema>;

/** The map of the predicted class against that of the runner-up, at one checkpoint. */
export const classSensitivityPointSchema = z.object({ epoch: index, ...besideChance, verdict: verdictSchema });
export type ClassSensitivityPoint = z.output<typeof classSensitivityPointSchema>;

export const randomisedPointSchema = z.object({
  /** The group that was re-drawn: "head", "layer3", …, "stem". */
  group: z.string(),
  /** All that were: of a cascade, this group and those behind it. */
  groups: z.array(z.string()),
  ...besideChance,
  verdict: verdictSchema,
  /** The mean of `signed` over images, of each draw of the parameters; null where no pair can be compared. */
  draws: z.array(z.nullable(z.number())),
});
export type RandomisedPoint = z.output<typeof randomisedPointSchema>;

export const randomisationSchema = z.object({
  /** The trained checkpoint. */
  epoch: index,
  seed: index,
  /** How often the parameters are drawn; an image's value is its mean over the draws. */
  draws: z.int().check(z.gte(1)),
  /** Over how many training images the running statistics of batch norm are computed anew; 0: there is none to compute. */
  trainingImages: index,
  /** From the head down. */
  cascading: z.array(randomisedPointSchema),
  alone: z.array(randomisedPointSchema),
});
export type Randomisation = z.output<typeof randomisationSchema>;

/** Against another run, such as one that was trained on permuted labels: maps of one class an image, at one checkpoint each. */
export const againstPointSchema = z.object({
  epoch: index,
  /** The other run's. */
  otherEpoch: index,
  ...besideChance,
  /** `different`: the runs are told apart. */
  verdict: verdictSchema,
});
export type AgainstPoint = z.output<typeof againstPointSchema>;
