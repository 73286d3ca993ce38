/** What an ONNX file is read as. */
import type { Architecture, Graph } from '../architectures';

export interface OnnxOptions {
  /** Pixels a side, where the file leaves them open; one that differs from the file's is refused. */
  readonly inputSize?: number | undefined;
  /**
   * Bytes that lie outside the file: `location` as the file writes it, from `offset` on, `length` of them (to the end where
   * absent). Without it, a file with external data is refused. `readOnnxFile` reads them from disk.
   */
  readonly external?: ExternalData | undefined;
}

export type ExternalData = (location: string, offset: number, length?: number) => Promise<Uint8Array> | Uint8Array;

/** A network in the order of its own tensors: `architecture.build` is `graph`, whatever the input size that is asked for. */
export interface OnnxNetwork {
  readonly architecture: Architecture;
  readonly graph: Graph;
  /** By tensor name, in PyTorch's layout; undefined of a file without weights. */
  readonly state: ReadonlyMap<string, Float32Array> | undefined;
  /** From the file's name of an initialiser to the tensor's, where they differ. */
  readonly fileNames: ReadonlyMap<string, string>;
  /** What lay outside the file and is no tensor of the state dict, by the initialiser's name. */
  readonly outside: ReadonlyMap<string, Uint8Array>;
  /** `metadata_props` of the file, and `producer` with its version. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the metadata say how images are normalised: of pixels in [0, 1]. */
  readonly normalization?: { readonly mean: readonly number[]; readonly std: readonly number[] } | undefined;
  /** Where the metadata name them, as many as the graph has classes. */
  readonly classNames?: readonly string[] | undefined;
}
