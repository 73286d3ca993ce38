/** Every heatmap method that was used: its source, settings, layer, size and enlargement. */
import { chooseMethod, METHODS, methodText, type ExplanationMethod } from '../../explanations';
import { findTargetLayer } from '../../architectures';
import { declarationOfRun } from '../../runs';
import type { RunContent } from '../content';
import type { ReferenceKey } from '../references/entries';
import { usedMethods } from '../usedMethods';
import { entry, group, type Methods, type MethodsEntry } from './entry';

/** By the method's id. */
export const METHOD_SOURCES: Readonly<Record<string, readonly ReferenceKey[]>> = {
  gradcam: ['selvaraju2017gradcam'],
  hirescam: ['draelos2020hirescam'],
  layercam: ['jiang2021layercam'],
  'gradcam++': ['chattopadhay2018gradcampp'],
  xgradcam: ['fu2020xgradcam'],
  integrated_gradients: ['sundararajan2017axiomatic'],
  smoothgrad: ['smilkov2017smoothgrad'],
  input_x_gradient: ['shrikumar2016blackbox'],
  occlusion: ['zeiler2014visualizing'],
  rise: ['petsiuk2018rise'],
  kernel_shap: ['lundberg2017shap'],
};

export const heatmapMethods: Methods = (run) =>
  group('Heatmaps', [...usedMethods(run).map((id) => methodEntry(run, id)), shownEntry(run)]);

function methodEntry(run: RunContent, id: string): MethodsEntry {
  const method = METHODS.find((each) => each.id === id);
  if (method === undefined) return entry(id, 'A method of another version, of which this one knows the name alone.');
  return entry(
    method.name,
    `${methodText(method)} “${id}” in study files, version ${method.version}. ${sizeText(run, method)}${settingsText(run, method)} ${method.rectified ? 'Its authors’ map keeps positive values only, and so does what is shown; rankings use the map before that.' : 'Values keep their sign: negative ones speak against the class.'}`,
    ...(METHOD_SOURCES[id] ?? []),
  );
}

function sizeText({ run, asked }: RunContent, method: ExplanationMethod): string {
  const { inputSize } = run.study.model;
  if (method.resolution === 'input')
    return `The map has a value for each of the input’s ${inputSize}×${inputSize} pixels.`;
  const { layer } = asked.explain;
  const found = typeof layer === 'string' ? findTargetLayer(declarationOfRun(run), layer) : undefined;
  return found === undefined
    ? `It is computed at ${JSON.stringify(layer)}.`
    : `It is computed at ${found.name}${layer === 'auto' ? ', the layer that “auto” means here' : ''}, of ${found.height}×${found.width} cells.`;
}

function settingsText({ asked: { explain } }: RunContent, method: ExplanationMethod): string {
  if (Object.keys(method.parameters).length === 0) return '';
  const { parameters } = chooseMethod(method.id, method.id === explain.method ? explain.parameters : undefined);
  const settings = Object.entries(parameters).map(([name, value]) => `${name} ${value}`);
  return ` Settings: ${settings.join(', ')}.`;
}

function shownEntry({ run }: RunContent): MethodsEntry {
  return entry(
    'How they are shown',
    `Maps are of the class that the checkpoint predicts for the image, unless it says otherwise, by the gradient of its logit where a gradient is taken, with running statistics of batch normalisation. A picture enlarges the map bilinearly with half-pixel centres over the image (network input ${run.study.model.inputSize}×${run.study.model.inputSize}) and scales it by its own least and greatest value: colours compare places of one map, never two maps. All measures use raw maps on their own grid. A map that is the same everywhere is called flat, and is compared with nothing.`,
  );
}
