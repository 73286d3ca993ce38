/**
 * A training in PyTorch that writes a run by epochlens.py: by the PyTorch that EPOCHLENS_PYTHON names (with onnx and onnxscript),
 * else, as far as that goes, by what test/pytorch/watch.py wrote. To write it anew see test/fixtures/watched/README.md.
 */
import { execFile, spawn } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { PYTHON_SNIPPET } from '../../src/setup/pythonModule';
import { epochlens, readJson, succeed, temporaryFolder, tree } from './cli';

const python = process.env['EPOCHLENS_PYTHON'];
const scripts = join(import.meta.dirname, '../pytorch');
const fixture = join(import.meta.dirname, '../fixtures/watched');
const run = promisify(execFile);

interface Listed {
  readonly run: string;
  readonly state: string;
  readonly epoch: number;
  readonly epochs: number | null;
  readonly checkpoints: number;
  readonly warnings: readonly string[];
  readonly problem: string | null;
}

/** The only run of a folder. */
async function listed(folder: string): Promise<Listed> {
  const { runs } = JSON.parse(await succeed(['runs', folder, '--json'])) as { runs: [Listed] };
  expect(runs).toHaveLength(1);
  return runs[0];
}

/** A folder with the run of a network that was trained for three epochs. */
async function trained(kind: 'cnn' | 'resnet'): Promise<string> {
  const folder = await temporaryFolder();
  if (python !== undefined) {
    await run(python, [join(scripts, 'watch.py'), kind, folder]);
    return folder;
  }
  await cp(fixture, folder, { recursive: true });
  await cp(join(fixture, 'runs'), join(folder, '.epochlens', 'runs'), { recursive: true });
  return folder;
}

describe.each(python === undefined ? (['cnn'] as const) : (['cnn', 'resnet'] as const))('a watched %s', (kind) => {
  let folder = '';
  beforeAll(async () => {
    folder = await trained(kind);
  }, 300_000);

  it('is a run like any other, whose files are whole', async () => {
    const found = await listed(folder);
    expect(found).toMatchObject({
      state: 'finished',
      epoch: 3,
      epochs: 3,
      checkpoints: 4,
      warnings: [],
      problem: null,
    });
    const { stdout, code } = await epochlens(['verify', found.run, '--json']);
    expect(code, stdout).toBe(0);
    expect(stdout).not.toMatch(/notVouched|damaged|missing/);
    // Its example, by the hashes that epochlens.py computed.
    const data = (
      JSON.parse(stdout) as { runs: [{ findings: { part: string; verdict: string }[] }] }
    ).runs[0].findings.filter(({ part }) => part === 'data');
    expect(data.map(({ verdict }) => verdict)).toEqual(['whole', 'whole']);
    expect((await epochlens(['train', join(folder, `${kind}.epochlens.json`), '--resume'])).stderr).toMatch(
      /a training that EpochLens only watches cannot go on here/,
    );
  });

  it('has the logits of PyTorch at each epoch', async () => {
    const expected = await readJson<Record<string, number[][]>>(join(folder, 'logits.json'));
    const out = await succeed([
      ...[
        'explain',
        (await listed(folder)).run,
        '--images',
        'test:0,5,11',
        '--checkpoints',
        '0,2',
        '--engine',
        'embedded',
      ],
      '--json',
    ]);
    const cells = JSON.parse(out) as { image: string; checkpoint: number; logits: number[]; flat: boolean }[];
    expect(cells).toHaveLength(6);
    for (const { image, checkpoint, logits } of cells) {
      const right = expected[checkpoint]?.[Number(/\d+/.exec(image)?.[0])] ?? [];
      logits.forEach((logit, at) => expect(Math.abs(logit - (right[at] ?? NaN)), image).toBeLessThan(1e-4));
    }
    expect(cells.some(({ flat }) => !flat)).toBe(true);
  });
});

describe.skipIf(python === undefined)('epochlens.py (with EPOCHLENS_PYTHON)', () => {
  it('shows a training while it runs, and leaves whole files when it is killed', async () => {
    const folder = await temporaryFolder();
    const child = spawn(python ?? '', [join(scripts, 'watch.py'), 'cnn', folder, '60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise<void>((settle) =>
      child.stdout.on('data', (text: Buffer) => /kept 1/.test(String(text)) && settle()),
    );
    expect(await listed(folder)).toMatchObject({
      state: 'training',
      epoch: 1,
      epochs: 3,
      checkpoints: 2,
      warnings: [],
    });
    const ended = new Promise((settle) => child.on('close', settle));
    child.kill('SIGKILL');
    await ended;
    const { run: killed, ...state } = await listed(folder);
    expect(state).toMatchObject({ state: 'interrupted', epoch: 1, checkpoints: 2, warnings: [] });
    await succeed(['verify', killed]);
    expect((await tree(folder)).filter((path) => path.endsWith('.tmp'))).toEqual([]);
  }, 300_000);

  it('says of each wrong argument what is wrong, and writes nothing then', async () => {
    const folder = await temporaryFolder();
    const { stdout } = await run(python ?? '', [join(scripts, 'wrong.py'), folder]);
    const { said } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { said: Record<string, [string, string]> };
    const patterns: Record<string, RegExp> = {
      name: /^ValueError EpochLens: name is 'a\/b'/,
      device: /^ValueError EpochLens: name is 'con'/,
      folder: /^ValueError EpochLens: labels are .*data: a folder of images/,
      classes: /^ValueError EpochLens: the network gives \[4, 10\] in place of logits \[4, 3\]: classes has 3 names$/,
      twice: /^ValueError EpochLens: classes are two names or more, each once$/,
      oneImage:
        /^ValueError EpochLens: example is \[3, 32, 32\] of torch.float32 in place of images \[n, 3, size, size\]/,
      grey: /example is \[4, 1, 32, 32\]/,
      rectangle: /example is \[4, 3, 32, 31\].*square/,
      bytes: /example is .* of torch.uint8 .*normalised/,
      notNormalised: /^ValueError EpochLens: example × std \+ mean is -\d.* not 0 to 1/,
      noLabels: /^ValueError EpochLens: labels are 4 numbers of 0 to 2/,
      labels: /^ValueError EpochLens: labels are 4 numbers of 0 to 2/,
      control: /^RuntimeError EpochLens: PyTorch cannot export .* write that with torch.where/,
      accuracy: /^ValueError EpochLens: accuracies are in per cent/,
      after: /^ValueError EpochLens: this training was said to have ended$/,
    };
    expect(Object.keys(said)).toEqual(Object.keys(patterns));
    for (const [name, pattern] of Object.entries(patterns)) expect(said[name]?.join(' ')).toMatch(pattern);
    // Of the one right call alone.
    expect(await listed(folder)).toMatchObject({ state: 'finished', epoch: 0, epochs: null });
  }, 300_000);
});

describe.each(['lightning', 'keras'] as const)('a callback of %s', (library) => {
  it.skipIf(python === undefined)(
    'keeps each epoch of its training',
    async (context) => {
      const folder = await temporaryFolder();
      const printed = await succeed(['python', folder, '--callback', library]);
      await writeFile(join(folder, 'callback.py'), printed.slice(printed.indexOf('class ')));
      const { stdout } = await run(python ?? '', [join(scripts, 'callbacks.py'), library], { cwd: folder });
      if (/is absent/.test(stdout)) context.skip(`${library} is absent`);
      const found = await listed(folder);
      expect(found).toMatchObject({ state: 'finished', epoch: 2, epochs: 2, checkpoints: 3, warnings: [] });
      await succeed(['verify', found.run]);
    },
    300_000,
  );
});

describe('epochlens python', () => {
  it('writes the module, brings it up to date, and leaves an edited one', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'project', 'epochlens.py');
    const install = (...args: string[]) => epochlens(['python', join(folder, 'project'), ...args]);
    expect((await install()).stdout).toBe(`Written: ${path}\n\n${PYTHON_SNIPPET}`);
    const text = await readFile(path, 'utf8');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    expect((await install()).stdout).toMatch(/^There already:/);
    await writeFile(path, `${text}\n`);
    const refused = await install();
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/not as EpochLens wrote it.*--force/s);
    expect((await install('--force')).stdout).toMatch(/^Replaced:/);
    expect(await readFile(path, 'utf8')).toBe(text);
    await mkdir(join(folder, 'other'));
    await writeFile(join(folder, 'other', 'epochlens.py'), 'x = 1\n');
    expect((await epochlens(['python', join(folder, 'other')])).code).toBe(2);
  });
});
