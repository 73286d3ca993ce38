/** A sweep as a Job of Kubernetes: what is printed, and what a pod would do. No cluster runs it here. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findRunFolders, readMetrics, readStatus } from '../../src/runs';
import { epochlens, launch, readJson, succeed, temporaryFolder, TINY, writeStudy } from './cli';

const ON = ['--on', 'kubernetes', '--image', 'registry.example/epochlens:1', '--claim', 'studies'];

interface Manifest {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly completions: number;
    readonly template: {
      readonly spec: {
        readonly containers: readonly [
          {
            readonly command: readonly string[];
            readonly env: readonly object[];
            readonly volumeMounts: readonly object[];
          },
        ];
      };
    };
  };
}

let folder: string;
let study: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const sweep = { axes: { 'training.learningRate': [0.05, 0.01] }, seeds: [3] };
  // Long enough to be stopped within an epoch.
  const dataset = { kind: 'synthetic', trainCount: 400, testCount: 20 };
  study = await writeStudy(folder, { ...TINY, dataset, training: { ...TINY.training, epochs: 1 }, sweep });
});

const jobs = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('job.json'));

describe('sweep --on kubernetes', () => {
  it.each([[], ON])('is refused where no cell could tell the study’s MLflow server', async (...on) => {
    const own = await temporaryFolder();
    const sweep = { axes: { 'training.learningRate': [0.05, 0.01] }, seeds: [3] };
    const path = await writeStudy(own, { ...TINY, sweep, logging: { mlflow: {} } });
    const { code, stderr } = await epochlens(['sweep', path, ...on], { env: { MLFLOW_TRACKING_URI: '' } });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^epochlens: .*no MLflow server is named.*\n$/)]);
    expect(await readdir(own)).toEqual([expect.stringContaining('.json')]);
  });

  it.each([
    ['without an image', ['--on', 'kubernetes', '--claim', 'studies'], /--image: pods need an image/],
    ['without a claim', ['--on', 'kubernetes', '--image', 'i'], /--claim: pods need/],
    ['with no name', [...ON.slice(0, -1), 'No_Name'], /--claim: not a claim: found "No_Name"/],
    [
      'where the study is elsewhere',
      [...ON.slice(0, -1), 'studies:/elsewhere'],
      /not on the claim.*a file below \/elsewhere/,
    ],
    ['with an option of Slurm', [...ON, '--partition', 'gpu'], /--partition: an option that plays no part here/],
    [
      'with another scheduler',
      ['--on', 'slurm', '--claim', 'studies'],
      /--claim: an option that plays no part here.*--on kubernetes/,
    ],
  ])('is refused %s, and writes nothing', async (_, words, said) => {
    const { code, stdout, stderr } = await epochlens(['sweep', study, ...words]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(said);
    expect(await jobs()).toEqual([]);
  });

  it('is refused where the images lie elsewhere, before anything is fetched', async () => {
    const dataset = { kind: 'cifar10', folder: await temporaryFolder() };
    const elsewhere = await writeStudy(await temporaryFolder(), { ...TINY, dataset, sweep: { recipes: { one: {} } } });
    const { code, stderr } = await epochlens(['sweep', elsewhere, ...ON, '--download']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/pods would not see this.*named by dataset\.folder/)]);
  });

  it('prints a manifest whose pods train a cell each, stop within an epoch and go on there', async () => {
    const dry = await epochlens(['sweep', study, ...ON, '--dry-run']);
    expect([dry.code, dry.stderr]).toEqual([0, expect.stringContaining('Nothing is written. It would be 2 cells')]);
    expect(await jobs()).toEqual([]);
    const env = { EPOCHLENS_NATIVE: join(folder, 'native'), EPOCHLENS_CACHE: '/elsewhere' };
    const manifest = JSON.parse(await succeed(['sweep', study, ...ON, '--engine', 'embedded'], { env })) as Manifest;
    const [path = ''] = await jobs();
    const job = join(folder, path, '..');
    expect(await readJson(join(job, 'job.json'))).toMatchObject({
      name: manifest.metadata.name,
      scheduler: 'kubernetes',
    });
    expect(manifest.spec.completions).toBe(2);
    const [container] = manifest.spec.template.spec.containers;
    expect(container.command.at(-1)).toBe(job);
    expect(container.env).toContainEqual({ name: 'EPOCHLENS_NATIVE', value: join(folder, 'native') });
    expect(container.env).not.toContainEqual(expect.objectContaining({ name: 'EPOCHLENS_CACHE' }));
    expect(container.volumeMounts).toEqual([{ name: 'study', mountPath: folder }]);
    // As a pod that is to make room.
    const pod = launch(['task', job, '0']);
    await pod.said('training in');
    const [run = ''] = await appeared(() => findRunFolders([folder]));
    await appeared(async () => ((await readStatus(run))?.step ?? 0) > 1);
    pod.child.kill('SIGTERM');
    const { code, stderr } = await pod.finished;
    expect([code, stderr]).toEqual([75, expect.stringContaining('goes on in another pod')]);
    expect((await readStatus(run))?.stopped).toMatchObject({ epoch: 1 });
    await succeed(['task', job, '0']);
    expect((await readMetrics(run)).map(({ epoch }) => epoch)).toEqual([0, 1]);
  });
});

/** What is there sooner or later. */
async function appeared<T>(look: () => Promise<T>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined && found !== false && !(Array.isArray(found) && found.length === 0)) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
