/** Finding the state dict in what a training script has saved. */
import { InputError } from '../../../common/errors';
import { describeValue } from '../pickle/interpret';
import { Tensor, type Value } from '../pickle/values';
import type { StoredState, StoredTensor } from '../stored';
import { storedTensor } from './tensor';

/** Under which names scripts keep it, the likeliest first. */
const KEYS = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'weights', 'params', 'state_dict_ema'];
const DEEPEST = 3;
const MOST_FACTS = 100;
const LONGEST_FACT = 200;

/** The tensors, and as metadata the numbers and texts that lie beside the state dict. @throws InputError */
export function stateIn(value: Value, file: string): StoredState {
  const found = findState(value, DEEPEST);
  if (found === undefined) {
    throw new InputError('no state dict', {
      file,
      found: value instanceof Map ? `a dict of ${keysText(value)}` : describeValue(value),
      expected: `a dict of tensors, plain or under ${KEYS.slice(0, 4).join(', ')}`,
      advice: 'Save it by torch.save(model.state_dict(), "weights.pth").',
    });
  }
  const tensors = new Map<string, StoredTensor>();
  for (const [name, tensor] of found) {
    if (typeof name === 'string' && tensor instanceof Tensor) tensors.set(name, storedTensor(tensor, name, file));
  }
  return { tensors, metadata: value instanceof Map && value !== found ? factsOf(value) : {} };
}

function findState(value: Value | undefined, depth: number): Map<Value, Value> | undefined {
  if (!(value instanceof Map) || depth === 0) return undefined;
  for (const key of KEYS) {
    const inner = findState(value.get(key), depth - 1);
    if (inner !== undefined) return inner;
  }
  return [...value.values()].some((each) => each instanceof Tensor) ? value : undefined;
}

function keysText(value: Map<Value, Value>): string {
  const keys = [...value.keys()].slice(0, 8).map((key) => describeValue(key));
  return keys.length === 0 ? 'nothing' : keys.join(', ');
}

function factsOf(value: Map<Value, Value>): Record<string, string> {
  const facts: [string, string][] = [];
  for (const [key, fact] of value) {
    if (typeof key !== 'string' || facts.length === MOST_FACTS) continue;
    const isPlain = typeof fact === 'number' || typeof fact === 'bigint' || typeof fact === 'string';
    if (isPlain) facts.push([key, String(fact).slice(0, LONGEST_FACT)]);
  }
  return Object.fromEntries(facts);
}
