/** The page of the heatmaps panel: what is chosen, what is asked of the engine for it, and what is shown. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { heatmapHostContract, heatmapPageContract, heatmapsTitle } from '../../src/protocol/heatmaps';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { copyPicture } from '../common/copy';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { keyOf } from '../common/heat/results';
import { HelpDialog, IconButton } from '../controls';
import { createRunPage, onPageKey, RunFrame, SaveMenu } from '../frame';
import { createHeatmaps, createLook, type Wanted } from '../heat';
import { csvOf } from './csv';
import { Detail } from './detail';
import { figureOf } from './figure';
import { Grid } from './grid';
import { createHeatmapsState, scales, type HeatmapsState, type ScaleOf } from './heatmapsState';
import { ImagesMenu } from './imagesMenu';
import { isNothingShown, NothingShown } from './nothingShown';
import { parsePageState, type CellPlace, type Settings } from './settings';
import { settingsByKey, shortcuts } from './shortcuts';
import { HeatmapsToolbar } from './toolbar';

const page = createRunPage({
  page: heatmapPageContract,
  host: heatmapHostContract,
  parseState: parsePageState,
  handlers: {
    render: async ({ kind }) => ({ bytes: await exported(kind) }),
    copy: async () => {
      await copyPicture(figure());
      return null;
    },
  },
  forget: ({ settings }) => ({ settings: { ...settings, hidden: [], epochs: null, method: null, layer: null } }),
});
const look = createLook(page);
const heatmaps = createHeatmaps((params, options) => page.host.request('explain', params, options));
const isComputing = computed(() => ['computing', 'waiting'].includes(heatmaps.request.state.value.kind));
const help = { current: null as HTMLDialogElement | null };

const settings = computed(() => page.state.value.settings);
/** Undefined where there is no run. */
const state = computed((): HeatmapsState | undefined => {
  const view = page.view.value;
  if (view?.kind !== 'run') return undefined;
  return createHeatmapsState(view, settings.value, { results: heatmaps.results, version: heatmaps.version.value });
});
const scale = computed(() => look.appearance.value.scale);
const scaleOf = computed((): ScaleOf =>
  state.value === undefined ? () => undefined : scales(state.value, scale.value),
);
/** The cell that is open large. */
const open = computed(() => page.state.value.open);
/** The cell with the pointer or the focus. */
const point = signal<CellPlace | undefined>(undefined);
const narrow = matchMedia('(max-width: 559px)');
const isNarrow = signal(narrow.matches);
narrow.addEventListener('change', () => (isNarrow.value = narrow.matches));

effect(() => {
  if (page.view.value !== undefined) document.title = heatmapsTitle(page.view.value);
});
effect(() => heatmaps.request.want(wantedOf(state.value)));
effect(() => {
  // Of a cell that is no longer there, nothing is large.
  const images = state.value?.images;
  if (open.value !== null && images?.includes(open.value.image) === false) page.keep({ open: null });
});

function wantedOf(now: HeatmapsState | undefined): Wanted | undefined {
  if (now === undefined || isNothingShown(now)) return undefined;
  const { view, method, layer, checkpoints } = now;
  const shown = new Set(now.images);
  return {
    run: view.run,
    method,
    layer,
    epochs: checkpoints.map(({ epoch }) => epoch),
    images: view.images.filter((reference) => shown.has(keyOf(reference))),
  };
}

function change(part: Partial<Settings>): void {
  page.keep({ settings: { ...settings.peek(), ...part } });
}

function chooseFiles(files: 'ask' | 'study'): void {
  page.attempt(page.host.request('chooseFiles', { files }));
}

function current(): HeatmapsState {
  const now = state.value;
  if (now === undefined || now.images.length === 0) throw new Error(l10n.t('There are no heatmaps to export yet.'));
  return now;
}

async function figure(): Promise<Blob> {
  return figureOf(current(), look.appearance.value);
}

async function exported(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'csv') return new TextEncoder().encode(csvOf(current()));
  return new Uint8Array(await (await figure()).arrayBuffer());
}

async function copy(): Promise<void> {
  await copyPicture(figure());
  page.say(l10n.t('The figure is on the clipboard.'));
}

onPageKey('vscode-dropdown, vscode-text-field, [popover]', (key) => {
  const now = state.value;
  if (key === '?') help.current?.showModal();
  else if (now === undefined) return false;
  else if (key.toLowerCase() === 'c') page.attempt(copy());
  else if (key.toLowerCase() === 'r') heatmaps.request.again();
  else {
    const chosen = settingsByKey(key, now.view.classNames.length);
    const looks = appearanceByKey(key, look.appearance.value);
    if (chosen !== undefined) change(chosen);
    else if (looks !== undefined) look.change(looks);
    else return false;
  }
  return true;
});

const gallery = () => page.act('openGallery');

function Actions({ view }: { readonly view: RunView }) {
  const { follows } = view.source;
  return (
    <>
      <SaveMenu
        onSave={(kind) => page.saving(page.host.request('save', { kind }))}
        onCopy={() => page.attempt(copy())}
      />
      <IconButton label={l10n.t('Compute again (R)')} icon="refresh" onClick={heatmaps.request.again} />
      <IconButton
        label={l10n.t('Follow the study file that has the focus')}
        icon="pin"
        pressed={follows}
        onClick={() => page.attempt(page.host.request('follow', { follows: !follows }))}
      />
      <IconButton label={l10n.t('Keyboard shortcuts (?)')} icon="help" onClick={() => help.current?.showModal()} />
    </>
  );
}

function HeatmapsPage() {
  const now = state.value;
  return (
    <RunFrame
      page={page}
      things={l10n.t('heatmaps')}
      computes={{
        things: l10n.t('heatmaps'),
        state: heatmaps.request.state,
        onCancel: heatmaps.request.cancel,
        onResume: heatmaps.request.resume,
      }}
      toolbar={(view) =>
        now !== undefined && (
          <HeatmapsToolbar
            view={view}
            state={now}
            look={look}
            onSettings={change}
            onRun={page.chooseRun}
            images={
              <ImagesMenu
                state={now}
                onHide={(hidden) => change({ hidden })}
                onGallery={gallery}
                onFiles={chooseFiles}
              />
            }
            actions={<Actions view={view} />}
          />
        )
      }
      instead={() =>
        now !== undefined &&
        isNothingShown(now) && (
          <NothingShown state={now} onGallery={gallery} onFiles={chooseFiles} onSettings={change} />
        )
      }
      dialogs={
        <>
          {now !== undefined && open.value !== null && (
            <Detail
              state={now}
              place={open.value}
              look={look}
              scales={scaleOf}
              isComputing={isComputing}
              onOpen={(place) => page.keep({ open: place })}
              onTarget={(target) => change({ target })}
            />
          )}
          <HelpDialog dialog={help} shortcuts={shortcuts()} />
        </>
      }
    >
      {() =>
        now !== undefined && (
          <Grid
            state={now}
            look={look}
            scales={scaleOf}
            isComputing={isComputing}
            isNarrow={isNarrow}
            point={point}
            open={open}
            onOpen={(place) => page.keep({ open: place })}
            scroll={page.state.peek().scroll}
            onScroll={(scroll) => page.keep({ scroll })}
          />
        )
      }
    </RunFrame>
  );
}

render(<HeatmapsPage />, document.body);
