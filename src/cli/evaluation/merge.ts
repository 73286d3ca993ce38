/** The whole evaluation from its parts, to the bit what one process computes. */
import { InputError } from '../../common/errors';
import { shardText } from '../../common/shard';
import { createClassIndices } from '../../common/classIndices';
import { canonicalJson } from '../../common/canonicalJson';
import { evaluationOf, type Evaluation } from '../../models/evaluate';
import type { NamedEvaluation } from './named';
import { readPart, type EvaluationPart } from './part';

export interface NamedPart {
  readonly path: string;
  readonly part: EvaluationPart;
}

/** @param paths at least one @throws InputError as `mergeParts`, and for what is no part */
export async function mergedParts(paths: readonly string[]): Promise<NamedEvaluation> {
  const named: NamedPart[] = [];
  for (const path of paths) named.push({ path, part: await readPart(path) });
  const [first, ...others] = named;
  if (first === undefined) throw new InputError('no part is named', { place: '--merge', expected: 'one at least' });
  const evaluation = mergeParts([first, ...others]);
  // Each shard has decided it on the same images.
  return { architecture: first.part.architecture, twins: first.part.twins, evaluation };
}

/** @throws InputError for parts that are missing, named twice, or of another evaluation */
export function mergeParts(named: readonly [NamedPart, ...NamedPart[]]): Evaluation {
  const [first, ...others] = named;
  for (const each of others) refuseForeign(first, each);
  const { shard, subject } = first.part;
  const byIndex = new Map<number, NamedPart>();
  for (const each of named) {
    const known = byIndex.get(each.part.shard.index);
    if (known !== undefined) {
      throw new InputError('a shard is named twice', {
        file: each.path,
        found: `shard ${shardText(each.part.shard)}, as in ${known.path}`,
        expected: 'each shard once',
      });
    }
    byIndex.set(each.part.shard.index, each);
  }
  const missing = Array.from({ length: shard.of }, (_, at) => at + 1).filter((index) => !byIndex.has(index));
  if (missing.length > 0) {
    throw new InputError('parts are missing', {
      place: '--merge',
      found: `${byIndex.size} of ${shard.of}`,
      expected: `also ${missing.map((index) => shardText({ index, of: shard.of })).join(', ')}`,
    });
  }
  const batches = [...byIndex.values()]
    .flatMap(({ part }) => part.batches)
    .sort((a, b) => a.start - b.start)
    .map((batch) => {
      const predictions = createClassIndices(subject.classes, batch.predictions.length);
      predictions.set(batch.predictions);
      return { ...batch, predictions };
    });
  refuseGaps(batches, subject.images);
  return evaluationOf(batches, subject.classes, subject.images);
}

function refuseForeign(first: NamedPart, each: NamedPart): void {
  const facts = ({ subject, engine, shard }: EvaluationPart) => ({ ...subject, engine, shards: shard.of });
  const [expected, found] = [facts(first.part), facts(each.part)];
  const differing = (Object.keys(expected) as (keyof typeof expected)[]).find(
    (key) => canonicalJson(expected[key]) !== canonicalJson(found[key]),
  );
  if (differing === undefined) return;
  throw new InputError('a part of another evaluation', {
    file: each.path,
    place: differing,
    found: canonicalJson(found[differing]),
    expected: `${canonicalJson(expected[differing])} as in ${first.path}`,
  });
}

function refuseGaps(batches: readonly { start: number; predictions: ArrayLike<number> }[], images: number): void {
  let next = 0;
  for (const { start, predictions } of batches) {
    if (start !== next) break;
    next = start + predictions.length;
  }
  if (next === images) return;
  throw new InputError('the parts do not hold each image once', {
    place: '--merge',
    found: `up to image ${next}`,
    expected: `${images} images`,
    advice: 'Compute the shards again, all by one version of the program.',
  });
}
