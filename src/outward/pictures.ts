/** The heatmaps of the study's images that are kept, as pictures; none is computed for it. */
import { openComputations } from '../computations';
import { studyImages } from '../computations/images/images';
import { indexOfLargest } from '../common/scores';
import { WorkError } from '../common/errors';
import { loadRunData } from '../datasets/runData';
import { isSigned } from '../explanations';
import { mapOfClass } from '../explanations/classHeatmaps';
import { encodePng, renderOverlay, type RgbImage } from '../imaging';
import type { ExplainedImage, ExplainProgress } from '../protocol/engine';
import { rowsOf } from '../protocol/heatmapRows';
import { currentStudy, hasResults, HEATMAPS_KIND, selectCheckpoints, type Run } from '../runs';

export interface HeatmapPicture {
  /** "test:3" */
  readonly image: string;
  /** Its label's name, where it has one. */
  readonly label: string | undefined;
  readonly epoch: number;
  readonly picture: RgbImage;
  readonly png: Uint8Array;
}

export interface KeptPictures {
  /** By image, as the study names them, each ascending by epoch: of the class that the checkpoint predicts. */
  readonly pictures: readonly HeatmapPicture[];
  /** Images × checkpoints, of which some are not kept. */
  readonly of: number;
}

/** Pixels of the longer side: an image of 32×32 is too small to look at. */
const SIDE = 128;
const LOOK = { colourMap: 'viridis', opacity: 0.5, size: SIDE } as const;

/** Thrown where the first one would have to be computed. */
class NotKeptError extends WorkError {}

/** @throws InputError where the data set cannot be read or is another one; CancelledError */
export async function keptPictures(run: Run, signal: AbortSignal): Promise<KeptPictures> {
  const study = await currentStudy(run);
  const epochs = (await selectCheckpoints(run, study.explain.checkpoints, 'skip')).map(({ epoch }) => epoch);
  if (epochs.length === 0 || !(await hasResults(run.folder, HEATMAPS_KIND))) return { pictures: [], of: 0 };
  const images = studyImages(study, (await loadRunData(run)).test.count);
  const { method, parameters, layer } = study.explain;
  const found: HeatmapPicture[] = [];
  let start: Extract<ExplainProgress, { kind: 'start' }> | undefined;
  const progress = (value: ExplainProgress): void => {
    if (value.kind === 'start') start = value;
    else if (start !== undefined) found.push(...picturesOf(start, value));
  };
  const { explain } = openComputations({
    start: () => Promise.reject(new NotKeptError('a heatmap is not kept')),
    onWarning: () => undefined,
  });
  try {
    const params = { run: run.folder, epochs, images, method, layer, ...(parameters && { parameters }) };
    await explain(params, { signal, progress });
  } catch (error) {
    if (!(error instanceof NotKeptError)) throw error;
  }
  const place = new Map((start?.images ?? []).map(({ name }, at) => [name, at]));
  const order = ({ image }: HeatmapPicture): number => place.get(image) ?? 0;
  found.sort((a, b) => order(a) - order(b) || a.epoch - b.epoch);
  return { pictures: found, of: images.length * epochs.length };
}

function picturesOf(
  { images, layer, classNames, method }: Extract<ExplainProgress, { kind: 'start' }>,
  maps: Extract<ExplainProgress, { kind: 'maps' }>,
): HeatmapPicture[] {
  return rowsOf(maps, layer).flatMap(({ position, heatmaps }): HeatmapPicture[] => {
    const image = images[position];
    const values = mapOfClass(heatmaps, indexOfLargest(heatmaps.logits));
    if (image?.usable !== true || values === undefined) return [];
    const { height, width } = heatmaps;
    const map = { height, width, values };
    const picture = renderOverlay(image.picture, map, { ...LOOK, signed: isSigned(method.id) });
    const label = labelOf(image, classNames);
    return [{ image: image.name, label, epoch: maps.epoch, picture, png: encodePng(picture) }];
  });
}

function labelOf({ label }: Extract<ExplainedImage, { usable: true }>, names: readonly string[]): string | undefined {
  return label === null ? undefined : names[label];
}
