/** What the report cannot say, by rules over what it holds. A new rule is a record in one of the lists. */
import type { ReportContent, RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';
import { DATA_LIMITS } from './data';
import { HEATMAP_LIMITS } from './heatmaps';
import type { Limit } from './limit';
import { PERTURBATION_LIMITS } from './perturbations';
import { REPORT_LIMITS } from './report';
import { TRAINING_LIMITS } from './training';

export const LIMITS: readonly Limit[] = [
  ...TRAINING_LIMITS,
  ...DATA_LIMITS,
  ...PERTURBATION_LIMITS,
  ...HEATMAP_LIMITS,
  ...REPORT_LIMITS,
];

export interface FoundLimit {
  readonly id: string;
  readonly text: string;
  readonly cites: readonly ReferenceKey[];
}

export function limitsOf(run: RunContent, report: ReportContent): FoundLimit[] {
  return LIMITS.flatMap((limit) => {
    const text = limit.text(run, report);
    return text === undefined ? [] : [{ id: limit.id, text, cites: limit.cites ?? [] }];
  });
}
