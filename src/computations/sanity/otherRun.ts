/** Another run whose maps are compared, such as one that was trained on permuted labels. */
import { canonicalJson } from '../../common/canonicalJson';
import { InputError } from '../../common/errors';
import { listCheckpoints, openRun, selectCheckpoints, type Run } from '../../runs';
import { inputOf } from '../../weights/fromStudy';
import { hashCheckpoints, type HashedCheckpoint } from '../../weights/hashedCheckpoint';

export interface OtherRun {
  readonly run: Run;
  /** Of the same epoch where it keeps it, else its last. */
  readonly checkpointAt: (epoch: number) => HashedCheckpoint;
}

/** @throws InputError where its maps cannot be compared with the run's */
export async function openOtherRun(run: Run, path: string, epochs: readonly number[]): Promise<OtherRun> {
  const other = await openRun(path);
  refuseUnlike(run, other);
  const kept = (await listCheckpoints(other.folder)).map(({ epoch }) => epoch);
  if (kept.length === 0)
    throw new InputError('the other run has no checkpoint', { file: other.folder, expected: 'one at least' });
  const meant = (epoch: number): number => (kept.includes(epoch) ? epoch : Math.max(...kept));
  const found = await hashCheckpoints(await selectCheckpoints(other, [...new Set(epochs.map(meant))]));
  return {
    run: other,
    checkpointAt: (epoch) => found.find((each) => each.epoch === meant(epoch)) as HashedCheckpoint,
  };
}

/** What must be the same, with its name where it is not, and what a person reads of it. */
const SAME: readonly (readonly [name: string, of: (run: Run) => string, text?: (run: Run) => string])[] = [
  ['architecture', ({ study }) => study.model.architecture],
  ['input', ({ study }) => canonicalJson(inputOf(study))],
  ['classes', ({ manifest }) => manifest.dataset.classNames.join(', ')],
  ['data', ({ manifest }) => manifest.dataset.fingerprint, ({ manifest }) => manifest.dataset.description],
];

function refuseUnlike(run: Run, other: Run): void {
  if (other.folder === run.folder)
    throw new InputError('a run compared with itself', { file: other.folder, expected: 'another run' });
  for (const [name, of, text = of] of SAME) {
    const [mine, theirs] = [of(run), of(other)];
    // An imported run may never have seen its data.
    if (mine === theirs || mine === '' || theirs === '') continue;
    throw new InputError(`the runs are not of the same ${name}`, {
      file: other.folder,
      found: text(other),
      expected: `${text(run)}, as of ${run.folder}`,
    });
  }
}
