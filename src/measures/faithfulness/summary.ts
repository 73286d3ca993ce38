/** From values of images to the numbers of a method at a checkpoint. */
import { createResampler, estimateRate, type Estimate, type Resampler } from '../../statistics';
import type { ControlId } from './controls';
import { curveShares } from './curves';
import type { Controlled, MeanCurve, MeasuredFaithfulness, Scored } from './measured';
import { ROAD_SHARES } from './road/road';
import type { CurveName, ScoreId } from './scores';
import type { CleanValues, ScoredValues } from './values';

export interface ScoreValues {
  readonly score: ScoreId;
  readonly method: ScoredValues;
  readonly controls: readonly { readonly control: ControlId; readonly values: ScoredValues }[];
}

export interface ValuesOfCheckpoint {
  readonly epoch: number;
  /** Null where it is not known, [images]. */
  readonly labels: readonly (number | null)[];
  readonly clean: CleanValues;
  readonly scores: readonly ScoreValues[];
}

/** Those of parts of the images, one after the other. */
export function joinedScores(parts: readonly ScoredValues[]): ScoredValues {
  const curves = (parts[0]?.curves ?? []).map(({ curve }, at) => ({
    curve,
    probabilities: parts.flatMap((part) => part.curves[at]?.probabilities ?? []),
  }));
  return { kind: 'scored', scores: parts.flatMap(({ scores }) => scores), curves };
}

export function joinedClean(parts: readonly CleanValues[]): CleanValues {
  return {
    kind: 'clean',
    predicted: parts.flatMap(({ predicted }) => predicted),
    explained: parts.flatMap(({ explained }) => explained),
    confidence: parts.flatMap(({ confidence }) => confidence),
  };
}

/** @param perImage whether the images' scores are told too */
export function createSummary(seed: number, perImage: boolean): (values: ValuesOfCheckpoint) => MeasuredFaithfulness {
  const resampler = createResampler(seed);
  return ({ epoch, labels, clean, scores }) => ({
    epoch,
    images: labels.length,
    accuracy: accuracyOf(labels, clean),
    confidence: resampler.estimate(clean.confidence),
    scores: scores.map((values) => scored(values, resampler, perImage)),
  });
}

function accuracyOf(labels: readonly (number | null)[], { predicted }: CleanValues): MeasuredFaithfulness['accuracy'] {
  const known = labels.flatMap((label, image) => (label === null ? [] : [label === predicted[image]]));
  return known.length === 0 ? null : estimateRate(known.filter(Boolean).length, known.length);
}

function scored({ score, method, controls }: ScoreValues, resampler: Resampler, perImage: boolean): Scored {
  return {
    score,
    estimate: estimateOf(method.scores, resampler),
    curves: meanCurves(method),
    perImage: perImage ? [...method.scores] : [],
    controls: controls.map(({ control, values }): Controlled => {
      const differences = method.scores.map((value, image) => {
        const other = values.scores[image] ?? null;
        return value === null || other === null ? null : value - other;
      });
      return {
        control,
        estimate: estimateOf(values.scores, resampler),
        difference: estimateOf(differences, resampler),
        curves: meanCurves(values),
        perImage: perImage ? [...values.scores] : [],
      };
    }),
  };
}

function estimateOf(values: readonly (number | null)[], resampler: Resampler): Estimate | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : resampler.estimate(known);
}

function meanCurves({ curves }: ScoredValues): MeanCurve[] {
  return curves.map(({ curve, probabilities }) => {
    const shares = sharesOf(curve);
    const mean = shares.map(
      (_, point) => probabilities.reduce((sum, each) => sum + (each[point] as number), 0) / probabilities.length,
    );
    return { curve, shares, probabilities: mean };
  });
}

function sharesOf(curve: CurveName): number[] {
  return curve === 'deletion' || curve === 'insertion' ? curveShares() : [...ROAD_SHARES];
}
