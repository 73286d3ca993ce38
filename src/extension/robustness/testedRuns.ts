import type { RunSummary } from '../runs/runSummary';
import type { StudyTests } from './studyTests';

/**
 * The runs that a study file's tests belong to: the newest run with a checkpoint, for each of its models in the file's
 * order.
 * @param runs newest first
 */
export function testedRuns(
  runs: readonly RunSummary[],
  studyFile: string,
  { architectures }: Pick<StudyTests, 'architectures'>,
): RunSummary[] {
  const own = runs.filter((run) => run.studyFile === studyFile && run.checkpoints.length > 0);
  const newest = architectures.flatMap((name) => own.find(({ architecture }) => architecture === name) ?? []);
  return architectures.length > 1 && newest.length > 0 ? newest : own.slice(0, 1);
}
