import { sampleOf } from '../../../study';
import type { CalibrationContent } from '../../studies';
import { askedFor, type Asked } from './asked';

export async function collectCalibration(asked: Asked): Promise<CalibrationContent | undefined> {
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
