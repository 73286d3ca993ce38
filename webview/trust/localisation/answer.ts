/** What is known of localisation, as it comes. */
import type { Localisation, LocalisationProgress } from '../../../src/computations/localisation/schema';
import type { MeasuredLocalisation } from '../../../src/measures/localisation/measured';

export type LocalisationAnswer = Pick<Localisation, 'methods' | 'images' | 'mosaics' | 'maskArea' | 'points'>;

export function takeLocalisation(
  answer: LocalisationAnswer | undefined,
  progress: LocalisationProgress,
): LocalisationAnswer | undefined {
  switch (progress.kind) {
    case 'start': {
      const { methods, images, mosaics } = progress;
      return { maskArea: null, points: methods.map(() => []), ...answer, methods, images, mosaics };
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

export function finishLocalisation(_: LocalisationAnswer | undefined, result: Localisation): LocalisationAnswer {
  const { methods, images, mosaics, maskArea, points } = result;
  return { methods, images, mosaics, maskArea, points };
}

function withPoint(points: readonly MeasuredLocalisation[], point: MeasuredLocalisation): MeasuredLocalisation[] {
  return [...points.filter(({ epoch }) => epoch !== point.epoch), point].sort((a, b) => a.epoch - b.epoch);
}
