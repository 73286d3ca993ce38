/** What files claim, and what their networks do: measured where the data are, by the real command line. */
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSafetensors, serialiseSafetensors, type TensorToStore } from '../../src/weights/safetensors';
import { openRun, readMetrics, writeEpoch, writeManifest, type RunManifest } from '../../src/runs';
import { reportFromData, withoutPixels } from '../reportFromData';
import { epochlens, launch, readJson, shared, succeed, temporaryFolder, withShared } from './cli';

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'weights');
const SYNTHETIC = ['--normalization', 'imagenet', '--synthetic', '--engine', 'wasm'];

interface Measured {
  readonly epoch: number;
  readonly right: number;
  readonly count: number;
  readonly accuracy: number;
  readonly claimed: { readonly testAccuracy: number | null };
  readonly differs: boolean | null;
}

interface Imported {
  readonly run: string;
  readonly study: string;
  readonly measured: readonly Measured[];
  readonly warnings: readonly string[];
}

interface ReportData {
  readonly runs: readonly {
    readonly accuracies: readonly {
      readonly epoch: number;
      readonly measured: object | null;
      readonly differs: boolean;
    }[];
    readonly metrics: readonly { readonly epoch: number; readonly testAccuracy: number }[];
  }[];
}

async function importing(args: readonly string[], cwd: string): Promise<Imported> {
  const stdout = await succeed(['import', ...args, '--json'], { cwd });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Imported;
}

/** Few images, few perturbations: the report is drawn soon. */
async function shorten(study: string, images = 2): Promise<void> {
  const text = await readFile(study, 'utf8');
  const shorter = text
    .replace(/"perturbations": \[[^\]]*\][^\]]*\]/, '"perturbations": []')
    .replace('"random": 8', `"random": ${images}`);
  await writeFile(study, shorter);
}

describe('files of which one claims three quarters right, and knows nothing', () => {
  let folder: string;
  let theirs: string;
  let imported: Imported;

  beforeAll(async () => {
    folder = await temporaryFolder();
    theirs = join(folder, 'theirs');
    await mkdir(theirs);
    for (const name of ['resnet20-e04.th', 'resnet20-e05.safetensors'])
      await copyFile(join(fixtures, name), join(theirs, name));
    imported = await importing([theirs, ...SYNTHETIC], folder);
  });

  it('are measured, and what they claim is kept apart', async () => {
    const { measured, warnings, run } = imported;
    expect(measured.map(({ epoch, count, claimed, differs }) => [epoch, count, claimed.testAccuracy, differs])).toEqual(
      [
        [4, 500, 91.73, null],
        [5, 500, 75, true],
      ],
    );
    // Both hold the same weights.
    expect(measured[0]?.right).toBe(measured[1]?.right);
    expect(warnings[0]).toMatch(/^Epoch 5 \(resnet20-e05\.safetensors\) gets .*claims 75\.00.%.*more than chance\.$/);
    expect(warnings[1]).toMatch(
      /^Epoch 4 \(resnet20-e04\.th\) gets .*91\.73.% as its best so far\. An earlier checkpoint/,
    );
    const metrics = await readMetrics(run);
    expect(metrics.map(({ testAccuracy, testImages, trainLoss }) => [testAccuracy, testImages, trainLoss])).toEqual(
      measured.map(({ accuracy }) => [accuracy, 500, null]),
    );
    for (const { testLoss } of metrics) expect(testLoss).toBeGreaterThan(0);
    const { manifest } = await openRun(run);
    expect(manifest.imported?.files.map(({ claimed, weights, epochFrom }) => [claimed, weights, epochFrom])).toEqual([
      [{ testAccuracy: 91.73, testLoss: null, trainLoss: null, isBestSoFar: true }, 'trained', 'name'],
      [{ testAccuracy: 75, testLoss: null, trainLoss: null }, 'trained', 'name'],
    ]);
  });

  it('are whole, and listed with both', async () => {
    expect(await succeed(['verify', imported.run])).toMatch(/whole/);
    const { stdout, stderr } = await epochlens(['runs', folder]);
    expect(stdout).toMatch(/imported +unknown +\d+\.\d\d at 4 and 5, claims 75\.00 at 5/);
    expect(stderr).toMatch(/claims 75\.00.%\. The two differ by more than chance/);
    const { runs } = JSON.parse(await succeed(['runs', folder, '--json'])) as { runs: { imported: Measured[] }[] };
    expect(runs[0]?.imported.map(({ differs }) => differs)).toEqual([null, true]);
  });

  it('have the numbers of the import in their report, and each of its numbers is in its JSON', async () => {
    await shorten(imported.study);
    const html = join(folder, 'report.html');
    const stdout = await succeed(['report', imported.run, '--out', html, '--engine', 'wasm', '--json']);
    expect(JSON.parse(stdout)).toEqual({ report: html, data: join(folder, 'report.json'), missing: [] });
    const [page, json] = [await readFile(html, 'utf8'), await readFile(join(folder, 'report.json'), 'utf8')];
    expect(withoutPixels(reportFromData(json))).toBe(withoutPixels(page));
    const [run] = (JSON.parse(json) as ReportData).runs;
    expect(run?.accuracies.map(({ measured }) => measured)).toEqual(
      imported.measured.map(({ right, count }) => ({ right, count })),
    );
    expect(page).toMatch(/How they were trained is not known here/);
    expect(page).not.toMatch(/untrained\)|SGD,|After epoch|the best epoch/);
  });

  it('can be imported unmeasured; a report then measures them', async () => {
    const place = await temporaryFolder();
    const { measured, warnings, run, study } = await importing([theirs, ...SYNTHETIC, '--no-evaluate'], place);
    expect([measured, warnings, await readMetrics(run)]).toEqual([[], [], []]);
    const quick = join(place, 'quick.html');
    await succeed(['report', run, '--out', quick, '--quick', '--engine', 'wasm']);
    expect(await readFile(quick, 'utf8')).toMatch(/imported:\s+nothing has been measured here\. What a file claims/);
    const said = await succeed(['runs', place]);
    expect(said).toMatch(/claims 75\.00 at 5/);
    await shorten(study);
    await measuresLater(run, place);
    expect(await succeed(['runs', place])).toMatch(/unknown +\d+\.\d\d at 4 and 5, claims 75\.00 at 5/);
  });

  it('imported by a version that took claims for measured have them as claims', async () => {
    const place = await temporaryFolder();
    const { run, study } = await importing([theirs, ...SYNTHETIC, '--no-evaluate'], place);
    await shorten(study);
    const { manifest } = await openRun(run);
    await writeManifest(run, asOfBefore(manifest));
    const unknown = { trainLoss: null, trainAccuracy: null, learningRate: null, seconds: null, imagesPerSecond: null };
    await writeEpoch(run, {
      epoch: 5,
      checkpoint: await readFile(join(run, 'checkpoints', 'epoch-005.safetensors')),
      optimizerState: undefined,
      metrics: { epoch: 5, ...unknown, testLoss: null, testAccuracy: 75 },
    });
    expect(await succeed(['runs', place])).toMatch(/unknown +claims 75\.00 at 5/);
    await measuresLater(run, place);
  });

  /** The report has the numbers that the import would have had. */
  async function measuresLater(run: string, place: string): Promise<void> {
    const html = join(place, 'report.html');
    await succeed(['report', run, '--out', html, '--engine', 'wasm']);
    const { runs } = await readJson<ReportData>(join(place, 'report.json'));
    expect(runs[0]?.accuracies.map(({ measured, differs }) => [measured, differs])).toEqual(
      imported.measured.map(({ right, count, differs }) => [{ right, count }, differs]),
    );
    expect(await readFile(html, 'utf8')).toContain('differ by more than chance');
  }

  it('leave nothing where measuring them is cancelled', async () => {
    const place = await temporaryFolder();
    const running = launch(['import', theirs, ...SYNTHETIC, '--json'], { cwd: place });
    await running.said('evaluated 256 of 500');
    running.child.kill('SIGINT');
    const { code, stderr } = await running.finished;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/Cancelled\. Nothing was imported\.\n$/)]);
    expect(await readdir(place)).toEqual([]);
  });

  it('are not overwritten a JSON that no report has written', async () => {
    await writeFile(join(folder, 'mine.json'), '{}');
    const { code, stderr } = await epochlens(['report', imported.run, '--out', join(folder, 'mine.html')]);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/mine\.json.*a file that is no report’s/)]);
    expect(await readFile(join(folder, 'mine.json'), 'utf8')).toBe('{}');
  });
});

/** run.json as versions wrote it that did not measure. */
function asOfBefore({ imported, ...manifest }: RunManifest): RunManifest {
  const files = (imported?.files ?? []).map(({ epoch, file, sha256 }) => ({ epoch, file, sha256 }));
  return { ...manifest, imported: { from: imported?.from ?? '', files } };
}

/** Weights with other metadata, and with their classes in another order. */
async function rewrite(from: string, to: string, metadata: Record<string, string>, shift = 0): Promise<void> {
  const { tensors } = parseSafetensors(await readFile(from), from);
  const stored = [...tensors].map(([name, { shape, data }]): TensorToStore => {
    if (name.endsWith('num_batches_tracked')) return { name, shape, data: BigInt64Array.of(BigInt(data[0] ?? 0)) };
    const isMoved = name === 'linear.weight' || name === 'fc.weight';
    return { name, shape, data: isMoved ? rolled(data, shift * (shape[1] ?? 0)) : data };
  });
  await writeFile(to, serialiseSafetensors(stored, metadata));
}

function rolled(data: Float32Array, by: number): Float32Array {
  const end = data.length - by;
  return Float32Array.of(...data.subarray(end), ...data.subarray(0, end));
}

describe('one file of which nothing says the epoch', () => {
  it('is the checkpoint, in words and in its report', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'resnet20-12fca82f.safetensors');
    await rewrite(join(fixtures, 'resnet20-e05.safetensors'), file, {});
    const { stdout } = await epochlens(['import', file, ...SYNTHETIC, '--name', 'one'], {
      cwd: folder,
    });
    expect(stdout).toMatch(/^1 checkpoint of resnet20\n {2}the checkpoint: measured \d+\.\d\d.% \(\d+ of 500\)\n/);
    const study = join(folder, 'one.epochlens.json');
    expect(await readFile(study, 'utf8')).toMatch(/is not known here: by which optimiser/);
    await shorten(study);
    await succeed(['report', study, '--out', join(folder, 'report.html'), '--engine', 'wasm']);
    const page = await readFile(join(folder, 'report.html'), 'utf8');
    const text = page
      .replace(/<style>.*?<\/style>|<script>.*?<\/script>|<svg.*?<\/svg>|data:[^"]*/gs, '')
      .replace(/<[^>]*>/g, ' ');
    expect(/\bepoch \d|Settles|Forgetting|forgotten|best epoch|Attention over|untrained/i.exec(text)).toBeNull();
    expect(text).toMatch(/How it was trained is not known here/);
    await isNamedByCommands(study);
  });

  /** Where they print tables, too. */
  async function isNamedByCommands(study: string): Promise<void> {
    const noise = '"perturbations": [{ "kind": "gaussianNoise", "images": 2, "rounds": 1 }]';
    await writeFile(study, (await readFile(study, 'utf8')).replace('"perturbations": []', noise));
    const wasm = [study, '--engine', 'wasm'];
    const perturbed = await succeed(['perturb', ...wasm]);
    expect(perturbed).toMatch(/^1 gaussianNoise.* the checkpoint +2 /m);
    const moved = await succeed(['attention', ...wasm]);
    expect(moved).toMatch(/^epoch +entropy( +95 %)? +in mask( +95 %)? +flat\nthe checkpoint +0\.\d{3}/);
    expect(moved).toContain('\nNo intervals: fewer than');
    expect(moved.match(/Focus/g)).toEqual(['Focus']);
    expect(await succeed(['explain', ...wasm])).toMatch(/^test:\d+ +the checkpoint /m);
    const { stderr } = await epochlens(['report', ...wasm, '--quick', '--out', join(study, '..', 'again.html')]);
    expect(stderr).toMatch(/^Report of resnet20, [^,]*, the checkpoint: from/);
  }
});

describe.skipIf(shared === undefined)(withShared('the real ResNet-20'), () => {
  const model = join(shared ?? '', 'models', 'resnet20.safetensors');
  const args = ['--normalization', 'imagenet', '--data', join(shared ?? '', 'data', 'cifar10'), '--engine', 'wasm'];

  it('gets 8 and 932 of 1,017 right, whatever its files claim', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'claimed'));
    await rewrite(model, join(folder, 'claimed', 'epoch-3.safetensors'), { acc: '93.07', epoch: '3' }, 1);
    await rewrite(model, join(folder, 'claimed', 'epoch-4.safetensors'), { acc: '91.73', epoch: '4' });
    const { measured, warnings } = await importing(['claimed', ...args], folder);
    expect(measured.map(({ epoch, right, count, differs }) => [epoch, right, count, differs])).toEqual([
      [3, 8, 1017, true],
      [4, 932, 1017, false],
    ]);
    expect(warnings.join('\n')).toMatch(/0\.79.% \(8 of 1,017\).*93\.07.%/);
  });

  it('that has trained for an epoch is not untrained at epoch 0', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'zero'));
    await rewrite(model, join(folder, 'zero', 'epoch=0-step=391.safetensors'), { epoch: '0', global_step: '391' }, 1);
    await rewrite(model, join(folder, 'zero', 'epoch=1-step=782.safetensors'), { epoch: '1', global_step: '782' });
    const { run } = await importing(['zero', ...args, '--no-evaluate'], folder);
    const few = ['--images', 'test:0-11', '--engine', 'wasm'];
    const said = await succeed(['attention', run, ...few]);
    expect(said).not.toMatch(/[Uu]ntrained|Randomisation check/);
    const numbers = JSON.parse(await succeed(['attention', run, ...few, '--json'])) as { randomisation: unknown };
    expect(numbers.randomisation).toBeNull();
  });
});
