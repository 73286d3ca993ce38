import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dropMetricsAfter } from '../../../src/runs/metrics/metricsFile';
import { assertVouched, listResults, readKeptResult, sealRun, verifyRun, voucherOf, type Run } from '../../../src/runs';
import { storeBinaryResult } from '../../../src/runs/results/results';
import { failureOf } from './fixture';
import { editLines, endRun, flipBit, trainedRun, trainEpoch, withoutSums, loadedBytes } from './trained';

/** What is not whole: "checkpoints/epoch-002.safetensors damaged". */
async function wrong({ folder }: Run): Promise<string[]> {
  const { findings } = await verifyRun(folder);
  return findings
    .filter(({ verdict }) => verdict !== 'whole')
    .map(({ file, place, verdict }) => [file, place, verdict].filter(Boolean).join(' '));
}

async function resultNamed({ folder }: Run, kind: string): Promise<string> {
  return `results/${(await listResults(folder)).find((name) => name.startsWith(kind)) ?? ''}`;
}

describe('a whole run', () => {
  test('is whole in all its parts, and verifying changes nothing', async () => {
    const run = await trainedRun();
    const before = await readdir(run.folder, { recursive: true });
    const { findings } = await verifyRun(run.folder);
    const count = (part: string) => findings.filter((finding) => finding.part === part).length;
    expect(findings.every(({ verdict }) => verdict === 'whole')).toBe(true);
    expect(['manifest', 'sums', 'checkpoint', 'optimizerState', 'metrics', 'result'].map(count)).toEqual([
      1, 1, 5, 2, 5, 2,
    ]);
    expect(await readdir(run.folder, { recursive: true })).toEqual(before);
  });

  test('an epoch that a kill left half written is not missed', async () => {
    const run = await trainedRun({ epochs: 2, state: 'cancelled' });
    await trainEpoch(run, 3);
    await rm(join(run.folder, 'checkpoints/epoch-003.safetensors'));
    await editLines(run, 'metrics.jsonl', (lines) => lines.slice(0, -1));
    expect(await wrong(run)).toEqual([]);
  });

  test('epochs that a resumed training drops are not missed', async () => {
    const run = await trainedRun({ state: 'cancelled' });
    await dropMetricsAfter(run.folder, 3);
    await endRun(run, 3, 'cancelled');
    expect(await wrong(run)).toEqual([]);
    await trainEpoch(run, 4);
    expect(await wrong(run)).toEqual([]);
  });
});

describe('what is damaged is named, and nothing else', () => {
  const files = [
    'checkpoints/epoch-000.safetensors',
    'checkpoints/epoch-004.safetensors',
    'resume/velocity-003.safetensors',
  ];
  test.each(files)('a bit of %s', async (file) => {
    for (const at of [0, 0.5, 0.999]) {
      const run = await trainedRun();
      await flipBit(run, file, at);
      expect(await wrong(run)).toEqual([`${file} damaged`]);
    }
  });

  test('a checkpoint cut short, one in the place of another, one that is a folder', async () => {
    const run = await trainedRun();
    const path = (epoch: number) => join(run.folder, `checkpoints/epoch-00${epoch}.safetensors`);
    await writeFile(path(1), (await readFile(path(1))).subarray(0, 30));
    await cp(path(0), path(2));
    await rm(path(3));
    await cp(join(run.folder, 'resume'), path(3), { recursive: true });
    expect(await wrong(run)).toEqual([1, 2, 3].map((epoch) => `checkpoints/epoch-00${epoch}.safetensors damaged`));
  });

  test('a digit of a metrics line, which stays JSON', async () => {
    const run = await trainedRun();
    await editLines(run, 'metrics.jsonl', (lines) =>
      lines.map((line, i) => (i === 2 ? line.replace('"testAccuracy":60', '"testAccuracy":61') : line)),
    );
    expect(await wrong(run)).toEqual(['metrics.jsonl line 3 (epoch 2) damaged']);
  });

  test('a metrics line that is no JSON any more', async () => {
    const run = await trainedRun();
    await editLines(run, 'metrics.jsonl', (lines) => lines.map((line, i) => (i === 1 ? line.replace('{', 'z') : line)));
    expect(await wrong(run)).toEqual(['metrics.jsonl line 2 damaged']);
  });

  test('lines that are gone: in the middle, at the end, all', async () => {
    const middle = await trainedRun();
    await editLines(middle, 'metrics.jsonl', (lines) => lines.filter((_, i) => i !== 2));
    expect(await wrong(middle)).toEqual(['metrics.jsonl the line of epoch 2 missing']);
    const end = await trainedRun();
    await editLines(end, 'metrics.jsonl', (lines) => lines.slice(0, 3));
    expect(await wrong(end)).toEqual([3, 4].map((epoch) => `metrics.jsonl the line of epoch ${epoch} missing`));
    const all = await trainedRun({ state: 'cancelled' });
    await rm(join(all.folder, 'metrics.jsonl'));
    expect(await wrong(all)).toHaveLength(5);
  });

  test('run.json: a bit, another value, gone', async () => {
    const flipped = await trainedRun();
    await flipBit(flipped, 'run.json', 0.3);
    expect(await wrong(flipped)).toEqual(['run.json damaged']);
    const gone = await trainedRun();
    await rm(join(gone.folder, 'run.json'));
    expect(await wrong(gone)).toContain('run.json missing');
  });

  test('sums.jsonl: a row damaged, a row gone, all gone', async () => {
    const damaged = await trainedRun();
    const rowOf = (lines: readonly string[], file: string) => lines.findIndex((line) => line.includes(file));
    await editLines(damaged, 'sums.jsonl', (lines) =>
      lines.map((line, i) => (i === rowOf(lines, 'epoch-001') ? line.replace('epoch-001', 'epoch-000') : line)),
    );
    expect(await wrong(damaged)).toEqual([
      expect.stringMatching(/^sums.jsonl line \d+ damaged$/),
      'checkpoints/epoch-001.safetensors damaged',
    ]);
    const row = await trainedRun();
    await editLines(row, 'sums.jsonl', (lines) => lines.filter((line) => !line.includes('epoch-002')));
    expect(await wrong(row)).toEqual(['checkpoints/epoch-002.safetensors damaged']);
    const all = await trainedRun();
    await rm(join(all.folder, 'sums.jsonl'));
    expect(await wrong(all)).toContain('sums.jsonl missing');
  });

  test.each(['metrics.jsonl', 'sums.jsonl', 'status.json'])('%s that is a folder', async (file) => {
    const run = await trainedRun();
    await rm(join(run.folder, file));
    await mkdir(join(run.folder, file));
    const found = (await verifyRun(run.folder)).findings.filter((finding) => finding.file === file);
    expect(found[0]).toMatchObject({ file, verdict: 'damaged' });
    expect(found).toHaveLength(1);
  });

  test('status.json: a bit, other epochs than the study’s, a training that finished early', async () => {
    const said = async (change: object) => {
      const run = await trainedRun();
      const path = join(run.folder, 'status.json');
      await writeFile(path, JSON.stringify({ ...(JSON.parse(await readFile(path, 'utf8')) as object), ...change }));
      const { findings } = await verifyRun(run.folder);
      return findings.filter(({ part }) => part === 'status').map(({ verdict, detail }) => detail ?? verdict);
    };
    expect(await said({})).toEqual(['whole']);
    expect(await said({ epochs: 5 })).toEqual(['it says 5 epochs, and run.json 4']);
    expect(await said({ epoch: 5 })).toEqual(['it says epoch 5 of 4']);
    expect(await said({ epoch: 2 })).toEqual(['it says that the training finished with epoch 2 of 4']);
    expect(await said({ epoch: 2, state: 'cancelled' })).toEqual(['whole']);
    expect(await said({ state: 'finisheD' })).toEqual(['it is not what a training writes']);
  });

  test('what is advised names the run', async () => {
    const run = await trainedRun();
    await rm(join(run.folder, 'sums.jsonl'));
    const { findings } = await verifyRun(run.folder);
    const advice = findings.find(({ part }) => part === 'checkpoint')?.advice;
    expect(advice).toBe(`If you trust it as it is:  epochlens verify ${run.folder} --seal`);
  });

  test('files that are gone, and none that may be', async () => {
    const run = await trainedRun();
    await rm(join(run.folder, 'checkpoints/epoch-001.safetensors'));
    await rm(join(run.folder, 'resume/velocity-004.safetensors'));
    expect(await wrong(run)).toEqual([
      'checkpoints/epoch-001.safetensors missing',
      'resume/velocity-004.safetensors missing',
    ]);
  });

  test('results: a bit of each part of each kind, one under the name of another', async () => {
    for (const kind of ['heatmaps', 'robustness']) {
      for (const at of [0.01, 0.2, 0.5, 0.8, 0.99]) {
        const run = await trainedRun();
        const file = await resultNamed(run, kind);
        await flipBit(run, file, at);
        expect(await wrong(run), `${kind} at ${at}`).toEqual([`${file} damaged`]);
      }
      const run = await trainedRun();
      const file = await resultNamed(run, kind);
      const other = file.replace(/[0-9a-f]{32}/, '0'.repeat(32));
      await rename(join(run.folder, file), join(run.folder, other));
      expect(await wrong(run)).toEqual([`${other} damaged`]);
    }
  });

  test('what is not ours is not vouched for', async () => {
    const run = await trainedRun();
    await writeFile(join(run.folder, 'results/notes.txt'), 'mine');
    expect(await wrong(run)).toEqual(['results/notes.txt notVouched']);
  });
});

describe('results of bytes', () => {
  const inputs = { checkpoint: 'c', image: 'i' };

  test('say what they are of; older ones do not, and stay readable', async () => {
    const { folder } = await trainedRun();
    const by = { engine: 'wasm', version: '1', epochlens: '2' };
    await storeBinaryResult(folder, 'views', inputs, Uint8Array.of(9, 8, 7), { by });
    expect(await loadedBytes(folder, 'views', inputs)).toEqual([Uint8Array.of(9, 8, 7)]);
    const name = (await listResults(folder)).find((each) => each.startsWith('views')) ?? '';
    expect(await readKeptResult(folder, name)).toMatchObject({ state: 'whole', origin: { inputs, about: { by } } });
    const older = Buffer.from('039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81' + '010203', 'hex');
    await writeFile(join(folder, 'results', name), older);
    expect(await loadedBytes(folder, 'views', inputs)).toEqual([Uint8Array.of(1, 2, 3)]);
    expect(await readKeptResult(folder, name)).toMatchObject({ state: 'whole', origin: undefined });
  });

  test('one of other inputs is not taken, whatever its name', async () => {
    const { folder } = await trainedRun();
    await storeBinaryResult(folder, 'views', { ...inputs, image: 'j' }, Uint8Array.of(1));
    const other = (await listResults(folder)).find((each) => each.startsWith('views')) ?? '';
    await storeBinaryResult(folder, 'views', inputs, Uint8Array.of(2));
    const name = (await listResults(folder)).find((each) => each.startsWith('views') && each !== other) ?? '';
    await cp(join(folder, 'results', other), join(folder, 'results', name));
    expect(await loadedBytes(folder, 'views', inputs)).toEqual([undefined]);
  });
});

describe('an older run', () => {
  test('is not vouched for, and not damaged', async () => {
    const run = await trainedRun();
    await withoutSums(run);
    const found = await wrong(run);
    expect(found).toHaveLength(14);
    expect(found.every((each) => each.endsWith('notVouched'))).toBe(true);
  });

  test('sealed it is whole, and later damage is found', async () => {
    const run = await trainedRun();
    await withoutSums(run);
    const { sealed } = await sealRun(run.folder);
    expect(sealed).toHaveLength(13);
    expect(sealed[0]).toBe('run.json');
    expect(await wrong(run)).toEqual([]);
    await flipBit(run, 'checkpoints/epoch-003.safetensors');
    expect(await wrong(run)).toEqual(['checkpoints/epoch-003.safetensors damaged']);
  });
});

describe('sealing', () => {
  test('takes what nothing vouches for, and never what is not as its sum says', async () => {
    const run = await trainedRun();
    await flipBit(run, 'checkpoints/epoch-001.safetensors');
    await editLines(run, 'metrics.jsonl', (lines) =>
      lines.map((line, i) => (i === 3 ? line.replace('50', '51') : line)),
    );
    await editLines(run, 'sums.jsonl', (lines) =>
      lines.map((line) => (line.includes('epoch-002') ? line.replace('epoch-002', 'epoch-009') : line)),
    );
    const { sealed, dropped } = await sealRun(run.folder);
    expect(sealed).toEqual(['checkpoints/epoch-002.safetensors']);
    expect(dropped).toHaveLength(1);
    expect(await wrong(run)).toEqual([
      'checkpoints/epoch-001.safetensors damaged',
      'metrics.jsonl line 4 (epoch 3) damaged',
    ]);
    const path = join(run.folder, 'checkpoints/epoch-002.safetensors');
    const voucher = await voucherOf(run.folder, 'checkpoints/epoch-002.safetensors', 2);
    expect(() => assertVouched(path, voucher, voucher.sums?.[0] ?? '')).not.toThrow();
  });

  test('after sums.jsonl was lost everything is vouched for again', async () => {
    const run = await trainedRun();
    await rm(join(run.folder, 'sums.jsonl'));
    await sealRun(run.folder);
    expect(await wrong(run)).toEqual([]);
  });

  test('of a whole run there is nothing to seal, and of a damaged run.json nothing is', async () => {
    const run = await trainedRun();
    expect(await sealRun(run.folder)).toEqual({ sealed: [], dropped: [] });
    await flipBit(run, 'run.json', 0.3);
    expect(await failureOf(sealRun(run.folder))).toContain('run.json');
  });
});
