/** What is known of faithfulness, as it comes. */
import type { MeasuredFaithfulness } from '../../../src/measures/faithfulness/measured';
import type { Faithfulness, FaithfulnessProgress } from '../../../src/computations/faithfulness/schema';

export interface FaithfulnessAnswer extends Pick<Faithfulness, 'methods' | 'scores' | 'controls' | 'passes'> {
  /** Of each method its checkpoints, ascending. */
  readonly points: readonly (readonly MeasuredFaithfulness[])[];
  /** Those whose scores are `perImage`, once all are known. */
  readonly images: Faithfulness['images'];
  readonly unusable: Faithfulness['unusable'];
  readonly classNames: readonly string[];
}

export function takeFaithfulness(
  answer: FaithfulnessAnswer | undefined,
  progress: FaithfulnessProgress,
): FaithfulnessAnswer | undefined {
  switch (progress.kind) {
    case 'start': {
      const { methods, scores, controls, passes } = progress;
      const points = answer?.points ?? methods.map(() => []);
      return { images: [], unusable: [], classNames: [], ...answer, methods, scores, controls, passes, points };
    }
    case 'result': {
      const { method, measured } = progress;
      const points = answer?.points.map((each, at) => (at === method ? withPoint(each, measured) : each));
      return answer && { ...answer, points: points ?? [] };
    }
    case 'count':
      return answer;
  }
}

export function finishFaithfulness(
  _: FaithfulnessAnswer | undefined,
  { methods, scores, controls, passes, points, images, unusable, classNames }: Faithfulness,
): FaithfulnessAnswer {
  return { methods, scores, controls, passes, points, images, unusable, classNames };
}

function withPoint(points: readonly MeasuredFaithfulness[], point: MeasuredFaithfulness): MeasuredFaithfulness[] {
  return [...points.filter(({ epoch }) => epoch !== point.epoch), point].sort((a, b) => a.epoch - b.epoch);
}
