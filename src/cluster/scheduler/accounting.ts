/** Whether a cluster has an accounting database that answers: where it has none, it is not asked again for a day. */
import { stat, writeFile } from 'node:fs/promises';
import { makeFolder } from '../../common/folders';
import { schedulerFile, schedulersFolder } from './schedulerFiles';

const REMEMBERED_MILLISECONDS = 24 * 3_600_000;

export async function isAccountingOff(host: string | null): Promise<boolean> {
  const modified = await stat(schedulerFile(host, 'no-sacct')).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
  return modified !== undefined && Date.now() - modified < REMEMBERED_MILLISECONDS;
}

/** That it cannot be remembered costs a question. */
export async function rememberNoAccounting(host: string | null): Promise<void> {
  await makeFolder(schedulersFolder())
    .then(() => writeFile(schedulerFile(host, 'no-sacct'), ''))
    .catch(() => undefined);
}
