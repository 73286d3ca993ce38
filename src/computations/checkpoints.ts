import { selectCheckpoints, type Run } from '../runs';
import { hashCheckpoints, type HashedCheckpoint } from '../weights/hashedCheckpoint';

/** Those of a run, told apart by their content. @throws InputError where one is not there, or not as it was written */
export async function checkpointsOf(run: Run, epochs: readonly number[]): Promise<HashedCheckpoint[]> {
  return hashCheckpoints(await selectCheckpoints(run, epochs));
}
