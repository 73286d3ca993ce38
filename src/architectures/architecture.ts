/** What an architecture is declared by: a record in a file of its own, listed in `index.ts`. */
import type { Build } from './layers';
import type { TensorDeclaration } from './tensor';

export type { TensorDeclaration, TensorRole } from './tensor';

/** How a fresh tensor is drawn. */
export type Initialiser =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly standardDeviation: number }
  | { readonly kind: 'uniform'; readonly bound: number };

/** ImageNet weights on the Hugging Face hub: which bytes of which commit. */
export interface PublishedWeights {
  readonly repository: string;
  readonly file: string;
  /** The commit. */
  readonly revision: string;
  readonly bytes: number;
  /** As the hub's LFS pointer has it, hexadecimal. */
  readonly sha256: string;
  /** `crop_pct` of timm's configuration. */
  readonly cropFraction: number;
}

/** What others call the same tensors. */
export interface Naming {
  readonly name: string;
  /** From this architecture's name of a tensor to the other one. */
  readonly rename: (name: string) => string;
  /** Of the other one, where it is not the same numbers in the same shape; absent: all have the declared shapes. */
  readonly shapeOf?: (tensor: TensorDeclaration) => readonly number[];
}

/** The lines of Python that make the network, with random weights, as `model`. */
export interface PythonNetwork {
  readonly imports: readonly string[];
  readonly lines: readonly string[];
}

/** The stage of a tensor, by its name; undefined of one before or behind the stages. */
export type StageOf = (tensor: string) => string | undefined;

export interface Architecture {
  /** The network as a function of layers, under the names of its PyTorch state dict. */
  readonly build: Build;
  /** A line for a person who chooses: what it is, how many parameters, for which images. */
  readonly description: string;
  /** Pixels a side that it was designed for. */
  readonly inputSize: number;
  /** The largest that its layers take, where there is one. */
  readonly largestInputSize?: number;
  /**
   * `gapLinear` where global average pooling of the last target layer and one linear layer make the logits. Grad-CAM at that
   * layer then has a closed form; everywhere else it is differentiated.
   */
  readonly head: 'gapLinear' | 'other';
  /** The target layer that `auto` means, where it is not the last. */
  readonly defaultLayer?: string;
  readonly initialise: (tensor: TensorDeclaration) => Initialiser;
  /** Of a tensor's name; absent: see `stageByModules`. */
  readonly stageOf?: StageOf;
  /** Beside its own names, which are timm's where timm has it. */
  readonly namings: readonly Naming[];
  /** Tensors of its state dict, without `num_batches_tracked`: known before it is declared, which takes longer. */
  readonly tensorCount: number;
  /**
   * Names of tensors by which a state dict shows that it is of this family, under one of its namings at least and whatever
   * prefix it has: two or more a naming, from its beginning and its end.
   */
  readonly landmarks: readonly string[];
  /** What model hubs and training scripts call it. */
  readonly aliases: readonly string[];
  /** A network with the same names and shapes that computes something else. */
  readonly lookAlike?: string;
  /** timm's, where it has some. */
  readonly imagenet?: PublishedWeights;
  /** @param library whose names the tensors have; undefined where it has no such network */
  readonly python: (library: 'timm' | 'torchvision', classes: number) => PythonNetwork | undefined;
}
