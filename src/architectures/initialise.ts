/** How fresh tensors are drawn: PyTorch's, timm's and He's rules, for architectures to choose from. */
import type { Initialiser, TensorDeclaration } from './architecture';

/** He et al. 2015b: N(0, √(2 / fan-out)), of a depthwise filter over its own channel alone. */
export function fanOut({ role, shape }: TensorDeclaration): Initialiser {
  const [outputs = 1, , height = 1, width = 1] = shape;
  const fan = (role === 'depthwise' ? 1 : outputs) * height * width;
  return normal(Math.sqrt(2 / fan));
}

/** PyTorch's default for convolutions and linear layers: U(±1/√fan-in). */
export function fanIn({ shape }: TensorDeclaration): Initialiser {
  const [, inputs = 1, height = 1, width = 1] = shape;
  return { kind: 'uniform', bound: 1 / Math.sqrt(inputs * height * width) };
}

/** PyTorch's default for a bias: U(±1/√fan-in) of its layer. */
export function defaultBias({ fanIn: inputs = 1 }: TensorDeclaration): Initialiser {
  return { kind: 'uniform', bound: 1 / Math.sqrt(inputs) };
}

/** Ones for scales and running variances, zeros for all other vectors. */
export function onesAndZeros({ role }: TensorDeclaration): Initialiser {
  return constant(role === 'scale' || role === 'runningVariance' ? 1 : 0);
}

export function constant(value: number): Initialiser {
  return { kind: 'constant', value };
}

export function normal(standardDeviation: number): Initialiser {
  return { kind: 'normal', standardDeviation };
}
