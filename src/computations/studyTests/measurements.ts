/** How each measurement is made for its test. */
import {
  foundCalibration,
  foundFaithfulness,
  foundFocus,
  foundLocalisation,
  foundSanity,
} from '../../measures/expectations/adapters';
import type { FoundScore } from '../../measures/expectations/found';
import type { StudyKey } from '../../measures/expectations/studies';
import { selectCheckpoints, type Run } from '../../runs';
import { sampleOf, type Study } from '../../study';
import { calibration } from '../calibration/calibration';
import type { Work } from '../computation';
import { faithfulness } from '../faithfulness/faithfulness';
import { localisation } from '../localisation/localisation';
import { sanity } from '../sanity/sanity';
import { firstTestImages, methodOf, scoresOf } from './requests';

export interface Measured {
  readonly run: Run;
  /** That counts for the run: see `studyInForce`. */
  readonly study: Study;
  readonly epochs: number[];
  readonly testImages: number;
  readonly compute: boolean;
}

export interface Measuring extends Omit<Work, 'progress'> {
  readonly count: (done: number, of: number) => void;
  readonly take: (epoch: number, state: 'kept' | 'computed', scores: FoundScore[]) => void;
}

type Measure = (of: Measured, work: Measuring) => Promise<unknown>;

export const MEASUREMENTS: Readonly<Record<StudyKey, Measure>> = {
  faithfulness: ({ run, study, epochs, testImages, compute }, { count, take, ...work }) =>
    faithfulness(
      {
        run: run.folder,
        epochs,
        images: firstTestImages(sampleOf(study, 'faithfulness'), testImages),
        methods: [methodOf(study)],
        layer: study.explain.layer,
        scores: scoresOf(study),
        compute,
      },
      {
        ...work,
        progress(value) {
          if (value.kind === 'count') count(value.done, value.of);
          if (value.kind === 'result') take(value.measured.epoch, value.state, foundFaithfulness(value.measured));
        },
      },
    ),
  sanity: sane,
  localisation: (measured, work) => localised(measured, work, 'localisation'),
  focus: (measured, work) => localised(measured, work, 'focus'),
  calibration: ({ run, study, epochs, testImages, compute }, { count, take, ...work }) =>
    calibration(
      {
        run: run.folder,
        epochs,
        images: Math.min(sampleOf(study, 'calibration') ?? testImages, testImages),
        entries: [],
        compute,
      },
      {
        ...work,
        progress(value) {
          if (value.kind === 'count') count(value.done, value.of);
          if (value.kind === 'result') take(value.epoch, value.state, foundCalibration(value.calibration));
        },
      },
    ),
};

/** Of images with masks, or of mosaics: the other is as small as it can be. */
function localised(
  { run, study, epochs, testImages, compute }: Measured,
  { count, take, ...work }: Measuring,
  key: 'localisation' | 'focus',
): Promise<unknown> {
  const sample = sampleOf(study, key);
  return localisation(
    {
      run: run.folder,
      epochs,
      methods: [methodOf(study)],
      layer: study.explain.layer,
      images: key === 'focus' ? 1 : Math.min(sample, testImages),
      mosaics: key === 'focus' ? sample : 0,
    },
    {
      ...work,
      progress(value) {
        if (value.kind === 'count') count(value.done, value.of);
        if (value.kind !== 'result') return;
        const { epoch, masked, focus } = value.measured;
        const found = key === 'focus' ? foundFocus(focus) : foundLocalisation(masked);
        take(epoch, compute ? 'computed' : 'kept', found);
      },
    },
  );
}

/** Of each checkpoint class sensitivity, and of the study's last one randomisation: whichever the study expects something of. */
async function sane(
  { run, study, epochs, testImages, compute }: Measured,
  { count, take, ...work }: Measuring,
): Promise<void> {
  const { classSensitivity, randomisation } = study.sanity ?? {};
  const last = (await selectCheckpoints(run, study.explain.checkpoints, 'skip')).map(({ epoch }) => epoch);
  const randomised = randomisation === undefined ? [] : epochs.filter((epoch) => epoch === Math.max(...last));
  const { id, ...parameters } = methodOf(study);
  const ask = (check: 'classSensitivity' | 'randomisation', of: number[]) =>
    sanity(
      {
        run: run.folder,
        epochs: of,
        images: firstTestImages(sampleOf(study, 'sanity'), testImages),
        methods: [{ method: id, ...parameters }],
        layer: study.explain.layer,
        checks: [check],
        compute,
      },
      {
        ...work,
        progress(value) {
          if (value.kind === 'count') count(value.done, value.of);
        },
      },
    );
  const classes = classSensitivity === undefined ? undefined : await ask('classSensitivity', epochs);
  const redrawn = randomised.length === 0 ? undefined : await ask('randomisation', randomised);
  // Of a cascade of which a part is not kept the last point says nothing of all layers.
  const found = foundSanity({
    classSensitivity: classes?.methods[0]?.classSensitivity ?? null,
    randomisation: redrawn?.missing === 0 ? (redrawn.methods[0]?.randomisation ?? null) : null,
  });
  const isWhole = (epoch: number, scores: readonly FoundScore[]): boolean =>
    scores.length === Number(classes !== undefined) + Number(randomised.includes(epoch));
  for (const { epoch, scores } of found) if (isWhole(epoch, scores)) take(epoch, compute ? 'computed' : 'kept', scores);
}
