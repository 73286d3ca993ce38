/** Small CIFAR-10 folders for tests. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const RECORD_BYTES = 3073;

/** Records whose label is their number modulo 10 and whose planes are constant: red n, green n + 1, blue n + 2. */
export function makeRecords(count: number, first = 0): Uint8Array {
  const bytes = new Uint8Array(count * RECORD_BYTES);
  for (let i = 0; i < count; i++) {
    const at = i * RECORD_BYTES;
    bytes[at] = (first + i) % 10;
    for (let plane = 0; plane < 3; plane++)
      bytes.fill(first + i + plane, at + 1 + plane * 1024, at + 1 + (plane + 1) * 1024);
  }
  return bytes;
}

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'epochlens-test-'));
}

export async function writeFiles(folder: string, files: Record<string, Uint8Array | string>): Promise<string> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
