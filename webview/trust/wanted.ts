/** What is measured, as the person has chosen it. */
import * as l10n from '@vscode/l10n';
import { methodName } from '../../src/explanations/descriptions';
import type { Params } from '../../src/protocol/contract';
import type { EngineContract, ImageReference } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import type { Samples, TrustTab } from '../../src/protocol/trustPanel';
import { chosenMethod, choiceOf, isOfOneClass, type MethodChoice } from '../common/explanation';
import { fusedLayers, layerOf } from '../common/layer';
import { listed } from '../common/text';
import type { Choice } from './savedState';

export type Asked<Name extends keyof EngineContract['requests']> = Omit<Params<EngineContract, Name>, 'compute'>;

/** Of more images the scores of each are not sent. */
const MOST_EACH = 500;

/** How many images a request takes. */
export const MOST_IMAGES: Readonly<Record<TrustTab, number>> = {
  faithfulness: 10_000,
  sanity: 1000,
  localisation: 10_000,
  calibration: Infinity,
};

/** What there is to measure on, and how much of it is by default. */
export interface Counted {
  readonly testImages: number;
  readonly trainImages: number;
  readonly samples: Samples;
}

/** What a request is made from. */
export interface Basis extends Counted {
  readonly view: RunView;
  readonly choice: Choice;
}

/** The methods that are chosen, the study's with its parameters. */
export function methodsOf({ view, choice }: Pick<Basis, 'view' | 'choice'>): readonly MethodChoice[] {
  return (choice.methods ?? [chosenMethod(view, null).method.id]).map((id) => choiceOf(id, view));
}

/** Why methods and layers do not go together, and what to do; undefined where they do. */
export function fusionProblem(of: Pick<Basis, 'view' | 'choice'>): string | undefined {
  if (fusedLayers(layerOf(of.view, of.choice.layer)) === undefined) return undefined;
  const names = methodsOf(of)
    .filter(({ id }) => isOfOneClass({ method: id }))
    .map(({ id }) => methodName(id));
  if (names.length === 0) return undefined;
  return l10n.t(
    'Methods that explain the input itself have no layers to fuse: {0}. Choose one layer under Appearance, or other methods.',
    listed(names),
  );
}

/** The checkpoints that are chosen, ascending; all that are kept where the study names none. */
export function epochsOf({ view, choice }: Pick<Basis, 'view' | 'choice'>): number[] {
  const kept = view.checkpoints.map(({ epoch }) => epoch);
  const chosen = choice.epochs ?? view.studyEpochs;
  const shown = chosen === null ? kept : kept.filter((epoch) => chosen.includes(epoch));
  return shown.length === 0 ? kept : shown;
}

/** How many test images, the first ones. @param chosen null is the default */
export function countOf({ testImages, samples }: Counted, tab: TrustTab, chosen: number | null): number {
  return Math.min(chosen ?? samples[tab] ?? testImages, testImages, MOST_IMAGES[tab]);
}

/** Of a tab whose images can be the study's. */
export function imagesOf(basis: Basis, tab: 'faithfulness' | 'sanity'): readonly ImageReference[] {
  const images = basis.choice.images[tab];
  if (images === 'study') return basis.view.images;
  return Array.from({ length: countOf(basis, tab, images) }, (_, index) => ({ kind: 'set', set: 'test', index }));
}

/** What requests of heatmaps have in common; undefined where there is nothing to measure. */
function ofHeatmaps(basis: Basis, tab: 'faithfulness' | 'sanity') {
  const images = imagesOf(basis, tab);
  const epochs = epochsOf(basis);
  if (images.length === 0 || epochs.length === 0) return undefined;
  return { run: basis.view.run, epochs, images: [...images], layer: layerOf(basis.view, basis.choice.layer) };
}

export function faithfulnessOf(basis: Basis): Asked<'faithfulness'> | undefined {
  const of = ofHeatmaps(basis, 'faithfulness');
  const { target, scores, seed } = basis.choice;
  return (
    of && {
      ...of,
      methods: [...methodsOf(basis)],
      target,
      scores,
      seed,
      perImage: of.images.length <= MOST_EACH,
    }
  );
}

export function sanityOf(
  basis: Basis,
  check: 'classSensitivity' | 'randomisation' | 'against',
): Asked<'sanity'> | undefined {
  const of = ofHeatmaps(basis, 'sanity');
  const { seed, against } = basis.choice;
  if (of === undefined || (check === 'against' && against === null)) return undefined;
  return {
    ...of,
    methods: methodsOf(basis).map(({ id, parameters }) => ({ method: id, parameters })),
    checks: [check],
    seed,
    ...(check === 'against' && against !== null ? { against } : {}),
  };
}

export function agreementOf(basis: Basis): Asked<'agreement'> | undefined {
  const of = ofHeatmaps(basis, 'sanity');
  const methods = [...methodsOf(basis)];
  return methods.length < 2 ? undefined : of && { ...of, methods, target: basis.choice.target };
}

/** As many mosaics as images, where a number is chosen. */
export function localisationOf(basis: Basis): Asked<'localisation'> | undefined {
  const { view, choice, testImages, samples } = basis;
  const epochs = epochsOf(basis);
  if (testImages === 0 || epochs.length === 0) return undefined;
  return {
    run: view.run,
    epochs,
    methods: [...methodsOf(basis)],
    layer: layerOf(view, choice.layer),
    images: countOf(basis, 'localisation', choice.images.localisation),
    mosaics: Math.min(choice.images.localisation ?? samples.focus ?? testImages, MOST_IMAGES.localisation),
    seed: choice.seed,
  };
}

export function calibrationOf(basis: Basis): Asked<'calibration'> | undefined {
  const { view, choice, testImages } = basis;
  const epochs = epochsOf(basis);
  if (testImages === 0 || epochs.length === 0) return undefined;
  return {
    run: view.run,
    epochs,
    images: countOf(basis, 'calibration', choice.images.calibration),
    ...(choice.drops ? {} : { entries: [] }),
  };
}
