/** What the grid of one image shows. */
import type { Scale } from '../../../src/imaging/heatmap';
import type { ExplainedImage, RobustnessEntry } from '../../../src/protocol/engine';
import type { ScaleKind } from '../../common/heat/appearance';
import { shownPicture, type ShownPicture } from '../../common/heat/pictures';
import type { RobustnessState } from '../robustnessState';
import type { ImagePrediction, PerturbedPrediction, PerturbedStore, Round } from './perturbedStore';

/** A row: the clean image, or a round of a perturbation. */
export type ImageRow = { readonly key: string } & (
  { readonly kind: 'clean' } | { readonly kind: 'perturbed'; readonly entry: RobustnessEntry; readonly at: Round }
);

export const CLEAN: ImageRow = { kind: 'clean', key: 'clean' };

export interface ImageState extends Pick<RobustnessState, 'view' | 'checkpoints' | 'explanation'> {
  readonly store: PerturbedStore;
  /** The image's key. */
  readonly image: string;
  readonly explained: ExplainedImage | undefined;
  readonly label: number | null;
  readonly rows: readonly ImageRow[];
}

export interface ChosenRounds {
  /** One perturbation by its index; null is all. */
  readonly entry: number | null;
  /** At most this many rounds of each. */
  readonly rounds: number;
}

export function createImageState(
  { view, checkpoints, explanation }: RobustnessState,
  store: PerturbedStore,
  image: string,
  chosen: ChosenRounds,
): ImageState {
  const alone = store.entries.filter(({ entry }) => entry === chosen.entry);
  const explained = store.image(image);
  const rounds = (alone.length === 0 ? store.entries : alone).flatMap((entry) =>
    Array.from({ length: Math.min(entry.rounds, chosen.rounds) }, (_, round): ImageRow => {
      return { kind: 'perturbed', key: `${entry.entry} ${round}`, entry, at: { entry: entry.entry, round } };
    }),
  );
  const label = explained?.usable === true ? explained.label : null;
  return { view, checkpoints, explanation, store, image, explained, label, rows: [CLEAN, ...rounds] };
}

export function predictionOf(of: ImageState, row: ImageRow, epoch: number): ImagePrediction | undefined {
  return row.kind === 'clean' ? of.store.clean(of.image, epoch) : perturbedOf(of, row, epoch);
}

export function perturbedOf(
  { store, image }: ImageState,
  row: ImageRow,
  epoch: number,
): PerturbedPrediction | undefined {
  return row.kind === 'clean' ? undefined : store.perturbed(image, row.at, epoch);
}

/** The picture, with what the network is given of it. */
export function pictureOf({ explained, store, image }: ImageState, row: ImageRow): ShownPicture | undefined {
  if (explained?.usable !== true) return undefined;
  if (row.kind === 'clean') return shownPicture(explained);
  const given = store.picture(image, row.at)?.picture;
  return given && shownPicture(explained, given);
}

/** The common scale of several maps; undefined where each map has its own range. */
export type ScaleOf = (row: ImageRow) => Scale | undefined;

export function scalesOf(of: ImageState, scale: ScaleKind): ScaleOf {
  if (scale === 'image') return () => undefined;
  if (scale === 'row') return (row) => rangeOf(of, [row]);
  const all = rangeOf(of, of.rows);
  return () => all;
}

function rangeOf(of: ImageState, rows: readonly ImageRow[]): Scale | undefined {
  const ranges = rows.flatMap((row) => of.checkpoints.map(({ epoch }) => predictionOf(of, row, epoch)?.range));
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === 0) return undefined;
  return {
    minimum: Math.min(...known.map(({ minimum }) => minimum)),
    maximum: Math.max(...known.map(({ maximum }) => maximum)),
  };
}
