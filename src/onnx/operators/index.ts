/** Every operator that is read, by ONNX's name. A new one is a line in a file of its family, a new family a line here. */
import type { Operator, Operators } from '../node';
import { activations } from './activations';
import { constants } from './constants';
import { control } from './control';
import { convolution } from './convolution';
import { elementwise } from './elementwise';
import { matrices } from './matrices';
import { normalisation } from './normalisation';
import { pooling } from './pooling';
import { products } from './einsum';
import { quantised } from './quantised';
import { reductions } from './reductions';
import { resizing } from './resize';
import { shapes } from './shapes';
import { slicing } from './slicing';
import { gathering } from './gathering';
import { joining } from './joining';

const OPERATORS: Operators = {
  ...activations,
  ...constants,
  ...control,
  ...convolution,
  ...elementwise,
  ...matrices,
  ...normalisation,
  ...pooling,
  ...products,
  ...quantised,
  ...reductions,
  ...resizing,
  ...shapes,
  ...slicing,
  ...gathering,
  ...joining,
};

export function operatorCalled(name: string): Operator | undefined {
  return Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
}

export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS).sort();
