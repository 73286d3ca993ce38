/** The values of a graph while it runs. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Shape, ValueId } from '../../architectures';
import { alongAxis, repeat } from './axes';

interface Value {
  readonly tensor: tf.Tensor;
  readonly shape: Shape;
  /** How many images it is of. */
  readonly images: number;
}

/**
 * Behind a feature map that is explained, each image can go on several times, one batch after the other; values from before
 * it, which meet those from behind it in a skip connection, then follow.
 */
export class Values {
  private readonly values = new Map<ValueId, Value>();

  /** @param images a batch of them, value 0 */
  constructor(images: tf.Tensor4D) {
    this.values.set(0, { tensor: images, shape: [{ batch: 1 }, ...images.shape.slice(1)], images: images.shape[0] });
  }

  /** @param shape as the graph declares it */
  set(id: ValueId, tensor: tf.Tensor, shape: Shape): void {
    const axis = batchAxis(shape);
    const each = shape[axis];
    const images = typeof each === 'object' ? (tensor.shape[axis] as number) / each.batch : 0;
    this.values.set(id, { tensor, shape, images });
  }

  images(id: ValueId): number {
    return this.value(id).images;
  }

  /** For so many images, a multiple of what it is of; as it is where it does not follow the batch. */
  get(id: ValueId, images: number): tf.Tensor {
    const value = this.value(id);
    if (value.images === 0 || value.images === images) return value.tensor;
    const tensor = alongAxis(value.tensor, batchAxis(value.shape), (view) => repeat(view, images / value.images));
    this.values.set(id, { ...value, tensor, images });
    return tensor;
  }

  private value(id: ValueId): Value {
    const value = this.values.get(id);
    if (value === undefined) throw new Error(`value ${id} is used before it is computed`);
    return value;
  }
}

/** −1 where there is none. */
function batchAxis(shape: Shape): number {
  return shape.findIndex((length) => typeof length === 'object');
}
