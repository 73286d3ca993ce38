/** The heatmap panel: puts its parts together. */
import '../common/theme.css';
import '../common/style/panel.css';
import '../common/style/detail.css';
import '../common/style/heat.css';
import './style/grid.css';
import './style/detail.css';
import {
  heatmapHostContract,
  heatmapPageContract,
  panelTitle,
  type ExportKind,
  type HeatmapView,
} from '../../src/protocol/heatmaps';
import { h } from '../common/dom';
import { connectHost, keepState, readState } from '../common/host';
import { createBanner } from '../common/banner';
import { createComputation } from '../common/heat/computation';
import { copyPicture } from '../common/copy';
import { csvOf } from './csv';
import { createDetail } from './detail';
import type { RunAction } from '../common/noRunView';
import { emptyView } from './emptyViews';
import { figureOf } from './figure';
import { createGrid, type CellPlace } from './grid';
import { createHelp } from './help';
import { createModel, type Model } from './model';
import { createResults, keyOf } from '../common/heat/results';
import { parsePageState, type PageState, type Settings } from './settings';
import { settingsByKey } from './shortcuts';
import { createToolbar } from './toolbar';

let state: PageState = parsePageState(readState());
let view: HeatmapView | undefined;
let model: Model | undefined;
let point: CellPlace | undefined;
let keepTimer: ReturnType<typeof setTimeout> | undefined;

const results = createResults();
const host = connectHost({
  page: heatmapPageContract,
  host: heatmapHostContract,
  handlers: {
    render: async ({ kind }) => ({ bytes: await render(kind) }),
    copy: async () => {
      await copyPicture(figureOf(currentModel()));
      return null;
    },
    refresh: () => {
      computation.refresh();
      return null;
    },
  },
  listeners: { view: (value) => showView(value) },
});
const computation = createComputation({
  ask: (params, options) => host.request('explain', params, options),
  results,
  onResults: () => update(),
  onState: (next) => {
    banner.show(next);
    update();
  },
});
const banner = createBanner({
  things: 'heatmaps',
  onCancel: () => computation.cancel(),
  onResume: () => computation.resume(),
  onOutput: () => act('showOutput'),
});
const grid = createGrid({
  onOpen: (place) => openDetail(place),
  onPoint: (place) => {
    point = place;
    updateToolbar();
  },
  onScroll: (scroll) => keep({ scroll }),
});
const detail = createDetail({
  onPlace: (open) => keep({ open }),
  onTarget: (target) => change({ target }),
  onClose: () => {
    const place = state.open;
    keep({ open: null });
    if (place !== null) grid.focus(place);
  },
});
const help = createHelp();
const toolbar = createToolbar({
  current: () => model,
  onSettings: change,
  onRun: (run) => attempt(host.request('choose', { run })),
  onFollow: (follows) => attempt(host.request('choose', { follows })),
  onGallery: () => act('openGallery'),
  onFiles: chooseFiles,
  onSave: (kind) => attempt(save(kind)),
  onCopy: () => attempt(copy()),
  onRefresh: () => computation.refresh(),
  onHelp: () => help.showModal(),
});
const empty = h('div', { class: 'empty', hidden: true });
document.body.append(h('main', {}, toolbar.element, banner.element, grid.element, empty), detail.element, help);

/** Keeps what must outlive this page, at most a few times a second. */
function keep(part: Partial<PageState>): void {
  state = { ...state, ...part };
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => keepState(state), 150);
}

function change(settings: Partial<Settings>): void {
  keep({ settings: { ...state.settings, ...settings } });
  const computes = ['layer', 'epochs', 'hidden'].some((name) => name in settings);
  if (computes) ask();
  else update();
}

function showView(value: HeatmapView): void {
  const first = view === undefined;
  const before = view?.kind === 'run' ? view : undefined;
  view = value;
  document.title = panelTitle(value);
  // Whose images or run these are, the choices among the former ones say nothing about.
  const otherRun = value.kind === 'run' && before !== undefined && before.studyName !== value.studyName;
  const settings = otherRun ? { ...state.settings, hidden: [], epochs: null, layer: null } : state.settings;
  keep({ source: value.source, settings });
  ask();
  if (!first || model === undefined) return;
  grid.scrollTo(state.scroll);
  if (state.open !== null && model.images.includes(state.open.image)) openDetail(state.open);
}

/** Asks for what is now wanted, and shows what of it is there. */
function ask(): void {
  model = view?.kind === 'run' ? createModel(view, state.settings, results) : undefined;
  if (model !== undefined && model.images.length > 0 && model.checkpoints.length > 0) {
    const shown = new Set(model.images);
    computation.want({
      run: model.view.run,
      layer: model.layer,
      epochs: model.checkpoints.map(({ epoch }) => epoch),
      images: model.view.images.filter((reference) => shown.has(keyOf(reference))),
    });
  }
  update();
}

function update(): void {
  model = view?.kind === 'run' ? createModel(view, state.settings, results) : undefined;
  const shown = { images: model?.images.length ?? 0, checkpoints: model?.checkpoints.length ?? 0 };
  const nothing = emptyView(view, shown, {
    run: act,
    retry: () => attempt(loadView()),
    showAllImages: () => change({ hidden: [] }),
    chooseFiles: () => chooseFiles('ask'),
    showAllCheckpoints: () => change({ epochs: model?.view.checkpoints.map(({ epoch }) => epoch) ?? null }),
  });
  empty.hidden = nothing === undefined;
  grid.element.hidden = nothing !== undefined;
  banner.element.hidden = nothing !== undefined;
  if (nothing !== undefined && nothing.textContent !== empty.textContent) empty.replaceChildren(nothing);
  if (nothing === undefined) empty.replaceChildren();
  const computing = computation.state.kind === 'computing';
  if (model !== undefined && nothing === undefined) grid.show(model, computing);
  if (model !== undefined) detail.update(model, computing);
  updateToolbar();
}

function updateToolbar(): void {
  toolbar.element.hidden = view === undefined;
  if (view !== undefined) toolbar.update(view, state.settings, model, point);
}

function openDetail(place: CellPlace): void {
  if (model === undefined) return;
  keep({ open: place });
  detail.open(place, model, computation.state.kind === 'computing');
}

function currentModel(): Model {
  if (model === undefined || model.images.length === 0) throw new Error('There are no heatmaps to export yet.');
  return model;
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'csv') return new TextEncoder().encode(csvOf(currentModel()));
  return new Uint8Array(await (await figureOf(currentModel())).arrayBuffer());
}

async function save(kind: ExportKind): Promise<void> {
  const { saved } = await host.request('save', { kind });
  if (saved !== null) banner.say(`Saved as ${saved}`);
}

async function copy(): Promise<void> {
  await copyPicture(figureOf(currentModel()));
  banner.say('The figure is on the clipboard.');
}

function chooseFiles(files: 'ask' | 'study'): void {
  attempt(host.request('chooseFiles', { files }));
}

function act(action: RunAction): void {
  attempt(host.request('run', { action }));
}

function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => banner.say(error instanceof Error ? error.message : String(error), true));
}

async function loadView(): Promise<void> {
  showView(await host.request('view', {}));
}

document.addEventListener('keydown', (event) => {
  const inControl =
    event.target instanceof HTMLElement && event.target.closest('vscode-dropdown, vscode-text-field, [popover]');
  if (event.ctrlKey || event.metaKey || event.altKey || inControl !== null) return;
  const settings = settingsByKey(event.key, state.settings, model?.view.classNames.length ?? 0);
  if (settings !== undefined && model !== undefined) change(settings);
  else if (event.key === '?') help.showModal();
  else if (event.key.toLowerCase() === 'c' && model !== undefined) attempt(copy());
  else if (event.key.toLowerCase() === 'r' && model !== undefined) computation.refresh();
  else return;
  event.preventDefault();
});

update();
attempt(loadView());
