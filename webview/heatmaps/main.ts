/** The heatmap panel, put together from its parts. */
import '../frame/theme.css';
import '../common/style/panel.css';
import '../common/style/detail.css';
import '../common/style/heat.css';
import './style/grid.css';
import './style/detail.css';
import { heatmapHostContract, heatmapPageContract } from '../../src/protocol/heatmaps';
import type { PanelView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { copyPicture } from '../common/copy';
import { createComputation } from '../common/heat/computation';
import { createResults, keyOf } from '../common/heat/results';
import { onPageKey } from '../frame/pageKeys';
import { createRunPage } from '../common/runPage/runPage';
import { h } from '../common/dom';
import { csvOf } from './csv';
import { createDetail } from './detail';
import { emptyView } from './emptyViews';
import { figureOf } from './figure';
import { createGrid, type CellPlace } from './grid';
import { createHelp } from './help';
import { createHeatmapsState, type HeatmapsState } from './heatmapsState';
import { parsePageState, type Settings } from './settings';
import { settingsByKey } from './shortcuts';
import { createToolbar } from './toolbar';

let model: HeatmapsState | undefined;
let point: CellPlace | undefined;

const results = createResults();
const page = createRunPage({
  page: heatmapPageContract,
  host: heatmapHostContract,
  parseState: parsePageState,
  handlers: {
    render: async ({ kind }) => ({ bytes: await render(kind) }),
    copy: async () => {
      await copyPicture(figureOf(currentModel()));
      return null;
    },
  },
  forget: ({ settings }) => ({ settings: { ...settings, hidden: [], epochs: null, method: null, layer: null } }),
  shows: 'heatmaps',
  onView,
  computes: { things: 'heatmaps', onCancel: () => computation.cancel(), onResume: () => computation.resume() },
});
const computation = createComputation({
  ask: (params, options) => page.host.request('explain', params, options),
  results,
  onResults: () => update(),
  onState: (next) => {
    page.banner.show(next);
    update();
  },
});
const grid = createGrid({
  onOpen: openDetail,
  onPoint: (place) => {
    point = place;
    updateToolbar();
  },
  onScroll: (scroll) => page.keep({ scroll }),
});
const detail = createDetail({
  onPlace: (open) => page.keep({ open }),
  onTarget: (target) => change({ target }),
  onClose: () => {
    const place = page.state.open;
    page.keep({ open: null });
    if (place !== null) grid.focus(place);
  },
});
const help = createHelp();
const toolbar = createToolbar({
  current: () => model,
  onSettings: change,
  onRun: page.chooseRun,
  onFollow: (follows) => page.attempt(page.host.request('follow', { follows })),
  onGallery: () => page.act('openGallery'),
  onFiles: chooseFiles,
  onSave: (kind) => page.saving(page.host.request('save', { kind })),
  onCopy: () => page.attempt(copy()),
  onRefresh: () => computation.refresh(),
  onHelp: () => help.showModal(),
});
const shown = [toolbar.element, page.banner.element, grid.element, page.instead];
document.body.append(h('main', {}, ...shown), detail.element, help);

function change(settings: Partial<Settings>): void {
  page.keep({ settings: { ...page.state.settings, ...settings } });
  const computes = ['method', 'layer', 'epochs', 'hidden'].some((name) => name in settings);
  if (computes) ask();
  else update();
}

function onView(view: PanelView, before: PanelView | undefined): void {
  document.title = view.title;
  ask();
  if (before !== undefined || model === undefined) return;
  const { scroll, open } = page.state;
  grid.scrollTo(scroll);
  if (open !== null && model.images.includes(open.image)) openDetail(open);
}

function modelNow(): HeatmapsState | undefined {
  return page.view?.kind === 'run' ? createHeatmapsState(page.view, page.state.settings, results) : undefined;
}

/** Requests what is wanted now, and shows what is there. */
function ask(): void {
  model = modelNow();
  if (model !== undefined && model.images.length > 0 && model.checkpoints.length > 0) {
    const chosen = new Set(model.images);
    computation.want({
      run: model.view.run,
      method: model.method,
      layer: model.layer,
      epochs: model.checkpoints.map(({ epoch }) => epoch),
      images: model.view.images.filter((reference) => chosen.has(keyOf(reference))),
    });
  }
  update();
}

function update(): void {
  model = modelNow();
  const nothing = page.noRun() ?? (model && emptyView(model, { act: page.act, chooseFiles, change }));
  page.showInstead(nothing);
  grid.element.hidden = nothing !== undefined;
  page.banner.element.hidden = nothing !== undefined;
  const computing = computation.state.kind === 'computing';
  if (model !== undefined && nothing === undefined) grid.show(model, computing);
  if (model !== undefined) detail.update(model, computing);
  updateToolbar();
}

function updateToolbar(): void {
  toolbar.element.hidden = page.view === undefined;
  if (page.view !== undefined) toolbar.update(page.view, page.state.settings, model, point);
}

function openDetail(place: CellPlace): void {
  if (model === undefined) return;
  page.keep({ open: place });
  detail.open(place, model, computation.state.kind === 'computing');
}

function currentModel(): HeatmapsState {
  if (model === undefined || model.images.length === 0) throw new Error('There are no heatmaps to export yet.');
  return model;
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (kind === 'csv') return new TextEncoder().encode(csvOf(currentModel()));
  return new Uint8Array(await (await figureOf(currentModel())).arrayBuffer());
}

async function copy(): Promise<void> {
  await copyPicture(figureOf(currentModel()));
  page.banner.say('The figure is on the clipboard.');
}

function chooseFiles(files: 'ask' | 'study'): void {
  page.attempt(page.host.request('chooseFiles', { files }));
}

onPageKey('vscode-dropdown, vscode-text-field, [popover]', (key) => {
  const settings = settingsByKey(key, page.state.settings, model?.view.classNames.length ?? 0);
  if (settings !== undefined && model !== undefined) change(settings);
  else if (key === '?') help.showModal();
  else if (key.toLowerCase() === 'c' && model !== undefined) page.attempt(copy());
  else if (key.toLowerCase() === 'r' && model !== undefined) computation.refresh();
  else return false;
  return true;
});

update();
page.load();
