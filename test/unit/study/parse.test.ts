import { describe, expect, it } from 'vitest';
import { parseStudy, problemText, type StudyProblem } from '../../../src/study';

function problems(text: string): readonly StudyProblem[] {
  const parsed = parseStudy(text, 'x.epochlens.json');
  return parsed.ok ? [] : parsed.problems;
}

function sentences(text: string): string[] {
  return problems(text).map(problemText);
}

describe('parseStudy', () => {
  it('fills in every default', () => {
    const parsed = parseStudy('{}', 'folder/my-study.epochlens.json');
    expect(parsed.ok && parsed.study).toEqual({
      name: 'my-study',
      dataset: { kind: 'synthetic', trainCount: 2000, testCount: 500, seed: 1 },
      model: {
        architecture: 'resnet20',
        weights: 'random',
        inputSize: 32,
        normalization: { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] },
      },
      training: {
        epochs: 20,
        batchSize: 64,
        learningRate: 0.01,
        momentum: 0.9,
        weightDecay: 0.0005,
        schedule: 'constant',
        warmupEpochs: 0,
        seed: 1,
        augmentation: 'none',
      },
      explain: { checkpoints: 'all', images: { random: 8 }, method: 'gradcam', layer: 'auto' },
      perturbations: [],
    });
  });

  it("takes the design's example, comments and trailing commas included", () => {
    const parsed = parseStudy(
      `// a study
      {
        "name": "cifar10-efficientnet-b0",
        "dataset": { "kind": "cifar10", "folder": "data/cifar-10-batches-bin", "trainLimit": 50000, "testLimit": 10000 },
        "model": { "architecture": "efficientnet_b0", "weights": "imagenet" },
        "training": { "epochs": 20, "batchSize": 64, "learningRate": 0.01, "momentum": 0.9, "weightDecay": 0.0005, "seed": 1 },
        "explain": { "checkpoints": [0, 1, 2, 3, 20], "images": { "test": [3, 17, 42] }, "method": "gradcam", "layer": "auto" },
        "perturbations": [
          { "kind": "gaussianNoise", "standardDeviation": 0.1, "rounds": 3 },
          { "kind": "rotation", "degrees": [-30, 30], "rounds": 3 },
          { "kind": "occlusion", "pixels": 10, "rounds": 3, "expect": { "confidenceDrop": { "max": 0.02 } } }, /* last */
        ],
      }`,
      'x.epochlens.json',
    );
    if (!parsed.ok) throw new Error(parsed.problems.map(problemText).join('\n'));
    expect(parsed.study.model.inputSize).toBe(224);
    expect(parsed.study.model.normalization.mean).toEqual([0.485, 0.456, 0.406]);
    expect(parsed.study.explain.images).toEqual({ test: [3, 17, 42], train: [] });
    expect(parsed.study.perturbations[2]).toEqual({
      kind: 'occlusion',
      pixels: 10,
      fill: 'black',
      rounds: 3,
      seed: 1,
      expect: { confidenceDrop: { max: 0.02 } },
    });
  });

  it('takes how image files are brought to the input, with timm’s crop fraction of the network', () => {
    const resized = (architecture: string, resize: unknown) => {
      const parsed = parseStudy(JSON.stringify({ model: { architecture }, explain: { resize } }), 'x.epochlens.json');
      return parsed.ok ? parsed.study.explain.resize : parsed.problems.map(problemText);
    };
    const bicubic = { interpolation: 'bicubic' };
    expect(resized('efficientnet_b0', 'crop')).toEqual({ mode: 'crop', cropFraction: 0.875, ...bicubic });
    expect(resized('resnet18', { mode: 'crop' })).toEqual({ mode: 'crop', cropFraction: 0.95, ...bicubic });
    expect(resized('resnet20', 'crop')).toEqual({ mode: 'crop', cropFraction: 0.875, ...bicubic });
    expect(resized('resnet20', { mode: 'crop', cropFraction: 1, interpolation: 'bilinear' })).toEqual({
      mode: 'crop',
      cropFraction: 1,
      interpolation: 'bilinear',
    });
    expect(resized('resnet20', 'pad')).toEqual({ mode: 'pad', ...bicubic });
    expect(resized('resnet20', 'stretch')).toEqual({ mode: 'stretch', interpolation: 'bilinear' });
    expect(resized('resnet20', undefined)).toBeUndefined();
    expect(resized('resnet20', 'squash')).toEqual([
      expect.stringMatching(/\(explain\.resize\): wrong value: found "squash", expected "crop", "pad", "stretch"/),
    ]);
    expect(resized('resnet20', { mode: 'pad', cropFraction: 0.5 })).toEqual([
      expect.stringMatching(/\(explain\.resize\.cropFraction\): nothing is cropped where .* by "pad": found 0\.5/),
    ]);
    expect(resized('resnet20', { mode: 'crop', cropFraction: 2 })).toEqual([
      expect.stringMatching(/cropFraction\): out of range: found 2, expected a number from 0\.1 to 1/),
    ]);
    expect(resized('resnet20', { cropFraction: 1 })).toEqual([
      expect.stringMatching(/resize\.mode\): the field "mode" is missing: expected "crop", "pad" or "stretch"/),
    ]);
  });

  it.each([
    [
      '{"training":{"epochs":-1}}',
      'line 1, column 23 (training.epochs): out of range: found -1, expected a whole number from 0 to 10000',
    ],
    [
      '{"training":{"epochs":1.5}}',
      'line 1, column 23 (training.epochs): wrong type: found 1.5, expected a whole number from 0 to 10000',
    ],
    [
      '{"training":{"epochs":1e999}}',
      'line 1, column 23 (training.epochs): wrong type: found 1e999, expected a whole number from 0 to 10000',
    ],
    [
      '{"training":{"momentum":1}}',
      'line 1, column 25 (training.momentum): out of range: found 1, expected a number from 0 to below 1',
    ],
    [
      '{"training":{"learningRate":"0.1"}}',
      'line 1, column 29 (training.learningRate): wrong type: found "0.1", expected a number from 0 to 100',
    ],
    ['{"training":null}', 'line 1, column 13 (training): wrong type: found null, expected an object, {…}'],
    ['[]', 'line 1, column 1: wrong type: found an empty list, expected an object, {…}'],
    [
      '{"model":{"inputSize":31}}',
      'line 1, column 23 (model.inputSize): out of range: found 31, expected a whole number from 32 to 512',
    ],
    [
      '{"model":{"weights":"imagnet"}}',
      'line 1, column 21 (model.weights): wrong value: found "imagnet", expected "random", "imagenet" or the path of a file of weights (.safetensors, .pth, .pt, .onnx). Did you mean "imagenet"?',
    ],
    [
      '{"model":{"normalization":{"mean":[0,0,0]}}}',
      'line 1, column 27 (model.normalization.std): the field "std" is missing: expected a list of 3, each a number from 0.000001 to 100',
    ],
    [
      '{"dataset":{}}',
      'line 1, column 12 (dataset.kind): the field "kind" is missing: expected "cifar10", "cifar100", "folder", "synthetic" or "arrays"',
    ],
    [
      '{"dataset":{"kind":"cifar10","seed":1}}',
      'line 1, column 30 (dataset.seed): unknown field "seed": expected one of "kind", "folder", "trainLimit", "testLimit", "validation"',
    ],
    [
      '{"explain":{"checkpoints":[0,-2]}}',
      'line 1, column 30 (explain.checkpoints[1]): out of range: found -2, expected a whole number from 0 to 10000',
    ],
    [
      '{"model":{"inputSize":64},"explain":{"method":"occlusion","parameters":{"window":65}}}',
      'line 1, column 82 (explain.parameters.window): Occlusion does not take this parameter: found 65, expected a whole number from 1 to 64',
    ],
    [
      '{"explain":{"method":"rise","parameters":{"masks":0}}}',
      'line 1, column 51 (explain.parameters.masks): out of range: found 0, expected a whole number from 1 to 10000',
    ],
    [
      '{"explain":{"method":"integrated_gradients","parameters":{"baseline":"white"}}}',
      'line 1, column 70 (explain.parameters.baseline): wrong value: found "white", expected "black", "mean" or "blur"',
    ],
    [
      '{"explain":{"checkpoints":"every"}}',
      'line 1, column 27 (explain.checkpoints): wrong value: found "every", expected "all" or a list of 1 to 10001, each a whole number from 0 to 10000',
    ],
    [
      '{"perturbations":[{"kind":"rotation","degrees":[30]}]}',
      'line 1, column 48 (perturbations[0].degrees): wrong length: found a list of 1, expected a list of 2, each a number from -180 to 180',
    ],
    [
      '{"perturbations":[{"kind":"corruption","name":"contrast","rounds":3}]}',
      'line 1, column 67 (perturbations[0].rounds): contrast draws nothing at random, so every round would be the same: found 3, expected 1, or no "rounds"',
    ],
    [
      '{"perturbations":[{"kind":"corruption","name":"glas_blur"}]}',
      'line 1, column 47 (perturbations[0].name): wrong value: found "glas_blur", expected "gaussian_noise", "shot_noise", "impulse_noise", "speckle_noise", "gaussian_blur", "defocus_blur", "glass_blur", "zoom_blur", "brightness", "contrast", "saturate", "pixelate" or "jpeg_compression". Did you mean "glass_blur"?',
    ],
    [
      '{"perturbations":[{"kind":"corruption","name":"contrast","severity":6}]}',
      'line 1, column 69 (perturbations[0].severity): out of range: found 6, expected a whole number from 1 to 5',
    ],
    [
      '{"perturbations":[{"kind":"noise"}]}',
      'line 1, column 27 (perturbations[0].kind): wrong value: found "noise", expected "gaussianNoise", "rotation", "translation", "shear", "occlusion" or "corruption"',
    ],
  ])('says what is wrong with %s', (text, sentence) => {
    expect(sentences(text)).toEqual([sentence]);
  });

  it.each(['a/b', '..', '.', '', 'ü ö', 'x'.repeat(101)])('refuses the name %j', (name) => {
    expect(problems(JSON.stringify({ name })).map(({ path }) => path)).toEqual([['name']]);
  });

  it('names an unknown field and the nearest known one, with the place of its name', () => {
    const text = '{\n  "training": { "batch_size": 32 }\n}';
    const [problem] = problems(text);
    expect(problem).toMatchObject({
      line: 2,
      column: 17,
      summary: 'unknown field "batch_size"',
      replacement: '"batchSize"',
    });
    expect(text.slice(problem?.offset, (problem?.offset ?? 0) + (problem?.length ?? 0))).toBe('"batch_size"');
  });

  it('says where a field belongs that stands outside its section', () => {
    expect(problems('{"epochs":3}')[0]?.advice).toBe('It belongs in "training".');
  });

  it('lists all problems in the order of the text', () => {
    const text = '{"training":{"epochs":-1,"foo":1},"model":{"inputSize":"x"},"name":7}';
    expect(problems(text).map(({ path }) => path.join('.'))).toEqual([
      'training.epochs',
      'training.foo',
      'model.inputSize',
      'name',
    ]);
  });

  it('says once that a number is too large', () => {
    const parsed = parseStudy('{ "training": { "epochs": 1e308 } }', 'a.epochlens.json');
    expect(parsed).toMatchObject({ ok: false, problems: [{ summary: 'out of range', found: '1e308' }] });
  });

  it('refuses a field that is given twice, also in a nested object', () => {
    expect(sentences('{"training":{\n"seed":1,\n"seed":2}}')).toEqual([
      'line 3, column 1 (training.seed): the field "seed" is given twice: expected it once; it is on line 2 already',
    ]);
  });

  it('refuses __proto__ like any other unknown field', () => {
    expect(problems('{"__proto__":{"epochs":3}}')[0]?.summary).toBe('unknown field "__proto__"');
  });
});

describe('syntax', () => {
  it.each([
    ['', 'line 1, column 1: the file is empty: expected a JSON object, such as {}'],
    [' \n', 'line 1, column 1: the file is empty: expected a JSON object, such as {}'],
    ['// only this', 'line 1, column 13: a value is missing: found the end of the file, expected a value'],
    ['{', 'line 1, column 2: an object is not closed: found the end of the file, expected "}"'],
    ['{\n"name" "a"}', 'line 2, column 8: a colon is missing: found "a", expected ":" between name and value'],
    ['{}}', 'line 1, column 3: there is something after the end: found }, expected the end of the file'],
    ['/* x', 'line 1, column 1: a comment is not closed: found /* x, expected "*/"'],
    [
      '{"name": nul}',
      'line 1, column 10: not a JSON value: found nul, expected text in double quotes, a number, true, false or null',
    ],
  ])('%j', (text, sentence) => {
    expect(sentences(text)).toEqual([sentence]);
  });

  it('survives a hundred thousand open brackets', () => {
    expect(problems('['.repeat(200_000))[0]?.summary).toBe('the text is nested too deeply');
  });

  it('passes over a byte order mark, whose place counts in offsets but not in columns', () => {
    expect(parseStudy('\uFEFF{}', 'x').ok).toBe(true);
    expect(problems('\uFEFF{"x":1}')[0]).toMatchObject({ offset: 2, length: 3, column: 2 });
  });

  it('counts lines that end in CR LF', () => {
    expect(problems('{\r\n"x":1}')[0]).toMatchObject({ line: 2, column: 1 });
  });
});

describe('fields that contradict each other', () => {
  it.each([
    ['{"model":{"weights":"imagenet"}}', 'model.weights', 'there are no ImageNet weights for resnet20'],
    [
      '{"training":{"epochs":2},"explain":{"checkpoints":[0,3]}}',
      'explain.checkpoints.1',
      'training ends before this epoch',
    ],
    ['{"training":{"epochs":2,"warmupEpochs":3}}', 'training.warmupEpochs', 'the warm-up is longer than the training'],
    [
      '{"training":{"batchSize":8,"microBatchSize":9}}',
      'training.microBatchSize',
      'the parts of a batch are larger than the batch',
    ],
    [
      '{"explain":{"method":"occlusion","parameters":{"steps":3}}}',
      'explain.parameters.steps',
      'Occlusion does not take this parameter',
    ],
    ['{"explain":{"images":{}}}', 'explain.images', 'no image is chosen'],
    [
      '{"explain":{"images":{"test":[1],"random":2}}}',
      'explain.images',
      'images are chosen both by index and at random',
    ],
    [
      '{"perturbations":[{"kind":"rotation","degrees":[5,-5]}]}',
      'perturbations.0.degrees',
      'the smallest angle is above the largest',
    ],
  ])('%s', (text, path, summary) => {
    expect(problems(text).map((problem) => [problem.path.join('.'), problem.summary])).toEqual([[path, summary]]);
  });
});
