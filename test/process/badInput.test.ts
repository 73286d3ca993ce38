/** Each bad input is answered with the file, the place, what was found and what was expected, and leaves nothing behind. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { createModel } from '../../src/models/model';
import { initialWeights } from '../../src/models/weights';
import { saveCheckpoint } from '../checkpointFiles';
import { epochlens, succeed, temporaryFolder, TINY, tree, writeStudy } from './cli';

const RECORD_BYTES = 3073;

/** Runs it where it must fail, and holds the last line of standard error against the pattern. */
async function refused(args: readonly string[], pattern: RegExp, code = 2, cwd?: string): Promise<void> {
  const result = await epochlens(args, cwd === undefined ? {} : { cwd });
  expect(result.stderr.trimEnd().split('\n').at(-1)).toMatch(pattern);
  expect(result.code).toBe(code);
  expect(result.stdout).toBe('');
}

describe('a study file', () => {
  it.each([
    ['a syntax error', '{ "training": { "epochs": 2 ', /bad\.epochlens\.json, line 1, column \d+.*expected/],
    [
      'an unknown field',
      '{\n "trainings": {} }',
      /bad\.epochlens\.json, line 2, column 2 \(trainings\).*expected.*training/,
    ],
    ['a wrong type', '{ "training": { "epochs": "two" } }', /\(training\.epochs\).*found "two".*expected/],
    ['a negative number of epochs', '{ "training": { "epochs": -1 } }', /\(training\.epochs\).*found -1.*expected.*0/],
    ['an unknown architecture', '{ "model": { "architecture": "vgg" } }', /\(model\.architecture\).*"vgg".*resnet20/],
    ['an unknown layer', '{ "explain": { "layer": "" } }', /\(explain\.layer\).*found ""/],
    [
      'a layer of another network',
      '{ "explain": { "layer": "blocks.2" } }',
      /line 1, column 25 \(explain\.layer\): no such layer in resnet20.*found "blocks\.2".*layer3\.2/,
    ],
    [
      'an image that is not there',
      '{ "explain": { "images": { "test": [0, 999] } } }',
      /\(explain\.images\.test\[1\]\): there is no test image 999.*expected an index from 0 to 499/,
    ],
  ])('with %s', async (_, text, pattern) => {
    const folder = await temporaryFolder();
    await refused(['train', await writeStudy(folder, text, 'bad')], pattern);
    expect(await tree(folder)).toEqual(['bad.epochlens.json']);
  });

  it('that is not there', () => refused(['train', 'no.epochlens.json'], /no\.epochlens\.json/));
});

describe('a data folder', () => {
  const record = (label: number): Buffer => Buffer.alloc(RECORD_BYTES).fill(label, 0, 1);
  const good = Buffer.concat([record(0), record(9)]);

  it.each([
    ['absent', {}, /data: the CIFAR-10 folder does not exist: .*expected.*test_batch\.bin/],
    ['empty', { 'data/.keep': '' }, /data: no CIFAR-10 batch files.*expected.*data_batch_1\.bin/],
    [
      'with a batch cut short',
      { 'data/data_batch_1.bin': good.subarray(0, 5000), 'data/test_batch.bin': good },
      /data_batch_1\.bin: .*cut short.*found 5000 bytes.*expected a multiple of 3073/,
    ],
    [
      'with a label above 9',
      { 'data/data_batch_1.bin': good, 'data/test_batch.bin': Buffer.concat([good, record(10)]) },
      /test_batch\.bin, record 2.*found label 10.*expected a label of 0 to 9/,
    ],
    ['without test images', { 'data/data_batch_1.bin': good }, /data: no test images.*expected test_batch\.bin/],
  ] as [string, Record<string, string | Buffer>, RegExp][])('%s', async (_, files, pattern) => {
    const folder = await temporaryFolder();
    if (Object.keys(files).length > 0) await mkdir(join(folder, 'data'));
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
    await rm(join(folder, 'data', '.keep'), { force: true });
    const explain = { images: { test: [0] } };
    const study = await writeStudy(folder, { ...TINY, dataset: { kind: 'cifar10', folder: 'data' }, explain });
    const before = await tree(folder);
    await refused(['train', study], pattern);
    expect(await tree(folder)).toEqual(before);
  });

  it('with one image, of which batch norm could make nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'data_batch_1.bin'), good);
    await writeFile(join(folder, 'test_batch.bin'), good);
    const study = await writeStudy(folder, {
      dataset: { kind: 'cifar10', folder: '.', trainLimit: 1 },
      model: { architecture: 'efficientnet_b0', inputSize: 32 },
    });
    await refused(
      ['train', study],
      /line 5, column 19 \(dataset\.trainLimit\): batch norm has no variance.*one image.*expected two images at least/,
    );
  });
});

describe('a weights file', () => {
  let folder: string;
  let bytes: Buffer;
  const model = createModel('resnet20', 32, 10);

  beforeAll(async () => {
    folder = await temporaryFolder();
    await saveCheckpoint(join(folder, 'good.safetensors'), model, initialWeights(model, 1), {});
    bytes = await readFile(join(folder, 'good.safetensors'));
    await writeFile(join(folder, 'test_batch.bin'), Buffer.alloc(RECORD_BYTES));
  });

  async function bothRefuse(name: string, content: Buffer, pattern: RegExp): Promise<void> {
    const path = join(folder, `${name}.safetensors`);
    await writeFile(path, content);
    const before = await tree(folder);
    const model = ['--weights', path, '--architecture', 'resnet20', '--data', folder, '--engine', 'wasm'];
    await refused(['evaluate', ...model], pattern);
    await refused(['explain', ...model, '--images', 'test:0'], pattern);
    expect(await tree(folder)).toEqual(before);
  }

  const headerBytes = (): number => Number(bytes.readBigUInt64LE(0));

  /** The file with another header of the same meaning but for what the change does. */
  function withHeader(change: (header: Record<string, { shape: number[]; data_offsets: number[] }>) => void): Buffer {
    const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerBytes())) as Parameters<typeof change>[0];
    change(header);
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, bytes.subarray(8 + headerBytes())]);
  }

  it('cut short', () =>
    bothRefuse(
      'short',
      bytes.subarray(0, bytes.length - 1000),
      /short\.safetensors, tensor \S+: cut short: found \d+ bytes/,
    ));

  it('with a wrong header length', async () => {
    const wrong = Buffer.from(bytes);
    wrong.writeBigInt64LE(-1n);
    await bothRefuse(
      'length',
      wrong,
      /length\.safetensors, header length: .*found 18446744073709552000, expected at most/,
    );
  });

  it('without a tensor', () =>
    bothRefuse(
      'missing',
      withHeader((header) => {
        header['renamed'] = header['linear.bias'] as (typeof header)[string];
        delete header['linear.bias'];
      }),
      /missing\.safetensors, tensor renamed: not weights of resnet20: found 1 of \d+ tensors/,
    ));

  it('with a misshapen tensor', () =>
    bothRefuse(
      'misshapen',
      withHeader((header) => (header['linear.weight'] as (typeof header)[string]).shape.reverse()),
      /misshapen\.safetensors, tensor linear\.weight: .*found \[64, 10\], expected \[10, 64\]/,
    ));

  it('with a NaN', async () => {
    const wrong = Buffer.from(bytes);
    wrong.writeFloatLE(NaN, wrong.length - 4);
    await bothRefuse('nan', wrong, /nan\.safetensors, tensor \S+, element \d+: .*found NaN, expected finite numbers/);
  });

  it('that is not there, or a folder', async () => {
    const data = ['--architecture', 'resnet20', '--data', folder];
    await refused(['evaluate', '--weights', join(folder, 'no.safetensors'), ...data], /no\.safetensors/);
    await refused(['evaluate', '--weights', folder, ...data], /not a file/);
  });

  it('of the study', async () => {
    const study = await writeStudy(
      folder,
      { model: { architecture: 'resnet32', weights: 'good.safetensors' } },
      'other',
    );
    const before = await tree(folder);
    await refused(['train', study], /good\.safetensors, tensor \S+: not weights of resnet32/);
    expect(await tree(folder)).toEqual(before);
  });
});

describe('a run', () => {
  let folder: string;
  let run: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    run = join(folder, 'run');
    const study = await writeStudy(folder, { ...TINY, training: { epochs: 0 } });
    await succeed(['train', study, '--engine', 'wasm', '--run', run]);
  });

  it('that has a run in it already', () =>
    refused(
      ['train', join(folder, 'tiny.epochlens.json'), '--engine', 'wasm', '--run', run],
      /run: there is a run in this folder already: found run\.json.*--resume/,
    ));

  it('that is none', async () => {
    await refused(['report', folder], /this is not a run folder: found no run\.json/);
    await refused(['explain', join(folder, 'nowhere')], /nowhere: there is no such run/);
  });

  it.each([
    ['an epoch that does not exist', ['--checkpoints', '0,7'], /run: there is no checkpoint of epoch 7: found .*0/],
    ['an epoch that is no number', ['--checkpoints', '0,-1'], /--checkpoints.*"-1".*expected a whole number/],
    ['an unknown layer', ['--layer', 'layer9'], /layer.*"layer9".*expected auto or one of act1, layer1\.0/],
    ['an unknown class', ['--class', '10'], /--class: no such class: found "10", expected predicted, label/],
    ['an unknown engine', ['--engine', 'abacus'], /--engine.*"abacus".*native, embedded, auto/],
    ['an image that does not exist', ['--images', 'test:20'], /test:20: no such image: found 20 test images/],
    ['an image file that does not exist', ['--images', 'no.png'], /no\.png: no such image file/],
    ['a label of an image file', ['--class', 'label', '--images', 'grey.bmp'], /grey\.bmp/],
    [
      'options of --weights',
      ['--mean', '0,0,0'],
      /--mean: an option that plays no part here: expected it with --weights/,
    ],
    ['an unknown colour map', ['--colormap', 'pink'], /--colormap.*"pink".*viridis/],
    ['an unknown option', ['--colour', 'pink'], /--help/],
  ])('asked for %s', async (_, args, pattern) => {
    const before = await tree(folder);
    await refused(['explain', run, ...args], pattern);
    expect(await tree(folder)).toEqual(before);
  });

  it('asked for pictures where none can be written', () =>
    refused(
      ['explain', run, '--engine', 'wasm', '--out', join(run, 'run.json', 'pictures')],
      /pictures: the folder cannot be made: .*ENOTDIR.*choose another folder/,
      1,
    ));

  it('that has lost its checkpoints', async () => {
    await rm(join(run, 'checkpoints'), { recursive: true });
    for (const command of ['explain', 'report'])
      await refused([command, run], /run: the run has no checkpoints: found no epoch.*expected at least one/);
  });
});

describe('training into a folder that cannot be written', () => {
  it('below a file', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder);
    await refused(['train', study, '--run', join(study, 'run')], /the folder cannot be made: .*ENOTDIR/, 1);
    expect(await tree(folder)).toEqual(['tiny.epochlens.json']);
  });

  it.skipIf(process.platform !== 'linux')('of the system', async () => {
    const study = await writeStudy(await temporaryFolder());
    await refused(
      ['train', study, '--run', '/proc/epochlens/run'],
      /run: the folder cannot be made.*\(\/proc\/epochlens\/run\)$/,
      1,
    );
  });
});

describe('evaluate and explain --weights', () => {
  it.each([
    [['evaluate', '--weights', 'w'], /--help/],
    [['evaluate', '--weights', 'w', '--data', '.'], /w: no such weights file/],
    [['evaluate', '--weights', 'w', '--architecture', 'vgg', '--data', '.'], /--architecture.*"vgg".*efficientnet_b0/],
    [['evaluate', '--weights', 'w', '--architecture', 'resnet20', '--data', '.', '--std', '1,1,0'], /--std.*"1,1,0"/],
    [['evaluate', '--weights', 'w', '--architecture', 'resnet20', '--data', '.', '--mean', '1,2,'], /--mean.*"1,2,"/],
    [['evaluate', '--weights', 'w', '--architecture', 'resnet20', '--data', '.', '--input-size', '31'], /--input-size/],
    [['explain', '--weights', 'w', 'a.png'], /w: no such weights file: expected .*\.onnx/],
    [
      ['explain', '--weights', 'w', '--architecture', 'resnet20', 'a.png', '--checkpoints', '0'],
      /--checkpoints.*no --weights/,
    ],
    [['explain'], /nothing to explain: expected a run folder/],
  ])('%j', (args, pattern) => refused(args, pattern));
});

describe('an option of train', () => {
  it('that is for --resume alone', async () => {
    const folder = await temporaryFolder();
    const study = await writeStudy(folder);
    await refused(
      ['train', study, '--reset-optimizer'],
      /--reset-optimizer: an option that plays no part here: expected it with --resume/,
    );
    expect(await tree(folder)).toEqual(['tiny.epochlens.json']);
  });
});
