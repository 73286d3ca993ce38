/** Weights of which some are drawn anew. */
import { classifierTensors, parameterGroups, type ParameterGroup } from '../../architectures';
import { createRandom } from '../../common/random';
import { toTensorflowOrder } from '../../models/layout';
import type { Model } from '../../models/model';
import { initialState, type Weights } from '../../models/weights';

/** In forward order. */
export function groupsOf({ network, tensors }: Model): ParameterGroup[] {
  const classifier = network.file && classifierTensors(network, tensors);
  return parameterGroups(tensors, network.architecture.stageOf, classifier?.size === 0 ? undefined : classifier);
}

/** Which groups are re-drawn: from the head down, or each alone. */
export interface Redrawing {
  readonly order: 'cascading' | 'alone';
  readonly group: string;
  /** All that are re-drawn, in forward order. */
  readonly groups: readonly string[];
}

/** Of a network of n groups 2n: the cascade from the head down, then each group alone in the same order. */
export function redrawings(model: Model): Redrawing[] {
  const names = groupsOf(model).map(({ name }) => name);
  const fromHead = [...names].reverse();
  return [
    ...fromHead.map((group) => ({ order: 'cascading' as const, group, groups: names.slice(names.indexOf(group)) })),
    ...fromHead.map((group) => ({ order: 'alone' as const, group, groups: [group] })),
  ];
}

/**
 * The trained weights with the parameters of some groups drawn by the architecture's own initialisation. The draws have a
 * stream of their own: the seed that a training began with does not give its first weights again.
 */
export function redraw(model: Model, trained: Weights, names: readonly string[], key: RedrawKey): Weights {
  const isRedrawn = tensorsOf(model, names);
  const seed = createRandom('sanity weights', key.seed, key.draw).integer(2 ** 32);
  const fresh = initialState(model, seed, ({ name }) => isRedrawn.has(name));
  const parameters = trained.parameters.slice();
  let offset = 0;
  for (const { tensor, length } of model.parameters) {
    const data = fresh.get(tensor.name);
    if (data !== undefined) toTensorflowOrder(tensor, data, parameters.subarray(offset, offset + length));
    offset += length;
  }
  return { ...trained, parameters };
}

export interface RedrawKey {
  readonly seed: number;
  /** From 0. */
  readonly draw: number;
}

/** The place in the model's statistics from which on batch norm sees something else; as many as there are: none does. */
export function firstChanged(model: Model, names: readonly string[]): number {
  const isRedrawn = tensorsOf(model, names);
  const first = model.tensors.findIndex(({ name }) => isRedrawn.has(name));
  return model.tensors.slice(0, first).filter(({ role }) => role === 'runningMean').length;
}

function tensorsOf(model: Model, names: readonly string[]): ReadonlySet<string> {
  return new Set(groupsOf(model).flatMap(({ name, tensors }) => (names.includes(name) ? tensors : [])));
}
