/**
 * Heatmaps of a list that is too long to hold all of them: those of the visible rows are computed, and some more are
 * kept.
 */
import { createBanner } from '../banner';
import { createComputation, type ComputationOptions, type Wanted } from './computation';
import { createResults, keyOf, type Results } from './results';

export interface HeatsInSightOptions extends Pick<ComputationOptions, 'ask'> {
  /** The request for the visible rows; undefined where nothing can be computed. */
  readonly wanted: () => Wanted | undefined;
  /** The largest number of kept cells: those of thousands of images at a fine layer would take gigabytes. */
  readonly mostCells: number;
  /** Called when there are new heatmaps, or a computation starts or ends. */
  readonly onNews: () => void;
  readonly onOutput: () => void;
}

export interface HeatsInSight {
  /** The line that shows their progress, above the list. */
  readonly element: HTMLElement;
  readonly results: Results;
  readonly computing: boolean;
  /** Other rows are visible. */
  readonly want: () => void;
  /** Other rows are visible; acts once the person has stopped scrolling. */
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
