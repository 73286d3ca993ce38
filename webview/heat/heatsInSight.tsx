/**
 * Heatmaps of a list that is too long to hold all of them: those of the visible rows are computed, and some more are
 * kept.
 */
import * as l10n from '@vscode/l10n';
import { keyOf } from '../common/heat/results';
import { Banner } from '../frame';
import { createHeatmaps, type AskHeatmaps, type Heatmaps, type Wanted } from './heatmaps';

export interface HeatsInSight extends Heatmaps {
  /** The heatmaps of the visible rows; undefined where nothing can be computed. */
  readonly want: (wanted: Wanted | undefined) => void;
  /** The same once the person has stopped scrolling. */
  readonly wantSoon: (wanted: Wanted | undefined) => void;
}

export interface HeatsInSightOptions {
  readonly ask: AskHeatmaps;
  /** The largest number of kept cells: those of thousands of images at a fine layer would take gigabytes. */
  readonly mostCells: number;
}

const SIGHT_MILLISECONDS = 80;

export function createHeatsInSight({ ask, mostCells }: HeatsInSightOptions): HeatsInSight {
  const heatmaps = createHeatmaps(ask);
  const { request } = heatmaps;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function want(wanted: Wanted | undefined): void {
    clearTimeout(timer);
    if (wanted !== undefined && heatmaps.size() > mostCells) heatmaps.keepOnly(new Set(wanted.images.map(keyOf)));
    request.want(wanted);
  }

  return {
    ...heatmaps,
    want,
    wantSoon(wanted) {
      clearTimeout(timer);
      timer = setTimeout(() => want(wanted), SIGHT_MILLISECONDS);
    },
  };
}

export interface HeatsBannerProperties {
  readonly heats: HeatsInSight;
  readonly onOutput: () => void;
}

/** Their progress, over the end of the list. */
export function HeatsBanner({ heats: { request }, onOutput }: HeatsBannerProperties) {
  return (
    <div class="floating">
      <Banner
        state={request.state}
        things={l10n.t('heatmaps in sight')}
        onCancel={() => request.cancel()}
        onResume={() => request.resume()}
        onOutput={onOutput}
      />
    </div>
  );
}
