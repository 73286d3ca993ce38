import type { StudyTests } from './studyTests';

/** The epochs that are tested: those that the study asks for and the run has, or all that it has. */
export function testedEpochs({ checkpoints }: Pick<StudyTests, 'checkpoints'>, ofRun: readonly number[]): number[] {
  const asked = checkpoints === 'all' ? [...ofRun] : ofRun.filter((epoch) => checkpoints.includes(epoch));
  return asked.length === 0 ? [...ofRun] : asked;
}
