/** Heatmaps of a list too long to have all of them: computed for the rows in sight, a few more are kept. */
import { createBanner } from '../banner';
import { createComputation, type ComputationOptions, type Wanted } from './computation';
import { createResults, keyOf, type Results } from './results';

export interface HeatsInSightOptions extends Pick<ComputationOptions, 'ask'> {
  /** What the rows in sight want; undefined where nothing is to be had. */
  readonly wanted: () => Wanted | undefined;
  /** Cells that are kept at most: those of thousands of images at a fine layer would take gigabytes. */
  readonly mostCells: number;
  /** There are new ones, or it is computed or not. */
  readonly onNews: () => void;
  readonly onOutput: () => void;
}

export interface HeatsInSight {
  /** The line that says how far they are, floating over the list. */
  readonly element: HTMLElement;
  readonly results: Results;
  readonly computing: boolean;
  /** The rows in sight are others. */
  readonly want: () => void;
  /** The same once the person has stopped scrolling. */
  readonly wantSoon: () => void;
}

const SIGHT_MILLISECONDS = 80;

export function createHeatsInSight(options: HeatsInSightOptions): HeatsInSight {
  const { ask, wanted, mostCells, onNews, onOutput } = options;
  const results = createResults();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const computation = createComputation({
    ask,
    results,
    onResults: onNews,
    onState: (state) => {
      banner.show(state);
      onNews();
    },
  });
  const banner = createBanner({
    things: 'heatmaps in sight',
    onCancel: () => computation.cancel(),
    onResume: () => computation.resume(),
    onOutput,
  });
  banner.element.classList.add('floating');

  function want(): void {
    const next = wanted();
    if (next === undefined) return;
    if (results.size > mostCells) results.keepOnly(new Set(next.images.map(keyOf)));
    computation.want(next);
  }

  return {
    element: banner.element,
    results,
    want,
    get computing() {
      return computation.state.kind === 'computing';
    },
    wantSoon() {
      clearTimeout(timer);
      timer = setTimeout(want, SIGHT_MILLISECONDS);
    },
  };
}
