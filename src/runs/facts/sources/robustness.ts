/** Accuracy, confidence drop and likeness of heatmaps under each of the study's perturbations. */
import * as z from 'zod';
import { canonicalJson } from '../../../common/canonicalJson';
import { percentOf } from '../../../statistics';
import { ROBUSTNESS_METHOD, robustnessInputsSchema } from '../../results/robustness';
import { factSource, type Fact } from '../source';

const share = z.object({ count: z.number(), of: z.number() });
const mean = z.object({ mean: z.number() });

export const robustness = factSource({
  kind: 'robustness',
  inputs: robustnessInputsSchema.extend({ method: z.literal(ROBUSTNESS_METHOD) }),
  value: z.object({
    images: z.number(),
    accuracy: share,
    confidenceDrop: z.object({ ofPrediction: mean }),
    heatmapSimilarity: z.object({ spearman: mean.nullable().default(null) }),
  }),
  facts(kept, { epochOf, explanation, titleOf, testImages }) {
    const known = kept.flatMap(({ inputs, value }) => {
      const entry = titleOf(inputs.perturbation);
      return entry === undefined ? [] : [{ inputs, value, entry }];
    });
    // Columns come in the order of the study's list.
    known.sort((a, b) => a.entry.place - b.entry.place);
    return known.flatMap(({ inputs, value, entry }): Fact[] => {
      const epoch = epochOf(inputs.checkpoint);
      if (epoch === undefined) return [];
      const asked = Math.min(entry.images ?? Infinity, testImages ?? Infinity);
      if (Number.isFinite(asked) && value.images !== asked) return [];
      const fact = (kind: string, of: number | null): Fact => ({
        column: `${kind}:${entry.title}`,
        epoch,
        value: of,
        weight: value.images,
      });
      const isOfExplanation =
        explanation?.layer === inputs.layer && canonicalJson(explanation.key) === canonicalJson(inputs.explanation);
      return [
        fact('perturbed', percentOf(value.accuracy)),
        fact('drop', value.confidenceDrop.ofPrediction.mean),
        ...(isOfExplanation ? [fact('similarity', value.heatmapSimilarity.spearman?.mean ?? null)] : []),
      ];
    });
  },
});
