/** status.json, as far as that goes: it has no sum, as it is written every second. */
import { lstat } from 'node:fs/promises';
import type { RunManifest } from '../manifest';
import { runPaths } from '../paths';
import { readStatus, type RunStatus } from '../status/status';
import { ADVICE, type Finding } from './finding';
import { succeeds } from '../../common/succeeds';

/** To be said with what is found. */
export const STATUS_NOTE = 'status.json has no sum: only its form is checked, and its epochs against run.json.';

/** Nothing where there is none: it says how far a training is, and no run is lost without it. */
export async function verifyStatus(folder: string, manifest: RunManifest | undefined): Promise<Finding[]> {
  const of = { part: 'status', file: 'status.json' } as const;
  const isThere = await succeeds(lstat(runPaths(folder).status));
  if (!isThere) return [];
  const status = await readStatus(folder);
  const detail =
    status === undefined ? 'it is not what a training writes' : manifest && contradiction(status, manifest);
  if (detail === undefined) return [{ ...of, verdict: 'whole' }];
  return [{ ...of, verdict: 'damaged', detail, advice: `${ADVICE.restore} Without it the run counts as interrupted.` }];
}

function contradiction(
  { state, epoch, epochs }: RunStatus,
  { study, imported, watched }: RunManifest,
): string | undefined {
  const said = study.training.epochs;
  // A training that is only watched may not say how many epochs are planned.
  if (watched !== undefined || epochs === null) return undefined;
  // An import ends with its last checkpoint, whatever its study says.
  const agrees = imported === undefined ? epochs === said : epochs <= said;
  if (!agrees) return `it says ${epochs} epochs, and run.json ${said}`;
  if (epoch > epochs) return `it says epoch ${epoch} of ${epochs}`;
  if (state === 'finished' && epoch < epochs)
    return `it says that the training finished with epoch ${epoch} of ${epochs}`;
  return undefined;
}
