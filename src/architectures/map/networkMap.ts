/** A network as a picture shows it: what follows from what, and how large its feature maps are. */

/** One step, or several that are drawn as one. */
export interface MapBox {
  /** The module, "layer1.0.conv1"; empty where nothing names it. */
  readonly name: string;
  /** What is computed, in order: "convolution", "batchNorm", "relu". */
  readonly operations: readonly string[];
  /** Of what leaves it. */
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** The boxes that it takes feature maps from, each before it; none where that is the image. */
  readonly inputs: readonly number[];
  /** The target layers in it, in forward order. */
  readonly layers: readonly string[];
}

/** In an order in which each comes behind its inputs. */
export type NetworkMap = readonly MapBox[];
