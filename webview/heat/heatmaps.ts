/** The request of the heatmaps that a page shows. Cells fill as checkpoints arrive. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Params } from '../../src/protocol/contract';
import type { EngineContract, ExplainProgress, ImageReference } from '../../src/protocol/engine';
import { explanationKey, isOfOneClass, type Explanation } from '../common/explanation';
import { createResults, keyOf, type Results } from '../common/heat/results';
import { createRequest, type Request, type RequestOptions } from '../frame/request';
import { missingClass, missingTarget, type WantedClass } from './wantedClass';

export interface Wanted {
  readonly run: string;
  readonly explanations: readonly Explanation[];
  /** Whose maps: a method of the input's resolution makes those alone. */
  readonly classes: readonly WantedClass[];
  readonly epochs: readonly number[];
  readonly images: readonly ImageReference[];
}

type ExplainParams = Params<EngineContract, 'explain'>;
export type AskHeatmaps = RequestOptions<Wanted, ExplainParams, ExplainProgress, unknown>['ask'];

export interface Heatmaps {
  readonly request: Request<Wanted>;
  /** By the key of how they were made. */
  readonly results: (key: string) => Results;
  /** How many cells there are. */
  readonly size: () => number;
  /** Forgets the cells of all other images. */
  readonly keepOnly: (images: ReadonlySet<string>) => void;
  /** Counts changes of the results, at most once a frame: what reads it is rendered anew with them. */
  readonly version: ReadonlySignal<number>;
}

export function createHeatmaps(ask: AskHeatmaps): Heatmaps {
  const all = new Map<string, Results>();
  const version = signal(0);
  let frame = 0;
  /** What all results are of, besides how they were made. */
  let subject: string | undefined;

  function changed(): void {
    if (frame === 0)
      frame = requestAnimationFrame(() => {
        frame = 0;
        version.value++;
      });
  }

  function resultsBy(key: string): Results {
    const known = all.get(key) ?? createResults();
    all.set(key, known);
    return known;
  }

  const request = createRequest<Wanted, ExplainParams, ExplainProgress, unknown>({
    ask,
    missing: (wanted, { stopped }) => (stopped ? undefined : missingOf(wanted, resultsBy)),
    onProgress(progress, params) {
      const keys = params.images.map(keyOf);
      const results = resultsBy(keyOfParams(params));
      if (progress.kind === 'start') results.takeStart(progress, keys);
      else results.takeMaps(progress, keys);
      changed();
    },
    count: ({ images, epochs, explanations, classes }) => {
      const cells = explanations.flatMap((explanation) =>
        epochsOf(explanation, epochs).flatMap((epoch) =>
          images.map((image) => ({ explanation, epoch, key: keyOf(image) })),
        ),
      );
      const done = cells.filter(({ explanation, epoch, key }) => {
        const results = resultsBy(explanationKey(explanation));
        return wantedClasses(explanation, classes).every(
          (each) => missingClass(results, key, epoch, each) === undefined,
        );
      });
      return { done: done.length, of: cells.length };
    },
    covers: isWithin,
    basis: (wanted) => JSON.stringify([subjectOf(wanted), wanted.explanations.map(explanationKey)]),
    forget(wanted) {
      const next = wanted && subjectOf(wanted);
      if (next === undefined || next !== subject) all.clear();
      const keys = new Set(wanted?.explanations.map(explanationKey));
      for (const key of all.keys()) if (!keys.has(key)) all.delete(key);
      subject = next ?? subject;
      changed();
    },
  });
  /** Another run's results stand beside those of the run that is shown. */
  function keyOfParams(params: ExplainParams): string {
    const own = explanationOf(params);
    const ofOther = explanationKey({ ...own, of: { run: params.run, name: '', epochs: [] } });
    return all.has(ofOther) ? ofOther : explanationKey(own);
  }

  return {
    request,
    version,
    results: resultsBy,
    size: () => [...all.values()].reduce((sum, { size }) => sum + size, 0),
    keepOnly: (images) => all.forEach((results) => results.keepOnly(images)),
  };
}

/** Results of another run, or of files that were resized in another way, say nothing about these. */
function subjectOf({ run, images }: Wanted): string {
  const file = images.find((image) => image.kind === 'file');
  return JSON.stringify([run, file?.resize ?? null]);
}

/** Another run may lack some. */
function epochsOf({ of }: Explanation, epochs: readonly number[]): readonly number[] {
  return of === undefined ? epochs : epochs.filter((epoch) => of.epochs.includes(epoch));
}

function explanationOf({ method = '', parameters = {}, layer }: ExplainParams): Explanation {
  return { method, parameters, layer };
}

/** A layer's maps are of all classes at once. */
function wantedClasses(explanation: Explanation, classes: readonly WantedClass[]): readonly WantedClass[] {
  return isOfOneClass(explanation) ? classes : ['predicted'];
}

/** A small request that covers something of what is missing: of one method, and where it maps one class, of one class. */
function missingOf(
  { run, explanations, classes, epochs, images }: Wanted,
  resultsBy: Heatmaps['results'],
): ExplainParams | undefined {
  for (const explanation of explanations) {
    const results = resultsBy(explanationKey(explanation));
    for (const wanted of wantedClasses(explanation, classes)) {
      const missing = missingTarget(results, wanted, images, epochsOf(explanation, epochs));
      if (missing === undefined) continue;
      const { target, ...cells } = missing;
      const { method, parameters, layer, of } = explanation;
      return { run: of?.run ?? run, method, parameters, layer, ...cells, ...(isOfOneClass(explanation) && { target }) };
    }
  }
  return undefined;
}

/** Whether everything in the open request is still wanted. */
function isWithin(open: ExplainParams, wanted: Wanted): boolean {
  const key = explanationKey(explanationOf(open));
  const isMeant = (each: Explanation): boolean =>
    (each.of?.run ?? wanted.run) === open.run && explanationKey({ ...each, of: undefined }) === key;
  const { target } = open;
  const epochs = new Set(wanted.epochs);
  const images = new Set(wanted.images.map(keyOf));
  return (
    wanted.explanations.some(isMeant) &&
    (target === undefined || wanted.classes.some((each) => each === target || each === 'other')) &&
    open.epochs.every((epoch) => epochs.has(epoch)) &&
    open.images.every((image) => images.has(keyOf(image)))
  );
}
