/** Images in an array, in one of the layouts that libraries keep them in, as RGB bytes. */
import { InputError } from '../../common/errors';
import { describeArray } from './header';
import { eachRow, type NpyFile } from './file';

/** Channels last (NumPy, TensorFlow), channels first (PyTorch), or one value a pixel. */
type Layout = 'last' | 'first' | 'grey';

export interface ImageArray extends NpyFile {
  readonly layout: Layout;
  readonly side: number;
}

/** What a model or a picture can be made of. */
const MOST_SIDE = 4096;

/** @throws InputError where it holds no square images of bytes */
export function imageArray(file: NpyFile): ImageArray {
  const { type, path } = file;
  const found = describeArray(file);
  if (type.kind !== 'u' || type.bytes !== 1)
    throw new InputError('the images are no bytes', {
      file: path,
      found,
      expected: 'uint8, from 0 to 255',
      advice:
        type.kind === 'f'
          ? 'Of values from 0 to 1 save (255 * x).round().astype(numpy.uint8); whether floating-point numbers reach to 1 or to 255 is not guessed.'
          : 'Convert them by x.astype(numpy.uint8), where they are from 0 to 255.',
    });
  const [layout, height, width] = layoutOf(file.shape) ?? [];
  if (layout === undefined || height === undefined || width === undefined)
    throw new InputError('an array of another shape than images have', {
      file: path,
      found,
      expected: '[images, height, width, 3], [images, 3, height, width], or [images, height, width] of grey',
    });
  if (height === width && height <= MOST_SIDE) return { ...file, layout, side: height };
  throw new InputError(height === width ? 'images too large' : 'images that are not square', {
    file: path,
    found,
    expected: height === width ? `at most ${MOST_SIDE} pixels a side` : 'as many rows as columns',
    ...(height === width
      ? {}
      : { advice: 'Crop or pad them before they are saved: networks here take square images.' }),
  });
}

function layoutOf([, ...inner]: readonly number[]): [Layout, number, number] | undefined {
  const [a = 0, b = 0, c = 0] = inner;
  if (inner.length === 2) return ['grey', a, b];
  if (inner.length !== 3) return undefined;
  if (c === 3) return ['last', a, b];
  if (a === 3) return ['first', b, c];
  if (c === 1) return ['grey', a, b];
  return a === 1 ? ['grey', b, c] : undefined;
}

/** @returns RGB, [indices, side, side, 3] @throws InputError where the file cannot be read */
export async function readImages(array: ImageArray, indices: ArrayLike<number>): Promise<Uint8Array> {
  const { side, layout } = array;
  const area = side * side;
  const pixels = new Uint8Array(indices.length * area * 3);
  await eachRow(array, indices, (row, at) => {
    const image = pixels.subarray(at * area * 3, (at + 1) * area * 3);
    if (layout === 'last') image.set(row);
    else spread(row, image, layout === 'first' ? area : 0);
  });
  return pixels;
}

/** Of planes as far apart as `step`, which is 0 where one is all three. */
function spread(planes: Uint8Array, image: Uint8Array, step: number): void {
  for (let from = 0, to = 0; to < image.length; from++) {
    image[to++] = planes[from] as number;
    image[to++] = planes[from + step] as number;
    image[to++] = planes[from + 2 * step] as number;
  }
}
