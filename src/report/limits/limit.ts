/** A limit of what a run's part of the report can say, which follows from what was not done. */
import type { ReportContent, RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';

export interface Limit {
  /** In report.json. It never changes. */
  readonly id: string;
  /** A sentence or two; undefined where the limit does not hold. */
  text(run: RunContent, report: ReportContent): string | undefined;
  readonly cites?: readonly ReferenceKey[];
}
