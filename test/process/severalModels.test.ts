/** One study file that names two models: trained, explained and tested by the command line, each as if it were alone. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newestRunsOf, openRun, readMetrics, readStatus } from '../../src/runs';
import { parseMarkup } from '../markup';
import { epochlens, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';

const BOTH = {
  ...TINY,
  training: { ...TINY.training, epochs: 1 },
  model: [{ architecture: 'resnet20' }, { architecture: 'resnet32' }],
  perturbations: [{ kind: 'gaussianNoise', rounds: 2, images: 6, expect: { accuracy: { min: 100 } } }],
};

interface Documents {
  readonly runs: readonly { readonly architecture: string; readonly run: string; readonly tests: readonly unknown[] }[];
}

let folder: string;
let study: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  study = await writeStudy(folder, BOTH);
});

describe('a study of two models', () => {
  it('trains one after the other, each into a run of its own', async () => {
    const only = await succeed(['train', study, '--engine', 'wasm', '--architecture', 'resnet32']);
    expect(only).toMatch(/Finished\. The run is in .*\nSee it:/);
    const [alone] = await newestRunsOf(study);
    expect(alone?.study.model.architecture).toBe('resnet32');

    const { stdout, stderr, code } = await epochlens(['train', study, '--engine', 'wasm', '--resume']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /resnet20, 1 of 2 models[^]*Training into[^]*resnet32, 2 of 2 models[^]*Going on after epoch 1/,
    );
    // One process, one engine: starting it again would register its kernels anew.
    expect(stderr.match(/^Engine: /gm)).toHaveLength(1);
    expect(stderr).not.toContain('already registered');
    expect(stdout).toContain(`See them:  epochlens report ${study}`);
    const runs = await newestRunsOf(study);
    expect(runs.map((run) => run.study.model.architecture)).toEqual(['resnet20', 'resnet32']);
    expect(runs[1]?.folder).toBe(alone?.folder);
    for (const { folder: run } of runs) {
      expect((await readMetrics(run)).map(({ epoch }) => epoch)).toEqual([0, 1]);
      expect(await readStatus(run)).toMatchObject({ state: 'finished' });
    }
    // A study of one model, on its own: what it trains is the same.
    const other = await temporaryFolder();
    const single = await writeStudy(other, { ...BOTH, model: { architecture: 'resnet32' } });
    await succeed(['train', single, '--engine', 'wasm', '--run', join(other, 'run')]);
    const [first, second] = [await openRun(join(other, 'run')), runs[1]!];
    expect(first.manifest.studyHash).toBe(second.manifest.studyHash);
    const losses = async (run: string) => (await readMetrics(run)).map(({ testLoss }) => testLoss);
    expect(await losses(first.folder)).toEqual(await losses(second.folder));
  });

  it('tests both, and says which of them misses what', async () => {
    const { stdout, stderr, code } = await epochlens(['perturb', study, '--engine', 'wasm', '--json']);
    const { runs } = JSON.parse(stdout) as Documents;
    expect(runs.map(({ architecture, tests }) => [architecture, tests.length])).toEqual([
      ['resnet20', 2],
      ['resnet32', 2],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/4 of 4 tests failed\n {2}resnet20: 1 gaussianNoise 0\.1 at epoch 0: accuracy/);
    expect(stderr).toContain('  resnet32: 1 gaussianNoise 0.1 at epoch 1: accuracy');
    const one = await epochlens(['perturb', study, '--engine', 'wasm', '--json', '--architecture', 'resnet32']);
    expect(JSON.parse(one.stdout)).toMatchObject({ run: runs[1]?.run });
    expect(await succeed(['perturb', study, '--engine', 'wasm']).catch(String)).toMatch(/4 of 4/);
  });

  it('explains with both, and writes pictures of each into its own folder', async () => {
    const out = join(folder, 'pictures');
    const words = ['explain', study, '--images', 'test:1', '--checkpoints', '1', '--engine', 'wasm', '--json'];
    const both = JSON.parse(await succeed([...words, '--out', out])) as { architecture?: string; logits: number[] }[];
    expect(both.map(({ architecture }) => architecture)).toEqual(['resnet20', 'resnet32']);
    expect(both[0]?.logits).not.toEqual(both[1]?.logits);
    expect(await tree(out)).toContain('resnet32/heatmaps.json');
    const one = JSON.parse(await succeed([...words, '--architecture', 'resnet20'])) as unknown[];
    expect(one).toEqual([{ ...both[0], architecture: undefined }]);
  });

  it('follows the attention of both, and reports them on one page, side by side', async () => {
    const { runs } = JSON.parse(await succeed(['attention', study, '--engine', 'wasm', '--json'])) as Documents;
    expect(runs.map(({ architecture }) => architecture)).toEqual(['resnet20', 'resnet32']);
    const path = join(dirname(runs[0]?.run ?? ''), 'report.html');
    expect(JSON.parse(await succeed(['report', study, '--engine', 'wasm', '--json']))).toEqual({
      report: path,
      data: join(dirname(path), 'report.json'),
      missing: [],
    });
    const page = parseMarkup(await readFile(path, 'utf8'));
    const groups = page.all('th').filter(({ attributes }) => attributes['scope'] === 'colgroup');
    // Of the accuracies and of the confidence drops.
    expect(groups.map((head) => head.text())).toEqual(['resnet20', 'resnet32', 'resnet20', 'resnet32']);
    expect(page.all('p').filter(({ attributes }) => attributes['class'] === 'absent')).toEqual([]);
  });

  it('says of a model without a run how to train it', async () => {
    const more = [...BOTH.model, { architecture: 'resnet44' }];
    await writeFile(study, JSON.stringify({ ...BOTH, model: more }));
    const { stderr } = await epochlens(['perturb', study, '--engine', 'wasm']);
    expect(stderr).toContain(`resnet44 has no run yet. Train it:  epochlens train ${study} --architecture resnet44`);
    await writeFile(study, JSON.stringify(BOTH));
  });

  it.each([
    [['train', '--run', 'here'], /--run: one run folder for several models: found resnet20, resnet32/],
    [['train', '--architecture', 'resnet44'], /does not name this architecture: found resnet20, resnet32/],
    [['train', '--architecture', 'vgg'], /--architecture.*"vgg"/],
    [['perturb', '--architecture', 'resnet44'], /no run of this architecture: found resnet20, resnet32/],
    [['explain', '--architecture', 'resnet44'], /no run of this architecture/],
  ])('refuses %j', async ([command = '', ...options], words) => {
    const before = await readdir(folder);
    const { code, stderr } = await epochlens([command, study, ...options], { cwd: folder });
    expect([code, stderr]).toEqual([2, expect.stringMatching(words) as string]);
    expect(await readdir(folder)).toEqual(before);
  });

  it('refuses the same model twice', async () => {
    const twice = await writeStudy(folder, { ...BOTH, model: [{}, { architecture: 'resnet20' }] }, 'twice');
    const { code, stderr } = await epochlens(['train', twice]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/line \d+, column \d+ \(model\[1\]\.architecture\): an architecture is named twice/);
  });
});
