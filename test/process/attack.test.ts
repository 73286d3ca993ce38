/** Attacks by the command line: measured, kept, judged, and refused where they are none. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runPaths } from '../../src/runs';
import { epochlens, succeed, temporaryFolder, TINY, writeStudy } from './cli';

interface Test {
  readonly number: number;
  readonly title: string;
  readonly epoch: number;
  readonly kept: boolean;
  readonly clean: { readonly correct: number };
  readonly correct: number;
  readonly of: number;
  readonly passed: boolean | null;
}

const ATTACKS = [
  { kind: 'fgsm', epsilon: '4/255', images: 20 },
  { kind: 'pgd', epsilon: 1, steps: 5, images: 20, expect: { accuracy: { min: 99 } } },
];
const ENGINE = ['--engine', 'wasm'];

describe('attacks', () => {
  let run: string;
  let results: string;
  const kept = async (): Promise<string[]> => (await readdir(results)).filter((name) => /^attack/.test(name));

  beforeAll(async () => {
    const folder = await temporaryFolder();
    run = join(folder, 'run');
    ({ results } = runPaths(run));
    await succeed(['train', await writeStudy(folder, { ...TINY, attacks: ATTACKS }), ...ENGINE, '--run', run]);
  });

  it('measures the study’s at each checkpoint, keeps them, and fails where a limit is missed', async () => {
    const first = await epochlens(['attack', run, ...ENGINE, '--json']);
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('accuracy under attack');
    const { tests } = JSON.parse(first.stdout) as { tests: Test[] };
    expect(tests.map(({ epoch, number }) => [epoch, number])).toEqual(
      [0, 1, 2].flatMap((epoch) => [1, 2].map((number) => [epoch, number])),
    );
    for (const { number, title, clean, correct, of, passed, kept: wasKept } of tests) {
      expect(title).toBe(number === 1 ? 'FGSM L∞ 4/255' : 'PGD-5 L∞ 1');
      expect(of).toBe(20);
      expect(correct).toBeLessThanOrEqual(clean.correct);
      expect(passed).toBe(number === 1 ? null : false);
      expect(wasKept).toBe(false);
    }
    // Counts and logits of each.
    expect(await kept()).toHaveLength(12);
    const again = await epochlens(['attack', run, ...ENGINE, '--json']);
    expect(again.stderr).not.toContain('Engine:');
    expect((JSON.parse(again.stdout) as { tests: Test[] }).tests).toEqual(
      tests.map((test) => ({ ...test, kept: true })),
    );
    // One that is lost is computed again, and the others are not.
    await rm(join(results, (await kept()).find((name) => name.startsWith('attacks-')) ?? ''));
    const { tests: mended } = JSON.parse((await epochlens(['attack', run, ...ENGINE, '--json'])).stdout) as {
      tests: Test[];
    };
    expect(mended.filter((test) => !test.kept)).toHaveLength(1);
    expect(mended.map(({ correct }) => correct)).toEqual(tests.map(({ correct }) => correct));
  });

  it('measures one that options name, and says what the number is', async () => {
    const text = await succeed([
      ...['attack', run, '--epsilon', '2/255', '--steps', '2', '--restarts', '2', '--norm', 'linf'],
      ...['--images', '10', '--checkpoints', '2', ...ENGINE],
    ]);
    expect(text).toContain('PGD-2 L∞ 2/255, 2 restarts');
    expect(text).toContain('upper bound of the accuracy that an adversary leaves: the errors found are a lower bound');
    expect(text).not.toContain('robust');
  });

  it('refuses what is no attack', async () => {
    for (const [args, words] of [
      [['--epsilon', '0'], '--epsilon'],
      [['--epsilon', 'far'], '--epsilon'],
      [['--kind', 'cw'], 'fgsm or pgd'],
      [['--norm', 'l1'], 'linf or l2'],
      [['--kind', 'fgsm', '--steps', '3'], 'FGSM is one step'],
      [['--step-size', '1/0'], '--step-size'],
    ] as const) {
      const { code, stderr } = await epochlens(['attack', run, ...args, ...ENGINE]);
      expect([code, stderr.includes(words)]).toEqual([2, true]);
    }
  });
});
