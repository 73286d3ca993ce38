/** Misclassified images: puts the page's parts together. */
import '../common/theme.css';
import '../common/style/panel.css';
import '../common/style/heat.css';
import './mistakes.css';
import { mistakesHostContract, mistakesPageContract } from '../../src/protocol/mistakesPanel';
import type { HeatmapView, RunView } from '../../src/protocol/heatmaps';
import type { ExportKind } from '../../src/protocol/runPanel';
import { createBanner } from '../common/banner';
import { button } from '../common/controls';
import { h } from '../common/dom';
import { createComputation } from '../common/heat/computation';
import { lookByKey } from '../common/heat/lookKeys';
import { createResults } from '../common/heat/results';
import { connectHost, keepState, readState } from '../common/host';
import { noRunView, type RunAction } from '../common/noRunView';
import { csvOf } from './csv';
import { createFates } from './fates';
import { figureOf } from './figure';
import { createHeading } from './heading';
import { createList, sharedScale } from './list';
import { createMatrix } from './matrix';
import { createCounter, predictionsAt, type Item, type Model } from './model';
import { createPredictions } from './predictions';
import { imageKey } from './row';
import { DEFAULT_CHOICE, parseState, type Choice, type State } from './state';
import { createToolbar } from './toolbar';

let state: State = parseState(readState());
let view: HeatmapView | undefined;
let model: Model | undefined;
let keepTimer: ReturnType<typeof setTimeout> | undefined;
let sightTimer: ReturnType<typeof setTimeout> | undefined;
/** The row to come back to once its images are there. */
let returnTo = state.top;

const SIGHT_MILLISECONDS = 80;
/** Heatmaps that are kept, at most: those of thousands of images at a fine layer would take gigabytes. */
const MOST_CELLS = 400;

const count = createCounter();
const results = createResults();
const host = connectHost({
  page: mistakesPageContract,
  host: mistakesHostContract,
  handlers: { render: async ({ kind }) => ({ bytes: await render(kind) }) },
  listeners: { view: showView, epoch: (epoch) => change({ epoch }) },
});
const predictions = createPredictions({
  ask: (params, options) => host.request('predictions', params, options),
  onState: (next) => banner.show(next),
  onKnown: () => update(),
});
const computation = createComputation({
  ask: (params, options) => host.request('explain', params, options),
  results,
  onResults: () => drawList(),
  onState: (next) => {
    heatBanner.show(next);
    drawList();
  },
});
const banner = createBanner({
  things: 'predictions',
  onCancel: () => predictions.cancel(),
  onResume: () => predictions.resume(),
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
});
const matrix = createMatrix((cell) => change({ scope: cell ?? 'wrong' }));
const fates = createFates((fate) => {
  const { scope } = state.choice;
  // A fate is of all images: those that are wrong now are none that are always right.
  change({
    fate,
    scope: fate !== null && typeof scope === 'string' ? 'all' : fate === null && scope === 'all' ? 'wrong' : scope,
  });
});
const search = button({
  label: 'Search as in the Study',
  icon: 'search',
  title: 'Go through the shuffled test set until the checkpoints of epochs 1, 2 and 3 err',
  onClick: () => change({ scope: 'search', fate: null }),
});
const heading = createHeading(change);
heatBanner.element.classList.add('floating');
const list = createList({
  onEpoch: (epoch) => change({ epoch, scope: state.choice.scope === 'search' ? 'wrong' : state.choice.scope }),
  onHeatmaps: ({ image }) => attempt(host.request('openHeatmaps', { images: [{ set: 'test', index: image }] })),
  onAdd: (item) => attempt(add(item)),
  onSight: () => {
    clearTimeout(sightTimer);
    sightTimer = setTimeout(wantHeatmaps, SIGHT_MILLISECONDS);
    if (model !== undefined && model.items.length > 0 && returnTo === 0) keep({ top: list.top });
  },
});
const side = h(
  'aside',
  { 'aria-label': 'Which images' },
  h('h2', {}, 'Confusion matrix ', h('span', { class: 'muted axes' }, 'label ↓ · taken for →')),
  matrix.element,
  h('h2', {}, 'Over the epochs'),
  fates.element,
  search,
);
const stage = h(
  'div',
  { class: 'stage' },
  side,
  h('section', { 'aria-label': 'Images and their heatmaps' }, heading.element, list.element, heatBanner.element),
);
const empty = h('div', { class: 'empty', hidden: true });
document.body.append(h('main', {}, toolbar.element, banner.element, stage, empty));

/** Keeps what must outlive this page, at most a few times a second. */
function keep(part: Partial<State>): void {
  state = { ...state, ...part };
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => keepState(state), 150);
}

function change(part: Partial<Choice>): void {
  keep({ choice: { ...state.choice, ...part } });
  update();
  if ('scope' in part || 'fate' in part || 'order' in part) list.scrollTo(0);
}

function showView(value: HeatmapView): void {
  const before = view?.kind === 'run' ? view : undefined;
  view = value;
  // What was chosen of another study's run says nothing about this one.
  const other = value.kind === 'run' && before !== undefined && before.studyName !== value.studyName;
  keep({ source: value.source, choice: other ? { ...DEFAULT_CHOICE, look: state.choice.look } : state.choice });
  update();
}

function update(): void {
  const run = view?.kind === 'run' ? view : undefined;
  for (const part of [toolbar.element, banner.element, stage]) part.hidden = run === undefined;
  empty.hidden = run !== undefined;
  if (run === undefined) showEmpty();
  else show(run);
}

function showEmpty(): void {
  if (view?.kind === 'run') return;
  empty.replaceChildren(
    noRunView(view, { run: act, retry: () => attempt(loadView()), things: 'misclassified images' }),
  );
}

function show(run: RunView): void {
  // Asking can tell at once that another run's predictions are gone: by what is known afterwards it is counted.
  const epoch = count(run, state.choice, undefined).checkpoint.epoch;
  predictions.want(
    run.run,
    run.checkpoints.map((each) => each.epoch),
    epoch,
  );
  model = count(run, state.choice, predictions.known);
  matrix.update(model);
  fates.update(model);
  heading.update(model);
  toolbar.update(model, sharedScale(model, results));
  drawList();
  if (returnTo > 0 && predictionsAt(model.known, epoch) !== undefined && model.items.length > 0) {
    list.scrollTo(returnTo);
    returnTo = 0;
  }
  wantHeatmaps();
}

function drawList(): void {
  if (model === undefined) return;
  list.update(model, results, computation.state.kind === 'computing');
  if (state.choice.look.scale === 'shared') toolbar.update(model, sharedScale(model, results));
}

function wantHeatmaps(): void {
  const items = list.inSight;
  if (model === undefined || items.length === 0) return;
  const epochs = [...new Set(items.map(({ epoch }) => epoch))];
  const images = [...new Set(items.map(({ image }) => image))];
  if (results.size > MOST_CELLS) results.keepOnly(new Set(images.map(imageKey)));
  computation.want({
    ...{ run: model.view.run, layer: model.layer, epochs },
    images: images.map((index) => ({ kind: 'set', set: 'test', index })),
  });
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (model === undefined) throw new Error('There is nothing to export yet.');
  if (kind === 'csv') return new TextEncoder().encode(csvOf(model));
  const figure = await figureOf(model, results, list.inSight, sharedScale(model, results));
  return new Uint8Array(await figure.arrayBuffer());
}

async function save(kind: ExportKind): Promise<void> {
  const { saved } = await host.request('save', { kind });
  if (saved !== null) banner.say(`Saved as ${saved}`);
}

async function add({ image }: Item): Promise<void> {
  const { written } = await host.request('addToStudy', { image: { set: 'test', index: image } });
  banner.say(`test ${image} is among the study’s images${written ? '' : ', once you save the study file'}.`);
}

function act(action: RunAction): void {
  attempt(host.request('run', { action }));
}

function attempt(work: Promise<unknown>): void {
  work.catch((error: unknown) => banner.say(error instanceof Error ? error.message : String(error), true));
}

async function loadView(): Promise<void> {
  const { view: found, epoch } = await host.request('view', {});
  if (epoch !== null) state = { ...state, choice: { ...state.choice, epoch } };
  showView(found);
}

document.addEventListener('keydown', (event) => {
  const inControl = event.target instanceof HTMLElement && event.target.closest('vscode-dropdown, input') !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || inControl || model === undefined) return;
  const look = lookByKey(event.key, state.choice.look);
  if (look !== undefined) change({ look: { ...state.choice.look, ...look } });
  else if (event.key === ',') toolbar.step(-1);
  else if (event.key === '.') toolbar.step(1);
  else return;
  event.preventDefault();
});

update();
attempt(loadView());
