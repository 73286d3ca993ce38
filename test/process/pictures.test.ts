/** Pictures from files by the command line: as Pillow and PyTorch see them, or refused at once. */
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/computations/heatmaps/explanation';
import { decodeImageFile } from '../../src/imageFiles';
import { relativeError } from '../referenceNumbers';
import { dist, epochlens, shared, succeed, temporaryFolder, withShared } from './cli';

interface Expected {
  readonly logits?: readonly number[];
  readonly predicted?: number;
  readonly 'mean RGB'?: readonly number[];
  readonly 'pixel 0,0'?: readonly number[];
  readonly 'pixel 16,16'?: readonly number[];
}

const CASES = [
  'rgb-jpeg',
  'jpeg-420',
  'truecolour-png-with-palette',
  'interlaced-png',
  'animated-webp',
  'small-image-refusals',
  'tolerant-jpeg',
  'tolerant-png',
];

/** The files of public bug reports, with the numbers of Pillow and PyTorch. */
function reports(): [path: string, expected: Expected][] {
  return CASES.flatMap((name) => {
    const folder = join(shared as string, 'cases', 'reports', name);
    const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Expected>;
    return Object.entries(expected)
      .map(([file, numbers]): [string, Expected] => [join(folder, file), numbers])
      .filter(([path]) => existsSync(path));
  });
}

const NETWORK = ['--architecture', 'resnet20', '--mean', '0.485,0.456,0.406', '--std', '0.229,0.224,0.225'];

describe.skipIf(shared === undefined)(withShared('pictures of public reports'), () => {
  it('have Pillow’s pixels', async () => {
    for (const [path, expected] of reports()) {
      const { width, pixels } = await decodeImageFile(path);
      const at = (x: number, y: number): number[] => [...pixels.subarray(3 * (y * width + x), 3 * (y * width + x) + 3)];
      const mean = [0, 1, 2].map((channel) => meanOf(pixels.filter((_, i) => i % 3 === channel)));
      for (const [channel, value] of (expected['mean RGB'] ?? []).entries()) {
        expect(mean[channel], path).toBeCloseTo(value, 2);
      }
      if (expected['pixel 0,0'] !== undefined) expect(at(0, 0), path).toEqual(expected['pixel 0,0']);
      if (expected['pixel 16,16'] !== undefined) expect(at(16, 16), path).toEqual(expected['pixel 16,16']);
    }
  });

  it('have PyTorch’s logits', async () => {
    const withLogits = reports().filter(([, { logits }]) => logits !== undefined);
    expect(withLogits.length).toBeGreaterThan(15);
    const weights = join(shared as string, 'models', 'resnet20.safetensors');
    const files = withLogits.map(([path]) => path);
    const args = ['explain', ...files, '--weights', weights, ...NETWORK, '--engine', 'wasm', '--json'];
    const explanations = JSON.parse(await succeed(args, { cwd: dist })) as Explanation[];
    withLogits.forEach(([path, { logits, predicted }], i) => {
      expect(relativeError(explanations[i]!.logits, logits as number[]), path).toBeLessThan(1e-3);
      if (predicted !== undefined) expect(explanations[i]!.predicted, path).toBe(predicted);
    });
  });

  it('turns a PNG upright by its eXIf chunk', async () => {
    const { width, height } = await decodeImageFile(
      join(shared as string, 'cases/reports/small-image-refusals/exif6.png'),
    );
    expect([width, height]).toEqual([64, 96]);
  });
});

function meanOf(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe.skipIf(shared === undefined)(withShared('what is no picture is refused before it is read'), () => {
  let folder: string;
  const explain = (name: string) => {
    const weights = join(shared as string, 'models', 'resnet20.safetensors');
    return epochlens(['explain', name, '--weights', weights, ...NETWORK, '--engine', 'wasm'], { cwd: folder });
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, 'folder.png'));
    await writeFile(join(folder, 'tiff.png'), 'II\x2a\0\x08\0\0\0');
    if (process.platform !== 'win32') await promisify(execFile)('mkfifo', [join(folder, 'fifo.png')]);
  });

  it.skipIf(process.platform === 'win32').each([
    ['/dev/zero', 'found a device'],
    ['fifo.png', 'found a FIFO'],
    ['folder.png', 'found a folder'],
    ['tiff.png', 'TIFF images are not read'],
    ['absent.png', 'no such image file'],
  ])('%s', async (name, message) => {
    const { code, stderr } = await explain(name);
    expect(code).toBe(2);
    expect(stderr).toContain(`${basename(name)}: `);
    expect(stderr).toContain(message);
  });
});

describe('check:images', () => {
  const check = (args: readonly string[]) =>
    promisify(execFile)(process.execPath, [join(dist, 'checkImages.js'), ...args]).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
  const fixtures = join(dist, '..', 'test', 'fixtures', 'images');

  it('says where there is no Pillow', async () => {
    const { code, stderr } = await check([fixtures, '--python', join(fixtures, 'no-python')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no Pillow to compare with/);
    expect(stderr).toMatch(/--python or EPOCHLENS_PYTHON, or install it: python3 -m pip install pillow/);
  });

  it('says where there is no folder', async () => {
    const { code, stderr } = await check([join(fixtures, 'none')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/none: the folder cannot be read/);
  });

  it.skipIf(process.env['EPOCHLENS_PYTHON'] === undefined)('compares a folder with Pillow', async () => {
    const { code, stdout } = await check([fixtures]);
    expect(stdout).toMatch(/JPEG +11 +0 +0/);
    expect(stdout).toMatch(/\d+ pictures compared with Pillow \d+\.\d+\.\d+: 0 differ\./);
    expect(code).toBe(0);
  });
});
