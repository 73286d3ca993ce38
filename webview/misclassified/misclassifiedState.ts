/** The page's state: the run, its checkpoints' predictions, and the person's choices. */
import type { ClassIndices } from '../../src/common/classIndices';
import * as l10n from '@vscode/l10n';
import {
  confusionMatrix,
  countFates,
  epochsThatCount,
  imageFates,
  imagesOfCell,
  SEARCH_EPOCHS,
  searchErrors,
  wrongImages,
  type ConfusionMatrix,
  type EpochPredictions,
  type EpochSearch,
  type Fate,
  type ImageFate,
} from '../../src/measures/misclassified';
import type { CheckpointInfo, RunView } from '../../src/protocol/panelView';
import type { Scale } from '../../src/imaging/heatmap';
import type { Results } from '../common/heat/results';
import { unionOf } from '../common/heat/scales';
import { shownExplanation, type ShownExplanation } from '../common/explanation';
import { layerOf } from '../common/layer';
import { pairScale } from './compare';
import type { Choice, Scope } from './savedState';

/** The known facts about the test set. */
export interface Known {
  /** [images] */
  readonly labels: ClassIndices;
  /** Predictions of the checkpoints that have been asked, by ascending epoch. */
  readonly epochs: readonly EpochPredictions[];
}

/** One row of the list. */
export interface Item {
  /** The index in the test set. */
  readonly image: number;
  /** The checkpoint whose prediction is shown. */
  readonly epoch: number;
  /** For a search: how many images it had looked at. */
  readonly lookedAt?: number;
}

export interface MisclassifiedState {
  readonly view: RunView;
  readonly choice: Choice;
  readonly checkpoint: CheckpointInfo;
  /** How the heatmaps are made. */
  readonly explanation: ShownExplanation;
  readonly known: Known | undefined;
  /** What the checkpoint takes each image for; undefined while it is unknown. */
  readonly predictions: ClassIndices | undefined;
  /** The checkpoint's confusion; undefined while it is unknown, and of more classes than a picture can show. */
  readonly matrix: ConfusionMatrix | undefined;
  /** Fates by image; undefined until all checkpoints have been asked. */
  readonly fates: readonly ImageFate[] | undefined;
  readonly fateCounts: Readonly<Record<Fate, number>> | undefined;
  readonly items: readonly Item[];
  /** The reason why there are no items; undefined where there are some. */
  readonly nothing: string | undefined;
}

/** Of more, what is confused is told by pairs alone: a matrix of them takes 16 MB. */
const MOST_IN_MATRIX = 2048;

/** Counts from predictions, cached as long as these are the same. */
export interface Counter {
  (view: RunView, choice: Choice, known: Known | undefined): MisclassifiedState;
}

export function createCounter(): Counter {
  let counted: { readonly known: Known; readonly fates: readonly ImageFate[] } | undefined;

  function fatesOf(view: RunView, known: Known | undefined): readonly ImageFate[] | undefined {
    if (known === undefined || known.epochs.length < view.checkpoints.length) return undefined;
    if (counted?.known !== known) {
      const weightsOf = (epoch: number) => view.checkpoints.find((each) => each.epoch === epoch)?.weights ?? 'trained';
      counted = { known, fates: imageFates(known.labels, epochsThatCount(known.epochs, weightsOf)) };
    }
    return counted.fates;
  }

  return (view, choice, known) => {
    const checkpoint = checkpointOf(view, choice);
    const current = predictionsAt(known, checkpoint.epoch);
    const fates = fatesOf(view, known);
    const items = known === undefined ? [] : itemsOf(view, choice, known, checkpoint.epoch, fates);
    return {
      view,
      choice,
      checkpoint,
      known,
      predictions: current,
      fates,
      explanation: shownExplanation(view, choice.method, layerOf(view, choice.layer)),
      matrix:
        known === undefined || current === undefined || view.classNames.length > MOST_IN_MATRIX
          ? undefined
          : confusionMatrix(known.labels, current, view.classNames.length),
      fateCounts: fates === undefined ? undefined : countFates(fates),
      items,
      nothing: items.length > 0 ? undefined : whyNothing(view, choice, current !== undefined, fates !== undefined),
    };
  };
}

/** The chosen checkpoint, or the last if there is none of that epoch. A run's view has at least one. */
export function checkpointOf({ checkpoints }: RunView, { epoch }: { readonly epoch: number | null }): CheckpointInfo {
  const chosen = checkpoints.find((each) => each.epoch === epoch);
  return chosen ?? (checkpoints.at(-1) as CheckpointInfo);
}

export function predictionsAt(known: Known | undefined, epoch: number): ClassIndices | undefined {
  return known?.epochs.find((each) => each.epoch === epoch)?.predictions;
}

/** The result of the study's search at those of its checkpoints whose predictions are known. */
export function searchOf({ seed }: RunView, known: Known): EpochSearch[] {
  const epochs = known.epochs.filter(({ epoch }) => SEARCH_EPOCHS.includes(epoch));
  return epochs.length === 0 ? [] : searchErrors(known.labels, epochs, seed);
}

export function imageKey(image: number): string {
  return `test:${image}`;
}

/** The common range of all available maps of the list. */
export function sharedScale({ items, known }: MisclassifiedState, results: Results): Scale | undefined {
  return unionOf(
    items.map(({ image, epoch }) => {
      const result = results.cell(imageKey(image), epoch);
      return result && pairScale(result, known?.labels[image] ?? 0);
    }),
  );
}

function itemsOf(
  view: RunView,
  { scope, fate, order }: Choice,
  known: Known,
  epoch: number,
  fates: readonly ImageFate[] | undefined,
): Item[] {
  if (scope === 'search') {
    return searchOf(view, known).flatMap(({ epoch: at, found }) => (found === null ? [] : [{ epoch: at, ...found }]));
  }
  const images = imagesIn(scope, known, predictionsAt(known, epoch));
  if (fate !== null && fates === undefined) return [];
  const kept = fate === null ? [...images] : [...images].filter((image) => fates?.[image]?.fate === fate);
  if (fates !== undefined && order !== 'index') kept.sort((a, b) => rank(fates[b], order) - rank(fates[a], order));
  return kept.map((image) => ({ image, epoch }));
}

function imagesIn(
  scope: Exclude<Scope, 'search'>,
  { labels }: Known,
  current: ClassIndices | undefined,
): Iterable<number> {
  if (scope === 'all') return labels.keys();
  if (current === undefined) return [];
  return scope === 'wrong' ? wrongImages(labels, current) : imagesOfCell(labels, current, scope);
}

/** Higher values come earlier in the list. */
function rank(fate: ImageFate | undefined, order: 'forgotten' | 'learnedLate'): number {
  if (fate === undefined) return -1;
  return order === 'forgotten' ? fate.forgettingEvents : (fate.rightFrom ?? -1);
}

function whyNothing(view: RunView, { scope, fate }: Choice, hasCurrent: boolean, hasFates: boolean): string {
  if (scope === 'search') {
    const there = view.checkpoints.some(({ epoch }) => SEARCH_EPOCHS.includes(epoch));
    if (!there)
      return l10n.t('The study searches with the checkpoints of epochs 1, 2 and 3, and this run has none of them.');
    return hasFates ? l10n.t('None of these checkpoints gets an image wrong.') : waitingText();
  }
  if (!hasCurrent || (fate !== null && !hasFates)) return waitingText();
  if (fate !== null) return l10n.t('No image fits all of this. Choose another cell, or another fate.');
  return scope === 'wrong' ? l10n.t('This checkpoint gets every test image right.') : l10n.t('There is no such image.');
}

export function waitingText(): string {
  return l10n.t('Waiting for the predictions…');
}
