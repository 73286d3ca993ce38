/** The numbers of each study at a checkpoint, as its expectations are held against them. */
import type { Calibration } from '../calibration/measured';
import type { MeasuredFaithfulness } from '../faithfulness/measured';
import type { Focus, Masked } from '../localisation/measured';
import { LOCALISATION_MEASURES } from '../localisation/measures';
import type { ClassSensitivityPoint, Randomisation } from '../sanity/numbers';
import { foundScore, type FoundScore } from './found';

export function foundFaithfulness({ scores }: MeasuredFaithfulness): FoundScore[] {
  return scores.map(({ score, estimate, controls }) =>
    foundScore(
      score,
      estimate,
      controls.map(({ control, difference }) => [control, difference]),
    ),
  );
}

export function foundLocalisation(masked: Masked | null): FoundScore[] {
  return LOCALISATION_MEASURES.map(({ key }) => {
    const measured = masked?.[key];
    return foundScore(
      key,
      measured?.estimate,
      measured?.controls.map(({ id, difference }) => [id, difference]),
    );
  });
}

export function foundFocus(focus: Focus | null): FoundScore[] {
  return [foundScore('share', focus?.estimate, [['chance', focus?.aboveChance]])];
}

/** @param randomisation of the checkpoint that it was made of; undefined at any other */
export function foundSanity(
  classes: ClassSensitivityPoint | undefined,
  randomisation: Randomisation | undefined,
): FoundScore[] {
  const whole = randomisation?.cascading.at(-1);
  return [
    foundScore('classSensitivity', classes?.signed, [['chance', classes?.aboveChance]]),
    ...(randomisation === undefined
      ? []
      : [foundScore('randomisation', whole?.signed, [['chance', whole?.aboveChance]])]),
  ];
}

export function foundCalibration({ scores, temperature }: Calibration): FoundScore[] {
  const number = (key: string, mean: number | null, interval: FoundScore['interval'] = null): FoundScore => ({
    key,
    mean,
    n: mean === null ? null : scores.n,
    interval,
    differences: [],
  });
  return [
    number('ece', scores.equalWidth.ece, scores.equalWidth.interval),
    number('eceEqualMass', scores.equalMass.ece, scores.equalMass.interval),
    number('nll', scores.nll),
    number('brier', scores.brier),
    foundScore('overconfidence', scores.overconfidence),
    number('temperature', temperature?.value ?? null),
  ];
}
