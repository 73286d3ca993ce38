/** Scores of the study's explanation method, of its sample of the test images. */
import * as z from 'zod';
import { canonicalJson } from '../../../common/canonicalJson';
import { ROAD_NOISE } from '../../../measures/faithfulness/road/road';
import { meanOf } from '../../../statistics';
import { sampleOf } from '../../../study/index';
import { FAITHFULNESS_METHOD, faithfulnessInputsSchema, type FaithfulnessInputs } from '../../results/faithfulness';
import { factSource, type Fact, type FactsContext, type Kept } from '../source';

const scored = z.object({ kind: z.literal('scored'), scores: z.array(z.number().nullable()) });
type Scored = z.output<typeof scored>;

export const faithfulness = factSource({
  kind: 'faithfulness',
  inputs: faithfulnessInputsSchema.extend({ method: z.literal(FAITHFULNESS_METHOD) }),
  value: scored,
  facts(kept, context) {
    // Images are scored in parts, each a file.
    const parts = new Map<string, Kept<FaithfulnessInputs, Scored>[]>();
    for (const each of kept) {
      const epoch = context.epochOf(each.inputs.checkpoint);
      if (epoch === undefined || !isAsked(each.inputs, context)) continue;
      const key = `${epoch} ${each.inputs.score}`;
      parts.set(key, [...(parts.get(key) ?? []), each]);
    }
    return [...parts].flatMap(([key, each]): Fact[] => {
      const [epoch, score = ''] = key.split(' ');
      const values = valuesOfSample(each, context);
      if (values === undefined) return [];
      const known = values.filter((value) => value !== null);
      const value = known.length === 0 ? null : meanOf(known);
      return [{ column: `faithfulness:${score}`, epoch: Number(epoch), value, weight: values.length }];
    });
  },
});

/** Of the study's method at its layer, as its test and its command ask where nothing else is said. */
function isAsked({ subject, target, seed, noise }: FaithfulnessInputs, { explanation }: FactsContext): boolean {
  if (subject === undefined || !('explanation' in subject) || subject.mapsOf !== undefined) return false;
  return (
    target === 'predicted' &&
    seed === 0 &&
    (noise ?? ROAD_NOISE) === ROAD_NOISE &&
    explanation?.layer === subject.layer &&
    canonicalJson(explanation.fullKey) === canonicalJson(subject.explanation)
  );
}

/** Undefined where a part of the first so many test images is not there. */
function valuesOfSample(
  parts: readonly Kept<FaithfulnessInputs, Scored>[],
  { study, testImages }: FactsContext,
): (number | null)[] | undefined {
  const byName = new Map<string, number | null>();
  for (const { images = [], value } of parts) images.forEach((name, at) => byName.set(name, value.scores[at] ?? null));
  const count = Math.min(sampleOf(study, 'faithfulness'), testImages ?? Infinity);
  const names = Array.from({ length: count }, (_, index) => `test:${index}`);
  return names.every((name) => byName.has(name)) ? names.map((name) => byName.get(name) ?? null) : undefined;
}
