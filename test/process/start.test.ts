/** The example from end to end, with smaller studies in place of its own: a copy of the program beside them. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dist, launch, shared, temporaryFolder, TINY, tree, withShared, writeStudy, type Finished } from './cli';

const FILES = ['cli.js', 'selftest.js', 'tfjs-backend-wasm-simd.wasm', 'epochlens-kernels.wasm'];
const SMALL = { ...TINY, training: { ...TINY.training, epochs: 1 } };

async function start(env: NodeJS.ProcessEnv): Promise<Finished & { readonly examples: string }> {
  const folder = await temporaryFolder();
  for (const file of FILES) await cp(join(dist, file), join(folder, 'dist', file));
  const examples = join(folder, 'media', 'examples', 'first-light');
  await mkdir(examples, { recursive: true });
  const dataset = { kind: 'cifar10', trainLimit: 50, testLimit: 20 };
  await writeStudy(examples, { ...SMALL, dataset }, 'first-light');
  await writeStudy(examples, SMALL, 'first-light-synthetic');
  const program = join(folder, 'dist', 'cli.js');
  return { ...(await launch(['start', '--engine', 'wasm'], { env, program }).finished), examples };
}

async function expectReport({ stdout, examples }: Awaited<ReturnType<typeof start>>, study: string): Promise<void> {
  const paths = await tree(examples);
  expect(paths.filter((path) => path.endsWith('report.html'))).toHaveLength(1);
  const report = /^Report: {2}(.*)$/m.exec(stdout)?.[1] ?? '';
  expect(report).toContain(join('.epochlens', 'runs', study));
  expect((await readFile(report, 'utf8')).length).toBeGreaterThan(10_000);
  expect(stdout).toMatch(/^epoch +train loss[^]*^0 [^]*^1 [^]*^Done in \d+ s\.$/m);
}

describe('start', () => {
  it('says that CIFAR-10 cannot be fetched, and draws images', async () => {
    const result = await start({ EPOCHLENS_CIFAR10_URL: 'http://127.0.0.1:9/cifar-10-binary.tar.gz' });
    expect(result.stderr).toMatch(/CIFAR-10 is not in .*: fetching it \(170 MB, once\)\./);
    expect(result.stderr).toMatch(/CIFAR-10 cannot be fetched: .*127\.0\.0\.1[^]*Using synthetic images/);
    expect(result.code).toBe(0);
    await expectReport(result, 'first-light-synthetic');
  });

  it.skipIf(shared === undefined)(withShared('uses CIFAR-10 where it is'), async () => {
    const data = join(shared ?? '', 'data', 'cifar10');
    const result = await start({ EPOCHLENS_DATA: data });
    expect(result.stderr).toContain(`CIFAR-10 is in ${data}: using it.`);
    expect(result.stderr).toContain('Data: 50 training and 20 test images');
    expect(result.code).toBe(0);
    await expectReport(result, 'first-light');
  });
});
