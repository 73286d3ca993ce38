/** What is kept one by one: a score of some images by one kind of map at a checkpoint. */
import type { ScoreId } from '../../measures/faithfulness/scores';
import { faithfulnessResults, type FaithfulnessInputs, type FaithfulnessValues } from '../../runs';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import { hashInOrder, type HashedImage } from '../heatmaps/hashedImage';
import type { TargetClass } from '../heatmaps/target';
import type { ResultStore } from '../keptOrComputed';
import { aboutBatchesNow } from '../madeBy';
import type { InputSettings } from '../../models/input';
import type { Model } from '../../models/model';
import type { Subject } from './subjects';

/** Images that are scored together: a kill loses what is computed of one of them. All are of one size. */
export interface Chunk {
  readonly images: readonly HashedImage[];
  /** The place of the first of them among all. */
  readonly start: number;
  readonly hash: string;
}

export type Cell = { readonly checkpoint: HashedCheckpoint; readonly chunk: Chunk } &
  /** What the images are taken for as they are. */
  ({ readonly score: 'clean' } | { readonly score: ScoreId; readonly subject: Subject });

/** As many pixels as 25 images of 32×32 have, whatever memory is free: the numbers are kept by it. */
const CHUNK_PIXELS = 25 * 32 * 32;

export function chunksOf(images: readonly HashedImage[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0; start < images.length;) {
    const { height, width } = (images[start] as HashedImage).image;
    const most = Math.max(1, Math.floor(CHUNK_PIXELS / (height * width)));
    const ofSize = images
      .slice(start, start + most)
      .findIndex(({ image }) => image.height !== height || image.width !== width);
    const part = images.slice(start, start + (ofSize < 0 ? most : ofSize));
    chunks.push({ images: part, start, hash: hashInOrder(part) });
    start += part.length;
  }
  return chunks;
}

export interface CellsOf {
  /** The run's. */
  readonly folder: string;
  readonly model: Model;
  readonly input: InputSettings;
  readonly target: TargetClass;
  readonly seed: number;
  readonly noise: number;
}

export function cellStore({
  folder,
  model,
  input,
  target,
  seed,
  noise,
}: CellsOf): ResultStore<Cell, FaithfulnessValues> {
  const inputsOf = (cell: Cell): FaithfulnessInputs => ({
    architecture: model.id,
    input,
    checkpoint: cell.checkpoint.hash,
    images: cell.chunk.hash,
    target,
    seed,
    score: cell.score,
    ...(cell.score !== 'clean' && { subject: cell.subject.key }),
    ...(cell.score === 'road' && { noise }),
  });
  return {
    load: (cells) => Promise.all(cells.map((cell) => faithfulnessResults.load(folder, inputsOf(cell)))),
    store: (cell, values) =>
      faithfulnessResults.store(folder, inputsOf(cell), values, {
        ...aboutBatchesNow(model),
        images: cell.chunk.images.map(({ image }) => image.name),
      }),
  };
}
