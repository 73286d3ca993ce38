/** The state of the grid of one image. */
import type { Scale } from '../../../src/imaging/heatmap';
import type { ExplainedImage } from '../../../src/protocol/engine';
import type { RobustnessEntry } from '../../../src/protocol/engine';
import type { RobustnessState } from '../robustnessState';
import type { PerturbedStore, Round, ImagePrediction } from './perturbedStore';

/** A row: the clean image, or a round of a perturbation. */
export type ImageRow = { readonly key: string } & (
  { readonly kind: 'clean' } | { readonly kind: 'perturbed'; readonly entry: RobustnessEntry; readonly at: Round }
);

export interface ImageState {
  readonly model: RobustnessState;
  readonly store: PerturbedStore;
  /** The image's key. */
  readonly image: string;
  readonly explained: ExplainedImage | undefined;
  readonly label: number | null;
  readonly rows: readonly ImageRow[];
}

export function createImageState(model: RobustnessState, store: PerturbedStore, image: string): ImageState {
  const { entry: chosen, rounds: most } = model.state;
  const all = store.entries.filter(({ entry }) => chosen === null || entry === chosen);
  const entries = all.length === 0 ? store.entries : all;
  const explained = store.image(image);
  const rounds = entries.flatMap((entry) =>
    Array.from({ length: Math.min(entry.rounds, most) }, (_, round): ImageRow => {
      return { kind: 'perturbed', key: `${entry.entry} ${round}`, entry, at: { entry: entry.entry, round } };
    }),
  );
  return {
    model,
    store,
    image,
    explained,
    label: explained?.usable === true ? explained.label : null,
    rows: [{ kind: 'clean', key: 'clean' }, ...rounds],
  };
}

export function predictionOf({ store, image }: ImageState, row: ImageRow, epoch: number): ImagePrediction | undefined {
  return row.kind === 'clean' ? store.clean(image, epoch) : store.perturbed(image, row.at, epoch);
}

/** The common scale of several maps; undefined where each map has its own range. */
export type ScaleOf = (row: ImageRow) => Scale | undefined;

export function scalesOf(of: ImageState): ScaleOf {
  const { scale } = of.model.state.look;
  if (scale === 'image') return () => undefined;
  if (scale === 'row') return (row) => rangeOf(of, [row]);
  const all = rangeOf(of, of.rows);
  return () => all;
}

function rangeOf(of: ImageState, rows: readonly ImageRow[]): Scale | undefined {
  const ranges = rows.flatMap((row) => of.model.checkpoints.map(({ epoch }) => predictionOf(of, row, epoch)?.range));
  const known = ranges.filter((range) => range !== undefined);
  if (known.length === 0) return undefined;
  return {
    minimum: Math.min(...known.map(({ minimum }) => minimum)),
    maximum: Math.max(...known.map(({ maximum }) => maximum)),
  };
}
