/** What is measured, as the person has chosen it. */
import type { Params } from '../../src/protocol/contract';
import type { EngineContract, ImageReference } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import type { TrustTab } from '../../src/protocol/trustPanel';
import { layerOf } from '../common/layer';
import type { Choice } from './savedState';

export type Asked<Name extends keyof EngineContract['requests']> = Omit<Params<EngineContract, Name>, 'compute'>;

/** Of more images the scores of each are not sent. */
const MOST_EACH = 500;

/** What a request is made from. */
export interface Basis {
  readonly view: RunView;
  readonly choice: Choice;
  /** How many test images there are; undefined while that is not known. */
  readonly testImages: number | undefined;
}

/** The methods that are chosen, by their ids. */
export function methodsOf({ view, choice }: Pick<Basis, 'view' | 'choice'>): readonly string[] {
  return choice.methods ?? [view.studyMethod];
}

/** The checkpoints that are chosen, ascending; all that are kept where the study names none. */
export function epochsOf({ view, choice }: Pick<Basis, 'view' | 'choice'>): number[] {
  const kept = view.checkpoints.map(({ epoch }) => epoch);
  const chosen = choice.epochs ?? view.studyEpochs;
  const shown = chosen === null ? kept : kept.filter((epoch) => chosen.includes(epoch));
  return shown.length === 0 ? kept : shown;
}

export function imagesOf({ view, choice, testImages }: Basis, tab: TrustTab): ImageReference[] {
  const images = choice.images[tab];
  if (images === 'study') return view.images;
  return Array.from({ length: Math.min(images, testImages ?? 0) }, (_, index) => ({ kind: 'set', set: 'test', index }));
}

/** What requests of heatmaps have in common; undefined where there is nothing to measure. */
function ofHeatmaps(basis: Basis, tab: TrustTab) {
  const images = imagesOf(basis, tab);
  const epochs = epochsOf(basis);
  if (images.length === 0 || epochs.length === 0) return undefined;
  return { run: basis.view.run, epochs, images, layer: layerOf(basis.view, basis.choice.layer) };
}

export function faithfulnessOf(basis: Basis): Asked<'faithfulness'> | undefined {
  const of = ofHeatmaps(basis, 'faithfulness');
  const { target, scores, seed } = basis.choice;
  return (
    of && {
      ...of,
      methods: methodsOf(basis).map((id) => ({ id })),
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
    methods: methodsOf(basis).map((method) => ({ method })),
    checks: [check],
    seed,
    ...(check === 'against' && against !== null ? { against } : {}),
  };
}

export function agreementOf(basis: Basis): Asked<'agreement'> | undefined {
  const of = ofHeatmaps(basis, 'sanity');
  const methods = methodsOf(basis).map((id) => ({ id }));
  return methods.length < 2 ? undefined : of && { ...of, methods, target: basis.choice.target };
}

export function calibrationOf(basis: Basis): Asked<'calibration'> | undefined {
  const { view, choice, testImages } = basis;
  const epochs = epochsOf(basis);
  if (testImages === undefined || epochs.length === 0) return undefined;
  return {
    run: view.run,
    epochs,
    images: Math.max(1, Math.min(choice.images.calibration, testImages)),
    ...(choice.drops ? {} : { entries: [] }),
  };
}
