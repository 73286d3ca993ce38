/** Other people's checkpoints as a run, and back, by the real command line. */
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { listRuns, openRun, readMetrics, readStatus, runsOfStudy } from '../../src/runs';
import { stateOf, torchFile, under } from '../unit/weights/torchFile';
import { epochlens, launch, shared, succeed, temporaryFolder, withShared } from './cli';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'weights');
/** What they do is measured in importClaims.test.ts. */
const UNMEASURED = ['--normalization', 'imagenet', '--synthetic', '--no-evaluate'];
const FILES = ['resnet20-e03.pth', 'resnet20-e04.th', 'resnet20-e05.safetensors'];

let folder: string;
let checkpoints: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  checkpoints = join(folder, 'theirs');
  await mkdir(checkpoints);
  for (const file of FILES) await copyFile(join(fixtures, file), join(checkpoints, file));
});

const lines = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

async function refused(args: readonly string[], pattern: RegExp): Promise<void> {
  const before = await readdir(folder);
  const { code, stderr } = await epochlens(['import', ...args], { cwd: folder });
  expect(stderr).toMatch(pattern);
  expect(code).toBe(2);
  expect(await readdir(folder)).toEqual(before);
}

describe('a folder of three formats', () => {
  it('is looked at without a trace', async () => {
    const before = await readdir(folder);
    const [, , , inspected] = lines(await succeed(['import', checkpoints, '--inspect', '--json'], { cwd: folder }));
    expect(inspected).toMatchObject({ event: 'inspected', architecture: 'resnet20' });
    expect(inspected?.['checkpoints']).toMatchObject([
      { epoch: 3, claimed: { testAccuracy: 71.5 } },
      { epoch: 4, claimed: { testAccuracy: 91.73, isBestSoFar: true } },
      { epoch: 5, claimed: { testAccuracy: 75 } },
    ]);
    expect(await readdir(folder)).toEqual(before);
  });

  it('becomes a run like any other', async () => {
    const stdout = await succeed(['import', checkpoints, ...UNMEASURED, '--json'], {
      cwd: folder,
    });
    const { run: path, study } = lines(stdout).at(-1) as { run: string; study: string };
    const run = await openRun(path);
    expect(study).toBe(join(folder, 'theirs.epochlens.json'));
    expect(run.study.model).toMatchObject({ architecture: 'resnet20', normalization: { mean: [0.485, 0.456, 0.406] } });
    expect(run.manifest.imported?.files.map(({ epoch }) => epoch)).toEqual([3, 4, 5]);
    expect(await readMetrics(path)).toEqual([]);
    expect(run.manifest.imported?.files.map(({ claimed }) => claimed?.testAccuracy)).toEqual([71.5, 91.73, 75]);
    expect((await readStatus(path))?.state).toBe('finished');
    expect(await readdir(join(path, 'checkpoints'))).toEqual([3, 4, 5].map((epoch) => `epoch-00${epoch}.safetensors`));
    // The three files hold the same numbers: what they explain is the same, to the bit.
    const explained = await succeed(['explain', study, '--images', 'test:0', '--engine', 'wasm', '--json']);
    const [first, ...others] = JSON.parse(explained) as { logits: number[]; checkpoint: number }[];
    expect(first?.checkpoint).toBe(3);
    expect(others.map(({ logits }) => logits)).toEqual([first?.logits, first?.logits]);
    const { code, stderr } = await epochlens(['train', study, '--resume']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/whose checkpoints were imported cannot go on/)]);
  });

  it('is imported into a study that is there, with the epochs that a person gives', async () => {
    const study = join(folder, 'theirs.epochlens.json');
    const args = [
      'import',
      ...FILES.map((file) => join(checkpoints, file)),
      '--study',
      study,
      '--epochs',
      '1,2,40',
      '--no-evaluate',
    ];
    const { run } = lines(await succeed([...args, '--json'], { cwd: folder })).at(-1) as { run: string };
    expect((await openRun(run)).study.training.epochs).toBe(40);
    expect(await readdir(join(run, 'checkpoints'))).toHaveLength(3);
  });
});

describe('a run’s own checkpoints', () => {
  let [place, study, run] = ['', '', ''];
  beforeAll(async () => {
    place = await temporaryFolder();
    await succeed(['import', checkpoints, ...UNMEASURED], { cwd: place });
    study = join(place, 'theirs.epochlens.json');
    run = (await runsOfStudy(study))[0]?.folder ?? '';
  });

  it('are found where the run is named in their place', async () => {
    for (const named of [run, join(run, 'run.json')]) {
      const { code, stderr } = await epochlens(['import', named], { cwd: place });
      expect([code, stderr]).toEqual([2, expect.stringContaining(`epochlens import ${join(run, 'checkpoints')}`)]);
    }
    const { code, stderr } = await epochlens(['import', study], { cwd: place });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/not a file of weights: found a text that begins with "/),
    ]);
  });

  it('are imported, and refused by whoever names one with a flipped bit', async () => {
    const out = await temporaryFolder();
    const import2 = ['import', join(run, 'checkpoints'), ...UNMEASURED];
    await succeed([...import2, '--out', out, '--name', 'whole'], { cwd: place });
    const path = join(run, 'checkpoints', 'epoch-004.safetensors');
    const bytes = await readFile(path);
    const at = bytes.length - 1000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(path, bytes);
    const next = join(out, 'next.epochlens.json');
    const from = { model: { architecture: 'resnet20', weights: path }, training: { epochs: 1 } };
    await writeFile(next, JSON.stringify({ dataset: { kind: 'synthetic', trainCount: 20, testCount: 10 }, ...from }));
    const image = join(import.meta.dirname, '..', '..', 'media', 'icon.png');
    const before = await readdir(out);
    for (const args of [
      [...import2, '--out', out, '--name', 'damaged'],
      ['evaluate', '--weights', path, '--architecture', 'resnet20', '--data', out],
      ['explain', image, '--weights', path, '--architecture', 'resnet20', '--engine', 'wasm'],
      ['export', '--checkpoint', path, '--out', join(out, 'w.safetensors')],
      ['train', next, '--engine', 'wasm'],
    ]) {
      const { code, stderr } = await epochlens(args, { cwd: place });
      expect([args[0], code, stderr]).toEqual([
        args[0],
        2,
        expect.stringMatching(/epoch-004\.safetensors: the file is damaged: its bytes are not those that were written/),
      ]);
    }
    expect(await readdir(out)).toEqual(before);
  });
});

describe('averaged weights beside raw ones', () => {
  const image = join(import.meta.dirname, '..', '..', 'media', 'icon.png');
  let [place, path] = ['', ''];
  beforeAll(async () => {
    place = await temporaryFolder();
    path = join(place, 'checkpoint-7.pth.tar');
    const file = { epoch: 7, arch: 'resnet20', state_dict: stateOf(1), state_dict_ema: under('module.', stateOf(2)) };
    await writeFile(path, torchFile(file));
    for (const [name, seed] of Object.entries({ raw: 1, ema: 2 }))
      await writeFile(
        join(place, `${name}.pt`),
        torchFile({ net: stateOf(seed), mean: [0.5, 0.4, 0.3], std: [0.2, 0.2, 0.1] }),
      );
  });

  async function logits(...args: string[]): Promise<unknown> {
    const explained = await succeed([
      'explain',
      image,
      '--architecture',
      'resnet20',
      '--engine',
      'wasm',
      '--json',
      ...args,
    ]);
    return (JSON.parse(explained) as { logits: number[] }[])[0]?.logits;
  }

  it('are taken, said and written down; --state-dict takes the others', async () => {
    const input = ['--mean', '0.5,0.4,0.3', '--std', '0.2,0.2,0.1'];
    // These say their own normalisation, which is used.
    const [raw, ema] = [
      await logits('--weights', join(place, 'raw.pt')),
      await logits('--weights', join(place, 'ema.pt')),
    ];
    expect(raw).not.toEqual(ema);
    expect(await logits('--weights', path, ...input)).toEqual(ema);
    expect(await logits('--weights', path, '--state-dict', 'state_dict', ...input)).toEqual(raw);

    const stretch = { mode: 'stretch', interpolation: 'bilinear' };
    const crop = { mode: 'crop', cropFraction: 0.9, interpolation: 'bicubic' };
    for (const [name, args, chosen, expected, resize, asked] of [
      ['ema', [], 'state_dict_ema', ema, stretch, []],
      [
        'raw',
        ['--state-dict', 'state_dict', '--resize', 'crop', '--crop-fraction', '0.9'],
        'state_dict',
        raw,
        crop,
        ['--resize', 'stretch'],
      ],
    ] as const) {
      const events = lines(
        await succeed(['import', path, ...args, ...input, '--synthetic', '--json', '--name', name], { cwd: place }),
      );
      const others = [chosen === 'state_dict' ? 'state_dict_ema' : 'state_dict'];
      expect(events.find(({ event }) => event === 'inspected')).toMatchObject({ stateDicts: { chosen, others } });
      const { run, study } = events.at(-1) as { run: string; study: string };
      const { manifest, study: imported } = await openRun(run);
      expect(manifest.imported?.files).toMatchObject([{ epoch: 7, stateDict: chosen }]);
      expect(imported.explain.resize).toEqual(resize);
      expect(await readFile(study, 'utf8')).toContain(
        `// The weights under ${chosen} are taken; the file also has ${others[0]}`,
      );
      const explained = await succeed(['explain', run, image, ...asked, '--engine', 'wasm', '--json']);
      expect((JSON.parse(explained) as { logits: number[] }[])[0]?.logits).toEqual(expected);
    }
    const { code, stderr } = await epochlens(['import', path, '--state-dict', 'ema', '--inspect'], { cwd: place });
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/no network under this key: found ema, expected state_dict or/),
    ]);
  });
});

describe('an import that is killed', () => {
  const IMPORT = [...UNMEASURED, '--json'];

  it('leaves nothing that looks whole, and what it leaves the next removes', async () => {
    const place = await temporaryFolder();
    const runs = join(place, '.epochlens', 'runs', 'theirs');
    const killed = launch(['import', checkpoints, ...IMPORT], { cwd: place });
    await killed.said('Imported 1 of 3');
    killed.child.kill('SIGKILL');
    await killed.finished;
    expect(await readdir(place)).toEqual(['.epochlens']);
    expect(await readdir(runs)).toEqual([expect.stringMatching(/^\.importing-/)]);
    expect(await listRuns(place)).toEqual([]);
    await succeed(['import', checkpoints, ...IMPORT], { cwd: place });
    const [run, ...others] = await listRuns(place);
    expect([others, await readdir(runs)]).toEqual([[], [run?.id]]);
  });

  it('where only the study file is missing is completed by the next', async () => {
    const place = await temporaryFolder();
    const first = lines(await succeed(['import', checkpoints, ...IMPORT], { cwd: place })).at(-1);
    await rm(join(place, 'theirs.epochlens.json'));
    const second = lines(await succeed(['import', checkpoints, ...IMPORT], { cwd: place })).at(-1);
    expect(second).toEqual(first);
    expect((await runsOfStudy(join(place, 'theirs.epochlens.json')))[0]?.folder).toBe(first?.['run']);
  });
});

describe('what cannot be imported is refused, and nothing is written', () => {
  it('a normalisation that nobody knows, a name that is taken, options that clash', async () => {
    await refused(
      [checkpoints, '--name', 'x'],
      /do not say how their inputs were normalised.*expected one of cifar10, cifar100, imagenet, half, or --mean and --std/,
    );
    await refused([checkpoints, '--normalization', 'cifar10', '--name', 'theirs'], /a study of this name already/);
    await refused([checkpoints, '--mean', '0,0,0'], /--mean: options that do not go together: expected --std with it/);
    await refused([checkpoints, '--architecture', 'resnet18'], /found resnet20, expected resnet18, as was asked for/);
  });

  it('a folder without checkpoints, with two of one epoch, or with a link that leads out', async () => {
    const other = await temporaryFolder();
    await refused([join(other, 'none')], /no such folder or file/);
    await refused([other], /no checkpoints in this folder.*expected \.safetensors, \.pth/);
    await copyFile(join(fixtures, FILES[0]!), join(other, 'epoch-3.pth'));
    await symlink('epoch-3.pth', join(other, 'last.pth'));
    const inspected = await succeed(['import', other, '--inspect']);
    expect(inspected).toMatch(
      /^1 checkpoint of resnet20: epoch 3\n +epoch 3: .*epoch-3\.pth, which claims 71\.50.% of test images right\n$/,
    );
    await copyFile(join(fixtures, FILES[0]!), join(other, 'epoch-03.pt'));
    expect(await succeed(['import', other, '--inspect'])).toMatch(
      /Left out: epoch-3\.pth, as it holds the same weights as epoch-03\.pt\./,
    );
    await writeFile(join(other, 'epoch-003.pth'), torchFile(stateOf(1)));
    await refused([other], /two checkpoints of one epoch: found epoch 3/);
    await symlink('/etc/passwd', join(other, 'epoch-9.pth'));
    await refused([other], /epoch-9\.pth: a symbolic link that leads out of the folder: found \/etc\/passwd/);
  });

  it('weights that are found to be wrong when they are taken over', async () => {
    const bytes = await readFile(join(fixtures, 'resnet20-e05.safetensors'));
    // Not a number in any precision: counts of batches come first, numbers last.
    bytes.fill(0xff, bytes.length - 4);
    const broken = join(await temporaryFolder(), 'epoch-5.safetensors');
    await writeFile(broken, bytes);
    await refused([broken, '--normalization', 'imagenet', '--out', 'new'], /a value that is not finite/);
    const inPlace = await temporaryFolder();
    const { code } = await epochlens(['import', broken, '--normalization', 'imagenet'], { cwd: inPlace });
    expect([code, await readdir(inPlace)]).toEqual([2, []]);
  });

  it('weights of another network', async () => {
    const path = join(folder, 'theirs', 'notes.txt');
    await writeFile(path, 'hello');
    await refused([path], /notes\.txt: not a safetensors file/);
  });
});

describe.skipIf(shared === undefined)(withShared('the real ResNet-20'), () => {
  const python = process.env['EPOCHLENS_PYTHON'];

  it.skipIf(python === undefined)(
    'gets 932 of 1,017 right in its original pickle form (with EPOCHLENS_PYTHON)',
    async () => {
      const model = join(shared ?? '', 'models', 'resnet20.safetensors');
      const script = `
import sys, torch
from safetensors.torch import load_file
state = {"module." + name: tensor for name, tensor in load_file(sys.argv[1]).items()}
torch.save({"state_dict": state, "best_prec1": 91.73}, sys.argv[2], _use_new_zipfile_serialization=False)`;
      const path = join(folder, 'resnet20-12fca82f.th');
      await promisify(execFile)(python ?? '', ['-c', script, model, path]);
      const data = join(shared ?? '', 'data', 'cifar10');
      const options = [
        '--architecture',
        'resnet20',
        '--data',
        data,
        '--mean',
        '0.485,0.456,0.406',
        '--std',
        '0.229,0.224,0.225',
      ];
      const evaluated = JSON.parse(await succeed(['evaluate', '--weights', path, ...options, '--json'])) as object;
      const expected = JSON.parse(await readFile(model.replace('.safetensors', '.json'), 'utf8')) as object;
      expect(evaluated).toMatchObject({
        correct: 932,
        of: 1017,
        predictions: (expected as { predictions: number[] }).predictions,
      });
    },
  );
});
