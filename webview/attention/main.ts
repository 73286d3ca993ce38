/** Attention over epochs: puts the page's parts together. */
import '../common/theme.css';
import '../common/style/panel.css';
import '../common/style/heat.css';
import '../common/style/chart.css';
import './attention.css';
import { attentionHostContract, attentionPageContract } from '../../src/protocol/attentionPanel';
import type { AttentionImage } from '../../src/protocol/attention';
import type { HeatmapView, RunView } from '../../src/protocol/heatmaps';
import type { ExportKind } from '../../src/protocol/runPanel';
import { createBanner } from '../common/banner';
import { createChart } from '../common/chart/chart';
import { chartColours } from '../common/chart/palette';
import { progressRing } from '../common/controls';
import { h } from '../common/dom';
import { emptyState } from '../common/emptyState';
import { createComputation } from '../common/heat/computation';
import { createResults, keyOf } from '../common/heat/results';
import { connectHost, keepState, readState } from '../common/host';
import { noRunView, type RunAction } from '../common/noRunView';
import { onThemeChange } from '../common/themeColours';
import { createAsking } from './asking';
import { chartContent } from './chartContent';
import { csvOf } from './csv';
import { createLegend } from './legend';
import { createList } from './list';
import { MEASURES } from './measures';
import { accuraciesOf, imagesOf, layerOf, type Model } from './model';
import { attentionPicture } from './picture';
import { randomisationText, settledText } from './sentences';
import { DEFAULT_CHOICE, parseState, type Choice, type State } from './state';
import { createToolbar } from './toolbar';
import { epochTooltip } from './tooltip';

let state: State = parseState(readState());
let view: HeatmapView | undefined;
let model: Model | undefined;
let measured: Model['measured'];
let isComputing = false;
let testCount: number | undefined;
/** The run that the count is of. */
let countedRun: string | undefined;
let keepTimer: ReturnType<typeof setTimeout> | undefined;
let sightTimer: ReturnType<typeof setTimeout> | undefined;

const SIGHT_MILLISECONDS = 80;
/** Heatmaps that are kept, at most: those of hundreds of images at a fine layer would take gigabytes. */
const MOST_CELLS = 1000;

const results = createResults();
const host = connectHost({
  page: attentionPageContract,
  host: attentionHostContract,
  handlers: { render: async ({ kind }) => ({ bytes: await render(kind) }) },
  listeners: { view: showView },
});
const asking = createAsking({
  ask: (params, options) => host.request('attention', params, options),
  onState: (next) => {
    banner.show(next);
    isComputing = next.kind === 'computing';
    update();
  },
  onAnswer: (attention, params) => {
    measured = { attention, params };
    update();
  },
});
const computation = createComputation({
  ask: (params, options) => host.request('explain', params, options),
  results,
  onResults: () => list.draw(),
  onState: (next) => heatBanner.show(next),
});
const banner = createBanner({
  things: 'heatmaps',
  onCancel: () => asking.cancel(),
  onResume: () => asking.resume(),
  onOutput: () => act('showOutput'),
});
const heatBanner = createBanner({
  things: 'heatmaps in sight',
  onCancel: () => computation.cancel(),
  onResume: () => computation.resume(),
  onOutput: () => act('showOutput'),
});
const toolbar = createToolbar({
  onChoice: change,
  onRun: (run) => attempt(host.request('choose', { run })),
  onSave: (kind) => attempt(save(kind)),
  onGallery: () => act('openGallery'),
});
const charts = MEASURES.map((measure) => ({
  measure,
  chart: createChart(`${measure.title} by epoch. The arrow keys read out the epochs.`),
}));
heatBanner.element.classList.add('floating');
const settled = h('p', { class: 'settled-text', role: 'status' });
const check = h('p', { class: 'check muted' });
const numbers = h(
  'div',
  { class: 'numbers' },
  settled,
  check,
  createLegend(),
  h('div', { class: 'charts' }, ...charts.map(({ chart }) => chart.element)),
);
const scroller = h('div', { class: 'measured' }, numbers);
const list = createList(scroller, {
  onSort: (sort) => change({ sort }),
  onSight: () => {
    clearTimeout(sightTimer);
    sightTimer = setTimeout(wantHeatmaps, SIGHT_MILLISECONDS);
  },
  onOpen: open,
});
numbers.append(list.element);
const nothing = h('div', { class: 'nothing-yet' });
scroller.prepend(nothing);
const empty = h('div', { class: 'empty', hidden: true });
document.body.append(h('main', {}, toolbar.element, banner.element, scroller, heatBanner.element, empty));

/** Keeps what must outlive this page, at most a few times a second. */
function keep(part: Partial<State>): void {
  state = { ...state, ...part };
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => keepState(state), 150);
}

function change(part: Partial<Choice>): void {
  keep({ choice: { ...state.choice, ...part } });
  ask();
  update();
}

function showView(value: HeatmapView): void {
  const before = view?.kind === 'run' ? view : undefined;
  view = value;
  // What was chosen of another study's run says nothing about this one.
  const other = value.kind === 'run' && before !== undefined && before.studyName !== value.studyName;
  keep({ source: value.source, choice: other ? { ...DEFAULT_CHOICE, sort: state.choice.sort } : state.choice });
  if (value.kind === 'run' && value.run !== countedRun) void countImages(value.run);
  ask();
  update();
}

/** How many test images there are, to choose from. */
async function countImages(run: string): Promise<void> {
  countedRun = run;
  testCount = undefined;
  measured = undefined;
  try {
    testCount = (await host.request('testCount', {})).count;
  } catch (error) {
    banner.say(error instanceof Error ? error.message : String(error), true);
  }
  ask();
  update();
}

/** Asks for what is now wanted, as far as it is known. */
function ask(): void {
  if (view?.kind !== 'run') return;
  const images = imagesOf(view, state.choice, testCount);
  const epochs = view.checkpoints.map(({ epoch }) => epoch);
  if (images.length === 0 || epochs.length < 2) return;
  asking.want({ run: view.run, epochs, images, layer: layerOf(view, state.choice), target: state.choice.target });
}

function update(): void {
  const run = view?.kind === 'run' ? view : undefined;
  for (const part of [toolbar.element, banner.element, scroller]) part.hidden = run === undefined;
  empty.hidden = run !== undefined;
  if (run !== undefined) show(run);
  else if (view?.kind !== 'run') {
    const options = { run: act, retry: () => attempt(loadView()), things: 'attention curves' };
    empty.replaceChildren(noRunView(view, options));
  }
}

function show(run: RunView): void {
  model = { view: run, choice: state.choice, layer: layerOf(run, state.choice), measured };
  toolbar.update(model, testCount);
  const instead = whatInstead(run);
  nothing.hidden = instead === undefined;
  numbers.hidden = instead !== undefined;
  nothing.replaceChildren(...(instead === undefined ? [] : [instead]));
  if (instead === undefined) drawNumbers();
}

/** In place of the numbers, while there are none. */
function whatInstead(run: RunView): HTMLElement | undefined {
  if (run.checkpoints.length < 2) {
    return emptyState({
      ...{ icon: 'epochs', title: 'One checkpoint so far' },
      text: 'How attention moves can be said from two checkpoints on. The next one is taken in by itself.',
      actions: [{ label: 'Open Log', onClick: () => act('openLog') }],
    });
  }
  if (state.choice.images === 'study' && run.images.length === 0) {
    return emptyState({
      ...{ icon: 'images', title: 'The study names no images' },
      text: 'Choose some in the gallery, or measure the first test images.',
      actions: [
        { label: 'Choose in Gallery', onClick: () => act('openGallery') },
        { label: 'First 20 Test Images', onClick: () => change({ images: 20 }) },
      ],
    });
  }
  if (measured !== undefined) return undefined;
  if (isComputing)
    return h(
      'div',
      { class: 'empty-state' },
      progressRing('Computing'),
      h('p', {}, 'Comparing heatmaps of every checkpoint…'),
    );
  return h('div', { class: 'empty-state' }, h('p', {}, 'Nothing has been measured yet.'));
}

function drawNumbers(): void {
  if (model?.measured === undefined) return;
  const { attention } = model.measured;
  const accuracies = accuraciesOf(model.view);
  settled.textContent = settledText(attention);
  check.textContent = randomisationText(attention);
  const colours = chartColours();
  for (const { measure, chart } of charts) {
    chart.element.hidden = measure.key === 'inMask' && attention.maskArea === null;
    if (chart.element.hidden) continue;
    const tooltip = (epoch: number): HTMLElement =>
      epochTooltip(epoch, measure, attention, accuracies.get(epoch) ?? null);
    chart.update(chartContent({ measure, attention, accuracies, colours, tooltip }));
  }
  list.update(model, results);
  wantHeatmaps();
}

function wantHeatmaps(): void {
  if (model?.measured === undefined) return;
  const { run, layer, images } = model.measured.params;
  const { images: places, epochs } = list.inSight;
  const wanted = places.map((place) => images[place]).filter((image) => image !== undefined);
  if (results.size > MOST_CELLS) results.keepOnly(new Set(wanted.map(keyOf)));
  if (wanted.length > 0 && epochs.length > 0) computation.want({ run, layer, epochs, images: wanted });
}

function open({ image }: AttentionImage): void {
  const inSet = /^(test|train):(\d+)$/.exec(image.name);
  if (inSet === null) return;
  const set = inSet[1] === 'train' ? 'train' : 'test';
  attempt(host.request('openHeatmaps', { images: [{ set, index: Number(inSet[2]) }] }));
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (model?.measured === undefined) throw new Error('There is nothing to export yet.');
  const { attention } = model.measured;
  if (kind === 'csv') return new TextEncoder().encode(csvOf(attention, accuraciesOf(model.view)));
  const shown = charts.filter(({ chart }) => !chart.element.hidden).map(({ chart }) => chart);
  const title = `Attention over epochs: ${model.view.studyName}, layer ${attention.layer.name}, heatmaps of ${attention.target === 'label' ? 'the label' : 'the predicted class'}. Circles: with the last epoch, or the epoch’s own; squares: with the epoch before; dotted: test accuracy; shaded: 95 % intervals.`;
  return attentionPicture(shown, [title, settledText(attention), randomisationText(attention)]);
}

async function save(kind: ExportKind): Promise<void> {
  const { saved } = await host.request('save', { kind });
  if (saved !== null) banner.say(`Saved as ${saved}`);
}

function act(action: RunAction): void {
  attempt(host.request('run', { action }));
}

function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => banner.say(error instanceof Error ? error.message : String(error), true));
}

async function loadView(): Promise<void> {
  showView((await host.request('view', {})).view);
}

onThemeChange(update);
update();
attempt(loadView());
