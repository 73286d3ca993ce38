import type { EngineName } from '../../../src/engine/engine';
import { markdown, ratio } from '../markdown';
import type { RobustnessCost } from './measure';

/** An engine and a perturbation a row. */
export function robustnessTable(measured: readonly { engine: EngineName; costs: readonly RobustnessCost[] }[]): string {
  const rows = measured.flatMap(({ engine, costs }) =>
    costs.map((cost) => [engine, cost.kind, cost.study.toFixed(3), cost.forward.toFixed(3), ratio(cost.ratio)]),
  );
  return markdown([['engine', 'perturbation', 'study, ms/image', 'bare forward pass', 'ratio'], ...rows]);
}
