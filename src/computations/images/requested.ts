/** The images of a request: a data set's as they are, a file's at the model's input size and, to show, larger. */
import { basename } from 'node:path';
import { CancelledError, describe, isReportedError, type InputError, type WorkError } from '../../common/errors';
import { decodeImageFile } from '../../imageFiles';
import { resizePixels, type RgbImage } from '../../imaging';
import type { ExplainedImage, ImageReference } from './schema';
import type { Asked } from '../computation';
import type { Run } from '../../runs';
import { openRunData } from '../../datasets/runData';
import type { ImageToExplain } from '../heatmaps/explain';
import { imageName, setImage, type ImageSets } from './images';
import { createCache } from '../../common/cache';
import { yieldToEvents } from '../../common/yieldToEvents';
import { fileStamp } from '../../common/fileStamp';

/** Either can be explained, or says why it cannot. */
export interface RequestedImage {
  readonly shown: ExplainedImage;
  readonly image: ImageToExplain | undefined;
}

/** Pixels a side, at most, of the picture of a file that is sent to be looked at. */
const SHOWN_SIDE = 512;

const DECODED = createCache<{ original: RgbImage; input: RgbImage }>({ most: 64, idleMilliseconds: 300_000 });

/** The images of a request, one after another where they are files: to decode one can take a while, and keeps the thread. */
export async function loadRequested(
  run: Run,
  references: readonly ImageReference[],
  { signal, strict = false }: Pick<Asked<never>, 'signal' | 'strict'>,
): Promise<RequestedImage[]> {
  const needsSets = references.some(({ kind }) => kind === 'set');
  const sets = needsSets ? await openRunData(run) : undefined;
  const requested: RequestedImage[] = [];
  for (const reference of references) {
    if (signal.aborted) throw new CancelledError();
    requested.push(await requestedImage(reference, sets, run.study.model.inputSize, strict));
    if (reference.kind === 'file') await yieldToEvents();
  }
  return requested;
}

async function requestedImage(
  reference: ImageReference,
  sets: ImageSets | undefined,
  inputSize: number,
  strict: boolean,
): Promise<RequestedImage> {
  const name = imageName(reference);
  try {
    return reference.kind === 'file' ? await fromFile(reference.path, inputSize) : await fromSet(reference, sets);
  } catch (error) {
    if (strict || !isReportedError(error)) throw error;
    return { shown: { usable: false, name, problem: withoutPath(error) }, image: undefined };
  }
}

/** Beside the image's name, which is its path, there is no need of it. */
function withoutPath(error: InputError | WorkError | CancelledError): string {
  const { file } = error.problem;
  return describe(error.summary, file === undefined ? error.problem : { ...error.problem, file: basename(file) });
}

async function fromSet(
  reference: Extract<ImageReference, { kind: 'set' }>,
  sets: ImageSets | undefined,
): Promise<RequestedImage> {
  const image = await setImage(reference, sets);
  const { name, height, width, pixels, label } = image;
  return { shown: { usable: true, name, label, picture: { height, width, pixels } }, image };
}

async function fromFile(path: string, inputSize: number): Promise<RequestedImage> {
  const stamp = await fileStamp(path).catch(() => path);
  const make = async () => {
    const decoded = await decodeImageFile(path);
    return { original: fitted(decoded, SHOWN_SIDE), input: resizePixels(decoded, inputSize, inputSize) };
  };
  return DECODED.use(`${stamp}:${inputSize}`, make, ({ original, input }) => {
    const image = { name: path, ...input, label: null };
    const differs = original.height !== inputSize || original.width !== inputSize;
    const shown = { usable: true, name: path, label: null, picture: input, ...(differs ? { original } : {}) } as const;
    return { shown, image };
  });
}

/** In its own shape, no side longer than so many pixels. */
function fitted(image: RgbImage, side: number): RgbImage {
  const scale = Math.min(1, side / Math.max(image.height, image.width));
  const length = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return resizePixels(image, length(image.height), length(image.width));
}
