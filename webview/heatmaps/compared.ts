/** The difference of each heatmap from another: of another class, by another method, of another checkpoint or another run. */
import * as l10n from '@vscode/l10n';
import { isFlat, sharedScale } from '../../src/imaging/heatmap';
import { explanationName } from '../common/explanation';
import { differenceMap, type DifferenceScale } from '../common/heat/difference';
import { rangedMap } from '../common/heat/paint';
import { labelOf, otherClass, type ClassHeat, type ImageResult } from '../common/heat/results';
import { className } from '../common/text';
import { classWanted, type WantedClass } from '../heat/wantedClass';
import { explanationAt, imageAt, isDifference, lessAt, resultsAt, type HeatmapsState } from './heatmapsState';
import type { CellPlace } from './settings';

/** A heatmap, or the difference of two. */
export type ShownHeat = Omit<ClassHeat, 'expectedSum'> & Partial<Pick<ClassHeat, 'expectedSum'>>;

/** The maps of two methods have no unit in common. */
export function differenceScale({ settings: { compared, scaled } }: HeatmapsState): DifferenceScale {
  return compared?.with === 'method' ? 'own' : scaled;
}

/** Undefined where one of the two is not there yet. */
export function differenceAt(state: HeatmapsState, place: CellPlace): ShownHeat | undefined {
  const { settings } = state;
  const { image, epoch } = place;
  const less = lessAt(state, place);
  const results = resultsAt(state, place);
  const label = labelOf(imageAt(state, image));
  const result = results.cell(image, epoch);
  const target = result && classWanted(settings.target, result, label);
  const first = target === undefined ? undefined : result?.heat(target);
  if (result === undefined || first === undefined || target === undefined || settings.compared === null)
    return undefined;
  const { compared } = settings;
  /** Of each checkpoint its own predicted class, where that is asked for. */
  const ofOwnClass = (other: ImageResult | undefined): ClassHeat | undefined =>
    other?.heat(classWanted(settings.target, other, label));
  const second = {
    class: () => result.heat(subtractedClass(state, result, target, label)),
    method: () => less && state.results(less.key).cell(image, epoch)?.heat(target),
    epoch: () => {
      const at = subtractedEpoch(state, epoch);
      return at === undefined ? undefined : ofOwnClass(results.cell(image, at));
    },
    run: () => less && ofOwnClass(state.results(less.key).cell(image, epoch)),
  }[compared.with]();
  if (second === undefined) return undefined;
  const map = differenceMap(first, second, differenceScale(state));
  return { ...rangedMap(map, true), flat: isFlat(sharedScale([map])) };
}

function subtractedClass(
  { settings }: HeatmapsState,
  result: ImageResult,
  target: number,
  label: number | null,
): number {
  const { compared } = settings;
  const wanted = compared?.with === 'class' ? compared.target : 'other';
  if (wanted !== 'other') return classWanted(wanted, result, label);
  return target === result.predicted ? otherClass(result, label) : result.predicted;
}

/** The first checkpoint has none before it. */
function subtractedEpoch({ settings: { compared }, view }: HeatmapsState, epoch: number): number | undefined {
  if (compared?.with !== 'epoch') return undefined;
  if (compared.epoch !== 'before') return compared.epoch;
  return view.checkpoints.filter((checkpoint) => checkpoint.epoch < epoch).at(-1)?.epoch;
}

/** The classes whose maps are wanted. */
export function wantedClassesOf({ settings: { target, compared } }: HeatmapsState): WantedClass[] {
  if (compared?.with !== 'class') return [target];
  // Of a class that is not predicted, the other one is.
  const others = compared.target === 'other' ? (['other', 'predicted'] as const) : [compared.target];
  return [...new Set([target, ...others])];
}

/** The checkpoints whose maps are wanted, ascending. */
export function wantedEpochs(state: HeatmapsState): number[] {
  const shown = state.checkpoints.map(({ epoch }) => epoch);
  const all = shown.flatMap((epoch) => [epoch, subtractedEpoch(state, epoch) ?? epoch]);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What is taken from a cell's heatmap, as a noun: "Occlusion", "cat", "epoch 3"; undefined where nothing is. */
export function subtractedText(state: HeatmapsState, place: CellPlace): string | undefined {
  const { settings, view } = state;
  const { compared } = settings;
  if (compared === null || !isDifference(settings)) return undefined;
  const less = lessAt(state, place);
  if (compared.with === 'method') return less && explanationName(less);
  if (compared.with === 'run') return state.other?.name;
  if (compared.with === 'epoch') {
    const epoch = subtractedEpoch(state, place.epoch);
    return epoch === undefined ? l10n.t('no checkpoint') : l10n.t('epoch {0}', epoch);
  }
  const label = labelOf(imageAt(state, place.image));
  const result = resultsAt(state, place).cell(place.image, place.epoch);
  if (result === undefined) return l10n.t('the other class');
  return className(view.classNames, subtractedClass(state, result, classWanted(settings.target, result, label), label));
}

/** What all cells show the difference of: "Grad-CAM less Occlusion"; undefined where they show heatmaps. */
export function comparedText(state: HeatmapsState): string | undefined {
  const { compared } = state.settings;
  if (compared === null || !isDifference(state.settings)) return undefined;
  const first = explanationName(explanationAt(state, { method: 0 }));
  const what = {
    method: () => l10n.t('{0} less {1}', first, state.less[0] === undefined ? '' : explanationName(state.less[0])),
    run: () => l10n.t('{0} less {1}', state.other?.shownName ?? state.view.name, state.other?.name ?? ''),
    class: () =>
      l10n.t(
        '{0} less {1}',
        wantedText(state, state.settings.target),
        wantedText(state, compared.with === 'class' ? compared.target : 'other'),
      ),
    epoch: () =>
      compared.with === 'epoch' && compared.epoch !== 'before'
        ? l10n.t('each checkpoint less epoch {0}', compared.epoch)
        : l10n.t('each checkpoint less the one before'),
  }[compared.with]();
  return `${what}; ${scaleText(differenceScale(state))}`;
}

/** What is done to maps before they are compared. */
export function scaleText(scaled: DifferenceScale): string {
  return scaled === 'own' ? l10n.t('each map divided by its own range first') : l10n.t('the maps as they are');
}

export function wantedText({ view: { classNames } }: Pick<HeatmapsState, 'view'>, wanted: WantedClass): string {
  if (wanted === 'predicted') return l10n.t('the predicted class');
  if (wanted === 'label') return l10n.t('the label');
  return wanted === 'other' ? l10n.t('the other class') : className(classNames, wanted);
}
