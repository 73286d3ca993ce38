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

/**
 * By epoch: of each class sensitivity, and of the checkpoint that was randomised that of all of its layers.
 * A check that was not made does not apply.
 */
export function foundSanity({
  classSensitivity,
  randomisation,
}: {
  readonly classSensitivity: readonly ClassSensitivityPoint[] | null;
  readonly randomisation: Randomisation | null;
}): { readonly epoch: number; readonly scores: FoundScore[] }[] {
  const whole = randomisation?.cascading.at(-1);
  const classes = new Map((classSensitivity ?? []).map((point) => [point.epoch, point]));
  const epochs = new Set([...classes.keys(), ...(randomisation === null || !whole ? [] : [randomisation.epoch])]);
  return [...epochs]
    .sort((a, b) => a - b)
    .map((epoch) => {
      const point = classes.get(epoch);
      const scores = [
        ...(point ? [foundScore('classSensitivity', point.signed, [['chance', point.aboveChance]])] : []),
        ...(whole && randomisation?.epoch === epoch
          ? [foundScore('randomisation', whole.signed, [['chance', whole.aboveChance]])]
          : []),
      ];
      return { epoch, scores };
    });
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
