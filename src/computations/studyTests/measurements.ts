/** How each measurement is made for its test. */
import {
  foundCalibration,
  foundFaithfulness,
  foundFocus,
  foundLocalisation,
} from '../../measures/expectations/adapters';
import type { FoundScore } from '../../measures/expectations/found';
import type { StudyKey } from '../../measures/expectations/studies';
import type { Run } from '../../runs';
import type { Study } from '../../study';
import { calibration } from '../calibration/calibration';
import type { Work } from '../computation';
import { faithfulness } from '../faithfulness/faithfulness';
import { localisation } from '../localisation/localisation';
import { firstTestImages, methodOf, sampleOf, scoresOf } from './requests';

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

export const MEASUREMENTS: Partial<Readonly<Record<StudyKey, Measure>>> = {
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
  const sample = sampleOf(study, key) ?? testImages;
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
