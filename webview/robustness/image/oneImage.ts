/** The image that is shown: what is wanted of it, and what there is. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { requestOf } from '../../common/explanation';
import { keyOf } from '../../common/heat/results';
import { steady } from '../../frame/steady';
import type { RobustnessState } from '../robustnessState';
import type { SavedState } from '../savedState';
import { createImageState, type ImageState } from './imageState';
import {
  createPerturbedRequest,
  type PerturbedRequest,
  type PerturbedRequestOptions,
  type Wanted,
} from './perturbedRequest';
import { createPerturbedStore } from './perturbedStore';

/** A perturbation to choose. */
export interface NamedEntry {
  readonly entry: number;
  readonly title: string;
  readonly rounds: number;
}

export interface OneImage {
  readonly request: PerturbedRequest;
  /** Undefined where there is no image. */
  readonly state: ReadonlySignal<ImageState | undefined>;
  /** The study's perturbations, or the published ones. */
  readonly entries: ReadonlySignal<readonly NamedEntry[]>;
}

export interface OneImageOptions {
  readonly ask: PerturbedRequestOptions['ask'];
  readonly shown: ReadonlySignal<RobustnessState | undefined>;
  readonly saved: ReadonlySignal<SavedState>;
}

export function createOneImage({ ask, shown, saved }: OneImageOptions): OneImage {
  const store = createPerturbedStore();
  /** Counts changes of the store, at most once a frame. */
  const version = signal(0);
  let frame = 0;
  const request = createPerturbedRequest({
    ask,
    store,
    onResults() {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => version.value++);
    },
  });
  const chosen = steady(() => {
    const { tab, image, entry, rounds } = saved.value;
    return { tab, image, entry, rounds };
  });
  /** The chosen image, if it still exists; otherwise the first. */
  const image = computed(() => {
    const images = shown.value?.view.images ?? [];
    return images.find((reference) => keyOf(reference) === chosen.value.image) ?? images[0];
  });

  function wantedNow(): Wanted | undefined {
    if (shown.value === undefined || image.value === undefined) return undefined;
    const { view, tests, explanation, checkpoints } = shown.value;
    const { run } = view;
    const ofStudy = tests.tests.map(({ entry }) => entry);
    const alone = ofStudy.filter((entry) => entry === chosen.value.entry);
    return {
      basis: JSON.stringify([run, explanation.key, tests.tests, image.value.kind === 'file' && image.value.resize]),
      explanation: requestOf(explanation),
      image: image.value,
      epochs: checkpoints.map(({ epoch }) => epoch),
      entries: ofStudy.length === 0 ? null : alone.length === 0 ? ofStudy : alone,
      rounds: chosen.value.rounds,
    };
  }
  // What was begun goes on while the other tab is shown.
  effect(() => {
    if (chosen.value.tab === 'image') request.want(wantedNow());
  });

  return {
    request,
    state: computed(() => {
      const of = version.value >= 0 ? shown.value : undefined;
      if (of === undefined || image.value === undefined) return undefined;
      return createImageState(of, store, keyOf(image.value), chosen.value);
    }),
    entries: computed(() => {
      const published = version.value >= 0 ? store.entries : [];
      return published.length > 0 ? published : (shown.value?.tests.tests ?? []);
    }),
  };
}
