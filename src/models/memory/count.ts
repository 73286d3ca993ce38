/** How many numbers a forward pass computes: an architecture walked with sizes alone. */
import {
  convolvedLength,
  type Build,
  type ConvolutionOptions,
  type DepthwiseOptions,
  type Graph,
  type Layers,
  type PaddingMode,
} from '../../architectures';

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

  conv2d(_: string, x: Shape, options: ConvolutionOptions): Shape {
    const { filters, kernel, stride = 1, bias = false, padding = 'symmetric', groups = 1 } = options;
    this.pad(x, kernel, stride, padding);
    // Groups are cut out, convolved and put together again.
    if (groups > 1) this.map(x);
    const y = this.map({ ...convolved(x, kernel, stride, padding), channels: filters });
    if (groups > 1) this.map(y);
    return bias ? this.map(y) : y;
  }

  depthwiseConv2d(_: string, x: Shape, options: DepthwiseOptions): Shape {
    const { kernel, stride, bias = false, padding = 'symmetric' } = options;
    this.pad(x, kernel, stride, padding);
    const y = this.map(convolved(x, kernel, stride, padding));
    return bias ? this.map(y) : y;
  }

  linearAtPositions(_: string, x: Shape, outputs: number): Shape {
    return this.map(this.map({ ...x, channels: outputs }));
  }

  maxPool(x: Shape, { kernel, stride, padding }: { kernel: number; stride: number; padding: number }): Shape {
    const mode = padding === 0 ? 'none' : 'symmetric';
    this.pad(x, kernel, stride, mode);
    return this.map(convolved(x, kernel, stride, mode));
  }

  averagePool(x: Shape, { kernel, stride }: { kernel: number; stride: number }): Shape {
    return this.map(convolved(x, kernel, stride, 'none'));
  }

  adaptiveAveragePool(x: Shape, size: number): Shape {
    return x.height === size && x.width === size ? x : this.map({ ...x, height: size, width: size });
  }

  concatenate(parts: readonly Shape[]): Shape {
    const [first] = parts as readonly [Shape];
    return this.map({ ...first, channels: parts.reduce((sum, { channels }) => sum + channels, 0) });
  }

  subsampleAndPadChannels(x: Shape, channels: number): Shape {
    return this.map({ ...this.map(convolved(x, 1, 2, 'none')), channels });
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

  /** Differences from the mean, their squares, what they are divided by, scaled and shifted. */
  layerNorm(_: string, x: Shape): Shape {
    return this.map(this.map(this.map(this.map(this.map(x)))));
  }

  scaleBy(_: string, x: Shape): Shape {
    return this.map(x);
  }

  /** x ÷ √2, its error function, one more than that, times x, halved. */
  gelu(x: Shape): Shape {
    return this.map(this.map(this.map(this.map(this.map(x)))));
  }

  /** x + 3, cut off, divided by 6. */
  hardSigmoid(x: Shape): Shape {
    return this.map(this.map(this.map(x)));
  }

  hardSwish(x: Shape): Shape {
    return this.map(this.hardSigmoid(x));
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
  relu6 = this.map;
  sigmoid = this.map;
  scaleChannels = this.map;
  add = this.map;
  targetLayer = (_: string, x: Shape): Shape => x;

  silu(x: Shape): Shape {
    this.floats.silus += sizeOf(x);
    return this.map(x);
  }

  /** Convolutions at stride 1, and TensorFlow's own padding, pad by themselves: see `convolve`. */
  private pad({ channels, height, width }: Shape, kernel: number, stride: number, mode: PaddingMode): void {
    if (mode === 'symmetric' && stride > 1 && kernel > 1)
      this.map({ channels, height: height + kernel - 1, width: width + kernel - 1 });
  }
}

function sizeOf({ channels, height, width }: Shape): number {
  return channels * height * width;
}

function convolved({ channels, height, width }: Shape, kernel: number, stride: number, mode: PaddingMode): Shape {
  const size = (length: number): number => convolvedLength(length, kernel, stride, mode);
  return { channels, height: size(height), width: size(width) };
}
