/** The page of the sweep panel: the queue of a study's cells, live. */
import { computed, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { createRef, render } from 'preact';
import {
  sweepHostContract,
  sweepPageContract,
  type CellView,
  type ShownCell,
  type ShownSweep,
  type SweepAction,
  type SweepChange,
  type SweepView,
} from '../../src/protocol/sweepPanel';
import { HelpDialog } from '../controls';
import { announce, createPage, EmptyState, Frame, Loading, messageOf, onPageKey } from '../frame';
import { CellList } from './cellList';
import { waitsHere } from './cellText';
import type { CellActions } from './cellRow';
import { Details } from './details';
import { fits } from './filter';
import { shortcuts } from './keys';
import { nothingShown } from './nothingShown';
import { droppedOrder, movedOrder } from './order';
import { parseSavedState } from './savedState';
import { Summary } from './summary';
import './sweep.css';
import { SweepToolbar } from './toolbar';

type Answer = 'loading' | 'there' | { readonly failed: string };

const answer = signal<Answer>('loading');
const view = signal<SweepView | undefined>(undefined);
const help = createRef<HTMLDialogElement>();

const page = createPage({
  page: sweepPageContract,
  host: sweepHostContract,
  handlers: {},
  listeners: { view: take },
  parseState: parseSavedState,
});

const sweep = computed((): ShownSweep | undefined =>
  view.value?.shown.kind === 'sweep' ? view.value.shown : undefined,
);
const shownCells = computed(() => sweep.value?.cells.filter((cell) => fits(page.state.value.filter, cell)) ?? []);
const openCell = computed(() => sweep.value?.cells.find(({ id }) => id === page.state.value.open));

function take(now: SweepView): void {
  view.value = now;
  answer.value = 'there';
  const { shown } = now;
  const studyFile = shown.kind === 'noStudy' ? undefined : shown.study.studyFile;
  if (studyFile !== page.state.peek().studyFile) page.keep({ studyFile });
}

function load(): void {
  answer.value = 'loading';
  page.host.request('view', {}).then(take, (error: unknown) => (answer.value = { failed: messageOf(error) }));
}

function act(action: SweepAction): void {
  page.attempt(page.host.request('run', { action }));
}

function change(what: SweepChange): void {
  page.attempt(page.host.request('change', { change: what }));
}

function open(id: string, what: CellView): void {
  page.attempt(page.host.request('open', { id, what }));
}

/** What was asked for is shown at once; the files that it is written to are read a moment later. */
function reorder(ids: readonly string[] | undefined): void {
  const { value: now } = view;
  if (ids === undefined || now?.shown.kind !== 'sweep') return;
  const { cells } = now.shown;
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const queue = [...ids];
  const ordered = cells.map((cell) => (waitsHere(cell) ? (byId.get(queue.shift() ?? '') ?? cell) : cell));
  view.value = { ...now, shown: { ...now.shown, cells: ordered } };
  change({ kind: 'order', ids: [...ids] });
}

function withCells(work: (cells: readonly ShownCell[]) => void): void {
  if (sweep.value !== undefined) work(sweep.value.cells);
}

const actions: CellActions = {
  toggle: ({ id }) => page.keep({ open: page.state.value.open === id ? undefined : id }),
  first: ({ id }) => withCells((cells) => reorder(movedOrder(cells, id, -cells.length))),
  move: ({ id }, places) =>
    withCells((cells) => {
      const order = movedOrder(cells, id, places);
      reorder(order);
      if (order !== undefined) announce(l10n.t('Place {0} of {1} in the queue', order.indexOf(id) + 1, order.length));
    }),
  drop: (id, onto) => withCells((cells) => reorder(droppedOrder(cells, id, onto))),
  cancel: ({ id }) => change({ kind: 'cancel', ids: [id] }),
  add: ({ id }) => change({ kind: 'add', ids: [id] }),
  heatmaps: ({ id }) => open(id, 'heatmaps'),
};

onPageKey('input, vscode-dropdown, dialog', (key) => {
  if (key === '?') help.current?.showModal();
  else if (key === 'Escape' && openCell.value !== undefined) page.keep({ open: undefined });
  else return false;
  return true;
});

function SweepPage() {
  const now = view.value;
  const shown = sweep.value;
  const instead = answer.value === 'there' && now !== undefined ? nothingShown({ view: now, act }) : <WhyNothing />;
  return (
    <Frame
      toolbar={
        now !== undefined &&
        shown !== undefined && (
          <SweepToolbar
            sweep={shown}
            view={now}
            filter={page.state.value.filter}
            onFilter={(filter) => page.keep({ filter })}
            onStudy={(studyFile) => page.attempt(page.host.request('choose', { studyFile }))}
            onChange={change}
            act={act}
            onHelp={() => help.current?.showModal()}
          />
        )
      }
      note={page.note}
      instead={instead}
      dialogs={<HelpDialog dialog={help} shortcuts={shortcuts()} />}
    >
      {shown !== undefined && <Content sweep={shown} trusted={now?.trusted === true} />}
    </Frame>
  );
}

function Content({ sweep: shown, trusted }: { readonly sweep: ShownSweep; readonly trusted: boolean }) {
  const cell = openCell.value;
  return (
    <div class="sweep">
      <Summary sweep={shown} act={act} onCancelStrays={() => change({ kind: 'cancelStrays' })} />
      {shownCells.value.length === 0 ? (
        <p class="none-fit muted">{l10n.t('No cell is as far as that.')}</p>
      ) : (
        <CellList cells={shownCells.value} open={cell?.id} trusted={trusted} actions={actions} />
      )}
      {cell !== undefined && (
        <Details
          cell={cell}
          readLog={async (id) => (await page.host.request('log', { id })).text}
          onOpen={(what) => open(cell.id, what)}
          onClose={() => page.keep({ open: undefined })}
        />
      )}
    </div>
  );
}

function WhyNothing() {
  const now = answer.value;
  if (typeof now === 'string') return <Loading title={l10n.t('Reading the sweep…')} />;
  return (
    <EmptyState
      icon="warning"
      title={l10n.t('The sweep cannot be shown')}
      text={now.failed}
      actions={[{ label: l10n.t('Try Again'), icon: 'refresh', onClick: load }]}
    />
  );
}

load();
render(<SweepPage />, document.body);
