/** Whether a run is whole, runs in one file, and epochs to keep. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Rate } from '../../src/statistics/schemas';
import { listCheckpoints, readMetrics, type Finding } from '../../src/runs';
import {
  dist,
  epochlens,
  launch,
  readJson,
  seededMetrics,
  succeed,
  temporaryFolder,
  TINY,
  tree,
  writeStudy,
} from './cli';

const STUDY = {
  ...TINY,
  perturbations: [{ kind: 'gaussianNoise', images: 10, rounds: 1 }],
};

let folder: string;
let study: string;
let run: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  study = await writeStudy(folder, STUDY);
  await succeed(['train', study, '--engine', 'wasm']);
  await succeed(['report', study, '--engine', 'wasm', '--out', join(folder, 'report.html')]);
  const runs = join(folder, '.epochlens/runs/tiny');
  run = join(runs, (await readdir(runs))[0] ?? '');
});

/** A copy of the run, to be damaged. */
async function copy(name: string): Promise<string> {
  const to = join(folder, 'copies', name);
  await cp(run, to, { recursive: true });
  return to;
}

async function flip(file: string, at = 0.6): Promise<void> {
  const bytes = await readFile(file);
  const place = Math.floor(bytes.length * at);
  bytes[place] = (bytes[place] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

interface Verified {
  readonly whole: boolean;
  readonly runs: readonly {
    readonly findings: readonly Finding[];
    readonly reproduction?: {
      readonly reproduced: readonly { file: string; agrees: boolean; difference: number; tolerance: number }[];
      readonly skipped: readonly { reason: string }[];
    };
  }[];
}

async function verify(...args: string[]): Promise<{ code: number | null; stderr: string; result: Verified }> {
  const { code, stdout, stderr } = await epochlens(['verify', ...args, '--json']);
  return { code, stderr, result: JSON.parse(stdout) as Verified };
}

describe('what a person says of a run', () => {
  const about = () => join(run, 'about.json');
  const listed = async () =>
    (JSON.parse(await succeed(['runs', folder, '--json'])) as { runs: Record<string, unknown>[] }).runs[0];

  it('is shown by runs', async () => {
    expect(await listed()).toMatchObject({ name: null, note: null, pinned: false, aboutProblem: null });
    expect(await succeed(['runs', folder])).not.toContain('name');
    await writeFile(about(), '{ "name": "warm-up", "note": "lower\\nrate", "pinned": true }');
    expect(await listed()).toMatchObject({ name: 'warm-up', note: 'lower\nrate', pinned: true });
    const printed = await succeed(['runs', folder]);
    expect(printed).toMatch(/^study +name +run/);
    expect(printed).toMatch(/^tiny +warm-up \(pinned\) /m);
    expect(printed).toMatch(/^warm-up: lower rate$/m);
    expect((await verify(run)).result).toMatchObject({ whole: true });
  });

  it('is no damage of the run where it cannot be understood, and is said', async () => {
    await writeFile(about(), '{ "name": 3 }');
    const { code, stdout, stderr } = await epochlens(['runs', folder]);
    expect([code, stdout]).toEqual([0, expect.not.stringContaining('warm-up') as string]);
    expect(stderr).toContain('about.json');
    expect((await listed())?.['aboutProblem']).toContain('about.json');
    const { code: verified, result } = await verify(run);
    expect([verified, result.whole]).toEqual([0, true]);
    expect(await succeed(['verify', run])).toContain('about.json');
    await rm(about());
  });
});

describe('verify', () => {
  it('finds a run whole, and says so in a table', async () => {
    const { code, result } = await verify(study);
    expect(code).toBe(0);
    expect(result.whole).toBe(true);
    expect(result.runs[0]?.findings.filter(({ verdict }) => verdict !== 'whole')).toEqual([]);
    const parts = new Set(result.runs[0]?.findings.map(({ part }) => part));
    expect([...parts]).toEqual([
      'manifest',
      'status',
      'sums',
      'checkpoint',
      'optimizerState',
      'metrics',
      'result',
      'data',
    ]);
    const printed = await succeed(['verify', run]);
    expect(printed).toMatch(/checkpoints +3 +– +– +–/);
  });

  it.each(['run.json', 'sums.jsonl', 'metrics.jsonl', 'checkpoints', 'resume', 'results'])(
    'names one bit in %s, and ends with 1',
    async (part) => {
      const damaged = await copy(`bit-${part}`);
      const files = part.includes('.') ? [part] : (await readdir(join(damaged, part))).map((name) => `${part}/${name}`);
      const file = files[1] ?? files[0] ?? '';
      await flip(join(damaged, file), part === 'run.json' ? 0.3 : 0.6);
      const { code, stderr, result } = await verify(damaged);
      expect(code).toBe(1);
      expect(result.runs[0]?.findings.some((finding) => finding.file === file && finding.verdict === 'damaged')).toBe(
        true,
      );
      expect(stderr).toContain(file);
    },
  );

  it('finds the newest run of a study though its run.json is damaged', async () => {
    const elsewhere = await temporaryFolder();
    await cp(folder, elsewhere, { recursive: true });
    await flip(join(elsewhere, '.epochlens/runs/tiny', run.split('/').at(-1) ?? '', 'run.json'), 0.3);
    const { code, stderr } = await verify(join(elsewhere, 'tiny.epochlens.json'));
    expect(code).toBe(1);
    expect(stderr).toContain('run.json');
  });

  it('computes kept results of every kind again, to the bit, and finds one that is of something else', async () => {
    const copied = await copy('reproduced');
    const first = await verify(copied, '--reproduce', '12', '--engine', 'wasm');
    expect(first.code).toBe(0);
    const { reproduced = [] } = first.result.runs[0]?.reproduction ?? {};
    expect(reproduced).toHaveLength(12);
    expect(reproduced.every(({ agrees }) => agrees)).toBe(true);
    const kinds = new Set(reproduced.map(({ file }) => /results\/([a-z]+)-/i.exec(file)?.[1]));
    expect([...kinds].sort()).toEqual(['attention', 'heatmaps', 'predictions', 'robustness', 'views']);
    const exact = reproduced.filter(({ tolerance }) => tolerance === 0);
    expect(exact.length).toBeGreaterThan(4);
    expect(exact.every(({ difference }) => difference === 0)).toBe(true);
    // The same seed, the same results.
    const second = await verify(copied, '--reproduce', '2', '--engine', 'wasm');
    const files = second.result.runs[0]?.reproduction?.reproduced.map(({ file }) => file);
    expect(files).toEqual(reproduced.slice(0, 2).map(({ file }) => file));
    // Whole in itself, but not what these weights and images give.
    const { file = '' } = reproduced.find((each) => each.file.includes('robustness')) ?? {};
    const entry = await readJson<Record<string, unknown> & { value: { accuracy: Rate } }>(join(copied, file));
    const { jsonHash } = await import('../../src/common/canonicalJson');
    const value = { ...entry.value, accuracy: { ...entry.value.accuracy, count: entry.value.accuracy.count + 2 } };
    await writeFile(join(copied, file), JSON.stringify({ ...entry, value, checksum: jsonHash(value) }));
    const third = await verify(copied, '--reproduce', '1000', '--engine', 'wasm');
    expect(third.code).toBe(1);
    const off = third.result.runs[0]?.reproduction?.reproduced.filter(({ agrees }) => !agrees);
    expect(off?.map((each) => each.file)).toEqual([file]);
  });

  it('seals a run of an older version, by an explicit word', async () => {
    const older = await copy('older');
    await rm(join(older, 'sums.jsonl'));
    const path = join(older, 'run.json');
    await writeFile(path, JSON.stringify({ ...(await readJson<object>(path)), sum: undefined }));
    const before = await verify(older);
    expect(before.code).toBe(0);
    expect(before.result.runs[0]?.findings.filter(({ verdict }) => verdict === 'notVouched')).toHaveLength(10);
    expect(await succeed(['verify', older, '--seal'])).toContain('Sealed as it is: checkpoints/epoch-002.safetensors');
    await flip(join(older, 'checkpoints/epoch-002.safetensors'));
    const { code, stderr } = await verify(older);
    expect(code).toBe(1);
    expect(stderr).toContain('checkpoints/epoch-002.safetensors');
    const explained = await epochlens(['explain', older, '--engine', 'wasm']);
    expect(explained.code).toBe(2);
    expect(explained.stderr).toContain('epoch-002.safetensors');
  });

  it.each(['metrics.jsonl', 'sums.jsonl'])('a folder or a FIFO in the place of %s is a finding', async (file) => {
    for (const [make, kind] of [
      ['mkdir', 'a folder'],
      ['mkfifo', 'a FIFO'],
    ] as const) {
      if (process.platform === 'win32' && make === 'mkfifo') continue;
      const damaged = await copy(`${make}-${file}`);
      await rm(join(damaged, file));
      execFileSync(make, [join(damaged, file)]);
      const { code, result } = await verify(damaged);
      expect(code).toBe(1);
      const found = result.runs[0]?.findings.find((finding) => finding.file === file);
      expect(found).toMatchObject({ verdict: 'damaged', detail: expect.stringContaining(kind) as string });
      const { runs } = JSON.parse(await succeed(['runs', damaged, '--json'])) as { runs: { warnings: string[] }[] };
      expect(runs[0]?.warnings.join()).toContain(file);
    }
  });

  it('refuses what is no run', async () => {
    expect(await epochlens(['verify', join(folder, 'nothing')])).toMatchObject({ code: 2 });
    expect(await epochlens(['verify', folder])).toMatchObject({ code: 2 });
  });
});

describe('pack and unpack', () => {
  it('give the same run elsewhere: whole, and with the same report', async () => {
    const file = join(folder, 'packed.tar.gz');
    await succeed(['pack', study, '--out', file]);
    const again = join(folder, 'again.tar.gz');
    await succeed(['pack', run, '--out', again]);
    expect((await readFile(again)).equals(await readFile(file))).toBe(true);
    const into = join(await temporaryFolder(), 'other');
    await succeed(['unpack', file, '--into', into]);
    const unpacked = join(into, 'tiny.epochlens.json');
    expect((await verify(unpacked)).code).toBe(0);
    const report = join(into, 'report.html');
    await succeed(['report', unpacked, '--engine', 'wasm', '--out', report]);
    // But for when it was made, and where.
    const text = async (path: string, place: string) =>
      (await readFile(path, 'utf8')).replaceAll(place, '').replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '');
    expect(await text(report, into)).toBe(await text(join(folder, 'report.html'), folder));
    expect(await epochlens(['unpack', file, '--into', into])).toMatchObject({ code: 2 });
  });

  it.skipIf(process.platform === 'win32')('a disk that takes no more is no damaged file', async () => {
    const file = join(folder, 'whole.tar.gz');
    await succeed(['pack', run, '--out', file, '--without', 'results']);
    const into = join(await temporaryFolder(), 'full');
    // No file may be larger than 256 blocks: a write fails as it does on a full disk.
    const limited = `trap '' XFSZ; ulimit -f 256; exec "${process.execPath}" "${join(dist, 'cli.js')}" unpack "${file}" --into "${into}"`;
    const { status, stderr } = spawnSync('sh', ['-c', limited], { encoding: 'utf8' });
    expect(stderr).toMatch(/^epochlens: epoch-000\.safetensors: could not be unpacked: found EFBIG/);
    expect(stderr).not.toContain('epochlens pack wrote');
    expect(status).toBe(1);
    expect(await tree(into).catch(() => [])).toEqual([]);
    await succeed(['unpack', file, '--into', into]);
  });

  it('commands that they advise can be pasted, and a file is replaced by --force alone', async () => {
    const place = join(await temporaryFolder(), "it's here");
    await mkdir(place);
    const packed = await succeed(['pack', run, '--out', join(place, 'a b.gz'), '--without', 'results']);
    const quoted = `'${place.replace("'", String.raw`'\''`)}`;
    expect(packed).toContain(`epochlens unpack ${quoted}/a b.gz'`);
    expect(await epochlens(['pack', run, '--out', join(place, 'a b.gz')])).toMatchObject({ code: 2 });
    await succeed(['pack', run, '--out', join(place, 'a b.gz'), '--force']);
    expect(await succeed(['unpack', join(place, 'a b.gz'), '--into', place])).toContain(`epochlens report ${quoted}`);
    expect((await epochlens(['pack', run, '--out', '.'])).stderr).toContain('a run cannot be packed into this');
  });

  it('a damaged run is not packed, and a damaged file not unpacked', async () => {
    const damaged = await copy('unpackable');
    await flip(join(damaged, 'checkpoints/epoch-001.safetensors'));
    const out = join(folder, 'damaged.tar.gz');
    const packed = await epochlens(['pack', damaged, '--out', out]);
    expect(packed).toMatchObject({ code: 2 });
    expect(packed.stderr).toContain('checkpoints/epoch-001.safetensors');
    const file = join(folder, 'cut.tar.gz');
    await succeed(['pack', run, '--out', file, '--without', 'results']);
    await flip(file);
    const into = join(await temporaryFolder(), 'into');
    expect(await epochlens(['unpack', file, '--into', into])).toMatchObject({ code: 2 });
    expect(await tree(into).catch(() => [])).toEqual([]);
  });
});

describe('prune', () => {
  it('says what goes, needs a yes, and keeps what a resumed training needs', async () => {
    const place = await temporaryFolder();
    const long = await writeStudy(place, { ...TINY, training: { ...TINY.training, epochs: 4 } });
    const whole = join(place, 'whole');
    await succeed(['train', long, '--engine', 'wasm', '--run', whole]);
    const stopped = join(place, 'stopped');
    const training = launch(['train', long, '--engine', 'wasm', '--run', stopped, '--json']);
    await training.said('"epoch":4,"epochs":4,"step":2,');
    training.child.kill('SIGINT');
    await training.finished;
    const refused = await epochlens(['prune', stopped, '--keep', '0']);
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('checkpoints/epoch-001.safetensors');
    expect(refused.stderr).toContain('--yes');
    await succeed(['prune', stopped, '--keep', '0', '--yes']);
    expect((await listCheckpoints(stopped)).map(({ epoch }) => epoch)).toEqual([0, 2, 3]);
    expect((await verify(stopped)).code).toBe(0);
    await succeed(['train', long, '--engine', 'wasm', '--run', stopped, '--resume']);
    expect(await seededMetrics(stopped)).toEqual(await seededMetrics(whole));
    expect((await verify(stopped)).code).toBe(0);
    expect(await epochlens(['explain', stopped, '--checkpoints', '1', '--engine', 'wasm'])).toMatchObject({ code: 2 });
  });

  it('a study that says whose checkpoints stay trains to the same numbers', async () => {
    const place = await temporaryFolder();
    const keeping = await writeStudy(place, {
      ...TINY,
      training: { ...TINY.training, epochs: 4, keepCheckpoints: [0] },
    });
    const kept = join(place, 'kept');
    await succeed(['train', keeping, '--engine', 'wasm', '--run', kept]);
    expect((await listCheckpoints(kept)).map(({ epoch }) => epoch)).toEqual([0, 3, 4]);
    expect(await readMetrics(kept)).toHaveLength(5);
    expect((await verify(kept)).code).toBe(0);
  });
});

describe('a training that does not know which epoch is best', () => {
  it('deletes nothing, and says so once', async () => {
    const place = await temporaryFolder();
    const training = { ...TINY.training, epochs: 4 };
    const file = await writeStudy(place, { ...TINY, training });
    const stopped = join(place, 'stopped');
    const first = launch(['train', file, '--engine', 'wasm', '--run', stopped, '--json']);
    await first.said('"epoch":3,"epochs":4,"step":2,');
    first.child.kill('SIGINT');
    await first.finished;
    const change = async (name: string, edit: (line: string) => string[]): Promise<void> => {
      const lines = (await readFile(join(stopped, name), 'utf8')).split('\n').slice(0, -1);
      const changed = lines.flatMap(edit).map((line) => `${line}\n`);
      await writeFile(join(stopped, name), changed.join(''));
    };
    // The line of epoch 0 and its copy: its accuracy is lost.
    await change('metrics.jsonl', (line) => (line.startsWith('{"epoch":0,') ? [] : [line]));
    await change('sums.jsonl', (line) => [line.includes('{\\"epoch\\":0,') ? line.replace('"line"', '"lime"') : line]);
    await writeStudy(place, { ...TINY, training: { ...training, keepCheckpoints: 'bestAndLast' } });
    const { code, stderr } = await epochlens(['train', file, '--engine', 'wasm', '--run', stopped, '--resume']);
    expect(code).toBe(0);
    expect(stderr.match(/No checkpoint is deleted: .* no test accuracy of epoch 0/g)).toHaveLength(1);
    expect((await listCheckpoints(stopped)).map(({ epoch }) => epoch)).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('prunes that meet', () => {
  it('two at once: one deletes, and the other says what it found', async () => {
    const twice = await copy('twice');
    const args = ['prune', twice, '--keep', 'last', '--yes'];
    const both = await Promise.all([epochlens(args), epochlens(args)]);
    expect(both.some(({ code }) => code === 0)).toBe(true);
    for (const { code, stderr } of both) {
      expect(stderr).not.toMatch(/defect|ENOENT|\.js:/);
      expect(code === 0 || code === 2).toBe(true);
    }
    expect((await listCheckpoints(twice)).map(({ epoch }) => epoch)).toEqual([2]);
    expect((await verify(twice)).code).toBe(0);
  });
});

describe('runs and cache', () => {
  it('take run.json, say what is damaged on standard error, and offer the runs of a study that was renamed', async () => {
    const damaged = await copy('numbers');
    await flip(join(damaged, 'metrics.jsonl'));
    const { code, stdout, stderr } = await epochlens(['runs', join(damaged, 'run.json')]);
    expect(code).toBe(0);
    expect(stdout).toContain('2 of 2');
    expect(stderr).toMatch(/numbers: metrics\.jsonl: line \d/);
    expect(stderr).toContain(`epochlens verify ${damaged}`);
    const place = await temporaryFolder();
    await cp(join(folder, '.epochlens'), join(place, '.epochlens'), { recursive: true });
    await cp(study, join(place, 'renamed.epochlens.json'));
    expect(await succeed(['runs', join(place, 'renamed.epochlens.json')])).toContain('epochlens adopt ');
  });

  it('list what there is and what it takes, and clear results alone', async () => {
    const { runs } = JSON.parse(await succeed(['runs', folder, '--json'])) as { runs: Record<string, unknown>[] };
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ run, state: 'finished', epoch: 2, epochs: 2, checkpoints: 3, lostMetrics: 0 });
    const cleared = await copy('cleared');
    const env = { EPOCHLENS_CACHE: join(folder, 'no-cache') };
    expect(await epochlens(['cache', cleared, '--clear', 'results'], { env })).toMatchObject({ code: 2 });
    await succeed(['cache', cleared, '--clear', 'results', '--yes'], { env });
    expect(await readdir(join(cleared, 'results'))).toEqual([]);
    expect((await verify(cleared)).code).toBe(0);
  });

  it('results go past their limit, the oldest first', async () => {
    const limited = await copy('limited');
    const before = (await readdir(join(limited, 'results'))).length;
    const env = { EPOCHLENS_RESULTS_LIMIT_MB: '0.05' };
    await succeed(['perturb', limited, '--engine', 'wasm'], { env });
    expect((await readdir(join(limited, 'results'))).length).toBeLessThan(before);
    expect((await verify(limited)).code).toBe(0);
  });
});
