/** The page of the metrics panel: which runs there are, which of them are shown, and what is asked of the extension. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { metricsHostContract, metricsPageContract, type MetricsView } from '../../src/protocol/metrics';
import type { ExportKind } from '../../src/protocol/runPanel';
import type { ChartHandle } from '../chart/chart';
import { styleOf } from '../chart/palette';
import type { Zoom } from '../chart/zoom';
import { createPage, EmptyState, Frame, Loading, messageOf } from '../frame';
import { chartKinds } from './chartKinds';
import { Charts } from './charts';
import { EpochReadout } from './epochReadout';
import { exported } from './exports';
import { partsOf } from './measures';
import './metrics.css';
import { NoRuns } from './noRuns';
import { recipesOfShown, type ShownRecipe } from './recipes';
import { RunList } from './runList';
import { createRuns } from './runs';
import { parseSavedState } from './savedState';
import type { ShownRun } from './shown';
import { Tables } from './tables';
import { MetricsToolbar } from './toolbar';

type Answer = 'loading' | 'there' | { readonly failed: string };

const answer = signal<Answer>('loading');
const trusted = signal(true);
/** The epoch that is read out; undefined is the last one. */
const epoch = signal<number | undefined>(undefined);
const zoom = signal<Zoom | undefined>(undefined);
const runs = createRuns();
const handles = new Map<string, ChartHandle>();

const page = createPage({
  page: metricsPageContract,
  host: metricsHostContract,
  handlers: {},
  listeners: {
    runs: runs.changeList,
    curves: runs.takeValues,
    show: ({ runs: folders }) => showRuns([...(page.state.value.runs ?? []), ...folders]),
  },
  parseState: parseSavedState,
});

/** Runs and recipes keep their places in the list, and with them their curves' styles. */
const styles = computed(() => {
  const listed = runs.list.value;
  const keys = page.state.value.by === 'run' ? listed.map(({ run }) => run) : listed.map(({ recipe }) => recipe);
  return new Map([...new Set(keys)].map((key, place) => [key, styleOf(place)]));
});
const shownRuns = computed((): ShownRun[] => {
  const shown = new Set(page.state.value.runs);
  return runs.list.value.flatMap((listed, place) => {
    const values = shown.has(listed.run) ? runs.values.value.get(listed.run) : undefined;
    return values === undefined ? [] : [{ curve: { ...listed, ...values }, style: styleOf(place) }];
  });
});
const recipes = computed((): ShownRecipe[] | undefined =>
  page.state.value.by === 'run' ? undefined : recipesOfShown(shownRuns.value, styles.value),
);
const available = computed(() => chartKinds(shownRuns.value.map(({ curve }) => curve)));
const kinds = computed(() => available.value.filter(({ id }) => page.state.value.charts.includes(id)));

/** Asks for the numbers of what is shown, of which the extension then tells the changes. */
const wanted = computed(() => JSON.stringify(answer.value === 'there' ? (page.state.value.runs ?? []) : []));
effect(() => {
  const folders = JSON.parse(wanted.value) as string[];
  page.attempt(page.host.request('curves', { runs: folders }).then(runs.takeValues));
});

function showRuns(folders: readonly string[]): void {
  page.keep({ runs: [...new Set(folders)] });
}

function toggleRuns(folders: readonly string[], on: boolean): void {
  const others = (page.state.value.runs ?? []).filter((each) => !folders.includes(each));
  showRuns(on ? [...others, ...folders] : others);
}

function take(view: MetricsView): void {
  runs.takeList(view.runs);
  trusted.value = view.trusted;
  // Deleted runs would never be shown again.
  const kept = page.state.value.runs?.filter((run) => view.runs.some((listed) => listed.run === run)) ?? [];
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

function handleOf(id: string): ChartHandle {
  const handle = handles.get(id) ?? { drawn: undefined };
  handles.set(id, handle);
  return handle;
}

async function save(kind: ExportKind): Promise<{ saved: string | null }> {
  const shown = { runs: shownRuns.value, recipes: recipes.value, kinds: kinds.value, state: page.state.value };
  return page.host.request('save', { kind, bytes: await exported(kind, shown, handleOf) });
}

function Metrics() {
  const state = page.state.value;
  const hasRuns = answer.value === 'there' && runs.list.value.length > 0;
  const toolbar = hasRuns && (
    <MetricsToolbar
      state={state}
      kinds={available.value}
      available={partsOf(shownRuns.value.map(({ curve }) => curve))}
      canSave={shownRuns.value.length > 0 && kinds.value.length > 0}
      zoomed={zoom.value !== undefined}
      onState={page.keep}
      onResetZoom={() => (zoom.value = undefined)}
      onSave={(kind) => page.saving(save(kind))}
    />
  );
  return (
    <Frame toolbar={toolbar} note={page.note} instead={hasRuns ? undefined : <WhyNothing />}>
      <div class="metrics">
        <RunList
          runs={runs.list.value}
          by={state.by}
          shown={new Set(state.runs)}
          styles={styles.value}
          onShow={toggleRuns}
        />
        <div class="content">
          <Charts {...{ kinds, runs: shownRuns, recipes, state: page.state, epoch, zoom, handleOf }} />
          <EpochReadout
            epoch={epoch}
            kinds={kinds.value}
            runs={shownRuns.value}
            recipes={recipes.value}
            parts={state.parts}
          />
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
