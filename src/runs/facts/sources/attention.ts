/** How heatmaps move over the study's checkpoints, of its images and by its method, and when they settle. */
import * as z from 'zod';
import { canonicalJson } from '../../../common/canonicalJson';
import { settledEpoch } from '../../../measures/drift/settling';
import { attentionNumbersSchema } from '../../../measures/drift/numbers';
import { explainedImages } from '../../../study/index';
import { ATTENTION_METHOD, attentionInputsSchema, type AttentionInputs } from '../../results/drift';
import { factSource, type Fact, type FactsContext } from '../source';

const spearman = z.object({ spearman: z.object({ mean: z.number() }).nullable().default(null) });

export const attention = factSource({
  kind: 'attention',
  inputs: attentionInputsSchema.extend({ method: z.literal(ATTENTION_METHOD) }),
  value: z.object({
    epochs: z.array(z.object({ epoch: z.number(), fromPrevious: spearman.nullable(), fromLast: spearman })),
    settling: z.object({ target: attentionNumbersSchema.shape.settling.shape.target }),
  }),
  facts: (kept, context) =>
    kept.flatMap(({ inputs, value, images }): Fact[] => {
      if (!isAsked(inputs, images, context)) return [];
      const weight = images?.length ?? 0;
      return [
        ...value.epochs.flatMap(({ epoch, fromPrevious, fromLast }): Fact[] => [
          { column: 'drift', epoch, value: fromPrevious?.spearman?.mean ?? null, weight },
          { column: 'driftFromLast', epoch, value: fromLast.spearman?.mean ?? null, weight },
        ]),
        { column: 'settling', epoch: null, value: settledEpoch(value.settling.target), weight },
      ];
    }),
});

/** Of those checkpoints, images and maps that the study asks for, and no others: runs are compared by them. */
function isAsked(
  { explanation, layer, target, checkpoints }: AttentionInputs,
  images: readonly string[] | undefined,
  { study, epochOf, checkpoints: present, explanation: asked, testImages }: FactsContext,
): boolean {
  const { checkpoints: wanted } = study.explain;
  const epochs = present.filter((epoch) => wanted === 'all' || wanted.includes(epoch));
  const names = namesAsked(study, testImages);
  return (
    target === 'predicted' &&
    asked?.layer === layer &&
    canonicalJson(asked.key) === canonicalJson(explanation) &&
    checkpoints.every(({ epoch, hash }) => epochOf(hash) === epoch) &&
    checkpoints.map(({ epoch }) => epoch).join() === epochs.join() &&
    names !== undefined &&
    images?.join() === names.join()
  );
}

/** Undefined where it is not known how many there are to draw from. */
function namesAsked(study: FactsContext['study'], testImages: number | undefined): string[] | undefined {
  if ('random' in study.explain.images && testImages === undefined) return undefined;
  return explainedImages(study, testImages ?? 0).map(({ set, index }) => `${set}:${index}`);
}
