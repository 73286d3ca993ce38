/** Files as those of CIFAR-10-C, of images that the program draws: for pictures of the tab that shows their numbers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createRandom } from '../../../src/common/random';
import { loadDataset } from '../../../src/datasets';

const SEVERITIES = [1, 2, 3, 4, 5];

/** A pixel's value in [0, 255] at a severity from 1 to 5. */
type Corrupt = (value: number, severity: number, normal: number) => number;

const CORRUPTIONS: Readonly<Record<string, Corrupt>> = {
  gaussian_noise: (value, severity, normal) => value + 12 * severity * normal,
  brightness: (value, severity) => value + 18 * severity,
  contrast: (value, severity) => 128 + (value - 128) * (1 - 0.18 * severity),
  fog: (value, severity) => value + (225 - value) * 0.15 * severity,
};

/** Writes an .npy file for each corruption, and labels.npy, of the first so many test images. */
export async function writeDrawnBenchmark(folder: string, count: number): Promise<void> {
  const settings = { kind: 'synthetic', trainCount: 10, testCount: count, seed: 2 } as const;
  const { test } = await loadDataset(settings, { studyFolder: folder });
  await mkdir(folder);
  const normal = createRandom('drawn benchmark');
  if (!('pixels' in test)) throw new Error('drawn images are in memory');
  const { pixels } = test;
  for (const [name, corrupt] of Object.entries(CORRUPTIONS)) {
    const values = SEVERITIES.map((severity) =>
      pixels.map((value) => Math.max(0, Math.min(255, corrupt(value, severity, normal.normal())))),
    );
    await writeFile(join(folder, `${name}.npy`), npyOf(values, [count * SEVERITIES.length, 32, 32, 3]));
  }
  const labels = Uint8Array.from({ length: count * SEVERITIES.length }, (_, at) => test.labels[at % count] ?? 0);
  await writeFile(join(folder, 'labels.npy'), npyOf([labels], [labels.length]));
}

/** Bytes in C order, as numpy.save writes them. */
function npyOf(bytes: readonly Uint8Array[], shape: readonly number[]): Uint8Array {
  const dict = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const text = `${dict.padEnd(Math.ceil((dict.length + 11) / 64) * 64 - 11)}\n`;
  const head = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, text.length & 255, text.length >> 8]);
  return Buffer.concat([head, Buffer.from(text, 'latin1'), ...bytes]);
}
