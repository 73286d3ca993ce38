/** Weights whose names and shapes are two networks': the test images decide which of them it is, in every command. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ArchitectureName } from '../../src/architectures';
import { startEngine } from '../../src/engine/start';
import { encodePng } from '../../src/imaging';
import { disposeWeights, infer, loadWeights } from '../../src/models/forward';
import { toInput } from '../../src/models/input';
import { createModel } from '../../src/models/model';
import { fromStateDict, initialWeights, toStateDict, type Weights } from '../../src/models/weights';
import { checkpointTensors } from '../../src/weights/checkpoint';
import { serialiseSafetensors } from '../../src/weights/safetensors';
import { openRun } from '../../src/runs';
import { createRandom } from '../../src/common/random';
import { epochlens, succeed, temporaryFolder } from './cli';

const [COUNT, SIZE, CLASSES] = [96, 32, 2];
const CONSTANTS = ['--mean', '0.5,0.5,0.5', '--std', '0.25,0.25,0.25', '--engine', 'wasm'];
const INPUT = { inputSize: SIZE, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] } as const;
const IMAGE_BYTES = SIZE * SIZE * 3;

/** Pictures of a few spots. */
function makePixels(): Uint8Array {
  const random = createRandom('pictures that twins part on');
  const pixels = new Uint8Array(COUNT * IMAGE_BYTES);
  for (let image = 0; image < COUNT; image++)
    for (let spot = 0; spot < 12; spot++) {
      const [top, left, size] = [random.integer(24), random.integer(24), 2 + random.integer(7)];
      const colour = [random.integer(256), random.integer(256), random.integer(256)];
      for (let y = top; y < top + size; y++)
        for (let x = left; x < left + size; x++) pixels.set(colour, image * IMAGE_BYTES + (y * SIZE + x) * 3);
    }
  return pixels;
}

/** Without names, and a folder of pictures in which each lies in the class that this network predicts. */
async function makeTwin(
  name: ArchitectureName,
  folder: string,
  pixels: Uint8Array,
): Promise<{ weights: string; data: string }> {
  const model = createModel(name, SIZE, CLASSES);
  const initial = initialWeights(model, 5);
  const logits = logitsOf(initial);
  const state = toStateDict(model, initial);
  const bias = model.tensors.findLast(({ name: tensor }) => tensor.endsWith('.bias'))?.name ?? '';
  // An untrained network prefers one class throughout: half of the images are to be of either.
  const differences = Array.from({ length: COUNT }, (_, at) => difference(logits, at)).sort((a, b) => a - b);
  const median = ((differences[COUNT / 2 - 1] ?? 0) + (differences[COUNT / 2] ?? 0)) / 2;
  const weights = fromStateDict(model, state.set(bias, Float32Array.of(0, -median)), 1);
  const path = join(folder, 'weights.safetensors');
  await writeFile(path, serialiseSafetensors(checkpointTensors(model, weights), {}));
  const data = join(folder, 'pictures');
  for (let label = 0; label < CLASSES; label++) await mkdir(join(data, `class ${label}`), { recursive: true });
  const predicted = logitsOf(weights);
  for (let image = 0; image < COUNT; image++) {
    const label = difference(predicted, image) > 0 ? 1 : 0;
    const bytes = pixels.subarray(image * IMAGE_BYTES, (image + 1) * IMAGE_BYTES);
    await writeFile(
      join(data, `class ${label}`, `${image}.png`),
      encodePng({ height: SIZE, width: SIZE, pixels: bytes }),
    );
  }
  return { weights: path, data };

  function logitsOf(of: Weights): Float32Array {
    const loaded = loadWeights(of);
    const output = infer(model, loaded, toInput(pixels, COUNT, SIZE, SIZE, INPUT));
    const values = output.dataSync() as Float32Array;
    output.dispose();
    disposeWeights(loaded);
    return values;
  }
}

/** By how much the second class is preferred. */
function difference(logits: Float32Array, image: number): number {
  return (logits[2 * image + 1] ?? 0) - (logits[2 * image] ?? 0);
}

/** Which is recognised, and which the weights are of. */
const CASES = [
  ['resnet18_cifar', 'resnet18_cifar_maxpool'],
  ['efficientnet_b0', 'tf_efficientnet_b0'],
] as const;

describe.each(CASES)('weights that may be of %s or of %s', (recognised, truth) => {
  let [folder, weights, data] = ['', '', ''];
  beforeAll(async () => {
    await startEngine('wasm');
    folder = await temporaryFolder();
    ({ weights, data } = await makeTwin(truth, folder, makePixels()));
  });

  it('are evaluated as the one that the images show them to be of', async () => {
    const args = ['evaluate', '--weights', weights, '--data', data, '--input-size', '32', ...CONSTANTS];
    const { code, stdout, stderr } = await epochlens([...args, '--json']);
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout) as Record<string, unknown>;
    expect(result).toMatchObject({
      architecture: truth,
      correct: COUNT,
      twins: { taken: truth, isTold: true, images: COUNT },
    });
    expect(stderr).toContain(`The weights are read as ${recognised}.`);
    expect(stderr).toMatch(
      new RegExp(`of ${COUNT} test images ${truth} gets ${COUNT}, ${recognised} gets \\d+ right; .*${truth} is taken`),
    );
    const asked = await succeed([...args, '--json', '--architecture', recognised]);
    const other = JSON.parse(asked) as Record<string, unknown>;
    expect(other).toMatchObject({ architecture: recognised });
    expect(other).not.toHaveProperty('twins');
    expect(other['correct']).toBeLessThan(COUNT - 8);
  });

  it('become a run of it', async () => {
    const args = ['import', weights, '--data', data, '--input-size', '32', ...CONSTANTS, '--json'];
    const events = (await succeed(args, { cwd: folder })).trim().split('\n');
    const imported = events.map((line) => JSON.parse(line) as { event: string; run: string; taken: string });
    expect(imported.find(({ event }) => event === 'twins')?.taken).toBe(truth);
    const { study } = await openRun(imported.at(-1)?.run ?? '');
    expect(study.model.architecture).toBe(truth);
  });

  it('are explained as it where there are images to tell, and as the recognised one, with a word, where not', async () => {
    const picture = join(folder, 'picture.png');
    await writeFile(picture, encodePng({ height: SIZE, width: SIZE, pixels: makePixels().subarray(0, IMAGE_BYTES) }));
    const args = ['explain', '--weights', weights, '--input-size', '32', ...CONSTANTS, '--json', picture];
    const told = await epochlens([...args, '--data', data]);
    expect(told.stderr).toContain(`${truth} is taken`);
    expect(JSON.parse(told.stdout)).toMatchObject([{ architecture: truth }]);
    const untold = await epochlens(args);
    expect(untold.stderr).toMatch(/: only the accuracy tells them apart\. --architecture chooses\./);
    expect(JSON.parse(untold.stdout)).toMatchObject([{ architecture: recognised }]);
  });
});
