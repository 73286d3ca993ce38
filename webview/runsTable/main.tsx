/** The page of the runs table: which runs there are, how they are arranged, and what is asked of the extension. */
import { signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import {
  runsTableHostContract,
  runsTablePageContract,
  type RunsTableView,
  type TableRun,
} from '../../src/protocol/runsTable';
import { createPage, EmptyState, Frame, Loading, messageOf } from '../frame';
import { createActions } from './actions';
import { Bars } from './bars';
import { NoneShown, NoRuns } from './emptyViews';
import { Grid } from './grid';
import { RowMenu, type OpenMenu } from './rowMenu';
import './runsTable.css';
import { parseSavedState } from './savedState';
import { createTableState } from './tableState';
import { TableToolbar, type Export } from './toolbar';
import { exportedTable } from './exports';

type Answer = 'loading' | 'there' | { readonly failed: string };

const answer = signal<Answer>('loading');
const trusted = signal(true);
const menu = signal<OpenMenu | undefined>(undefined);

const page = createPage({
  page: runsTablePageContract,
  host: runsTableHostContract,
  handlers: {},
  listeners: {
    runs: ({ changed, gone }) => takeIn(changed, gone),
    show: ({ study }) => page.keep({ study }),
  },
  parseState: parseSavedState,
});
const table = createTableState(page.state);
const actions = createActions(page, table);

/** A new run comes first; others keep their place. */
function takeIn(changed: readonly TableRun[], gone: readonly string[]): void {
  const before = table.runs.peek();
  const isNew = changed.filter(({ facts }) => !before.has(facts.run));
  const now = new Map([...isNew.map((run): [string, TableRun] => [run.facts.run, run]), ...before]);
  for (const run of changed) now.set(run.facts.run, run);
  for (const folder of gone) now.delete(folder);
  table.runs.value = now;
}

function take({ runs, asked, ...view }: RunsTableView): void {
  table.runs.value = new Map(runs.map((run) => [run.facts.run, run]));
  trusted.value = view.trusted;
  if (asked !== undefined) page.keep({ study: asked });
  answer.value = 'there';
}

function load(): void {
  answer.value = 'loading';
  page.host.request('view', {}).then(take, (error: unknown) => (answer.value = { failed: messageOf(error) }));
}

function exportTable(what: Export): void {
  const { text, kind, name } = exportedTable(what, {
    rows: table.visible.peek(),
    columns: table.shown.peek(),
    at: page.state.peek().at,
  });
  if (what === 'copy') page.attempt(page.host.request('copy', { text }).then(() => page.say(l10n.t('Copied.'))));
  else page.saving(page.host.request('save', { kind, name, text }));
}

function RunsTable() {
  const isThere = answer.value === 'there' && table.runs.value.size > 0;
  const open = menu.value;
  return (
    <Frame
      toolbar={isThere && <TableToolbar table={table} actions={actions} onExport={exportTable} />}
      banner={isThere && <Bars table={table} actions={actions} />}
      note={page.note}
      instead={isThere ? undefined : <WhyNothing />}
      dialogs={
        open && <RowMenu {...open} runs={table.runs.value} actions={actions} onClose={() => (menu.value = undefined)} />
      }
    >
      <Content />
    </Frame>
  );
}

function Content() {
  const state = page.state.value;
  if (table.lines.value.length > 0)
    return (
      <Grid table={table} state={state} actions={actions} onMenu={(row, place) => (menu.value = { row, ...place })} />
    );
  const isReading = table.inScope.value.some(({ reading }) => reading);
  return isReading && state.filter === '' ? (
    <Loading title={l10n.t('Reading the runs…')} />
  ) : (
    <NoneShown state={state} actions={actions} />
  );
}

function WhyNothing() {
  const now = answer.value;
  if (now === 'loading') return <Loading title={l10n.t('Reading the runs…')} />;
  if (now === 'there')
    return <NoRuns trusted={trusted.value} act={(action) => page.attempt(page.host.request('run', { action }))} />;
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
render(<RunsTable />, document.body);
