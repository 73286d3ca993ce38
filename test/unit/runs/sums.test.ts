/** What vouches for the files of a run: every bit that is flipped in one is noticed, and nothing that is whole is refused. */
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  assertVouched,
  checkpointFile,
  checkpointPath,
  listCheckpoints,
  openRun,
  readMetrics,
  readMetricsFile,
  readSums,
  runPaths,
  runWarnings,
  voucherOf,
  writeEpoch,
  type EpochMetrics,
  type Run,
} from '../../../src/runs';
import { appendSums, sha256 } from '../../../src/runs/sums/sums';
import { createRandom } from '../../../src/common/random';
import { failureOf, makeRun, makeStudy } from './fixture';

const FLIPS = 1000;

function metrics(epoch: number, seconds = 3.25): EpochMetrics {
  return {
    epoch,
    trainLoss: 1.5 / (epoch + 1),
    trainAccuracy: 40 + epoch,
    testLoss: 2,
    testAccuracy: 50.5,
    learningRate: 0.1,
    seconds,
    imagesPerSecond: 9,
  };
}

const bytesOf = (epoch: number): Uint8Array => Uint8Array.from({ length: 500 }, (_, i) => (i * 7 + epoch) % 256);

let run: Run;
beforeEach(async () => {
  run = await makeRun(await makeStudy());
  for (const epoch of [0, 1, 2]) await writeEpoch(run.folder, filesOf(epoch));
});

function filesOf(epoch: number, seconds?: number) {
  return { epoch, checkpoint: bytesOf(epoch), optimizerState: bytesOf(epoch + 100), metrics: metrics(epoch, seconds) };
}

async function check(epoch: number): Promise<void> {
  const path = checkpointPath(run.folder, epoch);
  assertVouched(path, await voucherOf(run.folder, checkpointFile(epoch), epoch), sha256(await readFile(path)));
}

/** The content with one bit of it flipped, anywhere: seeded, so that a failure can be looked at. */
function flipped(content: Buffer, seed: number): Buffer {
  const bit = createRandom('flip', seed).integer(content.length * 8);
  const changed = Buffer.from(content);
  changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
  return changed;
}

describe('one flipped bit', () => {
  it('in a checkpoint is refused by name, wherever it is', async () => {
    const path = checkpointPath(run.folder, 1);
    const good = await readFile(path);
    const voucher = await voucherOf(run.folder, checkpointFile(1), 1);
    let refused = 0;
    for (let seed = 0; seed < FLIPS; seed++) {
      try {
        assertVouched(path, voucher, sha256(flipped(good, seed)));
      } catch (error) {
        expect(String(error)).toContain('epoch-001.safetensors');
        refused++;
      }
    }
    expect(refused).toBe(FLIPS);
    assertVouched(path, voucher, sha256(good));
  });

  it('in run.json is refused, or changes no field that is known', async () => {
    const path = runPaths(run.folder).manifest;
    const good = await readFile(path);
    const fields = { ...run.manifest };
    delete fields.sum;
    let accepted = 0;
    for (let seed = 0; seed < FLIPS; seed++) {
      await writeFile(path, flipped(good, seed));
      const read = await openRun(run.folder).catch(() => undefined);
      if (read === undefined) continue;
      accepted++;
      expect(read.manifest).toMatchObject(fields);
    }
    // Of white space, and of the name of the field "sum".
    expect(accepted).toBeLessThan(FLIPS / 10);
  });

  it('in metrics.jsonl never gives another number, and is told of', async () => {
    const path = runPaths(run.folder).metrics;
    const good = await readFile(path);
    const expected = await readMetrics(run.folder);
    for (let seed = 0; seed < FLIPS; seed++) {
      await writeFile(path, flipped(good, seed));
      const { epochs, damaged, lost } = await readMetricsFile(run.folder);
      expect({ epochs, lost }, `seed ${seed}`).toEqual({ epochs: expected, lost: [] });
      // Without its end the last line is one that a kill cut short.
      const isCut = (await readFile(path)).at(-1) !== good.at(-1);
      expect(damaged.length > 0, `seed ${seed}`).toBe(!isCut);
    }
  });

  it('in sums.jsonl never gives another number, loses none, and blames no file that is whole', async () => {
    const path = runPaths(run.folder).sums;
    const good = await readFile(path);
    const expected = await readMetrics(run.folder);
    let refused = 0;
    for (let seed = 0; seed < FLIPS; seed++) {
      await writeFile(path, flipped(good, seed));
      expect(await readMetricsFile(run.folder), `seed ${seed}`).toMatchObject({ epochs: expected, lost: [] });
      const said = await failureOfAll();
      for (const message of said)
        expect(message).toMatch(/nothing vouches for this file.*(line \d of sums\.jsonl is damaged|has none)/);
      refused += Math.min(1, said.length);
      const isCut = (await readFile(path)).at(-1) !== good.at(-1);
      expect((await runWarnings(run.folder)).join(), `seed ${seed}`).toMatch(isCut ? '' : /sums\.jsonl: line \d/);
    }
    // Only where the bit is in the sum of a checkpoint itself.
    expect(refused).toBeLessThan(FLIPS / 4);
  });

  async function failureOfAll(): Promise<string[]> {
    const all = await Promise.all(
      [0, 1, 2].map((epoch) =>
        check(epoch).then(
          () => '',
          (error: unknown) => String(error),
        ),
      ),
    );
    return all.filter((message) => message !== '');
  }
});

describe('a metrics line', () => {
  it('that is damaged, or gone, is taken from its copy', async () => {
    const path = runPaths(run.folder).metrics;
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, [lines[0], '{"epoci":1}', lines[2], ''].join('\n'));
    expect((await readMetricsFile(run.folder)).damaged).toEqual([{ line: 2, epoch: undefined }]);
    await writeFile(path, [lines[0], lines[2], ''].join('\n'));
    expect((await readMetricsFile(run.folder)).damaged).toEqual([{ line: undefined, epoch: 1 }]);
    expect(await readMetrics(run.folder)).toEqual([metrics(0), metrics(1), metrics(2)]);
    await rm(path);
    expect(await readMetrics(run.folder)).toEqual([metrics(0), metrics(1), metrics(2)]);
  });

  it('is not taken from two copies that differ: an epoch that was trained twice', async () => {
    await writeEpoch(run.folder, filesOf(2, 99));
    expect(await readMetrics(run.folder)).toEqual([metrics(0), metrics(1), metrics(2, 99)]);
    const path = runPaths(run.folder).metrics;
    const [first, second] = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${first}\n${second}\n`);
    expect(await readMetricsFile(run.folder)).toMatchObject({ epochs: [metrics(0), metrics(1)], lost: [2] });
  });

  it('of an epoch whose files were not written yet does not count', async () => {
    const line = JSON.stringify(metrics(3));
    await appendSums(run.folder, [{ file: 'metrics.jsonl', epoch: 3, sha256: sha256(line), line }], 3);
    await appendFile(runPaths(run.folder).metrics, line.slice(0, 20));
    expect(await readMetricsFile(run.folder)).toMatchObject({
      epochs: [0, 1, 2].map((epoch) => metrics(epoch)),
      damaged: [],
    });
  });
});

describe('what is gone', () => {
  it('is told of: a checkpoint that was written, but not one that was deleted on purpose', async () => {
    expect(await runWarnings(run.folder)).toEqual([]);
    await rm(checkpointPath(run.folder, 1));
    expect(await runWarnings(run.folder)).toEqual([
      'The checkpoint of epoch 1 is gone from checkpoints/, and left out.',
    ]);
    await appendSums(run.folder, [{ file: checkpointFile(1), sha256: null }], 0);
    expect(await runWarnings(run.folder)).toEqual([]);
  });

  it('was to be, where a kill kept a checkpoint from being deleted: it is none any more', async () => {
    await appendSums(run.folder, [{ file: checkpointFile(1), sha256: null }], 0);
    expect((await listCheckpoints(run.folder)).map(({ epoch }) => epoch)).toEqual([0, 2]);
  });
});

describe('sums.jsonl', () => {
  it('that is gone leaves nothing vouched for, and says what to do', async () => {
    await rm(runPaths(run.folder).sums);
    expect(await readSums(run.folder)).toBe('missing');
    expect(await failureOf(check(1))).toMatch(/nothing vouches for this file: found sums\.jsonl is missing.*--seal/);
    expect(await readMetricsFile(run.folder)).toMatchObject({ epochs: [], lost: [0, 1, 2] });
  });

  it('that a run of an older version never had refuses nothing, and begins with the epoch that goes on', async () => {
    const { manifest, sums, metrics: lines } = runPaths(run.folder);
    await rm(sums);
    await writeFile(manifest, JSON.stringify({ ...run.manifest, sum: undefined }));
    expect(await readSums(run.folder)).toBe('never kept');
    await check(1);
    await writeEpoch(run.folder, filesOf(3));
    await check(1);
    await check(3);
    expect(await readMetrics(run.folder)).toHaveLength(4);
    await writeFile(checkpointPath(run.folder, 3), 'else');
    expect(await failureOf(check(3))).toContain('the file is damaged');
    await writeFile(lines, (await readFile(lines, 'utf8')).replace('"testAccuracy":50.5', '"testAccuracy":60.5'));
    // Of the older epochs nobody knows better.
    expect((await readMetrics(run.folder)).map(({ testAccuracy }) => testAccuracy)).toEqual([60.5, 50.5, 50.5, 50.5]);
  });

  it('takes either content of an epoch that was trained twice, and none that was deleted on purpose', async () => {
    const earlier = await readFile(checkpointPath(run.folder, 2));
    await writeEpoch(run.folder, { ...filesOf(2), checkpoint: bytesOf(77) });
    await check(2);
    await writeFile(checkpointPath(run.folder, 2), earlier);
    await check(2);
    await appendSums(run.folder, [{ file: checkpointFile(2), sha256: null }], 0);
    expect(await failureOf(check(2))).toContain('nothing vouches for this file');
  });

  it('drops what a kill left of a row', async () => {
    const path = runPaths(run.folder).sums;
    const good = await readFile(path, 'utf8');
    await appendFile(path, '{"file":"checkpo');
    await check(2);
    await writeEpoch(run.folder, filesOf(3));
    const text = await readFile(path, 'utf8');
    expect(text.startsWith(good)).toBe(true);
    expect(text).not.toContain('checkpo{');
    await check(3);
  });
});
