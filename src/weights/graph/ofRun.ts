/** The graph that a checkpoint of a run is of. */
import { dirname, resolve } from 'node:path';
import { FILE_NETWORK, type FileNetwork } from '../../architectures';
import { openRun, voucherBeside } from '../../runs';
import type { StoredFile } from '../stored';

/**
 * Undefined of a file that is no checkpoint of a run, or of one whose network has a name. A checkpoint that a watched
 * training wrote names no network: its run does.
 * @throws InputError as `openRun`
 */
export async function graphOfRun(path: string, { dicts }: StoredFile): Promise<FileNetwork | undefined> {
  const named = dicts.map(({ metadata }) => metadata['architecture']).find((name) => name !== undefined);
  if (named !== undefined && named !== FILE_NETWORK) return undefined;
  const voucher = await voucherBeside(path);
  if (voucher === undefined && named === undefined) return undefined;
  const { network } = await openRun(voucher?.folder ?? dirname(dirname(resolve(path))));
  return network.file === undefined ? undefined : network;
}
