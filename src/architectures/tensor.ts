/** The tensors of a network, as its PyTorch state dict has them. */

/** How a tensor of the state dict is used; it decides the layout conversion and the initialisation. */
export type TensorRole =
  | 'convolution'
  | 'depthwise'
  | 'linear'
  | 'bias'
  | 'scale'
  | 'shift'
  /** What each channel of a block's output is multiplied by before it is added to the block's input. */
  | 'layerScale'
  | 'runningMean'
  | 'runningVariance'
  | 'batchCount'
  /** Of a graph: any number of axes, and in the order of the file everywhere. */
  | 'free';

/** One entry of the PyTorch state dict, in its order. */
export interface TensorDeclaration {
  readonly name: string;
  readonly role: TensorRole;
  /** PyTorch's shape: OIHW for convolutions, [out, in] for linear layers. */
  readonly shape: readonly number[];
  /** For a bias: the inputs of one output of its layer, which PyTorch's default initialisation wants. */
  readonly fanIn?: number;
}
