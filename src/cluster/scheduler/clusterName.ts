/** The name of the cluster that this machine belongs to: two may share a disk, and count their jobs alike. */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { isReportedError } from '../../common/errors';
import { makeFolder } from '../../common/folders';
import { slurmCommand } from '../slurmCommand';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

const REMEMBERED_MILLISECONDS = 24 * 3_600_000;
const AGAIN_MILLISECONDS = 60_000;
const TIMEOUT_MILLISECONDS = 20_000;

/** Asked once a day, and where nobody answers at most once a minute; undefined where nobody says. @param host the destination for ssh; null: this machine */
export async function clusterName(host: string | null): Promise<string | undefined> {
  const path = schedulerFile(host, 'cluster');
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => Infinity,
  );
  const known = age < REMEMBERED_MILLISECONDS ? await readFile(path, 'utf8').catch(() => '') : '';
  if (known !== '' || age < AGAIN_MILLISECONDS) return known === '' ? undefined : known;
  try {
    const options = { timeoutMilliseconds: TIMEOUT_MILLISECONDS };
    const name = /^ClusterName\s*=\s*(\S+)/m.exec(await slurmCommand(host, 'scontrol', ['show', 'config'], options));
    await remember(path, name?.[1] ?? '');
    return name?.[1];
  } catch (error) {
    if (!isReportedError(error)) throw error;
    await remember(path, '');
    return undefined;
  }
}

/** That it cannot be remembered costs a question. */
async function remember(path: string, name: string): Promise<void> {
  await makeFolder(schedulersFolder())
    .then(() => writeFile(path, name))
    .catch(() => undefined);
}

/**
 * Whether a job is another cluster's than this machine's, so that nothing can be asked of it here. One of a login node by
 * its name is always that one's.
 */
export async function isElsewhere({
  host,
  cluster,
}: {
  readonly host: string | null;
  readonly cluster?: string | undefined;
}): Promise<boolean> {
  if (host !== null || cluster === undefined) return false;
  const here = await clusterName(host);
  return here !== undefined && here !== cluster;
}
