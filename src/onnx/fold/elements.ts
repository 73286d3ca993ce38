/** Functions of numbers, and of lengths that follow the number of images, where those are exact. */
import type { Dimension } from '../../architectures';
import { coefficient, isNumber, same } from '../dimensions';
import type { Family } from '../proto/numbers';
import { Refused } from '../refused';
import { count, empty, expanded } from './arrays';
import { broadcast, numbers } from '../dimensions';
import type { Known } from '../values';

type Numbers = (a: number, b: number) => number;

const ARITHMETIC: Readonly<Record<string, Numbers>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Min: Math.min,
  Max: Math.max,
  Mod: (a, b) => a - Math.floor(a / b) * b,
};

const COMPARISONS: Readonly<Record<string, Numbers>> = {
  Equal: (a, b) => Number(a === b),
  Greater: (a, b) => Number(a > b),
  GreaterOrEqual: (a, b) => Number(a >= b),
  Less: (a, b) => Number(a < b),
  LessOrEqual: (a, b) => Number(a <= b),
  And: (a, b) => Number(a !== 0 && b !== 0),
  Or: (a, b) => Number(a !== 0 || b !== 0),
  Xor: (a, b) => Number((a !== 0) !== (b !== 0)),
};

export const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Abs: Math.abs,
  Neg: (x) => -x,
  Ceil: Math.ceil,
  Floor: Math.floor,
  // Halves go to the even number.
  Round: (x) => (x % 1 === 0.5 || x % 1 === -0.5 ? 2 * Math.round(x / 2) : Math.round(x)),
  Sign: Math.sign,
  Sqrt: Math.sqrt,
  Reciprocal: (x) => 1 / x,
  Exp: Math.exp,
  Log: Math.log,
  Sin: Math.sin,
  Cos: Math.cos,
  Tanh: Math.tanh,
  Sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  Relu: (x) => Math.max(0, x),
  Not: (x) => Number(x === 0),
};

/** @throws Refused of a length that follows the number of images and comes out of it as none */
export function foldBinary(operator: string, a: Known, b: Known): Known {
  const compares = operator in COMPARISONS;
  const compute = (ARITHMETIC[operator] ?? COMPARISONS[operator]) as Numbers;
  const family: Family = compares ? 'boolean' : a.family === 'float' || b.family === 'float' ? 'float' : 'integer';
  const shape = numbers(broadcast(a.shape, b.shape));
  const [left, right] = [expanded(a, shape).data, expanded(b, shape).data];
  const total = count(shape);
  const isExact = family !== 'float' || hasLengths(a) || hasLengths(b);
  const result = empty(isExact ? [] : new Float32Array(), total);
  const isWhole = operator === 'Div' && family === 'integer';
  for (let i = 0; i < total; i++) {
    const [x, y] = [left[i] as Dimension, right[i] as Dimension];
    if (isNumber(x) && isNumber(y)) result[i] = isWhole ? Math.trunc(x / y) : compute(x, y);
    else (result as Dimension[])[i] = ofLengths(operator, x, y);
  }
  return { kind: 'known', family, shape, data: result };
}

/** Whether something in it follows the number of images. */
export function hasLengths({ data }: Known): boolean {
  return Array.isArray(data) && data.some((each: Dimension) => !isNumber(each));
}

function ofLengths(operator: string, a: Dimension, b: Dimension): Dimension {
  const [x, y] = [coefficient(a), coefficient(b)];
  const both = !isNumber(a) && !isNumber(b);
  if (operator === 'Equal') return Number(same(a, b));
  if (operator === 'Mul' && !both) return x * y === 0 ? 0 : { batch: x * y };
  if (operator === 'Div' && both && x % y === 0) return x / y;
  if (operator === 'Div' && isNumber(b) && x % y === 0) return { batch: x / y };
  if ((operator === 'Add' || operator === 'Sub') && (both || x === 0 || y === 0)) {
    const sum = operator === 'Add' ? x + y : x - y;
    return sum === 0 ? 0 : { batch: sum };
  }
  if (operator === 'Mod' && isNumber(b) && x % y === 0) return 0;
  // A length is at least as long as one image's.
  if (!both && /^(Greater|Less)/.test(operator) && (isNumber(b) ? y <= 0 : x <= 0)) {
    return Number(operator.startsWith('Greater') === isNumber(b));
  }
  if (operator === 'Max' && (isNumber(b) ? y <= 1 : x <= 1)) return isNumber(b) ? a : b;
  throw new Refused('a length that the number of images plays into', 'one that is fixed, or a multiple of it');
}

export function foldUnary({ family, shape, data }: Known, compute: (x: number) => number): Known {
  const result = empty(data, data.length);
  for (let i = 0; i < data.length; i++) {
    const x = data[i] as Dimension;
    if (!isNumber(x)) throw new Refused('a length that the number of images plays into', 'a fixed one');
    result[i] = compute(x);
  }
  return { kind: 'known', family, shape, data: result };
}
