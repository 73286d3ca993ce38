/** Heatmaps of images at checkpoints, of every class: kept ones, and the rest computed and kept. */
import { methodKey } from '../../explanations';
import { loadHeatmaps, storeHeatmaps, type HeatmapInputs } from '../../runs';
import type { HashedCheckpoint } from '../../weights/hashedCheckpoint';
import type { Host } from '../computation';
import { keptOrComputed, type ResultStore } from '../keptOrComputed';
import { aboutNow } from '../madeBy';
import type { Priority } from '../scheduler';
import type { ClassHeatmaps } from './explain';
import { unitsOf, type Shard } from '../../common/shard';
import { blocksOf, type Block } from './batches';
import type { HashedImage } from './hashedImage';
import type { MapsOf } from './mapsOf';
import { givenClass } from './target';

/** An image at a checkpoint. */
export interface HeatmapCell<I extends HashedImage = HashedImage> {
  readonly checkpoint: HashedCheckpoint;
  readonly of: I;
  /** Whose images are computed together, as far as they are not kept. */
  readonly block: Block;
}

export type MapKeeper = ResultStore<Omit<HeatmapCell, 'block'>, ClassHeatmaps>;

/** @param folder the run's */
export function mapKeeper(folder: string, { model, method, targetLayer, input }: MapsOf): MapKeeper {
  const { classes, id: architecture } = model;
  const { name: layer, height, width } = targetLayer;
  const inputsOf = ({ checkpoint, of }: Omit<HeatmapCell, 'block'>): HeatmapInputs => ({
    ...methodKey(method),
    architecture,
    layer,
    input,
    checkpoint: checkpoint.hash,
    image: of.hash,
    ...(method.method.resolution === 'input' && { target: targetOf(of) }),
  });
  // What is kept has room for a sum, of methods too that expect none.
  const expectsNone =
    method.method.needs === 'predictions' ||
    (method.method.needs === 'inputGradient' && method.method.baseline === undefined);
  return {
    async load(cells) {
      const kept = await loadHeatmaps(folder, cells.map(inputsOf), { classes, height, width });
      return expectsNone ? kept.map((maps) => maps && { ...maps, expectedSum: undefined }) : kept;
    },
    store: (cell, maps) =>
      storeHeatmaps(folder, inputsOf(cell), maps, { ...aboutNow(), ...(maps.batch && { batch: maps.batch }) }),
  };
}

export interface WantedMaps<I extends HashedImage> extends MapsOf {
  readonly keeper: MapKeeper;
  readonly checkpoints: readonly HashedCheckpoint[];
  readonly images: readonly I[];
  /** Told of each image's maps at a checkpoint once. Who takes them must copy what is to last: they are of all classes. */
  readonly take: (checkpoint: HashedCheckpoint, images: readonly I[], maps: readonly ClassHeatmaps[]) => void;
  /** 'soon': somebody waits for the first of them. */
  readonly priority: Priority;
  /** The checkpoint that will be asked for after these. */
  readonly next?: HashedCheckpoint | undefined;
  /** Absent: all of them. */
  readonly shard?: Shard | undefined;
  /** Told first how many maps these are. */
  readonly onShare?: (maps: number) => void;
}

/** @returns how many of the shard's are kept and computed, of all @throws CancelledError, WorkError */
export async function takeMaps<I extends HashedImage>(
  { keeper, checkpoints, images, take, priority, next: after, shard, onShare, ...of }: WantedMaps<I>,
  work: Host & { readonly signal: AbortSignal },
): Promise<{ kept: number; computed: number }> {
  const isWaitedFor = ({ checkpoint, block }: HeatmapCell): boolean =>
    priority === 'soon' && checkpoint === checkpoints[0] && block.start === 0;
  const blocks = checkpoints.flatMap((checkpoint) =>
    blocksOf(of, images.length, priority === 'soon' && checkpoint === checkpoints[0]).map((block) => ({
      checkpoint,
      block,
    })),
  );
  const share = unitsOf(blocks, shard);
  onShare?.(share.reduce((sum, { block }) => sum + block.end - block.start, 0));
  return keptOrComputed<HeatmapCell<I>, ClassHeatmaps>(
    {
      groups: checkpoints.map((checkpoint) =>
        share
          .filter((unit) => unit.checkpoint === checkpoint)
          .flatMap(({ block }) =>
            images.slice(block.start, block.end).map((image) => ({ checkpoint, of: image, block })),
          ),
      ),
      store: keeper,
      priority,
      take: (cells, maps) => {
        const [first] = cells;
        if (first === undefined) return;
        const images = cells.map((cell) => cell.of);
        take(first.checkpoint, images, maps);
      },
      async compute(cells, computed, { yieldTurn, next }) {
        const [first] = cells;
        if (first === undefined) return;
        const { explainAtCheckpoint } = await import('../compute');
        await explainAtCheckpoint({
          ...of,
          checkpoint: first.checkpoint,
          next: next?.[0]?.checkpoint ?? after,
          images: cells.map((cell) => cell.of.image),
          targets: cells.map((cell) => cell.of.target),
          together: neighboursIn(cells),
          waiting: isWaitedFor(first),
          signal: work.signal,
          yieldTurn,
          computed: (at, maps) => computed(cells.slice(at, at + maps.length), maps),
        });
      },
    },
    work,
  );
}

/** How many cells of the same block follow one another. */
function neighboursIn(cells: readonly HeatmapCell[]): number[] {
  const counts = new Map<number, number>();
  for (const { block } of cells) counts.set(block.start, (counts.get(block.start) ?? 0) + 1);
  return [...counts.values()];
}

/** A label that is named is its class: the same map as where that is asked for by its number. */
function targetOf({ target = 'predicted', image: { label } }: HashedImage): number | 'predicted' {
  return givenClass(target, label) ?? 'predicted';
}
