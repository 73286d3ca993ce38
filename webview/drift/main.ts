/** The page of attention over epochs, put together from its parts. */
import '../frame/theme.css';
import '../common/style/panel.css';
import '../common/style/heat.css';
import '../chart/chart.css';
import './drift.css';
import type { AttentionImage } from '../../src/protocol/engine';
import { attentionHostContract, attentionPageContract } from '../../src/protocol/driftPanel';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { h } from '../common/dom';
import type { Wanted } from '../common/heat/computation';
import { createHeatsInSight } from '../common/heat/heatsInSight';
import { createRunPage } from '../common/runPage/runPage';
import { onThemeChange } from '../chart/themeColours';
import { createDriftRequest } from './driftRequest';
import { csvOf } from './csv';
import { notMeasurable, notMeasuredYet } from './emptyViews';
import { createList } from './list';
import { accuraciesOf, imagesOf, layerOf, type DriftState } from './driftState';
import { createNumbers } from './numbers';
import { DEFAULT_CHOICE, parseSavedState, type Choice } from './savedState';
import { createToolbar } from './toolbar';

let model: DriftState | undefined;
let measured: DriftState['measured'];
let isComputing = false;
/** The number of the run's test images, to choose from. */
let counted: { readonly run: string; readonly testImages: number | undefined } | undefined;

const page = createRunPage({
  page: attentionPageContract,
  host: attentionHostContract,
  parseState: parseSavedState,
  handlers: { render: async ({ kind }) => ({ bytes: await render(kind) }) },
  forget: ({ choice }) => ({ choice: { ...DEFAULT_CHOICE, sort: choice.sort } }),
  shows: 'attention curves',
  computes: { things: 'heatmaps', onCancel: () => asking.cancel(), onResume: () => asking.resume() },
  onView(view) {
    if (view.kind === 'run' && view.run !== counted?.run) void countImages(view.run);
    askAndUpdate();
  },
});
const asking = createDriftRequest({
  request: (params, options) => page.host.request('attention', params, options),
  onState: (next) => {
    page.banner.show(next);
    isComputing = next.kind === 'computing';
    update();
  },
  onAnswer: (attention, params) => {
    measured = { attention, params };
    update();
  },
});
const heats = createHeatsInSight({
  ask: (params, options) => page.host.request('explain', params, options),
  wanted: wantedHeatmaps,
  mostCells: 1000,
  onNews: () => list.draw(),
  onOutput: () => page.act('showOutput'),
});
const toolbar = createToolbar({
  onChoice: change,
  onRun: page.chooseRun,
  onSave: (kind) => page.saving(page.host.request('save', { kind })),
  onGallery: () => page.act('openGallery'),
});
const nothing = h('div', { class: 'nothing-yet' });
const scroller = h('div', { class: 'measured' }, nothing);
const list = createList(scroller, {
  onSort: (sort) => change({ sort }),
  onSight: heats.wantSoon,
  onOpen: openHeatmaps,
});
const numbers = createNumbers(list.element);
scroller.append(numbers.element);
document.body.append(h('main', {}, toolbar.element, page.banner.element, scroller, heats.element, page.instead));

function change(part: Partial<Choice>): void {
  page.keep({ choice: { ...page.state.choice, ...part } });
  askAndUpdate();
}

async function countImages(run: string): Promise<void> {
  counted = { run, testImages: undefined };
  measured = undefined;
  try {
    const { count } = await page.host.request('testCount', {});
    if (counted.run !== run) return;
    counted = { run, testImages: count };
  } catch (error) {
    page.banner.say(error instanceof Error ? error.message : String(error), true);
  }
  askAndUpdate();
}

function askAndUpdate(): void {
  if (page.view?.kind === 'run') ask(page.view);
  update();
}

/** Requests what is wanted now, as far as that is known. */
function ask(view: RunView): void {
  const { choice } = page.state;
  const images = imagesOf(view, choice, counted?.testImages);
  const epochs = view.checkpoints.map(({ epoch }) => epoch);
  if (images.length === 0 || epochs.length < 2) return;
  asking.want({
    run: view.run,
    epochs,
    images,
    method: view.studyMethod,
    layer: layerOf(view, choice),
    target: choice.target,
  });
}

function update(): void {
  const run = page.view?.kind === 'run' ? page.view : undefined;
  for (const part of [toolbar.element, page.banner.element, scroller]) part.hidden = run === undefined;
  page.showInstead(page.noRun());
  if (run !== undefined) show(run);
}

function show(run: RunView): void {
  const { choice } = page.state;
  model = { view: run, choice, layer: layerOf(run, choice), measured };
  toolbar.update(model, counted?.testImages);
  const missing =
    notMeasurable(run, choice, { act: page.act, onChoice: change }) ??
    (measured === undefined ? notMeasuredYet(isComputing) : undefined);
  nothing.hidden = missing === undefined;
  numbers.element.hidden = missing !== undefined;
  nothing.replaceChildren(...(missing === undefined ? [] : [missing]));
  if (missing !== undefined || measured === undefined) return;
  numbers.update(model, measured.attention);
  list.update(model, heats.results);
  heats.want();
}

function wantedHeatmaps(): Wanted | undefined {
  if (model?.measured === undefined) return undefined;
  const { run, layer, images: all } = model.measured.params;
  const method = model.view.studyMethod;
  const { images: places, epochs } = list.inSight;
  const images = places.map((place) => all[place]).filter((image) => image !== undefined);
  return images.length === 0 || epochs.length === 0 ? undefined : { run, method, layer, epochs, images };
}

function openHeatmaps({ image }: AttentionImage): void {
  const inSet = /^(test|train):(\d+)$/.exec(image.name);
  if (inSet === null) return;
  const set = inSet[1] === 'train' ? 'train' : 'test';
  page.attempt(page.host.request('openHeatmaps', { images: [{ set, index: Number(inSet[2]) }] }));
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (model?.measured === undefined) throw new Error('There is nothing to export yet.');
  const { attention } = model.measured;
  if (kind === 'csv') return new TextEncoder().encode(csvOf(attention, accuraciesOf(model.view)));
  return numbers.picture(model, attention);
}

onThemeChange(update);
update();
page.load();
