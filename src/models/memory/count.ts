/** How many numbers a forward pass computes: an architecture walked with sizes alone. */
import type { Build, ConvolutionOptions, Graph, Layers } from '../../architectures';

/** Floats an image, without parameters. */
export interface Floats {
  /** Every feature map that is computed on the way to the logits. */
  readonly maps: number;
  /** Of these the ones that a SiLU made. */
  readonly silus: number;
}

/**
 * TensorFlow.js keeps every map until the pass is over. Operations that only give another shape copy nothing.
 */
export function countFloats(build: Build, inputSize: number, classes: number): Floats {
  const layers = new CountingLayers();
  build(layers, layers.map({ channels: 3, height: inputSize, width: inputSize }), classes);
  return layers.floats;
}

/** An image's worth of a batch of feature maps. */
interface Shape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

class CountingLayers implements Layers<Shape> {
  readonly floats = { maps: 0, silus: 0 };

  map = (shape: Shape): Shape => {
    this.floats.maps += sizeOf(shape);
    return shape;
  };

  conv2d(_: string, x: Shape, { filters, kernel, stride = 1, bias = false }: ConvolutionOptions): Shape {
    this.pad(x, kernel, stride);
    const y = this.map({ ...strided(x, stride), channels: filters });
    return bias ? this.map(y) : y;
  }

  depthwiseConv2d(_: string, x: Shape, { kernel, stride }: { kernel: number; stride: number }): Shape {
    this.pad(x, kernel, stride);
    return this.map(strided(x, stride));
  }

  maxPool(x: Shape, { kernel, stride }: { kernel: number; stride: number; padding: number }): Shape {
    this.pad(x, kernel, stride);
    return this.map(strided(x, stride));
  }

  subsampleAndPadChannels(x: Shape, channels: number): Shape {
    return this.map({ ...this.map(strided(x, 2)), channels });
  }

  spatialMean(x: Shape): Shape {
    return this.map({ ...x, height: 1, width: 1 });
  }

  classify(name: string, x: Shape, classes: number): Shape {
    return this.linear(name, this.spatialMean(x), classes);
  }

  /** A product, and its sum with the bias. */
  linear(_: string, _x: Shape, outputs: number): Shape {
    return this.map(this.map({ channels: outputs, height: 1, width: 1 }));
  }

  flatten = (x: Shape): Shape => this.map({ channels: sizeOf(x), height: 1, width: 1 });

  batchNorm(_: string, x: Shape): Shape {
    return this.map(x);
  }

  graph({ nodes, classes }: Graph): Shape {
    for (const { shape } of nodes) {
      const size = shape.reduce(
        (product: number, length) => product * (typeof length === 'number' ? length : length.batch),
        1,
      );
      this.map({ channels: size, height: 1, width: 1 });
    }
    return { channels: classes, height: 1, width: 1 };
  }

  relu = this.map;
  sigmoid = this.map;
  scaleChannels = this.map;
  add = this.map;
  targetLayer = (_: string, x: Shape): Shape => x;

  silu(x: Shape): Shape {
    this.floats.silus += sizeOf(x);
    return this.map(x);
  }

  /** Convolutions at stride 1 pad by themselves: see `convolve`. */
  private pad({ channels, height, width }: Shape, kernel: number, stride: number): void {
    if (stride > 1 && kernel > 1) this.map({ channels, height: height + kernel - 1, width: width + kernel - 1 });
  }
}

function sizeOf({ channels, height, width }: Shape): number {
  return channels * height * width;
}

/** With the padding of (kernel − 1)/2 that kernels have, which are odd. */
function strided({ channels, height, width }: Shape, stride: number): Shape {
  const size = (length: number): number => Math.floor((length - 1) / stride) + 1;
  return { channels, height: size(height), width: size(width) };
}
