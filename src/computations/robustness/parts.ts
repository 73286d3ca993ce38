/** Which images of tests are looked at together, how shards divide them, and the parts that they keep. */
import { unitsOf, type Shard } from '../../common/shard';
import type { Measured } from '../../measures/robustness/measured';
import { createTally, type TallyPart } from '../../measures/robustness/tally';
import { inferenceBatchSize } from '../../models/memory/inference';
import type { Model } from '../../models/model';
import {
  deleteRobustnessParts,
  loadRobustnessPart,
  storeRobustnessPart,
  type AboutResult,
  type InputsOfParts,
} from '../../runs';
import { isSameMaker } from '../madeBy';

/** Images `start` … `end − 1`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** As many as are looked at together, whatever memory is free: a part has such a range. */
export function rangesOf(model: Model, images: number): Range[] {
  const size = inferenceBatchSize(model, Infinity);
  return Array.from({ length: Math.ceil(images / size) }, (_, at) => ({
    start: at * size,
    end: Math.min(images, (at + 1) * size),
  }));
}

/** A test, and the images of it that a shard looks at. */
export interface SharedTest<Test> {
  readonly test: Test;
  readonly ranges: readonly Range[];
}

/**
 * What a shard looks at, in the order of the tests. Neighbours are tests of one checkpoint on the same images, whose clean
 * predictions they have in common.
 * @param checkpoints the tests of each @param imagesOf how many a test looks at
 */
export function sharedTests<Test>(
  checkpoints: readonly (readonly Test[])[],
  {
    model,
    shard,
    imagesOf,
  }: { readonly model: Model; readonly shard: Shard; readonly imagesOf: (test: Test) => number },
): SharedTest<Test>[] {
  const units = checkpoints.flatMap((tests) =>
    tests
      .flatMap((test) => rangesOf(model, imagesOf(test)).map((range) => ({ test, range })))
      .sort((a, b) => a.range.start - b.range.start),
  );
  const ranges = new Map<Test, Range[]>();
  for (const { test, range } of unitsOf(units, shard)) ranges.set(test, [...(ranges.get(test) ?? []), range]);
  return checkpoints.flat().flatMap((test) => {
    const ofTest = ranges.get(test);
    return ofTest === undefined ? [] : [{ test, ranges: ofTest }];
  });
}

/** The parts of one test. */
export interface TestParts {
  /** Undefined also where something else made it than what `about` says: to its numbers ours may not be added. */
  readonly load: (range: Range) => Promise<TallyPart | undefined>;
  readonly store: (range: Range, part: TallyPart) => Promise<void>;
}

export function partsOf(folder: string, inputs: InputsOfParts, about: () => AboutResult): TestParts {
  return {
    async load(range) {
      const part = await loadRobustnessPart(folder, { ...inputs, ...range });
      return part && isSameMaker(part.about.by, about().by) ? part.value : undefined;
    },
    store: (range, part) => storeRobustnessPart(folder, { ...inputs, ...range }, part, about()),
  };
}

/** The whole test where all its parts are kept and the same engine made them, and what computed the first of them. */
export async function fromParts(
  folder: string,
  inputs: InputsOfParts,
  { ranges, rounds }: { readonly ranges: readonly Range[]; readonly rounds: number },
): Promise<{ readonly measured: Measured; readonly about: AboutResult } | undefined> {
  const tally = createTally(inputs.of, { rounds });
  let about: AboutResult | undefined;
  for (const range of ranges) {
    const part = await loadRobustnessPart(folder, { ...inputs, ...range });
    if (part === undefined) return undefined;
    about ??= part.about;
    if (!isSameMaker(part.about.by, about.by)) return undefined;
    tally.put(range.start, part.value);
  }
  return about && { measured: tally.measured(), about };
}

export async function deleteParts(folder: string, inputs: InputsOfParts, ranges: readonly Range[]): Promise<void> {
  await deleteRobustnessParts(
    folder,
    ranges.map((range) => ({ ...inputs, ...range })),
  );
}
