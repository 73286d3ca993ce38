/** The page of misclassified images, put together from its parts. */
import '../frame/theme.css';
import '../common/style/panel.css';
import '../common/style/heat.css';
import './style/page.css';
import './style/side.css';
import './style/list.css';
import { misclassifiedHostContract, misclassifiedPageContract } from '../../src/protocol/misclassifiedPanel';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { h } from '../common/dom';
import type { Wanted } from '../common/heat/computation';
import { createHeatsInSight } from '../common/heat/heatsInSight';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { onPageKey } from '../frame/pageKeys';
import { createRunPage } from '../common/runPage/runPage';
import { csvOf } from './csv';
import { figureOf } from './figure';
import { createHeading } from './heading';
import { createList, sharedScale } from './list';
import { createCounter, predictionsAt, type Item, type MisclassifiedState } from './misclassifiedState';
import { createPredictions } from './predictions';
import { createSide } from './side';
import { DEFAULT_CHOICE, parseSavedState, type Choice } from './savedState';
import { createToolbar } from './toolbar';

let model: MisclassifiedState | undefined;

const count = createCounter();
const page = createRunPage({
  page: misclassifiedPageContract,
  host: misclassifiedHostContract,
  parseState: parseSavedState,
  handlers: { render: async ({ kind }) => ({ bytes: await render(kind) }) },
  listeners: { show: ({ epoch }) => change({ epoch }) },
  forget: ({ choice }) => ({ choice: { ...DEFAULT_CHOICE, look: choice.look } }),
  shows: 'misclassified images',
  computes: { things: 'predictions', onCancel: () => predictions.cancel(), onResume: () => predictions.resume() },
  onView: update,
});
/** The row to return to once its images are there. */
let returnTo = page.state.top;

const predictions = createPredictions({
  ask: (params, options) => page.host.request('predictions', params, options),
  onState: (next) => page.banner.show(next),
  onKnown: update,
});
const heats = createHeatsInSight({
  ask: (params, options) => page.host.request('explain', params, options),
  wanted: wantedHeatmaps,
  mostCells: 400,
  onNews: drawList,
  onOutput: () => page.act('showOutput'),
});
const toolbar = createToolbar({
  onChoice: change,
  onRun: page.chooseRun,
  onSave: (kind) => page.saving(page.host.request('save', { kind })),
});
const side = createSide(() => page.state.choice, change);
const heading = createHeading(change);
const list = createList({
  onEpoch: (epoch) =>
    change({ epoch, scope: page.state.choice.scope === 'search' ? 'wrong' : page.state.choice.scope }),
  onHeatmaps: ({ image }) =>
    page.attempt(page.host.request('openHeatmaps', { images: [{ set: 'test', index: image }] })),
  onAdd: (item) => page.attempt(add(item)),
  onSight: () => {
    heats.wantSoon();
    if (model !== undefined && model.items.length > 0 && returnTo === 0) page.keep({ top: list.top });
  },
});
const listed = h(
  'section',
  { 'aria-label': 'Images and their heatmaps' },
  heading.element,
  list.element,
  heats.element,
);
const stage = h('div', { class: 'stage' }, side.element, listed);
document.body.append(h('main', {}, toolbar.element, page.banner.element, stage, page.instead));

function change(part: Partial<Choice>): void {
  page.keep({ choice: { ...page.state.choice, ...part } });
  update();
  if ('scope' in part || 'fate' in part || 'order' in part) list.scrollTo(0);
}

function update(): void {
  const run = page.view?.kind === 'run' ? page.view : undefined;
  for (const part of [toolbar.element, page.banner.element, stage]) part.hidden = run === undefined;
  page.showInstead(page.noRun());
  if (run !== undefined) show(run);
}

function show(run: RunView): void {
  const { choice } = page.state;
  // A request can report at once that another run's predictions were dropped, so the count uses the state after it.
  const { epoch } = count(run, choice, undefined).checkpoint;
  const epochs = run.checkpoints.map((each) => each.epoch);
  predictions.want(run.run, epochs, epoch);
  model = count(run, choice, predictions.known);
  side.update(model);
  heading.update(model);
  toolbar.update(model, sharedScale(model, heats.results));
  drawList();
  if (returnTo > 0 && predictionsAt(model.known, epoch) !== undefined && model.items.length > 0) {
    list.scrollTo(returnTo);
    returnTo = 0;
  }
  heats.want();
}

function drawList(): void {
  if (model === undefined) return;
  list.update(model, heats.results, heats.computing);
  if (model.choice.look.scale === 'shared') toolbar.update(model, sharedScale(model, heats.results));
}

function wantedHeatmaps(): Wanted | undefined {
  const items = list.inSight;
  if (model === undefined || items.length === 0) return undefined;
  return {
    run: model.view.run,
    method: model.view.studyMethod,
    layer: model.layer,
    epochs: [...new Set(items.map(({ epoch }) => epoch))],
    images: [...new Set(items.map(({ image }) => image))].map((index) => ({ kind: 'set', set: 'test', index })),
  };
}

async function render(kind: ExportKind): Promise<Uint8Array<ArrayBuffer>> {
  if (model === undefined) throw new Error('There is nothing to export yet.');
  if (kind === 'csv') return new TextEncoder().encode(csvOf(model));
  const figure = await figureOf(model, heats.results, list.inSight, sharedScale(model, heats.results));
  return new Uint8Array(await figure.arrayBuffer());
}

async function add({ image }: Item): Promise<void> {
  const { written } = await page.host.request('addToStudy', { image: { set: 'test', index: image } });
  page.banner.say(`test ${image} is among the study’s images${written ? '' : ', once you save the study file'}.`);
}

onPageKey('vscode-dropdown, input', (key) => {
  if (model === undefined) return false;
  const look = appearanceByKey(key, page.state.choice.look);
  if (look !== undefined) change({ look: { ...page.state.choice.look, ...look } });
  else if (key === ',') toolbar.step(-1);
  else if (key === '.') toolbar.step(1);
  else return false;
  return true;
});

update();
page.load();
