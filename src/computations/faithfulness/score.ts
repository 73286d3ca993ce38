/** The scores of some images at one checkpoint, by the maps of several subjects. */
import { CancelledError } from '../../common/errors';
import { indexOfLargest, softmax } from '../../common/scores';
import { sevenDigits, sevenDigitsOrNull } from '../../common/sevenDigits';
import { tidily } from '../../engine/tidily';
import { areaUnder } from '../../measures/faithfulness/curves';
import { DRAWN_CURVES, imagesOfCurve, type DrawnCurve, type ItemToDraw } from './drawn';
import { drawSubsets, muFidelity } from '../../measures/faithfulness/muFidelity';
import type { SignedMap } from '../../measures/faithfulness/rank';
import { ROAD_STEPS } from '../../measures/faithfulness/road/road';
import type { ScoreId } from '../../measures/faithfulness/scores';
import { sparseness } from '../../measures/faithfulness/sparseness';
import type { CleanValues, ScoredValues } from '../../measures/faithfulness/values';
import { requireFinite } from '../../models/finite';
import { predict } from '../../models/forward';
import { inferenceBatchSize } from '../../models/memory/inference';
import { meanOf } from '../../statistics';
import type { FaithfulnessValues } from '../../runs';
import { classOf } from '../heatmaps/target';
import type { Cell } from './cells';
import { chunkTensor, mapsOfChunk } from './maps';
import type { ScoreOptions } from './scoreOptions';
import { sensitivities } from './sensitivities';
import type { Subject } from './subjects';
import { predictDrawn } from './through';

/** What the scores of a subject are made of. */
interface SubjectOfChunk {
  readonly subject: Subject;
  readonly scores: readonly ScoreId[];
  /** [images] */
  readonly maps: readonly SignedMap[];
  /** The probabilities of the explained class between a curve's ends, [images][points]. */
  readonly drawn: Readonly<Record<DrawnCurve, number[][]>>;
}

/** Probabilities of the explained class, [images]. */
interface Ends {
  readonly clean: readonly number[];
  readonly blurred: number[];
  readonly black: number[];
}

/**
 * @param cells of one checkpoint and chunk
 * @returns in their order
 * @throws CancelledError, WorkError
 */
export async function scoreCells(cells: readonly Cell[], options: ScoreOptions): Promise<FaithfulnessValues[]> {
  const clean = predictClean(options);
  const subjects: SubjectOfChunk[] = [];
  for (const { subject, scores } of subjectsOf(cells)) {
    const maps = await mapsOfChunk(subject, options, clean.explained);
    subjects.push({ subject, scores, maps, drawn: { deletion: [], insertion: [], road: [] } });
  }
  const { ends, drops } = await predictAll(subjects, clean, options);
  const values = new Map<string, Map<ScoreId, ScoredValues>>();
  for (const each of subjects) {
    const ofScores = new Map(each.scores.map((score) => [score, scoredBy(score, each, ends, drops, options)] as const));
    values.set(each.subject.id, ofScores);
  }
  const sensitive = subjects.filter(({ scores }) => scores.includes('sensitivity'));
  const changes = await sensitivities(sensitive, clean.explained, options);
  sensitive.forEach(({ subject }, at) =>
    values.get(subject.id)?.set('sensitivity', scored((changes[at] as (number | null)[]).map(sevenDigitsOrNull))),
  );
  return cells.map((cell) =>
    cell.score === 'clean' ? clean : (values.get(cell.subject.id)?.get(cell.score) as ScoredValues),
  );
}

function subjectsOf(cells: readonly Cell[]): { subject: Subject; scores: ScoreId[] }[] {
  const found = new Map<string, { subject: Subject; scores: ScoreId[] }>();
  for (const cell of cells) {
    if (cell.score === 'clean') continue;
    const known = found.get(cell.subject.id) ?? { subject: cell.subject, scores: [] };
    known.scores.push(cell.score);
    found.set(cell.subject.id, known);
  }
  return [...found.values()];
}

/** @throws CancelledError */
function predictClean({ model, weights, input, chunk, target, signal, advance }: ScoreOptions): CleanValues {
  const values: CleanValues = { kind: 'clean', predicted: [], explained: [], confidence: [] };
  const batchSize = inferenceBatchSize(model);
  for (let from = 0; from < chunk.images.length; from += batchSize) {
    if (signal.aborted) throw new CancelledError();
    const batch = chunk.images.slice(from, from + batchSize);
    const images = chunkTensor(batch, input);
    const logits = tidily(() => predict(model, weights, images).dataSync() as Float32Array);
    images.dispose();
    batch.forEach(({ image }, i) => {
      const ofImage = logits.subarray(i * model.classes, (i + 1) * model.classes);
      requireFinite(image.name, ofImage);
      const explained = classOf(target, image.label, ofImage);
      values.predicted.push(indexOfLargest(ofImage));
      values.explained.push(explained);
      values.confidence.push(sevenDigits(softmax(ofImage)[explained] as number));
    });
    advance(batch.length);
  }
  return values;
}

/** All perturbed images of the chunk through the network, those of an image one after the other. */
async function predictAll(
  subjects: readonly SubjectOfChunk[],
  { confidence, explained }: CleanValues,
  options: ScoreOptions,
): Promise<{ ends: Ends; drops: Map<string, number[][]> }> {
  const { model } = options;
  const ends: Ends = { clean: confidence, blurred: [], black: [] };
  const drops = new Map<string, number[][]>();
  const subjectOf = new Map<ItemToDraw, SubjectOfChunk>();
  await predictDrawn(options, itemsOf(subjects, explained.length, subjectOf), (item, logits) => {
    const probabilitiesOf = (image: number): number[] =>
      Array.from({ length: logits.length / model.classes }, (_, i) =>
        sevenDigits(
          softmax(logits.subarray(i * model.classes, (i + 1) * model.classes))[explained[image] as number] as number,
        ),
      );
    switch (item.kind) {
      case 'black':
        explained.forEach((_, image) => ends.black.push(...probabilitiesOf(image)));
        return;
      case 'blurred':
        ends.blurred.push(...probabilitiesOf(item.image));
        return;
      case 'cells': {
        const of = JSON.stringify(item.grid);
        const lost = probabilitiesOf(item.image).map((value) => (confidence[item.image] as number) - value);
        drops.set(of, [...(drops.get(of) ?? []), lost]);
        return;
      }
      case 'map': {
        const probabilities = probabilitiesOf(item.image);
        let at = 0;
        for (const curve of item.curves)
          subjectOf.get(item)?.drawn[curve].push(probabilities.slice(at, (at += imagesOfCurve(curve))));
        return;
      }
      case 'noisy':
    }
  });
  return { ends, drops };
}

/** @param subjectOf gets to know whose map an item is */
function* itemsOf(
  subjects: readonly SubjectOfChunk[],
  images: number,
  subjectOf: Map<ItemToDraw, SubjectOfChunk>,
): Generator<ItemToDraw> {
  const has = (score: ScoreId): boolean => subjects.some(({ scores }) => scores.includes(score));
  const grids = new Map(
    subjects
      .filter(({ scores }) => scores.includes('muFidelity'))
      .map(({ subject: { grid } }) => [JSON.stringify(grid), grid]),
  );
  if (has('deletion')) yield { kind: 'black', image: 0 };
  for (let image = 0; image < images; image++) {
    if (has('insertion')) yield { kind: 'blurred', image };
    for (const grid of grids.values()) yield { kind: 'cells', image, grid };
    for (const of of subjects) {
      const curves = DRAWN_CURVES.filter((curve) => of.scores.includes(curve));
      if (curves.length === 0) continue;
      const item: ItemToDraw = { kind: 'map', image, map: of.maps[image] as SignedMap, curves };
      subjectOf.set(item, of);
      yield item;
    }
  }
}

function scored(scores: (number | null)[], curves: ScoredValues['curves'] = []): ScoredValues {
  return { kind: 'scored', scores, curves };
}

function scoredBy(
  score: ScoreId,
  { subject, maps, drawn }: SubjectOfChunk,
  { clean, blurred, black }: Ends,
  drops: ReadonlyMap<string, number[][]>,
  { chunk, seed }: ScoreOptions,
): ScoredValues {
  switch (score) {
    case 'deletion': {
      const probabilities = drawn.deletion.map((between, i) => [clean[i] as number, ...between, black[i] as number]);
      return scored(
        probabilities.map((curve) => sevenDigits(areaUnder(curve))),
        [{ curve: 'deletion', probabilities }],
      );
    }
    case 'insertion': {
      const probabilities = drawn.insertion.map((between, i) => [blurred[i] as number, ...between, clean[i] as number]);
      return scored(
        probabilities.map((curve) => sevenDigits(areaUnder(curve))),
        [{ curve: 'insertion', probabilities }],
      );
    }
    case 'road': {
      const most = drawn.road.map((values) => values.slice(0, ROAD_STEPS));
      const least = drawn.road.map((values) => values.slice(ROAD_STEPS));
      return scored(
        most.map((values, i) => sevenDigits(meanOf(least[i] as number[]) - meanOf(values))),
        [
          { curve: 'mostRelevantFirst', probabilities: most },
          { curve: 'leastRelevantFirst', probabilities: least },
        ],
      );
    }
    case 'muFidelity': {
      const { grid } = subject;
      const ofImages = drops.get(JSON.stringify(grid)) ?? [];
      return scored(
        maps.map(({ values }, i) => {
          const subsets = drawSubsets(grid.height * grid.width, [seed, chunk.images[i]?.hash ?? '']);
          return sevenDigitsOrNull(muFidelity(values, subsets, ofImages[i] ?? []));
        }),
      );
    }
    case 'sparseness':
      return scored(maps.map(({ values }) => sevenDigitsOrNull(sparseness(values))));
    case 'sensitivity':
      return scored([]);
  }
}
