/** A run that PyTorch writes by epochlens.py, as it grows under an open window; of its record, epoch by epoch. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFile, copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { writeStatus } from '../../../../src/runs';
import { suite } from '../../harness/driven';
import { ROOT } from '../../harness/paths';
import { EMBEDDED_ENGINE } from '../../harness/studies';

const RECORD = join(ROOT, 'test', 'fixtures', 'watched');
const RUN = join('runs', 'cnn', '20261130-000000-0000');
/** Of sums.jsonl, before those of epoch 0. */
const FIRST_ROWS = 2;
const ROWS_AN_EPOCH = 2;

let run = '';

async function lines(file: string): Promise<string[]> {
  return (await readFile(join(RECORD, RUN, file), 'utf8')).trimEnd().split('\n');
}

/** In the order of epochlens.py. */
async function keepEpoch(epoch: number): Promise<void> {
  const from = FIRST_ROWS + ROWS_AN_EPOCH * epoch;
  const rows = (await lines('sums.jsonl')).slice(epoch === 0 ? 0 : from, from + ROWS_AN_EPOCH);
  await appendFile(join(run, 'sums.jsonl'), rows.map((row) => `${row}\n`).join(''));
  const checkpoint = join('checkpoints', `epoch-00${epoch}.safetensors`);
  await copyFile(join(RECORD, RUN, checkpoint), join(run, checkpoint));
  await appendFile(join(run, 'metrics.jsonl'), `${(await lines('metrics.jsonl'))[epoch] ?? ''}\n`);
  const at = { step: 0, stepsPerEpoch: 0, imagesPerSecond: null, secondsLeft: null, epochs: 3 };
  await writeStatus(run, { state: 'training', startedAt: new Date().toISOString(), epoch, ...at });
}

const prepare = async (folder: string): Promise<void> => {
  run = join(folder, '.epochlens', RUN);
  await mkdir(join(run, 'checkpoints'), { recursive: true });
  for (const name of ['run.json', 'network.onnx']) await copyFile(join(RECORD, RUN, name), join(run, name));
  for (const name of ['cnn.epochlens.json', 'cnn.onnx', 'cnn.images.npy', 'cnn.labels.npy'])
    await cp(join(RECORD, name), join(folder, name));
  await keepEpoch(0);
  await keepEpoch(1);
};

suite('watching', { prepare, settings: EMBEDDED_ENGINE, size: { width: 1400, height: 900 } }, (test) => {
  test('a training in PyTorch is shown while it runs, heatmaps and all', async (workbench) => {
    const { views, webviews, screenshot } = workbench;
    await views.open('EpochLens');
    const tree = views.tree();
    const live = /epoch 1 of 3 · trained in PyTorch/;
    await tree.item(live).waitFor();
    const entries = await tree.menuEntries(live);
    assert.deepEqual(
      entries.filter((entry) => /Stop Training|Training Log/.test(entry)),
      [],
    );
    await tree.menu(live, 'Open Heatmaps');
    const frame = await webviews.open(/^Heatmaps: cnn/);
    const done = frame.locator('[role="gridcell"] .confidence').filter({ hasText: '%' });
    await done.nth(3).waitFor();
    await screenshot('watching');
    const headers = frame.locator('[role="columnheader"]');
    const before = await headers.count();
    await keepEpoch(2);
    await tree.item(/66\.7 % · epoch 2 of 3 · trained in PyTorch/).waitFor();
    await headers.nth(before).waitFor();
    const grown = await screenshot('watching-grown');
    if (process.env['EPOCHLENS_PICTURES'] !== undefined)
      await copyFile(grown, join(ROOT, 'media', 'docs', 'pictures', 'watching.png'));
  });

  test('it is interrupted once its process is gone, and cannot go on here', async ({ views }) => {
    const file = join(run, 'status.json');
    const status = JSON.parse(await readFile(file, 'utf8')) as object;
    const { pid } = spawnSync(process.execPath, ['--version']);
    await writeFile(file, JSON.stringify({ ...status, pid, host: hostname(), processStart: 'another' }));
    const ended = /interrupted after epoch 2 of 3/;
    await views.tree().item(ended).waitFor();
    assert.equal((await views.tree().menuEntries(ended)).includes('Resume Training'), false);
  });
});
