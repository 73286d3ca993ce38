import type { StudyTests } from './studyTests';

/** The tested epochs: those that the study asks for and the run has, or all of the run's. */
export function testedEpochs({ checkpoints }: Pick<StudyTests, 'checkpoints'>, ofRun: readonly number[]): number[] {
  const asked = checkpoints === 'all' ? [...ofRun] : ofRun.filter((epoch) => checkpoints.includes(epoch));
  return asked.length === 0 ? [...ofRun] : asked;
}
