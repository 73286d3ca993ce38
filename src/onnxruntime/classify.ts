/** Classifiers in onnxruntime: images in batches, and the one output that has a number for each class. */
import { InputError } from '../common/errors';
import { sessionOf, type Outputs } from './session';

export interface ForeignImages {
  /** In the order of the file's input. */
  readonly data: Float32Array;
  /** Of all of them. */
  readonly shape: readonly [count: number, ...image: readonly number[]];
}

export interface Classified {
  readonly classes: number;
  /** [count, classes], as the file gives them. */
  readonly values: Float32Array;
}

/**
 * @param batch how many images the file takes at once, where it fixes that: the last ones are then filled up with zeros
 * @throws InputError where the file is no classifier; as `sessionOf`
 */
export function classify(file: string, { data, shape }: ForeignImages, batch: number | undefined): Classified {
  const [count, ...image] = shape;
  const atOnce = batch ?? count;
  const session = sessionOf(file);
  const each = data.length / count;
  const parts: Outputs[] = [];
  for (let first = 0; first < count; first += atOnce) {
    const part = data.subarray(first * each, (first + atOnce) * each);
    const images = part.length === atOnce * each ? part : new Float32Array(atOnce * each);
    if (images !== part) images.set(part);
    parts.push(logitsIn(session.run(images, [atOnce, ...image]), atOnce, file));
  }
  const classes = parts[0]?.shape[1] ?? 0;
  const values = new Float32Array(count * classes);
  parts.forEach((part, at) => {
    const first = at * atOnce;
    values.set(part.data.subarray(0, Math.min(atOnce, count - first) * classes), first * classes);
  });
  return { classes, values };
}

/** The first output that is [n, classes], as for graphs that are read here. */
function logitsIn(outputs: readonly Outputs[], count: number, file: string): Outputs {
  const found = outputs.find(
    ({ shape: [batch, classes = 0, ...rest] }) => batch === count && classes > 1 && rest.every((each) => each === 1),
  );
  if (found !== undefined) return found;
  throw new InputError('an ONNX network that is no classifier', {
    file,
    found: outputs.map(({ shape }) => `[${shape.join(', ')}]`).join(', ') || 'no output of numbers',
    expected: `[${count}, classes] of two classes or more`,
  });
}
