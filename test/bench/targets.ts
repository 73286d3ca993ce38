/** What the numbers have to reach, and whether they do. */
import { nameOf } from './cases';
import { markdown, ratio, type Row } from './markdown';
import type { CaseResult } from './measure';
import { find, timeRatio } from './statistics';
import { PYTORCH } from './tables';
import type { Work } from './protocol';

/** How many times as long `ofTime` takes as `per`, each a side and its work. */
interface Target {
  readonly title: string;
  readonly ofTime: readonly [side: string, work: Work];
  readonly per: readonly [side: string, work: Work];
  readonly bound: { readonly least: number } | { readonly most: number };
}

const TARGETS: readonly Target[] = [
  {
    title: 'training, × PyTorch channels-last’s speed',
    ofTime: [PYTORCH, 'trainChannelsLast'],
    per: ['tensorflow', 'train'],
    bound: { least: 1 },
  },
  {
    title: 'Grad-CAM of ten classes, × the forward pass’s time',
    ofTime: ['tensorflow', 'gradCam'],
    per: ['tensorflow', 'forward'],
    bound: { most: 1.1 },
  },
  {
    title: 'Grad-CAM of ten classes, × the speed of PyTorch’s of one',
    ofTime: [PYTORCH, 'gradCam'],
    per: ['tensorflow', 'gradCam'],
    bound: { least: 4 },
  },
  {
    title: 'training on wasm, × the native engine’s eager speed',
    ofTime: ['tensorflow, eager', 'train'],
    per: ['wasm', 'train'],
    bound: { least: 0.35 },
  },
];

/** As Markdown; what was not measured has a dash. */
export function targets(results: readonly CaseResult[]): string {
  const body = TARGETS.flatMap(({ title, ofTime, per, bound }) =>
    results.map((result): Row => {
      const value = timeRatio(find(result, ...ofTime), find(result, ...per));
      const holds = 'least' in bound ? value >= bound.least : value <= bound.most;
      const wanted = 'least' in bound ? `≥ ${bound.least}` : `≤ ${bound.most}`;
      return [nameOf(result), title, wanted, ratio(value), Number.isNaN(value) ? '' : holds ? 'yes' : 'no'];
    }),
  );
  return `### Targets\n\n${markdown([['case', 'what', 'wanted', 'measured', 'reached'], ...body])}`;
}
