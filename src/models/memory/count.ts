/** How many numbers a step computes with: an architecture walked with sizes alone. */
import type { Build, ConvolutionOptions, Layers } from '../../architectures';

/** Floats an image, without parameters. */
export interface Floats {
  /** Every feature map that is computed on the way to the logits, all of which the way back needs. */
  readonly forward: number;
  /** Their gradients. */
  readonly backward: number;
  /** Of the feature maps those that a SiLU made. */
  readonly silu: number;
}

/**
 * TensorFlow.js keeps what the forward pass made until all gradients are there, and every gradient until the parameters'
 * are, so what a step takes is the sum of both. Operations that only give another shape, or hand a gradient on as it is,
 * copy nothing.
 */
export function countFloats(build: Build, inputSize: number, classes: number): Floats {
  const layers = new CountingLayers();
  const images = layers.images(inputSize);
  build(layers, images, classes);
  return layers.floats();
}

/** A batch of feature maps, an image's worth of it. */
interface Counted {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Whether a gradient goes to it: to all but the images. */
  readonly learns: boolean;
  /** By how many operations it is used, and how many of these make a gradient of their own for it. */
  uses: number;
  gradients: number;
}

type Shape = Pick<Counted, 'channels' | 'height' | 'width'>;

class CountingLayers implements Layers<Counted> {
  private readonly maps: Counted[] = [];
  private siluFloats = 0;

  images(size: number): Counted {
    return this.map({ channels: 3, height: size, width: size }, false);
  }

  floats(): Floats {
    const forward = this.maps.reduce((sum, map) => sum + sizeOf(map), 0);
    const backward = this.maps.reduce((sum, map) => sum + gradientsOf(map) * sizeOf(map), 0);
    return { forward, backward, silu: this.siluFloats };
  }

  conv2d(_: string, x: Counted, { filters, kernel, stride = 1, bias = false }: ConvolutionOptions): Counted {
    const y = this.from(this.padded(x, kernel, stride), { ...strided(x, stride), channels: filters });
    return bias ? this.from(y, y, 0) : y;
  }

  depthwiseConv2d(_: string, x: Counted, { kernel, stride }: { kernel: number; stride: number }): Counted {
    return this.from(this.padded(x, kernel, stride), strided(x, stride));
  }

  maxPool(x: Counted, { kernel, stride }: { kernel: number; stride: number; padding: number }): Counted {
    return this.from(this.padded(x, kernel, stride), strided(x, stride));
  }

  subsampleAndPadChannels(x: Counted, channels: number): Counted {
    const subsampled = this.from(x, strided(x, 2));
    return this.from(subsampled, { ...subsampled, channels });
  }

  spatialMean(x: Counted): Counted {
    return this.from(x, { ...x, height: 1, width: 1 });
  }

  classify(name: string, x: Counted, classes: number): Counted {
    return this.linear(name, this.spatialMean(x), classes);
  }

  linear(_: string, x: Counted, outputs: number): Counted {
    const product = this.from(x, { channels: outputs, height: 1, width: 1 });
    return this.from(product, product, 0);
  }

  flatten = (x: Counted): Counted => this.from(x, { channels: sizeOf(x), height: 1, width: 1 });

  batchNorm(_: string, x: Counted): Counted {
    return this.from(x, x);
  }

  relu = (x: Counted): Counted => this.from(x, x);
  sigmoid = (x: Counted): Counted => this.from(x, x);
  targetLayer = (_: string, x: Counted): Counted => x;

  silu(x: Counted): Counted {
    this.siluFloats += sizeOf(x);
    return this.from(x, x);
  }

  scaleChannels(x: Counted, factors: Counted): Counted {
    use(factors, 1);
    return this.from(x, x);
  }

  add(a: Counted, b: Counted): Counted {
    use(b, 0);
    return this.from(a, a, 0);
  }

  /** Convolutions at stride 1 pad by themselves: see `convolve`. */
  private padded(x: Counted, kernel: number, stride: number): Counted {
    if (stride === 1 || kernel === 1) return x;
    return this.from(x, { channels: x.channels, height: x.height + kernel - 1, width: x.width + kernel - 1 });
  }

  /** @param gradients whether the operation makes a gradient of its own for x, or hands on its output's */
  private from(x: Counted, shape: Shape, gradients: 0 | 1 = 1): Counted {
    use(x, gradients);
    return this.map(shape, true);
  }

  private map({ channels, height, width }: Shape, learns: boolean): Counted {
    const made = { channels, height, width, learns, uses: 0, gradients: 0 };
    this.maps.push(made);
    return made;
  }
}

function use(x: Counted, gradients: 0 | 1): void {
  x.uses++;
  x.gradients += gradients;
}

/** Where several meet, they are added up: of two, one and the sum are there at the end. */
function gradientsOf({ learns, uses, gradients }: Counted): number {
  if (!learns) return 0;
  return uses > 1 ? uses : gradients;
}

function sizeOf({ channels, height, width }: Shape): number {
  return channels * height * width;
}

/** With the padding of (kernel − 1)/2 that kernels have, which are odd. */
function strided({ channels, height, width }: Shape, stride: number): Shape {
  const size = (length: number): number => Math.floor((length - 1) / stride) + 1;
  return { channels, height: size(height), width: size(width) };
}
