/** A training on a folder of pictures with odd names, sizes, orientations and broken files, by the command line. */
import { copyFile, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/common/random';
import { encodePng } from '../../src/imaging';
import { checkpointPath, openRun, readMetrics } from '../../src/runs';
import { epochlens, succeed, temporaryFolder, writeStudy } from './cli';

const ENGINE = ['--engine', 'wasm'];
const FIXTURES = fileURLToPath(new URL('../fixtures/images/', import.meta.url));
const CLASSES = ['größer Hund', '猫 \u{1f408}'];

/** Pictures of many sizes, whose brightness says the class. */
async function makePictures(folder: string): Promise<void> {
  const random = createRandom('pictures of a folder');
  for (const [label, name] of CLASSES.entries()) {
    await mkdir(join(folder, name, 'more'), { recursive: true });
    for (let at = 0; at < 22; at++) {
      const [height, width] = [20 + random.integer(60), 20 + random.integer(60)];
      const pixels = Uint8Array.from({ length: height * width * 3 }, () => random.integer(128) + 127 * label);
      const inner = at % 5 === 0 ? 'more/' : '';
      await writeFile(
        join(folder, name, `${inner}Bild ${at} (ß).${at % 2 === 0 ? 'png' : 'PNG'}`),
        encodePng({ height, width, pixels }),
      );
    }
    for (const [at, file] of [
      'baseline.jpg',
      'progressive.jpg',
      `orientation-${6 + label}.jpg`,
      'grey16.png',
      'rgba.png',
      'palette.bmp',
      'transparent.gif',
      'lossy.webp',
    ].entries()) {
      await copyFile(join(FIXTURES, file), join(folder, name, `${at}.${file.split('.')[1]?.toUpperCase()}`));
    }
  }
  await mkdir(join(folder, '__MACOSX'));
  await mkdir(join(folder, '.thumbnails'));
}

describe('a folder of pictures', () => {
  let folder: string;
  let pictures: string;
  let options: { env: NodeJS.ProcessEnv };
  let study: string;
  let run: string;
  let broken: string[];
  const train = (file: string, to: string) => epochlens(['train', file, ...ENGINE, '--run', to], options);

  beforeAll(async () => {
    folder = await temporaryFolder();
    pictures = join(folder, 'meine Bilder');
    options = { env: { EPOCHLENS_CACHE: join(folder, 'cache') } };
    await makePictures(pictures);
    const cut = await readFile(join(FIXTURES, 'baseline.jpg'));
    broken = ['größer Hund/abgeschnitten.jpg', '猫 \u{1f408}/kein Bild.jpeg'];
    await writeFile(join(pictures, broken[0]!), cut.subarray(0, cut.length / 2));
    await writeFile(join(pictures, broken[1]!), 'no picture');
    const content = {
      dataset: { kind: 'folder', folder: 'meine Bilder', broken: 'skip' },
      model: { architecture: 'resnet20' },
      training: { epochs: 2, batchSize: 8, learningRate: 0.02, seed: 3, augmentation: 'flipCrop' },
      explain: { images: { test: [0] } },
    };
    study = await writeStudy(folder, content, 'pictures');
    run = join(folder, 'run');
    await writeStudy(folder, { ...content, dataset: { ...content.dataset, broken: 'refuse' } }, 'strict');
    const { code, stderr } = await train(study, run);
    expect(code, stderr).toBe(0);
  });

  it('is trained on without what is broken, which is said', async () => {
    const { manifest, study: made } = await openRun(run);
    const { description, classNames, files } = manifest.dataset;
    expect(classNames).toEqual(CLASSES);
    expect(description).toMatch(/^48 training and 12 test images of 2 classes from .*2 pictures are skipped: /);
    for (const path of broken) expect(description).toContain(path);
    expect(files?.map(({ records }) => records)).toEqual([31, 31]);
    expect(made.dataset).toMatchObject({ kind: 'folder', size: 32, mode: 'crop' });
    const metrics = await readMetrics(run);
    expect(metrics.map(({ testImages }) => testImages)).toEqual([12, 12, 12]);
    expect(metrics.at(-1)?.trainLoss).toBeLessThan(metrics[0]?.trainLoss ?? 0);
  });

  it('names all that is broken where it is to be refused, and leaves no run', async () => {
    const { code, stderr } = await train(join(folder, 'strict.epochlens.json'), join(folder, 'refused'));
    expect([code, stderr]).toEqual([2, expect.stringContaining('2 pictures cannot be used')]);
    for (const path of broken) expect(stderr).toContain(path);
    await expect(openRun(join(folder, 'refused'))).rejects.toThrow();
  });

  it('trains to the same bits again, pictures read anew', async () => {
    const again = join(folder, 'again');
    const cold = { env: { EPOCHLENS_CACHE: join(folder, 'cold'), EPOCHLENS_PICTURE_CACHE_MB: '0' } };
    await succeed(['train', study, ...ENGINE, '--run', again], cold);
    expect(await readFile(checkpointPath(again, 2))).toEqual(await readFile(checkpointPath(run, 2)));
  });

  it('is explained, and evaluated where nothing is broken', async () => {
    const explained = JSON.parse(
      await succeed(['explain', run, '--images', 'test:1', 'train:5', ...ENGINE, '--json'], options),
    ) as {
      image: string;
      label: number;
    }[];
    expect(explained.map(({ image, label }) => [image, label]).slice(0, 2)).toEqual([
      ['test:1', 1],
      ['train:5', 1],
    ]);
    const weights = ['--weights', checkpointPath(run, 2), '--architecture', 'resnet20'];
    const evaluated = await epochlens(['evaluate', ...weights, '--data', pictures, ...ENGINE, '--json'], options);
    // All of the folder, in which two pictures are broken, and then without them.
    expect([evaluated.code, evaluated.stderr]).toEqual([2, expect.stringContaining('2 pictures cannot be used')]);
    const whole = join(folder, 'whole');
    await cp(pictures, whole, { recursive: true, filter: (path) => !broken.some((each) => path.endsWith(each)) });
    const result = await succeed(['evaluate', ...weights, '--data', whole, ...ENGINE, '--json'], options);
    expect(JSON.parse(result)).toMatchObject({ of: 60 });
  });

  it('is not what the run was made with once a picture is another, is gone, or is new', async () => {
    const explain = () => epochlens(['explain', run, '--images', 'test:1', ...ENGINE], options);
    const file = join(pictures, CLASSES[1]!, 'Bild 1 (ß).PNG');
    const before = await readFile(file);
    const changes: [() => Promise<void>, () => Promise<void>][] = [
      [
        () => writeFile(file, encodePng({ height: 9, width: 9, pixels: new Uint8Array(243) })),
        () => writeFile(file, before),
      ],
      [() => rm(file), () => writeFile(file, before)],
      [() => writeFile(`${file}.png`, before), () => rm(`${file}.png`)],
    ];
    for (const [change, undo] of changes) {
      await change();
      expect(await explain()).toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/not what the run was made with/) as string,
      });
      await undo();
    }
    expect((await explain()).code).toBe(0);
  });
});
