/** How the cost grows with the size of the input. */
import type { Case, Work } from '../protocol';
import { markdown, type Row } from '../markdown';
import { measureCase, type CaseResult, type Effort } from '../measure';
import type { Side } from '../side';
import { find, medianSeconds } from '../statistics';

const SIZES = [32, 64, 96, 160, 224];
const WORKS = ['train', 'forward', 'gradCam'] as const satisfies Work[];

/** EfficientNet-B0 at each size. @param known what has been measured already. */
export async function measureSizes(
  sides: readonly Side[],
  known: readonly CaseResult[],
  effort: Effort,
  progress: (text: string) => void,
): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const inputSize of SIZES) {
    const item: Case = { architecture: 'efficientnet_b0', inputSize };
    const same = known.find((each) => each.architecture === item.architecture && each.inputSize === inputSize);
    results.push(same ?? (await measureCase(item, sides, effort, (text) => progress(`at ${inputSize}, ${text}`))));
  }
  return results;
}

/** Milliseconds an image, and in brackets microseconds per thousand pixels of it: the same where the cost is theirs. */
export function sizeTable(results: readonly CaseResult[], engines: readonly string[]): string {
  const cell = (result: CaseResult, engine: string, work: Work): string => {
    const milliseconds = 1000 * medianSeconds(find(result, engine, work));
    if (Number.isNaN(milliseconds)) return '–';
    const perThousand = (1000 * milliseconds) / (result.inputSize ** 2 / 1000);
    return `${milliseconds.toPrecision(3)} (${perThousand.toFixed(0)})`;
  };
  return markdown([
    ['engine', 'size', 'training', 'forward', 'Grad-CAM, 10 classes'],
    ...engines.flatMap((engine) =>
      results.map((result): Row => {
        return [engine, `${result.inputSize}`, ...WORKS.map((work) => cell(result, engine, work))];
      }),
    ),
  ]);
}
