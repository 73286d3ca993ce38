/** Weights given back, by the real command line; and in PyTorch, where EPOCHLENS_PYTHON names one with timm. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { readCheckpoint } from '../../src/weights/checkpoint';
import { saveCheckpoint } from '../checkpointFiles';
import { parseSafetensors } from '../../src/weights/safetensors';
import { relativeError } from '../referenceNumbers';
import { writeNetwork } from '../timm/network';
import { epochlens, succeed, temporaryFolder } from './cli';

const root = join(import.meta.dirname, '..');
const fixture = join(root, 'fixtures', 'weights', 'resnet20-e04.th');
const run = promisify(execFile);

interface Result {
  readonly path: string;
  readonly python: string;
  readonly architecture: string;
}

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

async function exported(args: readonly string[]): Promise<Result> {
  return JSON.parse(await succeed(['export', ...args, '--json'], { cwd: folder })) as Result;
}

describe('a checkpoint', () => {
  it('is exported from a run, with how its inputs were normalised, and the Python that loads it', async () => {
    const imported = await succeed(
      ['import', fixture, '--normalization', 'imagenet', '--synthetic', '--no-evaluate', '--name', 'theirs', '--json'],
      { cwd: folder },
    );
    const { run: path } = JSON.parse(imported.trim().split('\n').at(-1) ?? '') as { run: string };
    const result = await exported([path, '--out', join('a', 'new', 'folder', 'given.safetensors')]);
    expect(result).toMatchObject({ path: join(folder, 'a', 'new', 'folder', 'given.safetensors') });
    expect(result.architecture).toBe('resnet20');
    expect(result.python).toMatch(/^import torch\.nn as nn\n(.|\n)*model = CifarResNet\(3, 10\)\n/);
    expect(result.python).toContain(`model.load_state_dict(load_file(${JSON.stringify(result.path)}))`);
    expect(result.python).toContain('# mean 0.485, 0.456, 0.406 and standard deviation 0.229, 0.224, 0.225.');
    const { metadata } = parseSafetensors(await readFile(result.path), result.path);
    expect(metadata).toMatchObject({ format: 'pt', architecture: 'resnet20', epoch: '4', mean: '0.485,0.456,0.406' });
    // What it says of itself is enough to import it again.
    const again = await succeed(['import', result.path, '--synthetic', '--no-evaluate', '--name', 'again', '--json'], {
      cwd: folder,
    });
    expect(again).toContain('"epoch":4');
  });

  it('goes to torchvision’s names and back without a bit lost', async () => {
    const model = createModel('efficientnet_b0', 64, 10);
    const weights = initialWeights(model, 3);
    await saveCheckpoint(join(folder, 'own.safetensors'), model, weights, {});
    const { path, python } = await exported([
      ...['--checkpoint', 'own.safetensors', '--names', 'torchvision', '--out', 'theirs.safetensors'],
    ]);
    expect(python).toContain('torchvision.models.efficientnet_b0(num_classes=10)');
    const names = [...parseSafetensors(await readFile(path), path).tensors.keys()];
    // torchvision 0.28's names of the first, of one of each kind, and of the last.
    expect(names).toEqual(
      expect.arrayContaining([
        ...['features.0.0.weight', 'features.0.1.running_mean', 'features.1.0.block.1.fc1.weight'],
        ...['features.1.0.block.2.1.bias', 'features.2.0.block.0.0.weight', 'features.2.1.block.1.0.weight'],
        ...['features.7.0.block.2.fc2.bias', 'features.7.0.block.3.1.weight', 'features.8.1.num_batches_tracked'],
        'classifier.1.bias',
      ]),
    );
    const back = await readCheckpoint({ path }, model);
    expect(Buffer.from(back.weights.parameters.buffer).equals(Buffer.from(weights.parameters.buffer))).toBe(true);
  });

  it('is refused where there is nothing to export, or nobody to export to', async () => {
    const cases: readonly [string[], RegExp][] = [
      [['--out', 'x'], /nothing to export: expected a run, or --checkpoint FILE/],
      [['--checkpoint', fixture, '--epoch', '1', '--out', 'x'], /--checkpoint: options that do not go together/],
      [['--checkpoint', fixture, '--out', fixture], /not exported over itself/],
      [['--checkpoint', fixture, '--names', 'torchvision', '--out', 'x'], /torchvision has no resnet20/],
      [
        ['--checkpoint', fixture, '--out', join(fixture, 'x')],
        /resnet20-e04\.th: the folder cannot be made: found EEXIST/,
      ],
    ];
    for (const [args, pattern] of cases) {
      const { code, stderr } = await epochlens(['export', ...args], { cwd: folder });
      expect(stderr).toMatch(pattern);
      expect(code).toBeGreaterThan(0);
    }
  });
});

const python = process.env['EPOCHLENS_PYTHON'];
describe.skipIf(python === undefined)('the lines of Python (with EPOCHLENS_PYTHON)', () => {
  it.each([
    ['efficientnet_b0', 64, ['timm', 'torchvision']],
    ['resnet18', 64, ['timm', 'torchvision']],
    ['resnet18_cifar', 32, ['timm', 'torchvision']],
    ['resnet32', 32, ['timm']],
  ] as const)('%s load what was exported, and give the same logits', async (architecture, size, libraries) => {
    const place = join(folder, architecture);
    await mkdir(place);
    writeNetwork(place, architecture);
    await run(python ?? '', [join(root, 'timm', 'weights.py'), 'random', architecture, String(size), place]);
    const expected = (JSON.parse(await readFile(join(place, 'logits.json'), 'utf8')) as number[][]).flat();
    for (const names of libraries) {
      const out = join(place, `${names}.safetensors`);
      const { python: lines } = await exported([
        ...['--checkpoint', join(place, 'weights.pt'), '--names', names, '--out', out],
      ]);
      await writeFile(join(place, 'lines.py'), lines);
      const { stdout } = await run(python ?? '', [
        join(root, 'timm', 'load.py'),
        join(place, 'lines.py'),
        String(size),
      ]);
      expect(relativeError((JSON.parse(stdout) as number[][]).flat(), expected), names).toBeLessThan(1e-5);
    }
  });
});
