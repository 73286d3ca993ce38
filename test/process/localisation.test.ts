/** Where heat lies, by the command line: on known objects and in mosaics. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawSet } from '../../src/datasets/synthetic';
import { resample } from '../../src/imaging/resample';
import type { MeasuredLocalisation } from '../../src/measures/localisation/measured';
import { runPaths } from '../../src/runs';
import { epochlens, launch, succeed, temporaryFolder, TINY, writeStudy } from './cli';

interface Document {
  readonly images: number;
  readonly mosaics: number;
  readonly maskArea: number;
  readonly methods: readonly {
    readonly method: string;
    readonly layer: string;
    readonly epochs: readonly MeasuredLocalisation[];
  }[];
}

interface Explained {
  readonly heatmap: { readonly height: number; readonly width: number; readonly values: number[] };
}

const COUNT = 12;
const embedded = ['--engine', 'embedded'];

describe('localisation', () => {
  let run: string;
  beforeAll(async () => {
    const folder = await temporaryFolder();
    run = join(folder, 'run');
    const dataset = { ...TINY.dataset, testCount: COUNT };
    const training = { ...TINY.training, epochs: 1 };
    await succeed([
      'train',
      await writeStudy(folder, { ...TINY, dataset, training, explain: { images: { test: [3] } } }),
      ...embedded,
      '--run',
      run,
    ]);
  });

  const asked = (...more: string[]): string[] => ['localisation', run, '--focus', '6', ...more, ...embedded];
  const kept = async (kind: string): Promise<string[]> =>
    (await readdir(runPaths(run).results).catch(() => [])).filter((name) => name.startsWith(kind));

  it('goes on, where it was interrupted, from the maps that it kept', async () => {
    const running = launch(asked('--method', 'occlusion', '--focus', '0', '--checkpoints', '1'));
    while ((await kept('heatmaps')).length === 0) await setTimeout(20);
    running.child.kill('SIGINT');
    const { code } = await running.finished;
    const before = (await kept('heatmaps')).length;
    expect(code).not.toBe(0);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(COUNT);
    await succeed(asked('--method', 'occlusion', '--focus', '0', '--checkpoints', '1'));
    expect(await kept('heatmaps')).toHaveLength(COUNT);
  });

  it('is of the maps that explain shows, for several methods and epochs, and kept', async () => {
    const options = ['--method', 'gradcam,gradcam++', '--layer', 'mean(layer2,layer3)', '--json'];
    const printed = await succeed(asked(...options));
    const document = JSON.parse(printed) as Document;
    expect(document).toMatchObject({ images: COUNT, mosaics: 6 });
    expect(document.methods.map(({ method, layer }) => `${method} at ${layer}`)).toEqual([
      'gradcam at mean(layer2.2, layer3.2)',
      'gradcam++ at mean(layer2.2, layer3.2)',
    ]);
    const { masks } = drawSet('test', COUNT, 1);
    expect(document.maskArea).toBeCloseTo(masks!.reduce((a, b) => a + b) / masks!.length, 10);
    const explained = JSON.parse(
      await succeed([
        ...['explain', run, '--images', `test:0-${COUNT - 1}`, '--class', 'label', '--checkpoints', '1'],
        ...['--method', 'gradcam', '--layer', 'mean(layer2,layer3)', '--json', ...embedded],
      ]),
    ) as Explained[];
    const { epoch, masked, focus } = document.methods[0]!.epochs.at(-1)!;
    expect(epoch).toBe(1);
    const energies = explained.map(({ heatmap }, image) => {
      const heat = resample({ ...heatmap, channels: 1 }, 32, 32);
      const all = heat.reduce((a, b) => a + b);
      return all === 0 ? null : heat.reduce((sum, each, at) => sum + each * masks![image * 1024 + at]!, 0) / all;
    });
    expect(energies.filter((each) => each !== null).length).toBeGreaterThan(3);
    masked!.energy.values.forEach((value, image) => {
      if (value === null) expect(energies[image]).toBeNull();
      else expect(value).toBeCloseTo(energies[image]!, 5);
    });
    const known = energies.filter((each) => each !== null);
    expect(masked!.energy.estimate).toMatchObject({ n: known.length });
    expect(masked!.energy.estimate?.mean).toBeCloseTo(known.reduce((a, b) => a + b) / known.length, 5);
    expect(masked!.energy.controls.map(({ id }) => id)).toEqual(['random', 'blob']);
    expect(focus!.values).toHaveLength(6);

    const again = await epochlens(asked(...options));
    expect(again.stderr).not.toContain('Engine:');
    expect(again.stdout).toBe(printed);
    // The numbers follow from kept maps without an engine.
    for (const name of await kept('localisation')) await rm(join(runPaths(run).results, name));
    const rebuilt = await epochlens(asked(...options));
    expect(rebuilt.stderr).not.toContain('Engine:');
    expect(rebuilt.stdout).toBe(printed);
    // Other mosaics are other numbers, and the images with masks the same.
    const other = JSON.parse(await succeed(asked(...options, '--seed', '9', '--checkpoints', '1'))) as Document;
    const [otherPoint] = other.methods[0]!.epochs;
    expect(otherPoint!.focus).not.toEqual(focus);
    expect(otherPoint!.masked!.energy.values).toEqual(masked!.energy.values);
  });

  it('prints a table and says what follows', async () => {
    const stdout = await succeed(asked('--method', 'gradcam'));
    expect(stdout).toMatch(/^ *method +epoch +images +energy/);
    expect(stdout).toMatch(/At epoch 1 the energy inside of Grad-CAM at layer3\.2 (is 0\.\d{3} \(|cannot be said)/);
    expect(stdout).toContain('Focus (Arias-Duart et al. 2022)');
  });

  it('is verified by computing it again, mosaics too', async () => {
    const stdout = await succeed(['verify', run, '--reproduce', '16', ...embedded]);
    expect(stdout).toMatch(/localisation on 12 images at epoch \d, .* agrees/);
    expect(stdout).toMatch(/localisation on 6 mosaics at epoch \d, .* agrees/);
  });

  it.each([
    [['--method', 'gradcam,scorecam'], '--method: not a value of this option: found "scorecam"'],
    [['--layer', 'mean(layer3)'], 'a fusion of too few layers'],
    [['--focus', 'x'], '--focus: not a number this option takes'],
  ])('refuses %j', async (options, message) => {
    const { code, stderr } = await epochlens(['localisation', run, ...options]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
