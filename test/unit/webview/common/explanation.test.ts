import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../../src/explanations';
import {
  explanationKey,
  explanationName,
  requestOf,
  shownExplanation,
  shownExplanations,
  studyExplanation,
  type ExplainedView,
  type MethodChoice,
} from '../../../../webview/common/explanation';
import { fusedLayers, fusedName, layerOf } from '../../../../webview/common/layer';
import { costText } from '../../../../webview/frame/costText';
import { methodSentence } from '../../../../webview/frame/methodText';
import { parameterSentence } from '../../../../webview/frame/parameterText';

const layer = (name: string, closedForm: boolean) => ({
  name,
  channels: 8,
  height: 8,
  width: 8,
  aliases: [],
  tokens: null,
  closedForm,
});
const view: ExplainedView = {
  classNames: ['cat', 'dog', 'ring'],
  inputSize: 32,
  layers: [layer('inner', false), layer('last', true)],
  studyLayer: 'last',
  studyMethod: 'occlusion',
  studyParameters: { window: 4 },
};
const choice = (id: string, parameters: MethodChoice['parameters'] = {}): MethodChoice => ({ id, parameters });

describe('the methods that are shown', () => {
  it('are the study’s with its settings where none is chosen', () => {
    const [shown, ...others] = shownExplanations(view, [], 'last');
    expect(others).toEqual([]);
    expect(explanationName(shown)).toBe('Occlusion (window 4)');
    expect(requestOf(shown)).toMatchObject({ method: 'occlusion', parameters: { window: 4, stride: 4 } });
  });

  it('are shown once where they coincide, and by themselves at an inner layer', () => {
    const choices = ['gradcam', 'layercam', 'hirescam', 'xgradcam'].map((id) => choice(id));
    const at = (name: string) =>
      shownExplanations(view, choices, name).map(({ method, sameAs }) => [method.id, sameAs]);
    expect(at('last')).toEqual([
      ['gradcam', ['HiResCAM', 'XGrad-CAM']],
      ['layercam', []],
    ]);
    expect(at('inner').map(([id]) => id)).toEqual(['gradcam', 'layercam', 'hirescam', 'xgradcam']);
    expect(at('mean(inner, last)')).toHaveLength(4);
  });

  it('fall back to what there is where a choice is of another version', () => {
    expect(shownExplanation(view, choice('gone'), 'last').method.id).toBe('occlusion');
    expect(shownExplanation(view, choice('rise', { masks: -1, old: 3 }), 'last').parameters).toMatchObject({
      masks: 500,
    });
    expect(shownExplanation({ ...view, studyMethod: 'gone' }, null, 'last').method.id).toBe('gradcam');
  });

  it('have a layer where they look at one', () => {
    const [rise, gradCam] = [choice('rise'), choice('gradcam')].map((each) => shownExplanation(view, each, 'inner'));
    expect([rise, gradCam].map((shown) => requestOf(shown!).layer)).toEqual(['input', 'inner']);
    expect(explanationKey(requestOf(shownExplanation(view, choice('rise'), 'last')))).toBe(rise?.key);
    expect(shownExplanation(view, choice('gradcam'), 'last').key).not.toBe(gradCam?.key);
    // In the study, a fusion of layers and a method without a layer contradict each other.
    expect(studyExplanation(shownExplanation(view, choice('rise'), 'mean(inner, last)')).layer).toBe('auto');
    expect(studyExplanation(shownExplanation(view, choice('rise'), 'inner')).layer).toBe('inner');
  });
});

describe('layers', () => {
  it('are fused by name', () => {
    expect(fusedLayers('last')).toBeUndefined();
    const fused = fusedLayers('maximum(inner,last)');
    expect(fused).toEqual({ fusion: 'maximum', layers: ['inner', 'last'] });
    expect(fused && fusedName(fused)).toBe('maximum(inner, last)');
    expect(layerOf(view, 'mean(inner, last)')).toBe('mean(inner, last)');
    expect([layerOf(view, 'mean(inner, gone)'), layerOf(view, 'gone'), layerOf(view, null)]).toEqual(
      Array(3).fill('last'),
    );
  });
});

describe('words', () => {
  it('of the cost, before anything is computed', () => {
    const cost = (id: string, name: string, parameters: MethodChoice['parameters'] = {}) =>
      costText(view, shownExplanation(view, choice(id, parameters), name), name, { images: 5, epochs: 3 });
    const of = 'images × checkpoints: 5 × 3';
    expect(cost('gradcam', 'last')).toBe(`Forward passes: 1 an image, 15 in all (${of}).`);
    expect(cost('gradcam', 'inner')).toBe(`Forward and backward passes: 3 and 3 an image, 45 and 45 in all (${of}).`);
    expect(cost('integrated_gradients', 'last', { steps: 10 })).toBe(
      `Forward and backward passes: 12 and 10 an image and class, 180 and 150 in all (${of}).`,
    );
    // The windows of 16 stand at 0, 4, …, 16 of 32 pixels.
    expect(cost('occlusion', 'last', { window: 16 })).toMatch(/^Forward passes: 26 an image and class, 390 in all/);
  });

  it('of methods and settings are those of their records', () => {
    for (const method of METHODS) {
      expect(methodSentence(method)).toBe(method.description);
      expect(methodSentence({ ...method, description: 'another' }), method.id).not.toBe('another');
      for (const [name, record] of Object.entries(method.parameters)) {
        expect(parameterSentence(method.id, name, record)).toBe(record.description);
        expect(parameterSentence(method.id, name, { ...record, description: 'another' }), name).not.toBe('another');
      }
    }
  });
});
