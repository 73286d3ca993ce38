/** The studies of trust: what is kept of each, and what is computed of those that are asked for. */
import { chooseMethod, METHODS } from '../../explanations';
import { firstTestImages, methodOf, scoresOf } from '../../computations/studyTests/requests';
import { sampleOf } from '../../study';
import type { CalibrationContent, FaithfulnessContent, ReportStudy, StudiesContent } from '../studies';
import { NotComputedError, type CollectOptions } from './request';

interface Asked extends CollectOptions {
  readonly testCount: number;
  /** The epochs of all checkpoints that are there. */
  readonly present: readonly number[];
}

/**
 * @param computing may compute @param keeping may not
 * @param wanted those that are computed where they are not kept
 */
export async function collectStudies(
  computing: Asked,
  keeping: Asked,
  wanted: readonly ReportStudy[],
): Promise<StudiesContent> {
  const of = (study: ReportStudy): Asked => (wanted.includes(study) ? computing : keeping);
  const faithfulness = await orNothing(() => collectFaithfulness(of('faithfulness')));
  const calibration = await orNothing(() => collectCalibration(of('calibration')));
  return { ...(faithfulness && { faithfulness }), ...(calibration && { calibration }) };
}

async function orNothing<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotComputedError) return undefined;
    throw error;
  }
}

/** Of what is kept all methods, at all checkpoints; what is computed is the study's own, at those of the report. */
function askedFor({ study, compute, epochs, present }: Asked) {
  const side = study.model.inputSize;
  const others = METHODS.filter(
    (method) =>
      method.id !== study.explain.method &&
      method.problem?.(chooseMethod(method.id).parameters, { height: side, width: side }) === undefined,
  );
  return {
    epochs: compute ? [...epochs] : [...present],
    methods: [methodOf(study), ...(compute ? [] : others.map(({ id }) => ({ id })))],
    layer: study.explain.layer,
  };
}

async function collectFaithfulness(asked: Asked): Promise<FaithfulnessContent | undefined> {
  const { request, run, study, compute, testCount, progress } = asked;
  const images = firstTestImages(sampleOf(study, 'faithfulness'), testCount);
  if (images.length === 0) return undefined;
  const count = progress.count('images through the network');
  const { methods, points } = await request(
    'faithfulness',
    { run: run.folder, ...askedFor(asked), images, scores: scoresOf(study), compute },
    (value) => {
      if (value.kind === 'count') count(value.done, value.of);
    },
  );
  const measured = methods.flatMap(({ method, layer }, at) => {
    const own = points[at] ?? [];
    return own.length === 0 ? [] : [{ id: method.id, name: method.name, layer: layer.name, points: own }];
  });
  return measured.length === 0 ? undefined : { images: images.length, methods: measured };
}

async function collectCalibration(asked: Asked): Promise<CalibrationContent | undefined> {
  const { request, run, study, compute, testCount, progress } = asked;
  const count = progress.count('images');
  const found: CalibrationContent['epochs'][number][] = [];
  const { epochs } = askedFor(asked);
  const images = sampleOf(study, 'calibration');
  // The drops under perturbations are kept apart from the logits of images as they are.
  const ask = (entries: { readonly entries?: number[] }) =>
    request(
      'calibration',
      {
        run: run.folder,
        epochs,
        ...(images === undefined ? {} : { images: Math.min(images, testCount) }),
        ...entries,
        compute,
      },
      (value) => {
        if (value.kind === 'count') count(value.done, value.of);
        if (value.kind === 'result') found.push({ epoch: value.epoch, calibration: value.calibration });
      },
    );
  await ask({});
  if (found.length === 0 && study.perturbations.length > 0) await ask({ entries: [] });
  found.sort((a, b) => a.epoch - b.epoch);
  return found.length === 0 ? undefined : { epochs: found };
}
