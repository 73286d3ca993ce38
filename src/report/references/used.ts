/** Which references a report uses: those that its methods and limits cite, the compared study's, and the program's. */
import type { ReportContent } from '../content';
import { limitsOf } from '../limits';
import { methodsOf } from '../methods';
import { hasPublishedShape } from '../published';
import { sortedKeys } from './bibtex';
import type { ReferenceKey } from './entries';

export function usedReferences(report: ReportContent): ReferenceKey[] {
  const { runs } = report;
  return sortedKeys([
    'epochlens',
    ...runs.flatMap((run) => methodsOf(run).flatMap(({ entries }) => entries.flatMap(({ cites }) => cites))),
    ...runs.flatMap((run) => limitsOf(run, report).flatMap(({ cites }) => cites)),
    ...(runs.some(({ run }) => hasPublishedShape(run)) ? (['publishedStudy'] as const) : []),
  ]);
}
