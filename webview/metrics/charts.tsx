import { useComputed, type ReadonlySignal, type Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { Chart, type ChartHandle } from '../chart/chart';
import type { Zoom } from '../chart/zoom';
import { chartColours } from '../chart/palette';
import type { ChartKind } from './chartKinds';
import { chartContent } from './chartOption';
import { linesOf } from './lines';
import type { Part } from './measures';
import type { ShownRecipe } from './recipes';
import type { SavedState } from './savedState';
import type { ShownRun } from './shown';

export interface ChartsProperties {
  readonly kinds: ReadonlySignal<readonly ChartKind[]>;
  readonly runs: ReadonlySignal<readonly ShownRun[]>;
  /** Undefined where runs are drawn alone. */
  readonly recipes: ReadonlySignal<readonly ShownRecipe[] | undefined>;
  readonly state: ReadonlySignal<SavedState>;
  readonly epoch: Signal<number | undefined>;
  readonly zoom: Signal<Zoom | undefined>;
  /** Of a chart, by its id. */
  readonly handleOf: (id: string) => ChartHandle;
}

/** The charts that are chosen, or why there are none. Reading out an epoch draws none of them anew. */
export function Charts(properties: ChartsProperties) {
  const why = whyNothing(properties);
  return (
    <>
      <p class="muted nothing" role="status" hidden={why === ''}>
        {why}
      </p>
      <div class="charts">
        {properties.kinds.value.map((kind) => (
          <CurveChart key={kind.id} kind={kind} {...properties} />
        ))}
      </div>
    </>
  );
}

function CurveChart({
  kind,
  runs,
  recipes,
  state,
  epoch,
  zoom,
  handleOf,
}: { readonly kind: ChartKind } & ChartsProperties) {
  const isZoomed = useComputed(() => zoom.value !== undefined);
  const content = useComputed(() => {
    const { parts, smoothing, logarithmic, logarithmicEpochs } = state.value;
    const shown = runs.value;
    return chartContent({
      kind,
      lines: linesOf({ kind, runs: shown, recipes: recipes.value, parts, smoothing }),
      lastEpoch: lastEpochOf(shown),
      logarithmic: { x: logarithmicEpochs, y: logarithmic && kind.logarithmic },
      zoomed: isZoomed.value,
      colours: chartColours(),
    });
  });
  return (
    <Chart
      label={l10n.t('{0} by epoch. The arrow keys read out the epochs; +, − and 0 zoom.', kind.title)}
      content={content.value}
      epoch={epoch}
      zoom={zoom}
      handle={handleOf(kind.id)}
    />
  );
}

/** All charts have the same axis. */
function lastEpochOf(runs: readonly ShownRun[]): number {
  return runs.reduce((last, { curve }) => Math.max(last, curve.plannedEpochs ?? 0, curve.epochs.at(-1)?.epoch ?? 0), 0);
}

function whyNothing({ runs, state, kinds }: ChartsProperties): string {
  const shown = runs.value;
  const parts: readonly Part[] = state.value.parts;
  if (shown.length === 0) return l10n.t('Choose a run in the list to see its curves.');
  if (kinds.value.length === 0) return l10n.t('Choose what to draw under Charts.');
  if (parts.length === 0) return l10n.t('Choose test, training, or both.');
  if (shown.some(({ curve }) => curve.epochs.length > 0)) return '';
  return shown.some(({ curve }) => curve.claims.length > 0)
    ? l10n.t(
        'Nothing has been measured here: what the files of imported checkpoints claim is in the table. Press Measure Accuracy there.',
      )
    : l10n.t('No epoch has been measured yet: the first values come after epoch 0, before training begins.');
}
