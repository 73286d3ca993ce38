/** The person's settings on the page. They outlive hiding the panel and reloading the window. */
import * as z from 'zod/mini';
import { DEFAULT_SCORES, SCORE_IDS } from '../../src/measures/faithfulness/scores';
import { panelSourceSchema } from '../../src/protocol/panelView';
import { TRUST_TABS, type TrustTab } from '../../src/protocol/trustPanel';

const index = z.int().check(z.minimum(0));

/** How alike maps are: of the maps before ReLU, and of those that are published. */
export const LIKENESSES = ['signed', 'spearman', 'topOverlap', 'ssim'] as const;
export type Likeness = (typeof LIKENESSES)[number];

/** How a reliability diagram parts the confidences. */
export const BINS = ['equalWidth', 'equalMass'] as const;
export type Bins = (typeof BINS)[number];

/** So many of the test set, the first ones; null is as many as the command line, the study's tests and the report measure. */
const firstImages = z.nullable(z.int().check(z.minimum(1)));
/** The study's images, or first ones. */
const imageChoice = z.union([z.literal('study'), firstImages]);
export type ImageChoice = z.output<typeof imageChoice>;

const choiceSchema = z.object({
  /** Ids of explanation methods; null is the study's. */
  methods: z.nullable(z.array(z.string()).check(z.minLength(1), z.maxLength(20))),
  /** The method that is shown beside its controls, by its id; null is the first. */
  method: z.nullable(z.string()),
  /** The layer by name; null is the study's. */
  layer: z.nullable(z.string()),
  /** Null is the study's choice. */
  epochs: z.nullable(z.array(index)),
  /** The class of the heatmaps: each checkpoint's own prediction, or the label. */
  target: z.enum(['predicted', 'label']),
  images: z.object({
    faithfulness: imageChoice,
    sanity: imageChoice,
    // Of the test set always.
    localisation: firstImages,
    calibration: firstImages,
  } satisfies Record<TrustTab, unknown>),
  /** Of all that is drawn. */
  seed: index,
  /** What is measured. */
  scores: z.array(z.enum(SCORE_IDS)).check(z.minLength(1)),
  /** What is shown of it. */
  score: z.enum(SCORE_IDS),
  likeness: z.enum(LIKENESSES),
  /** The folder of a run whose heatmaps are compared with this one's. */
  against: z.nullable(z.string()),
  bins: z.enum(BINS),
  /** Whether the drops of confidence under the study's perturbations are measured. */
  drops: z.boolean(),
});
export type Choice = z.output<typeof choiceSchema>;

const stateSchema = z.object({
  /** For the extension, which restores the panel from it. */
  source: z.nullable(panelSourceSchema),
  tab: z.enum(TRUST_TABS),
  choice: choiceSchema,
  /** How many passes a measurement did in a second, the last time. */
  paces: z.record(z.string(), z.number().check(z.gt(0))),
});
export type SavedState = z.output<typeof stateSchema>;

export const DEFAULT_CHOICE: Choice = {
  methods: null,
  method: null,
  layer: null,
  epochs: null,
  target: 'predicted',
  images: { faithfulness: null, sanity: null, localisation: null, calibration: null },
  seed: 0,
  scores: [...DEFAULT_SCORES],
  score: 'deletion',
  likeness: 'signed',
  against: null,
  bins: 'equalWidth',
  drops: false,
};

export function parseSavedState(value: unknown): SavedState {
  const parsed = stateSchema.safeParse(value);
  return parsed.success ? parsed.data : { source: null, tab: 'faithfulness', choice: DEFAULT_CHOICE, paces: {} };
}
