/** The images of a request: a data set's as they are, a file's at the model's input and, to show, as it is. */
import { basename } from 'node:path';
import { CancelledError, describe, isReportedError, type Reported } from '../../common/errors';
import { readPicture, type PictureAtInput } from '../../imageFiles/pictureAtInput';
import type { InputSettings } from '../../models/input';
import { inputOf } from '../../weights/fromStudy';
import type { ExplainedImage, ImageReference } from './schema';
import type { RequestOptions } from '../computation';
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

const DECODED = createCache<PictureAtInput>({ most: 64, idleMilliseconds: 300_000 });

/** The images of a request, one after another where they are files: to decode one can take a while, and keeps the thread. */
export async function loadRequested(
  run: Run,
  references: readonly ImageReference[],
  { signal, strict = false }: Pick<RequestOptions<never>, 'signal' | 'strict'>,
): Promise<RequestedImage[]> {
  const needsSets = references.some(({ kind }) => kind === 'set');
  const sets = needsSets ? await openRunData(run) : undefined;
  const requested: RequestedImage[] = [];
  for (const reference of references) {
    if (signal.aborted) throw new CancelledError();
    requested.push(await requestedImage(reference, sets, inputOf(run.study), strict));
    if (reference.kind === 'file') await yieldToEvents();
  }
  return requested;
}

async function requestedImage(
  reference: ImageReference,
  sets: ImageSets | undefined,
  input: InputSettings,
  strict: boolean,
): Promise<RequestedImage> {
  const name = imageName(reference);
  try {
    return reference.kind === 'file' ? await fromFile(reference, input) : await fromSet(reference, sets);
  } catch (error) {
    if (strict || !isReportedError(error)) throw error;
    return { shown: { usable: false, name, problem: withoutPath(error) }, image: undefined };
  }
}

/** Beside the image's name, which is its path, there is no need of it. */
function withoutPath(error: Reported): string {
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

async function fromFile(
  { path, resize }: Extract<ImageReference, { kind: 'file' }>,
  settings: InputSettings,
): Promise<RequestedImage> {
  const stamp = await fileStamp(path).catch(() => path);
  const key = JSON.stringify([stamp, settings, resize]);
  return DECODED.use(
    key,
    () => readPicture(path, settings, resize),
    ({ input, original }) => ({
      shown: { usable: true, name: path, label: null, picture: input, ...(original && { original }) },
      image: { name: path, ...input, label: null },
    }),
  );
}
