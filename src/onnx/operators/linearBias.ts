/** A sum that is the bias of a linear layer. */
import type { Dimension } from '../../architectures';
import { same } from '../dimensions';
import type { Plan } from '../plan/plan';
import type { Computed, Value } from '../values';

/** The bias that follows a linear layer: a vector of its module. Undefined of any other sum. */
export function linearBias(plan: Plan, a: Value, b: Value): Computed | undefined {
  const [product, bias] = a.kind === 'computed' ? [a, b] : [b, a];
  const from = product.kind === 'computed' ? plan.linear.get(product.id) : undefined;
  if (from === undefined || product.kind !== 'computed' || !plan.mayTake(bias, 'bias')) return undefined;
  const last = product.shape.at(-1) as Dimension;
  if (bias.shape.length !== 1 || !same(bias.shape[0] as Dimension, last)) return undefined;
  const shape = [last as number];
  const wanted = { role: 'bias', shape, order: [0], name: `${from.module}.bias`, fanIn: from.fanIn } as const;
  return plan.compute(
    { kind: 'binary', function: 'add' },
    [plan.inFileOrder(product), plan.parameter(bias, wanted)],
    product.shape,
  );
}
