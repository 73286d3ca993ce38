/** CIFAR-10's archive with one image of each split. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { create } from 'tar';
import { temporaryFolder } from './cli';

const RECORD_BYTES = 3073;

export async function archiveOfOneImage(): Promise<Buffer> {
  const from = await temporaryFolder();
  const top = 'cifar-10-batches-bin';
  await mkdir(join(from, top));
  for (const name of ['data_batch_1.bin', 'test_batch.bin']) {
    await writeFile(join(from, top, name), Buffer.concat([Buffer.of(3), randomBytes(RECORD_BYTES - 1)]));
  }
  await create({ gzip: true, cwd: from, file: join(from, 'a.tgz') }, [top]);
  return readFile(join(from, 'a.tgz'));
}
