import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/common/errors';
import { explainedLayer } from '../../../src/computations/heatmaps/explained';
import {
  chooseMethod,
  coincidingMethods,
  laterMethodKey,
  methodKey,
  methodOfKey,
  METHOD_IDS,
  METHODS,
  passesOf,
} from '../../../src/explanations';
import { DESCRIPTIONS, hasClosedForm } from '../../../src/explanations/descriptions';
import { GRADIENTS_AS_WEIGHTS, inputMethod } from '../../../src/explanations/method';
import { parametersSchema, rangeText } from '../../../src/explanations/descriptions/parameters';
import { createModel } from '../../../src/models/model';

describe('the list of methods', () => {
  it('has each id once, as its authors write it, with a paper and one sentence', () => {
    expect(METHOD_IDS.slice(0, 3)).toEqual(['gradcam', 'hirescam', 'layercam']);
    expect(new Set(METHOD_IDS).size).toBe(METHODS.length);
    for (const { id, source, description } of METHODS) {
      expect(id).toMatch(/^[a-z][a-z0-9_+]*$/);
      expect(source).toMatch(/ (19|20)\d\d$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('is taken from with the first as the default, and refuses what it does not have', () => {
    expect(chooseMethod().method.id).toBe('gradcam');
    expect(() => chooseMethod('GradCAM', {}, 'explain.method')).toThrow(InputError);
    expect(() => chooseMethod('GradCAM', {}, 'explain.method')).toThrow(
      `explain.method: no such explanation method: found "GradCAM", expected one of ${METHOD_IDS.join(', ')}`,
    );
    expect(() => chooseMethod('layercam', { steps: 3 })).toThrow(
      'parameters.steps: LayerCAM does not take this parameter: found 3, expected none',
    );
  });
});

it('what is described of methods is what they are', () => {
  expect(METHODS.map(({ id }) => id)).toEqual(DESCRIPTIONS.map(({ id }) => id));
  for (const method of METHODS) {
    const weights = method.needs === 'activationsAndGradients' ? method.channelWeights : undefined;
    expect(hasClosedForm(method), method.id).toBe(weights !== undefined);
    if (method.needs === 'activationsAndGradients')
      expect(method.closedForm === 'linear', method.id).toBe(weights === GRADIENTS_AS_WEIGHTS);
  }
});

describe('a kept result', () => {
  it('names Grad-CAM as earlier versions did, and other methods with their version', () => {
    expect(methodKey(chooseMethod('gradcam'))).toEqual({ method: 'gradcam 1' });
    expect(laterMethodKey(chooseMethod('gradcam'))).toBeUndefined();
    expect(laterMethodKey(chooseMethod('layercam'))).toEqual({ method: 'layercam 1' });
  });

  it('names seeds and parameters, so that other ones are other results', () => {
    expect(methodKey(chooseMethod('smoothgrad', { seed: 2 }))).toEqual({
      method: 'smoothgrad 1',
      parameters: { samples: 50, noise: 0.15, seed: 2 },
    });
    expect(methodKey(chooseMethod('occlusion', { fill: 'black' }))).toEqual({
      method: 'occlusion 1',
      parameters: { window: 8, stride: 4, fill: 'black' },
    });
    expect(methodKey(chooseMethod('kernel_shap')).parameters).toEqual({
      grid: 4,
      samples: 1000,
      seed: 1,
      fill: 'mean',
    });
  });

  it('says which method it is of, unless this version does not have it', () => {
    for (const method of METHODS) expect(methodOfKey(methodKey(chooseMethod(method.id)))?.method).toBe(method);
    expect(methodOfKey({ method: 'layercam 2' })).toBeUndefined();
  });
});

describe('parameters', () => {
  const smooth = inputMethod({
    id: 'smooth',
    name: 'Smooth',
    description: 'For this test.',
    source: 'This test 2026',
    version: 3,
    parameters: {
      samples: { kind: 'whole', default: 8, minimum: 1, maximum: 100, description: 'How often.' },
      side: { kind: 'choice', default: 'left', choices: ['left', 'right'], description: 'Where.' },
    },
    rectified: false,
    steps: ({ samples }) => samples,
    point: (_, { images }) => ({ images, weight: 1 }),
    map: (tf, _, gradient) => tf.sum(gradient, 3),
  });
  const chosen = { method: smooth, parameters: parametersSchema(smooth.parameters).parse({ samples: 5 }) };

  it('are part of the key, with their defaults', () => {
    expect(methodKey(chosen)).toEqual({ method: 'smooth 3', parameters: { samples: 5, side: 'left' } });
  });

  it('are refused by their names, with what they may be', () => {
    const schema = parametersSchema(smooth.parameters);
    for (const wrong of [{ samples: 0 }, { samples: 1.5 }, { side: 'up' }, { steps: 3 }, { samples: '5' }])
      expect(schema.safeParse(wrong).success).toBe(false);
    expect(Object.values(smooth.parameters).map(rangeText)).toEqual([
      'a whole number from 1 to 100',
      'one of left, right',
    ]);
  });

  it('leave a map of the input its size, under any layer that there is and the name in its results', () => {
    const model = createModel('resnet20', 32, 10);
    for (const layer of ['auto', 'layer2', 'input'])
      expect(explainedLayer(model, chosen, layer)).toMatchObject({ name: 'input', height: 32, width: 32 });
    expect(() => explainedLayer(model, chosen, 'layer9')).toThrow('no such layer');
    expect(() => explainedLayer(model, chooseMethod(), 'input')).toThrow('no such layer');
    expect(() => explainedLayer(model, chosen, 'mean(layer2,layer3)', '--layer')).toThrow(
      '--layer: Smooth has no layers to fuse: found "mean(layer2,layer3)", expected one layer, or a method of a layer: gradcam, hirescam',
    );
  });

  it('say what a map costs: of a layer for all classes, of the input for one', () => {
    const model = { classes: 10, inputSize: 32 };
    expect(passesOf(chosen, model, false)).toEqual({ forward: 6, backward: 5 });
    expect(passesOf(chooseMethod('layercam'), model, false)).toEqual({ forward: 10, backward: 10 });
    expect(passesOf(chooseMethod('layercam'), model, true)).toEqual({ forward: 1, backward: 0 });
  });
});

it('Grad-CAM, HiResCAM and XGrad-CAM coincide behind average pooling and a linear layer, and no others do', () => {
  const others = (id: string) => coincidingMethods(chooseMethod(id).method).map((other) => other.id);
  expect(others('gradcam')).toEqual(['hirescam', 'xgradcam']);
  expect(others('hirescam')).toEqual(['gradcam', 'xgradcam']);
  expect(others('layercam')).toEqual([]);
  expect(others('gradcam++')).toEqual([]);
});
