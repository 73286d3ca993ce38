/** The results as Markdown. */
import { nameOf } from './cases';
import type { CaseResult } from './measure';
import { markdown, megabytes, ratio, speed, time, type Row } from './markdown';
import { find, medianSeconds, timeRatio } from './statistics';

export const PYTORCH = 'PyTorch';

/** The share of the processors that other programs may take before ratios mean little. */
const QUIET_LOAD = 0.1;

/** @param engines the sides that are ours */
export function tables(results: readonly CaseResult[], engines: readonly string[], withPytorch: boolean): string {
  const sections = [
    ['Training, images/s (× is the multiple of PyTorch’s speed: more is better)', trainingTable],
    ['Forward and Grad-CAM, ms/image (× is the multiple of the other’s time: less is better)', inferenceTable],
    [
      'Peak resident memory of the process, MB (in brackets of training alone, and as it is estimated before it starts)',
      memoryTable,
    ],
  ] as const;
  return sections
    .map(([title, table]) => `### ${title}\n\n${markdown(table(results, engines, withPytorch))}`)
    .join('\n\n');
}

/** What was left out, shortened or disturbed, a line each. */
export function remarks(results: readonly CaseResult[]): string[] {
  return results.flatMap((result) => [
    ...busyRemark(result),
    ...result.measurements.flatMap(({ side, work, note }) =>
      note === undefined ? [] : [`${nameOf(result)}, ${work} on ${side}: ${note}`],
    ),
  ]);
}

/** Turns that alternate do not make up for a busy machine: PyTorch's threads wait for each other and lose far more. */
function busyRemark(result: CaseResult): string[] {
  const disturbed = result.measurements.filter(({ foreignLoad }) => foreignLoad > QUIET_LOAD);
  if (disturbed.length === 0) return [];
  const list = disturbed.map(({ side, work, foreignLoad }) => `${work} on ${side} ${(100 * foreignLoad).toFixed(0)} %`);
  return [`${nameOf(result)}: ratios NOT COMPARABLE, other programs took part of the processors: ${list.join(', ')}`];
}

type Table = (results: readonly CaseResult[], engines: readonly string[], withPytorch: boolean) => Row[];

const trainingTable: Table = (results, engines, withPytorch) => [
  ['case', 'batch', 'engine', 'images/s', ...(withPytorch ? ['PyTorch', '×', 'channels-last', '×'] : [])],
  ...rows(results, engines, (result, engine) => {
    const ours = find(result, engine, 'train');
    const plain = find(result, PYTORCH, 'train');
    const channelsLast = find(result, PYTORCH, 'trainChannelsLast');
    const theirs = [plain, channelsLast].flatMap((other) => [
      speed(medianSeconds(other)),
      ratio(timeRatio(other, ours)),
    ]);
    return [`${ours?.batchSize ?? ''}`, engine, speed(medianSeconds(ours)), ...(withPytorch ? theirs : [])];
  }),
];

const inferenceTable: Table = (results, engines, withPytorch) => [
  [
    'case',
    'batch',
    'engine',
    'forward',
    ...(withPytorch ? ['PyTorch', '×'] : []),
    'Grad-CAM, 10 classes',
    '× forward',
    ...(withPytorch ? ['PyTorch, 1 class', '×', '(× its forward)'] : []),
  ],
  ...rows(results, engines, (result, engine) => {
    const [forward, maps] = [find(result, engine, 'forward'), find(result, engine, 'gradCam')];
    const [theirForward, theirMaps] = [find(result, PYTORCH, 'forward'), find(result, PYTORCH, 'gradCam')];
    return [
      `${forward?.batchSize ?? ''}`,
      engine,
      time(medianSeconds(forward)),
      ...(withPytorch ? [time(medianSeconds(theirForward)), ratio(timeRatio(forward, theirForward))] : []),
      time(medianSeconds(maps)),
      ratio(timeRatio(maps, forward)),
      ...(withPytorch
        ? [time(medianSeconds(theirMaps)), ratio(timeRatio(maps, theirMaps)), ratio(timeRatio(theirMaps, theirForward))]
        : []),
    ];
  }),
];

function memoryCell(result: CaseResult, side: string): string {
  const { peak = null, estimated = null } = find(result, side, 'train')?.memory ?? {};
  const training = estimated === null ? '' : ` (${megabytes(peak ?? NaN)}, ${megabytes(estimated)})`;
  return `${megabytes(result.peakMemory[side] ?? NaN)}${training}`;
}

const memoryTable: Table = (results, engines, withPytorch) => {
  const sides = [...engines, ...(withPytorch ? [PYTORCH] : [])];
  return [
    ['case', ...sides],
    ...results.map((result) => [nameOf(result), ...sides.map((side) => memoryCell(result, side))]),
  ];
};

function rows(
  results: readonly CaseResult[],
  engines: readonly string[],
  cells: (result: CaseResult, engine: string) => Row,
): Row[] {
  return results.flatMap((result) => engines.map((engine) => [nameOf(result), ...cells(result, engine)]));
}
