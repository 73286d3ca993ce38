import { nameOf } from '../cases';
import { markdown, ratio, type Row } from '../markdown';
import type { Answer, Case, Work } from '../protocol';
import type { Side } from '../side';
import { median } from '../statistics';
import type { MethodCosts } from './measure';

/** What PyTorch takes, in milliseconds an image; NaN where it is not measured. */
export type PytorchCosts = Readonly<Record<string, number>>;

/** The work that a method of ours is beside. */
const BESIDE: Readonly<Record<string, Work>> = {
  'Grad-CAM': 'gradCam',
  'Input × gradient': 'inputGradient',
  'Integrated Gradients': 'integratedGradients',
};
const BATCH = 32;

export async function measurePytorch(side: Side | undefined, item: Case, rounds: number): Promise<PytorchCosts> {
  if (side === undefined) return {};
  const costs: Record<string, number> = {};
  for (const [name, work] of Object.entries(BESIDE)) {
    const batchSize = work === 'integratedGradients' ? 1 : BATCH;
    const ask = (): Promise<Answer> => side.ask({ ...item, work, batchSize, steps: 1 });
    await ask();
    const samples: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const answer = await ask();
      if ('seconds' in answer) samples.push((1000 * answer.seconds) / batchSize);
    }
    costs[name] = median(samples);
  }
  side.close();
  return costs;
}

/** The most that Integrated Gradients of 50 steps may take, × 50 forward and backward passes. */
const MOST = 2.2;

export function methodTable(
  item: Case,
  of: readonly { readonly engine: string; readonly measured: MethodCosts }[],
  pytorch: PytorchCosts,
): string {
  const head = [
    'engine',
    'method',
    'at',
    'forward passes',
    'backward',
    'ms/image',
    '× its passes',
    'PyTorch, ms/image',
  ];
  const rows = of.flatMap(({ engine, measured }) => [
    [engine, 'forward pass', '', '1', '0', measured.forward.toPrecision(3), '', ''],
    [engine, 'forward and backward pass', '', '1', '1', measured.gradient.toPrecision(3), '', ''],
    ...measured.methods.map(({ name, layer, passes, milliseconds, ratio: times }): Row => {
      const theirs = pytorch[name];
      return [
        engine,
        name,
        layer,
        String(passes.forward),
        String(passes.backward),
        milliseconds.toPrecision(3),
        ratio(times),
        theirs === undefined || Number.isNaN(theirs) ? '–' : theirs.toPrecision(3),
      ];
    }),
  ]);
  const targets = of.map(({ engine, measured: { gradient, methods } }) => {
    const { milliseconds = NaN, passes } = methods.find(({ name }) => name === 'Integrated Gradients') ?? {};
    const times = milliseconds / ((passes?.backward ?? NaN) * gradient);
    return `- ${nameOf(item)} on ${engine}: Integrated Gradients takes ${ratio(times)} × ${passes?.backward ?? 0} forward and backward passes (wanted ≤ ${MOST}: ${times <= MOST ? 'yes' : 'no'})`;
  });
  return `${markdown([head, ...rows])}\n\n${targets.join('\n')}`;
}
