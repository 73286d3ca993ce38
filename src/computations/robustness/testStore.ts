/** How tests of robustness are kept: whole, or in the parts of shards, which a whole is made of as soon as it is asked for. */
import type { ImageSource } from '../../datasets';
import { laterMethodKey } from '../../explanations';
import type { Measured } from '../../measures/robustness/measured';
import { robustnessResults, type AboutResult } from '../../runs';
import type { MapsOf } from '../heatmaps/mapsOf';
import type { ResultStore } from '../keptOrComputed';
import { aboutBatchesNow } from '../madeBy';
import { deleteParts, fromParts, partsOf, rangesOf, type Range, type TestParts } from './parts';
import type { Test as Cell } from './share';
import { imageCount, hashImages } from './testImages';

export interface Plan extends MapsOf {
  /** The run's. */
  readonly folder: string;
  readonly test: ImageSource;
}

export function storeOf({ folder, model, method, targetLayer, input, test }: Plan) {
  const inputsOf = ({ checkpoint, entry }: Cell) => ({
    architecture: model.id,
    explanation: laterMethodKey(method),
    layer: targetLayer.name,
    input,
    checkpoint: checkpoint.hash,
    images: hashImages(test, imageCount(entry, test)),
    perturbation: entry,
  });
  const ofParts = (cell: Cell) => ({ ...inputsOf(cell), of: imageCount(cell.entry, test) });
  async function keep(cell: Cell, measured: Measured, about: AboutResult): Promise<void> {
    await robustnessResults.store(folder, inputsOf(cell), measured, about);
    await deleteParts(folder, ofParts(cell), rangesOf(model, imageCount(cell.entry, test)));
  }
  const putTogether = new Set<Cell>();
  const loadWhole = (cell: Cell): Promise<Measured | undefined> => robustnessResults.load(folder, inputsOf(cell));
  /** The whole, which is made of its parts where they are all there. */
  async function loadOne(cell: Cell): Promise<Measured | undefined> {
    const whole = await loadWhole(cell);
    if (whole !== undefined) return whole;
    const inputs = ofParts(cell);
    const { rounds } = cell.entry;
    const made = await fromParts(folder, inputs, { ranges: rangesOf(model, inputs.of), rounds });
    if (made === undefined) return undefined;
    putTogether.add(cell);
    // A run folder that cannot be written to can still be looked at.
    await keep(cell, made.measured, made.about).catch(() => undefined);
    return made.measured;
  }
  return {
    nameOf: (cell) => robustnessResults.nameOf(inputsOf(cell)),
    load: (cells) => Promise.all(cells.map(loadOne)),
    store: (cell, measured) => keep(cell, measured, aboutBatchesNow(model)),
    isWhole: async (cell) => (await loadWhole(cell)) !== undefined,
    isPutTogether: (cell) => putTogether.has(cell),
    partsOf: (cell) => partsOf(folder, ofParts(cell), () => aboutBatchesNow(model)),
    forget: (cell, ranges) => deleteParts(folder, ofParts(cell), ranges),
  } satisfies ResultStore<Cell, Measured> & {
    nameOf: (cell: Cell) => string;
    isWhole: (cell: Cell) => Promise<boolean>;
    isPutTogether: (cell: Cell) => boolean;
    partsOf: (cell: Cell) => TestParts;
    forget: (cell: Cell, ranges: readonly Range[]) => Promise<void>;
  };
}
