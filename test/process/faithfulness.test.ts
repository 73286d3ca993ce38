/** How faithful maps are, by the command line and by the engine process, from one folder of kept scores. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { connectEngine } from '../../src/extension/engine/engineClient';
import type { MeasuredFaithfulness } from '../../src/measures/faithfulness/measured';
import { runPaths } from '../../src/runs';
import { dist, epochlens, launch, succeed, temporaryFolder, TINY, writeStudy } from './cli';

interface Document {
  readonly scores: string[];
  readonly controls: string[];
  readonly untrained: number | null;
  readonly images: { readonly name: string; readonly label: number }[];
  readonly methods: { readonly method: { readonly id: string }; readonly points: MeasuredFaithfulness[] }[];
}

const FEW = ['--images', '3', '--engine', 'wasm'];
const ALL_SCORES = ['--scores', 'deletion,insertion,road,muFidelity,sensitivity,sparseness'];

describe('faithfulness', () => {
  let run: string;

  beforeAll(async () => {
    const folder = await temporaryFolder();
    run = join(folder, 'run');
    await succeed(['train', await writeStudy(folder, TINY), '--engine', 'wasm', '--run', run]);
  });

  const kept = async (): Promise<number> =>
    (await readdir(runPaths(run).results).catch(() => [])).filter((name) => name.startsWith('faithfulness')).length;

  it('is every score beside every control, in a document, and the same from the engine process', async () => {
    const args = ['faithfulness', run, ...FEW, ...ALL_SCORES, '--checkpoints', '0,2', '--method', 'gradcam,layercam'];
    const first = await epochlens([...args, '--json']);
    expect(first.stderr).toMatch(/To compute: [\d,]+ forward passes/);
    const document = JSON.parse(first.stdout) as Document;
    expect(document).toMatchObject({
      scores: ['deletion', 'insertion', 'road', 'muFidelity', 'sensitivity', 'sparseness'],
      controls: ['random', 'blob', 'edge', 'untrained'],
      untrained: 0,
    });
    expect(document.images.map(({ name }) => name)).toEqual([0, 1, 2].map((index) => `test:${index}`));
    expect(document.methods.map(({ method }) => method.id)).toEqual(['gradcam', 'layercam']);
    for (const point of document.methods.flatMap(({ points }) => points)) checkPoint(point);

    const [untrained, trained] = document.methods[0]?.points ?? [];
    const own = untrained?.scores[0]?.controls.find(({ control }) => control === 'untrained');
    expect(own?.difference?.mean).toBe(0);
    const edge = trained?.scores[4]?.controls.map(({ estimate }) => estimate?.mean ?? NaN) ?? [];
    expect(edge.slice(0, 2)).toEqual([0, 0]);
    expect(edge[2]).toBeGreaterThan(0);

    const files = await kept();
    const text = await epochlens(args);
    expect(text.stderr).toContain('All is kept');
    expect(text.stdout).toMatch(/^Deletion \(Petsiuk et al\. 2018\) of Grad-CAM at layer3\.2, lower is better\nepoch /);
    expect(text.stdout).toContain('cannot be said (3 images: no interval below 25 images)');
    expect(await kept()).toBe(files);

    const note = (): void => undefined;
    const log = { info: note, warn: note, error: note };
    const client = connectEngine({ program: join(dist, 'engine.js'), choice: () => 'wasm', log });
    try {
      const seen: number[] = [];
      const answer = await client.request(
        'faithfulness',
        {
          run,
          epochs: [2, 0],
          images: [0, 1, 2].map((index) => ({ kind: 'set', set: 'test', index }) as const),
          methods: [{ id: 'gradcam' }, { id: 'layercam' }],
          layer: 'auto',
          scores: ['deletion', 'insertion', 'road', 'muFidelity', 'sensitivity', 'sparseness'],
          compute: false,
          perImage: true,
        },
        { progress: (value) => value.kind === 'result' && seen.push(value.measured.epoch) },
      );
      expect(answer.points).toEqual(document.methods.map(({ points }) => points));
      expect(answer.missing).toEqual([]);
      expect(seen.sort()).toEqual([0, 0, 2, 2]);
    } finally {
      client.dispose();
    }
  });

  it('goes on where it was killed', async () => {
    const args = ['faithfulness', run, ...FEW, '--controls', 'none', '--seed', '5', '--json'];
    const before = await kept();
    const { child, finished } = launch(args);
    while ((await kept()) === before && child.exitCode === null) await setTimeout(20);
    child.kill('SIGKILL');
    const { stderr } = await finished;
    const saved = (await kept()) - before;
    expect(saved).toBeGreaterThan(0);
    const again = await epochlens(args);
    expect(again.code).toBe(0);
    expect(passes(again.stderr)).toBeLessThan(passes(stderr));
    expect((JSON.parse(again.stdout) as Document).methods[0]?.points.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
  });

  it('refuses what cannot be, with what could be chosen', async () => {
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await epochlens(['faithfulness', run, ...args]);
      expect(code).toBe(2);
      return stderr;
    };
    expect(await refused('--scores', 'deletion,beauty')).toContain('one of deletion, insertion, road');
    expect(await refused('--controls', 'edges')).toContain('one of random, blob, edge, untrained');
    expect(await refused('--images', 'test:20')).toContain('test:20');
  });
});

function checkPoint({ images, scores, confidence }: MeasuredFaithfulness): void {
  expect(images).toBe(3);
  expect(scores).toHaveLength(6);
  for (const { score, curves, controls, perImage, estimate } of scores) {
    expect(perImage).toHaveLength(3);
    expect(estimate?.interval).toBeNull();
    for (const { difference, perImage: others } of controls) {
      const paired = perImage.flatMap((value, i) => {
        const other = others[i] ?? null;
        return value === null || other === null ? [] : [value - other];
      });
      expect(difference?.n ?? 0).toBe(paired.length);
      if (difference !== null) expect(difference.mean).toBeCloseTo(paired.reduce((a, b) => a + b) / paired.length, 8);
    }
    const [curve] = curves;
    if (score !== 'deletion' && score !== 'insertion') continue;
    expect(curve?.probabilities).toHaveLength(21);
    expect(curve?.probabilities.at(score === 'deletion' ? 0 : -1)).toBeCloseTo(confidence.mean, 5);
  }
}

/** How many forward passes it says that are to be computed. */
function passes(stderr: string): number {
  return Number((/To compute: ([\d,]+) forward/.exec(stderr)?.[1] ?? '0').replaceAll(',', ''));
}
