/** The page of the metrics panel: which runs there are, which of them are shown, and what is asked of the extension. */
import { computed, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { metricsHostContract, metricsPageContract, type MetricsView, type RunCurve } from '../../src/protocol/metrics';
import type { ExportKind } from '../../src/protocol/runPanel';
import { styleOf } from '../chart/palette';
import type { ChartHandle } from '../chart/chart';
import { createPage, EmptyState, Frame, Loading, messageOf } from '../frame';
import { Charts } from './charts';
import type { ShownRun } from './chartOption';
import { metricsCsv } from './csv';
import './metrics.css';
import { partsOf } from './measures';
import { NoRuns } from './noRuns';
import { metricsPicture } from './picture';
import { RunList } from './runList';
import { parseSavedState } from './savedState';
import { Tables } from './tables';
import { MetricsToolbar } from './toolbar';

type Answer = 'loading' | 'there' | { readonly failed: string };

const answer = signal<Answer>('loading');
const curves = signal<readonly RunCurve[]>([]);
const trusted = signal(true);
/** The epoch that is read out; undefined is the last one. */
const epoch = signal<number | undefined>(undefined);
const handles: Readonly<Record<'accuracy' | 'loss', ChartHandle>> = {
  accuracy: { drawn: undefined },
  loss: { drawn: undefined },
};

const page = createPage({
  page: metricsPageContract,
  host: metricsHostContract,
  handlers: {},
  listeners: {
    runs: (runs) => (curves.value = runs),
    show: ({ runs }) => showRuns([...(page.state.value.runs ?? []), ...runs]),
  },
  parseState: parseSavedState,
});

/** Runs keep their place in the list, and with it their curve's style. */
const shownRuns = computed((): ShownRun[] => {
  const shown = new Set(page.state.value.runs);
  return curves.value
    .map((curve, place) => ({ curve, style: styleOf(place) }))
    .filter(({ curve }) => shown.has(curve.run));
});

function showRuns(runs: readonly string[]): void {
  page.keep({ runs: [...new Set(runs)] });
}

function toggleRun(run: string, on: boolean): void {
  const others = (page.state.value.runs ?? []).filter((each) => each !== run);
  showRuns(on ? [...others, run] : others);
}

function take(view: MetricsView): void {
  curves.value = view.runs;
  trusted.value = view.trusted;
  // Deleted runs would never be shown again.
  const kept = page.state.value.runs?.filter((run) => view.runs.some((curve) => curve.run === run)) ?? [];
  showRuns([...(kept.length > 0 ? kept : view.proposed), ...view.asked]);
  answer.value = 'there';
}

function load(): void {
  answer.value = 'loading';
  page.host.request('view', {}).then(take, (error: unknown) => (answer.value = { failed: messageOf(error) }));
}

function measure(run: string): void {
  page.attempt(page.host.request('measure', { run }));
}

async function save(kind: ExportKind): Promise<{ saved: string | null }> {
  const runs = shownRuns.value;
  const bytes =
    kind === 'png'
      ? await metricsPicture([handles.accuracy, handles.loss], runs, page.state.value.parts)
      : new TextEncoder().encode(metricsCsv(runs.map(({ curve }) => curve)));
  return page.host.request('save', { kind, bytes });
}

function Metrics() {
  const state = page.state.value;
  const hasRuns = answer.value === 'there' && curves.value.length > 0;
  const toolbar = hasRuns && (
    <MetricsToolbar
      state={state}
      available={partsOf(shownRuns.value.map(({ curve }) => curve))}
      canSave={shownRuns.value.length > 0}
      onState={page.keep}
      onSave={(kind) => page.saving(save(kind))}
    />
  );
  return (
    <Frame toolbar={toolbar} note={page.note} instead={hasRuns ? undefined : <WhyNothing />}>
      <div class="metrics">
        <RunList runs={curves.value} shown={new Set(state.runs)} onToggle={toggleRun} />
        <div class="content">
          <Charts runs={shownRuns.value} state={state} epoch={epoch} handles={handles} />
          <Tables runs={shownRuns.value} onMeasure={trusted.value ? measure : undefined} />
        </div>
      </div>
    </Frame>
  );
}

function WhyNothing() {
  const now = answer.value;
  if (now === 'loading') return <Loading title={l10n.t('Reading the runs…')} />;
  if (now === 'there') {
    return <NoRuns trusted={trusted.value} act={(action) => page.attempt(page.host.request('run', { action }))} />;
  }
  return (
    <EmptyState
      icon="warning"
      title={l10n.t('The runs cannot be shown')}
      text={now.failed}
      actions={[{ label: l10n.t('Try Again'), icon: 'refresh', onClick: load }]}
    />
  );
}

load();
render(<Metrics />, document.body);
