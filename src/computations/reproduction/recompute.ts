/** Each kind of kept result computed again, by the code that made it. Needs an engine that has been started. */
import { classIndicesFromBytes } from '../../common/classIndices';
import { endianness } from 'node:os';
import * as z from 'zod';
import {
  AGREEMENT_METHOD,
  agreementInputsSchema,
  ATTENTION_METHOD,
  attentionInputsSchema,
  ATTACK_METHOD,
  attackInputsSchema,
  attackValueSchema,
  CALIBRATION_METHOD,
  calibrationInputsSchema,
  calibrationValue,
  calibrationValueSchema,
  FAITHFULNESS_METHOD,
  faithfulnessInputsSchema,
  heatmapInputsSchema,
  heatmapValues,
  LOGITS_METHOD,
  logitsInputsSchema,
  LOCALISATION_METHOD,
  localisationInputsSchema,
  localisationValuesSchema,
  PREDICTION_MAPS_METHOD,
  predictionInputsSchema,
  predictionMapInputsSchema,
  predictionValues,
  ROBUSTNESS_METHOD,
  robustnessInputsSchema,
  SANITY_METHOD,
  sanityInputsSchema,
  type AboutResult,
} from '../../runs';
import { canonicalJson } from '../../common/canonicalJson';
import { attackTitle } from '../../measures/attacks/title';
import { measuredSchema } from '../../measures/robustness/measured';
import { measureAgreement } from '../agreement/measure';
import { chunksOf, type Cell } from '../faithfulness/cells';
import { identified, type Subject } from '../faithfulness/subjects';
import { SCORE_IDS } from '../../measures/faithfulness/scores';
import { hashInOrder, hashedImage, type HashedImage } from '../heatmaps/hashedImage';
import { measureAttention } from '../drift/measure';
import { imageReferenceOf, setImage } from '../images/images';
import { pixelHash } from '../../datasets/imageSource';
import { memoryReaders } from '../../datasets/reader';
import { explainImages } from '../heatmaps/explain';
import type { MapKeeper } from '../heatmaps/maps';
import { explainedLayer, type Explained } from '../heatmaps/explained';
import type { MapsOf } from '../heatmaps/mapsOf';
import { maskedImages, mosaicImages, mosaicsOfNames } from '../localisation/images';
import { localiseImages } from '../localisation/measure';
import { meanOf } from '../../statistics';
import { DEFAULT_METHOD, methodOfKey } from '../../explanations';
import { inferenceBatchSize } from '../../models/memory/inference';
import { disposeWeights, loadWeights } from '../../models/forward';
import { hashImages } from '../robustness/testImages';
import { createComparer } from '../sanity/compare';
import { drawTrainingImages } from '../sanity/trainingImages';
import { perturb } from '../../perturbations';
import { validationImages } from '../calibration/validationImages';
import { measuring } from '../worker/worker';
import {
  createAttacker,
  createMeasurer,
  createPredictor,
  createScorer,
  predictAtCheckpoint,
  predictSamplesAtCheckpoint,
} from '../compute';
import { createScheduler } from '../scheduler';
import { readHashedCheckpoint } from '../../weights/hashedCheckpoint';
import { SkippedError, type Basis } from './basis';
import { arrayDifference, jsonDifference, shareOfOthers, withPointIntervals } from './compare';

/** A kept result, and what it says that it was computed from. */
export interface KeptToRecompute {
  readonly inputs: unknown;
  readonly about: AboutResult;
  readonly value: unknown;
}

export interface Recomputed {
  /** "heatmaps of test:3 at epoch 5, Grad-CAM at layer layer3.2" */
  readonly of: string;
  /** 0 where all is equal to the bit: see compare.ts. */
  readonly difference: number;
  /** Whether it was computed in the same batches as what was kept: rounding is then the same. */
  readonly sameBatches: boolean;
}

type Recompute = (basis: Basis, kept: KeptToRecompute) => Promise<Recomputed>;

const goOn = (): Promise<void> => Promise.resolve();

/** What results say of themselves beside their inputs. */
const markSchema = z.object({ method: z.string().optional(), byteOrder: z.string().default(endianness()) });

/** @param method the one of this version, where the kind has any; null where it names an explanation method */
function recomputing<I extends { architecture: string; input: unknown }>(
  schema: z.ZodType<I>,
  method: string | undefined | null,
  recompute: (basis: Basis, asked: I, kept: Pick<KeptToRecompute, 'about' | 'value'>) => Promise<Recomputed>,
): Recompute {
  return async (basis, { inputs, ...kept }) => {
    const asked = schema.parse(inputs);
    const found = markSchema.parse(inputs);
    if (method !== null && found.method !== method)
      throw new SkippedError(`it was computed by “${found.method ?? ''}”, and this version has “${method ?? ''}”`);
    if (found.byteOrder !== endianness()) throw new SkippedError('it was kept by a machine of another byte order');
    basis.check(asked);
    return recompute(basis, asked, kept);
  };
}

/** What a result's heatmaps were of. @param key absent of a result that is older than the choice of a method */
function mapsOf({ model, input }: Basis, layer: string, key: Parameters<typeof methodOfKey>[0] = FIRST): MapsOf {
  const method = methodOfKey(key);
  if (method === undefined)
    throw new SkippedError(`its heatmaps are by “${key.method}”, which this version does not have`);
  return { model, input, method, targetLayer: explainedLayer(model, method, layer) };
}

function explainedText({ method: { method }, targetLayer }: Explained): string {
  return `${method.name} at layer ${targetLayer.name}`;
}

const FIRST = { method: `${DEFAULT_METHOD} 1` };

const heatmaps = recomputing(heatmapInputsSchema, null, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const { input, ...explained } = mapsOf(basis, asked.layer, asked);
  const { model } = explained;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const image = await basis.image(asked.image);
  const kept = floatsOf(value);
  // Rounding depends on a batch's size and on the place in it, and not on what else is in it.
  const { size, place = 0 } = about.batch ?? { size: 1 };
  const weights = loadWeights(await readHashedCheckpoint(checkpoint, model));
  try {
    const copies = Array.from({ length: size }, () => image);
    const results = await explainImages(explained, weights, copies, input, {
      signal,
      targets: copies.map(() => asked.target),
    });
    const result = results[place];
    if (result === undefined) throw new SkippedError('it names no place in its batch');
    const found = heatmapValues(result, asked.target !== undefined);
    const { classes } = model;
    const ofLogits = arrayDifference(kept.subarray(0, classes), found.subarray(0, classes));
    const ofMaps = arrayDifference(kept.subarray(classes), found.subarray(classes));
    return {
      of: `heatmaps of ${image.name} at epoch ${checkpoint.epoch}, ${explainedText(explained)}`,
      difference: Math.max(ofLogits, ofMaps),
      sameBatches: about.batch !== undefined && canonicalJson(result.batch) === canonicalJson({ size, place }),
    };
  } finally {
    disposeWeights(weights);
  }
});

const views = recomputing(predictionMapInputsSchema, PREDICTION_MAPS_METHOD, async (basis, asked, { value }) => {
  const { signal } = basis;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const image = await basis.image(asked.image);
  const { draw } = asked;
  const samplesOf = draw === undefined ? [] : [() => perturb(image, draw.perturbation, draw)];
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const { clean, perturbed } = await predictSamplesAtCheckpoint({
    ...of,
    checkpoint,
    image,
    clean: undefined,
    samplesOf,
    signal,
    yieldTurn: goOn,
  });
  const found = predictionValues(perturbed[0] ?? clean, draw);
  const how = draw === undefined ? 'as it is' : `under ${draw.perturbation.kind}, round ${draw.round + 1}`;
  return {
    of: `the view of ${image.name} ${how} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
    difference: arrayDifference(doublesOf(value), found),
    sameBatches: false,
  };
});

const robustness = recomputing(robustnessInputsSchema, ROBUSTNESS_METHOD, async (basis, asked, { about, value }) => {
  const { model, signal } = basis;
  const kept = measuredSchema.parse(value);
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const test = await testImagesOf(basis, kept.images, asked.images);
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const measure = createMeasurer({ ...of, test, severalCheckpoints: false });
  const entry = { ...asked.perturbation, images: kept.images };
  const found = await measure(checkpoint, entry, { signal, yieldTurn: goOn, advance: () => undefined });
  return {
    of: `robustness to ${entry.kind} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
    difference: jsonDifference(withPointIntervals(kept), withPointIntervals(found)),
    sameBatches: about.batch?.size === inferenceBatchSize(model),
  };
});

/** Every map is computed, and none is kept. */
const NOTHING_KEPT: MapKeeper = { load: (cells) => Promise.resolve(cells.map(() => undefined)), store: goOn };

/** The images that a result names, if they are still those of the hash. @throws SkippedError */
async function keptImages(basis: Basis, hash: string, { images: names }: AboutResult): Promise<HashedImage[]> {
  if (names === undefined) throw new SkippedError('an older version kept it, which does not say of which images');
  const sets = memoryReaders(await basis.dataset());
  const references = names.map(imageReferenceOf);
  if (references.some((reference) => reference === undefined))
    throw new SkippedError('its images are not all of the data set');
  const images = await Promise.all(
    references.flatMap((reference) => (reference === undefined ? [] : [setImage(reference, sets)])),
  );
  const hashed = images.map(hashedImage);
  if (hashInOrder(hashed) !== hash) throw new SkippedError('its images are no longer those of the data set');
  return hashed;
}

const attention = recomputing(attentionInputsSchema, ATTENTION_METHOD, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const checkpoints = asked.checkpoints.map(({ hash }) => basis.checkpoint(hash));
  const images = await keptImages(basis, asked.images, about);
  const { target, untrained } = asked;
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const found = await measureAttention(
    { ...of, checkpoints, images, target, untrained, keeper: NOTHING_KEPT },
    { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
  );
  return {
    of: `attention over ${checkpoints.length} epochs of ${images.length} images, ${explainedText(of)}`,
    difference: jsonDifference(withPointIntervals(value), withPointIntervals(found)),
    sameBatches: false,
  };
});

const localisation = recomputing(
  localisationInputsSchema,
  LOCALISATION_METHOD,
  async (basis, asked, { about, value }) => {
    const { input, signal } = basis;
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const names = about.images ?? [];
    const { test } = memoryReaders(await basis.dataset());
    const mosaics = mosaicsOfNames(names);
    const last = imageReferenceOf(names.at(-1) ?? '')?.index ?? 0;
    const images =
      mosaics === undefined
        ? await maskedImages(test, last + 1)
        : await mosaicImages(test, mosaics.count, mosaics.seed, input.inputSize);
    if (hashInOrder(images) !== asked.images) throw new SkippedError('its images are no longer those of the data set');
    const of = mapsOf(basis, asked.layer, asked.explanation);
    const found = await localiseImages(
      { ...of, checkpoint, images, target: asked.target, keeper: NOTHING_KEPT },
      { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
      () => undefined,
    );
    return {
      of: `localisation on ${images.length} ${mosaics === undefined ? 'images' : 'mosaics'} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      // Which of two places is the largest may turn on rounding: means hold.
      difference: jsonDifference(meansOf(localisationValuesSchema.parse(value)), meansOf(found)),
      sameBatches: false,
    };
  },
);

const faithfulness = recomputing(
  faithfulnessInputsSchema,
  FAITHFULNESS_METHOD,
  async (basis, asked, { about, value }) => {
    const { model, input, signal } = basis;
    const { target, seed, noise = 0 } = asked;
    const checkpoint = basis.checkpoint(asked.checkpoint);
    const [chunk] = chunksOf(await keptImages(basis, asked.images, about));
    if (chunk?.hash !== asked.images) throw new SkippedError('its images are no longer scored together');
    const score = SCORE_IDS.find((each) => each === asked.score);
    const subject = asked.subject && subjectOf(basis, asked.subject);
    const of = { checkpoint, chunk };
    const cell: Cell =
      score === undefined || subject === undefined ? { ...of, score: 'clean' } : { ...of, score, subject };
    const steps = { signal, yieldTurn: goOn, advance: () => undefined };
    const [found] = await createScorer()({ model, input, target, seed, noise, ...of, ...steps, cells: [cell] });
    const whose = asked.subject === undefined ? '' : `, ${subjectText(asked.subject)}`;
    return {
      of: `faithfulness (${asked.score}) of ${chunk.images.length} images at epoch ${checkpoint.epoch}${whose}`,
      difference: jsonDifference(value, found),
      sameBatches: false,
    };
  },
);

function subjectOf(basis: Basis, key: Subject['key']): Subject {
  if ('control' in key) {
    const { control, height, width } = key;
    return identified({ kind: 'control', key, grid: { height, width }, control });
  }
  const { model, method, targetLayer } = mapsOf(basis, key.layer, key.explanation);
  const { height, width } = targetLayer;
  const subject = { key, grid: { height, width }, explained: { model, method, targetLayer, signed: true } };
  return key.mapsOf === undefined
    ? identified({ kind: 'method', ...subject })
    : identified({ kind: 'untrained', ...subject, checkpoint: basis.checkpoint(key.mapsOf) });
}

function subjectText(key: Subject['key']): string {
  if ('control' in key) return `${key.control} map`;
  return `${key.explanation.method} at layer ${key.layer}${key.mapsOf === undefined ? '' : ', untrained'}`;
}

const agreement = recomputing(agreementInputsSchema, AGREEMENT_METHOD, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const images = await keptImages(basis, asked.images, about);
  const methods = asked.explanations.map((key) => ({ ...mapsOf(basis, key.layer, key), keeper: NOTHING_KEPT }));
  const [found] = await measureAgreement(
    { methods, pairs: [{ a: 0, b: 1 }], images, target: asked.target },
    { checkpoint, next: undefined },
    { signal, scheduler: createScheduler(), start: goOn, onWarning: () => undefined, progress: () => undefined },
    () => undefined,
  );
  return {
    of: `agreement of ${methods.map(explainedText).join(' with ')} at epoch ${checkpoint.epoch}, ${images.length} images`,
    difference: jsonDifference(value, found),
    sameBatches: false,
  };
});

/** Of each measure, where a value that is not known counts as nought. */
function meansOf(values: Readonly<Record<string, readonly (number | null)[]>>): number[] {
  return Object.values(values).map((ofMeasure) => meanOf(ofMeasure.map((each) => each ?? 0)));
}

const sanity = recomputing(sanityInputsSchema, SANITY_METHOD, async (basis, asked, { about, value }) => {
  const { signal } = basis;
  const { check, seed } = asked;
  if (check.kind === 'against') throw new SkippedError('it is a comparison with another run');
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const references = (about.images ?? []).flatMap((name) => imageReferenceOf(name) ?? []);
  const sets = memoryReaders(await basis.dataset());
  const images = (await Promise.all(references.map((each) => setImage(each, sets)))).map(hashedImage);
  if (hashInOrder(images) !== asked.images) throw new SkippedError('its images are not all of the data set');
  const needed = check.kind === 'randomisation' ? check.trainingImages : null;
  const training = needed === null ? undefined : await drawTrainingImages(basis.run, needed.count, seed);
  if (training?.hash !== needed?.hash)
    throw new SkippedError('its training images are no longer those of the data set');
  const of = mapsOf(basis, asked.layer, asked.explanation);
  const comparer = createComparer({ images, seed, training: training?.set });
  try {
    const steps = { signal, yieldTurn: goOn, advance: () => undefined };
    const found = await comparer.compare({ of, checkpoint, check }, steps);
    const what = check.kind === 'randomisation' ? `re-drawn ${check.groups.join(', ')}` : 'the runner-up';
    return {
      of: `maps of ${images.length} images against ${what} at epoch ${checkpoint.epoch}, ${explainedText(of)}`,
      difference: jsonDifference(value, found),
      sameBatches: false,
    };
  } finally {
    comparer.dispose();
  }
});

const predictions = recomputing(predictionInputsSchema, undefined, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const dataset = await basis.dataset();
  for (const name of ['test', 'train'] as const) {
    const set = dataset[name];
    if (pixelHash(set) !== asked.images) continue;
    const watch = { signal, progress: () => undefined, yieldTurn: goOn };
    const found = await predictAtCheckpoint(model, checkpoint, set, input, watch);
    return {
      of: `predictions of the ${name} images at epoch ${checkpoint.epoch}`,
      difference: shareOfOthers(classIndicesFromBytes(bytesOf(value), model.classes, set.count), found),
      sameBatches: about.batch?.size === inferenceBatchSize(model),
    };
  }
  throw new SkippedError('its images are no longer those of the data set');
});

const logits = recomputing(logitsInputsSchema, LOGITS_METHOD, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const kept = floatsOf(value);
  const count = kept.length / model.classes;
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const { test, train } = await basis.dataset();
  const validation = await validationImages(basis.run, (work) => Promise.resolve(work(train)));
  const [name, set] = Object.entries({ test, ...(validation && { validation }) }).find(
    ([, each]) => count <= each.count && hashImages(each, count) === asked.images,
  ) ?? [undefined];
  if (set === undefined) throw new SkippedError('its images are no longer those of the data set');
  const { draw } = asked;
  const predictor = createPredictor({ model, input, severalCheckpoints: false });
  const found = await predictor(
    checkpoint,
    { set, count, draw: draw && { entry: draw.perturbation, round: draw.round } },
    { signal, yieldTurn: goOn, advance: () => undefined },
  );
  const how = draw === undefined ? '' : ` under ${draw.perturbation.kind}, round ${draw.round + 1},`;
  return {
    of: `logits of ${count} ${name} images${how} at epoch ${checkpoint.epoch}`,
    difference: arrayDifference(kept, found),
    sameBatches: about.batch?.size === inferenceBatchSize(model),
  };
});

const calibration = recomputing(calibrationInputsSchema, CALIBRATION_METHOD, async (basis, asked, { value }) => {
  const { model, input, signal } = basis;
  const kept = calibrationValueSchema.parse(value);
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const set = await testImagesOf(basis, kept.n, asked.images);
  const predictor = createPredictor({ model, input, severalCheckpoints: false });
  const steps = { signal, yieldTurn: goOn, advance: () => undefined };
  const found = await predictor(checkpoint, { set, count: kept.n }, steps);
  const { classes } = model;
  const test = { logits: found, labels: set.labels.slice(0, kept.n), classes };
  const { scores } = await measuring.run('calibrate', { test, validation: undefined, perturbed: [] }, signal);
  return {
    of: `calibration of ${kept.n} test images at epoch ${checkpoint.epoch}`,
    difference: jsonDifference(kept, calibrationValue(kept.epoch, scores)),
    sameBatches: false,
  };
});

const attacks = recomputing(attackInputsSchema, ATTACK_METHOD, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const { attacked: kept, epoch } = attackValueSchema.parse(value);
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const set = await testImagesOf(basis, kept.of, asked.images);
  const { attack } = asked;
  const steps = { signal, yieldTurn: goOn, advance: () => undefined };
  const attacker = createAttacker({ model, input });
  const { counts } = await attacker(checkpoint, { set, count: kept.of, attack }, steps);
  return {
    of: `accuracy of ${kept.of} test images under ${attackTitle(attack)} at epoch ${epoch}`,
    difference: jsonDifference(kept, counts),
    sameBatches: about.batch?.size === inferenceBatchSize(model),
  };
});

/** The first so many test images, if they are still those of the hash. @throws SkippedError */
async function testImagesOf(basis: Basis, count: number, hash: string) {
  const { test } = await basis.dataset();
  if (count > test.count || hashImages(test, count) !== hash)
    throw new SkippedError('its images are no longer those of the data set');
  return test;
}

function bytesOf(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new SkippedError('it is not bytes');
}

function floatsOf(value: unknown): Float32Array {
  const { buffer, byteOffset, byteLength } = bytesOf(value);
  return new Float32Array(buffer, byteOffset, Math.floor(byteLength / 4));
}

function doublesOf(value: unknown): Float64Array {
  const { buffer, byteOffset, byteLength } = bytesOf(value);
  return new Float64Array(buffer, byteOffset, Math.floor(byteLength / 8));
}

/**
 * By the first word of a result's name. Beside it how far a result may be off where another engine, version or batch
 * computed it: a share of the largest logit or value of a map; of numbers that count images, which flip one by one,
 * more; and of those that rank a map's cells, of which two may swap, most.
 */
export const KINDS: Readonly<Record<string, { readonly recompute: Recompute; readonly tolerance: number }>> = {
  heatmaps: { recompute: heatmaps, tolerance: 1e-3 },
  views: { recompute: views, tolerance: 1e-3 },
  predictions: { recompute: predictions, tolerance: 0.02 },
  logits: { recompute: logits, tolerance: 1e-3 },
  robustness: { recompute: robustness, tolerance: 0.02 },
  attacks: { recompute: attacks, tolerance: 0.02 },
  calibration: { recompute: calibration, tolerance: 1e-3 },
  attention: { recompute: attention, tolerance: 0.1 },
  agreement: { recompute: agreement, tolerance: 0.1 },
  faithfulness: { recompute: faithfulness, tolerance: 0.1 },
  localisation: { recompute: localisation, tolerance: 0.1 },
  sanity: { recompute: sanity, tolerance: 0.1 },
};
