/** What a run's folder says of the steps within epochs, as few points as a chart can show. */
import type { StepLine } from '../../runs';
import type { Steps } from '../../protocol/metrics';

/** A chart is seldom wider in pixels. */
const MOST_POINTS = 1000;

/** Where there are more, each point is the mean of as many lines as it takes, and lies where the last of them does. */
export function stepCurves(lines: readonly StepLine[]): Steps {
  const size = Math.ceil(lines.length / MOST_POINTS);
  const parts: (readonly StepLine[])[] = [];
  for (let at = 0; at < lines.length; at += size) parts.push(lines.slice(at, at + size));
  const means = (of: (line: StepLine) => number | null) => parts.map((part) => meanKnown(part.map(of)));
  return {
    at: parts.map((part) => {
      const { epoch, step, of } = part.at(-1) as StepLine;
      return epoch - 1 + step / of;
    }),
    loss: means(({ loss }) => loss),
    learningRate: means(({ learningRate }) => learningRate),
    imagesPerSecond: means(({ imagesPerSecond }) => imagesPerSecond),
  };
}

function meanKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
