/** Draws steps that belong together as one box, until there are few enough to be looked at. */
import { commonModule, contract, firstName } from './contract';
import type { MapBox, NetworkMap } from './networkMap';

/** What is computed value by value, and is drawn with what it follows. */
const LIGHT = new Set([
  ...[
    'batchNorm',
    'layerNorm',
    'scaleBy',
    'normalise',
    'lpNormalise',
    'reshape',
    'transpose',
    'flatten',
    'pad',
    'softmax',
    'logSoftmax',
  ],
  ...['relu', 'sigmoid', 'silu', 'tanh', 'hardSwish', 'hardSigmoid', 'mish', 'gelu', 'geluTanh', 'leakyRelu', 'elu'],
  ...['celu', 'selu', 'softplus', 'softsign', 'erf', 'clip', 'exp', 'sqrt', 'reciprocal', 'negate', 'absolute'],
]);

/** @param most boxes, where modules can be folded that far */
export function collapse(steps: readonly MapBox[], most: number): NetworkMap {
  let boxes = contract(steps, chains(steps), firstName);
  const deepest = Math.max(0, ...boxes.map(({ name }) => depthOf(name)));
  for (let depth = deepest - 1; depth > 0 && boxes.length > most; depth--)
    boxes = contract(boxes, modules(boxes, depth), commonModule);
  return boxes;
}

/** A step that is light and alone in what follows another, at the same size, goes with it. */
function chains(steps: readonly MapBox[]): number[] {
  const takers = steps.map(() => 0);
  for (const { inputs } of steps) for (const input of inputs) takers[input] = (takers[input] as number) + 1;
  const group = steps.map((_, at) => at);
  steps.forEach((step, at) => {
    const [before, ...more] = step.inputs;
    if (before === undefined || more.length > 0 || takers[before] !== 1 || !isLight(step)) return;
    const { height, width } = steps[before] as MapBox;
    if (height * width === step.height * step.width) group[at] = group[before] as number;
  });
  return group;
}

function isLight({ operations: [operation = ''] }: MapBox): boolean {
  return LIGHT.has(operation);
}

function modules(boxes: readonly MapBox[], depth: number): number[] {
  const first = new Map<string, number>();
  const names: string[] = [];
  return boxes.map(({ name, inputs }, at) => {
    // What nothing names, such as a sum, is of the module that the last of its inputs is in.
    const own = name === '' ? parentOf(names[Math.max(...inputs)] ?? '') : name;
    names.push(own);
    const parts = own.split('.');
    const module = parts.slice(0, depth).join('.');
    if (own === '' || parts.length < depth) return at;
    const group = first.get(module) ?? at;
    first.set(module, group);
    return group;
  });
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function depthOf(name: string): number {
  return name === '' ? 0 : name.split('.').length;
}
