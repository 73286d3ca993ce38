/** What vouches for a file of weights that somebody names by its path, where it is a checkpoint of a run. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { checkpointFile, runPaths } from '../paths';
import { voucherOf, type Voucher } from './voucher';

const EPOCH = /^epoch-(\d{3,})\.safetensors$/;

/** By the path as it is named, and without links; undefined where it is no checkpoint of a run that keeps sums. */
export async function voucherBeside(path: string): Promise<Voucher | undefined> {
  const named = resolve(path);
  const real = await realpath(named).catch(() => named);
  for (const each of new Set([named, real])) {
    const voucher = await voucherAt(each);
    if (voucher?.sums !== undefined) return voucher;
  }
  return undefined;
}

async function voucherAt(path: string): Promise<Voucher | undefined> {
  const epoch = Number(EPOCH.exec(basename(path))?.[1] ?? NaN);
  const folder = dirname(dirname(path));
  const isCheckpoint =
    dirname(path) === runPaths(folder).checkpoints && basename(path) === basename(checkpointFile(epoch));
  return isCheckpoint ? voucherOf(folder, checkpointFile(epoch), epoch) : undefined;
}
