/**
 * The operations that a graph from a file is made of, once it has been read: few, with everything about them in numbers.
 * Feature maps are NHWC, whatever the file has; axes count from 0, in the order in which the tensor lies in memory.
 */

export type Pair = readonly [height: number, width: number];

/** Positions that are added, or, where negative, left out. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A number, or so many times the number of images: `{ batch: 1 }` is the batch itself. */
export type Dimension = number | { readonly batch: number };
export type Shape = readonly Dimension[];

/** Of one tensor, element by element, with what they need of numbers. */
export type UnaryFunction =
  | {
      readonly name:
        | 'relu'
        | 'sigmoid'
        | 'silu'
        | 'tanh'
        | 'exp'
        | 'log'
        | 'sqrt'
        | 'reciprocal'
        | 'negate'
        | 'absolute'
        | 'erf'
        | 'softplus'
        | 'softsign'
        | 'sine'
        | 'cosine'
        | 'floor'
        | 'ceil'
        | 'round'
        | 'sign'
        | 'hardSwish'
        | 'mish'
        /** The exact one, by the error function. */
        | 'gelu'
        | 'geluTanh';
    }
  | { readonly name: 'leakyRelu' | 'elu' | 'celu' | 'thresholdedRelu'; readonly alpha: number }
  | { readonly name: 'selu'; readonly alpha: number; readonly gamma: number }
  /** max(0, min(1, α·x + β)) */
  | { readonly name: 'hardSigmoid'; readonly alpha: number; readonly beta: number }
  | { readonly name: 'clip'; readonly minimum: number; readonly maximum: number };

/** Of two tensors, broadcast as NumPy does; `prelu` of x and slopes. */
export type BinaryFunction =
  'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'minimum' | 'maximum' | 'modulo' | 'prelu';

export type Reduction = 'mean' | 'sum' | 'maximum' | 'minimum' | 'product' | 'l1' | 'l2' | 'sumOfSquares' | 'logSumExp';

export type Operation =
  /** x [n, h, w, c], filter [kh, kw, c ÷ groups, out], perhaps a bias [out]. */
  | {
      readonly kind: 'convolution';
      readonly strides: Pair;
      readonly dilations: Pair;
      readonly padding: Padding;
      readonly groups: number;
    }
  /** x [n, h, w, c], filter [kh, kw, c, 1], perhaps a bias [c]. */
  | {
      readonly kind: 'depthwiseConvolution';
      readonly strides: Pair;
      readonly dilations: Pair;
      readonly padding: Padding;
    }
  /** x [n, h, w, c], filter [kh, kw, out ÷ groups, c], perhaps a bias [out]; the padding is taken off the result. */
  | {
      readonly kind: 'transposedConvolution';
      readonly strides: Pair;
      readonly dilations: Pair;
      readonly padding: Padding;
      readonly outputPadding: Pair;
      readonly groups: number;
    }
  /** x [n, …, c], scale [c], shift [c]; running statistics are the module's. */
  | { readonly kind: 'batchNorm'; readonly module: string; readonly epsilon: number; readonly momentum: number }
  | { readonly kind: 'unary'; readonly function: UnaryFunction }
  | { readonly kind: 'binary'; readonly function: BinaryFunction }
  /** Batched as NumPy's, with the last two axes exchanged first where said. */
  | { readonly kind: 'matMul'; readonly transposeA: boolean; readonly transposeB: boolean }
  /** x [n, h, w, c]. Padded positions never win a maximum; an average counts them where said. */
  | {
      readonly kind: 'pool';
      readonly of: 'maximum' | 'average';
      readonly kernel: Pair;
      readonly strides: Pair;
      readonly dilations: Pair;
      readonly padding: Padding;
      /** Positions that `ceil_mode` adds at the bottom and at the right, which no average counts. */
      readonly overhang: Pair;
      readonly countsPadding: boolean;
    }
  | {
      readonly kind: 'reduce';
      readonly function: Reduction;
      readonly axes: readonly number[];
      readonly keepsAxes: boolean;
    }
  | { readonly kind: 'softmax'; readonly axis: number }
  | { readonly kind: 'logSoftmax'; readonly axis: number }
  /** (x − mean) ÷ √(biased variance + ε) over the axes; scale and shift are nodes of their own. */
  | { readonly kind: 'normalise'; readonly axes: readonly number[]; readonly epsilon: number }
  /** x ÷ its norm along the axis. */
  | { readonly kind: 'lpNormalise'; readonly axis: number; readonly p: 1 | 2 }
  | { readonly kind: 'concatenate'; readonly axis: number }
  /** From `begin`, every `step`-th; steps may be negative. Of the batch's axis, which is whole, `size` is the dimension. */
  | {
      readonly kind: 'slice';
      readonly begin: readonly number[];
      readonly size: Shape;
      readonly step: readonly number[];
    }
  | {
      readonly kind: 'pad';
      readonly paddings: readonly (readonly [before: number, after: number])[];
      readonly mode: 'constant' | 'reflect' | 'edge';
      readonly value: number;
    }
  /** x [n, h, w, c]. */
  | {
      readonly kind: 'resize';
      readonly size: Pair;
      /** The resized length over the length, which coordinates are computed by. */
      readonly scale: Pair;
      readonly mode: 'nearest' | 'linear' | 'cubic';
      readonly coordinates: 'half_pixel' | 'pytorch_half_pixel' | 'align_corners' | 'asymmetric';
      readonly rounding: 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';
      readonly cubicCoefficient: number;
    }
  | { readonly kind: 'reshape'; readonly shape: Shape }
  /** Output axis i is input axis `order[i]`. */
  | { readonly kind: 'transpose'; readonly order: readonly number[] }
  /** Slices of x along the axis, by indices that do not depend on the image: [any shape]. */
  | {
      readonly kind: 'gather';
      readonly axis: number;
      readonly indices: readonly number[];
      readonly indicesShape: readonly number[];
    }
  | { readonly kind: 'tile'; readonly times: readonly number[] }
  /** Broadcast to the shape. */
  | { readonly kind: 'expand'; readonly shape: Shape }
  /** Inputs: where a constant of zeros and ones is not zero, the second, else the third; broadcast. */
  | { readonly kind: 'select' }
  /** All of a file, run by onnxruntime: x [n, h, w, 3], to logits [n, classes]. It has no gradient. */
  | {
      readonly kind: 'foreign';
      /** Absolute. */
      readonly file: string;
      readonly isChannelsLast: boolean;
      /** How many images it takes at once; undefined of any number. */
      readonly batch: number | undefined;
      /** Whether the file gives probabilities, whose logarithms are the logits. */
      readonly areProbabilities: boolean;
    };

export type OperationKind = Operation['kind'];
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>;
