/** The robustness panel: puts its parts together. */
import '../common/theme.css';
import '../common/style/panel.css';
import '../common/style/detail.css';
import '../common/style/heat.css';
import '../common/style/chart.css';
import './style/tests.css';
import './style/image.css';
import {
  robustnessHostContract,
  robustnessPageContract,
  robustnessTitle,
  type RobustnessAction,
  type RobustnessExport,
  type RobustnessTab,
  type RobustnessView,
  type ShownTests,
} from '../../src/protocol/robustnessPanel';
import { createBanner } from '../common/banner';
import { h } from '../common/dom';
import { lookByKey } from '../common/heat/lookKeys';
import { connectHost, keepState, readState } from '../common/host';
import { onThemeChange } from '../common/themeColours';
import { emptyView } from './emptyViews';
import { createHelp } from './help';
import { imageCsv } from './image/csv';
import { figureOf } from './image/figure';
import { createImageView } from './image/view';
import { createTestsComputation } from './computing';
import { createModel, type Model } from './model';
import { createNotice } from './notice';
import { parsePageState, type PageState } from './state';
import { testsCsv } from './tests/csv';
import { createTestsView } from './tests/view';
import { createToolbar } from './toolbar';

let state: PageState = parsePageState(readState());
let view: RobustnessView | undefined;
let tests: ShownTests | undefined;
let model: Model | undefined;
let keepTimer: ReturnType<typeof setTimeout> | undefined;

const host = connectHost({
  page: robustnessPageContract,
  host: robustnessHostContract,
  handlers: { render: async ({ kind, tab }) => ({ bytes: await render(kind, tab) }) },
  listeners: {
    view: (value) => showView(value),
    tests: (value) => {
      computing.take(value.computing);
      tests = value;
      update();
    },
    job: (value) => {
      computing.count(value);
      banner.show(computing.state(state.tab));
    },
    show: ({ tab, entry }) => change({ tab, entry }),
  },
});
const computing = createTestsComputation(
  (params) => host.request('compute', params),
  () => update(),
);
const toolbar = createToolbar({
  current: () => model,
  onState: change,
  onRun: (run) => attempt(host.request('choose', { run })),
  onSave: (kind) => attempt(save(kind)),
  onHelp: () => help.showModal(),
});
const notice = createNotice(compute, () => act('manageTrust'));
const banner = createBanner({
  things: 'perturbed images',
  onCancel: () => attempt(host.request('cancel', {})),
  onResume: compute,
  onOutput: () => act('showOutput'),
});
const testsView = createTestsView(change);
const imageView = createImageView({
  ask: (params, options) => host.request('perturbed', params, options),
  onState: change,
  onFiles: chooseFiles,
  onGallery: () => act('openGallery'),
  onOutput: () => act('showOutput'),
});
const help = createHelp();
const empty = h('div', { class: 'empty', hidden: true });
const content = h('div', { class: 'view', id: 'view', role: 'tabpanel' }, testsView.element, imageView.element, empty);
document.body.append(h('main', {}, toolbar.element, notice.element, banner.element, content), imageView.dialog, help);

/** Keeps what must outlive this page, at most a few times a second. */
function change(part: Partial<PageState>): void {
  state = { ...state, ...part };
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => keepState(state), 150);
  update();
}

function showView(value: RobustnessView): void {
  const before = view?.kind === 'run' ? view.studyName : undefined;
  view = value;
  document.title = robustnessTitle(value);
  // Choices among another study's tests and images say nothing about this one's.
  const isOther = value.kind === 'run' && before !== undefined && before !== value.studyName;
  const forgotten = isOther ? { entry: null, epochs: null, layer: null, image: null } : {};
  change({ source: value.source, ...forgotten });
}

function update(): void {
  const known = tests !== undefined && view?.kind === 'run' && tests.run === view.run ? tests : undefined;
  model = view?.kind === 'run' && known !== undefined ? createModel(view, known, state) : undefined;
  const nothing = emptyView(view, model, {
    run: act,
    retry: () => attempt(loadView()),
    compute,
    chooseFiles: () => chooseFiles('ask'),
    showImage: () => change({ tab: 'image' }),
    showAllCheckpoints: () => change({ epochs: model?.view.checkpoints.map(({ epoch }) => epoch) ?? null }),
  });
  empty.hidden = nothing === undefined;
  if (nothing === undefined) empty.replaceChildren();
  else if (nothing.textContent !== empty.textContent) empty.replaceChildren(nothing);
  toolbar.element.hidden = model === undefined;
  testsView.element.hidden = nothing !== undefined || state.tab !== 'tests';
  imageView.element.hidden = nothing !== undefined || state.tab !== 'image';
  content.setAttribute('aria-labelledby', `tab-${state.tab}`);
  notice.element.hidden = true;
  if (model === undefined) return;
  toolbar.update(model);
  banner.show(computing.state(state.tab));
  if (nothing !== undefined) return;
  if (state.tab === 'tests') {
    notice.update(model);
    // One of the two lines says how to go on.
    if (computing.hasEnded) notice.element.hidden = true;
    testsView.update(model);
  } else imageView.update(model);
}

/** What is missing or outdated of what is shown. */
function compute(): void {
  if (model !== undefined) computing.start(model);
}

function currentModel(): Model {
  if (model === undefined) throw new Error('There is nothing to export yet.');
  return model;
}

async function render(kind: RobustnessExport, tab: RobustnessTab): Promise<Uint8Array<ArrayBuffer>> {
  if (tab === 'image') {
    const shown = imageView.current();
    if (kind === 'csv') return new TextEncoder().encode(imageCsv(shown));
    return new Uint8Array(await (await figureOf(shown)).arrayBuffer());
  }
  if (kind === 'csv') return new TextEncoder().encode(testsCsv(currentModel()));
  return testsView.picture(currentModel());
}

async function save(kind: RobustnessExport): Promise<void> {
  const { saved } = await host.request('save', { kind, tab: state.tab });
  if (saved !== null) banner.say(`Saved as ${saved}`);
}

function chooseFiles(files: 'ask' | 'study'): void {
  attempt(host.request('chooseFiles', { files }));
}

function act(action: RobustnessAction): void {
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
    event.target instanceof HTMLElement && event.target.closest('vscode-dropdown, [popover], input, dialog');
  if (event.ctrlKey || event.metaKey || event.altKey || inControl !== null) return;
  const look = state.tab === 'image' ? lookByKey(event.key, state.look) : undefined;
  if (look !== undefined) change({ look: { ...state.look, ...look } });
  else if (event.key === '1') change({ tab: 'tests' });
  else if (event.key === '2') change({ tab: 'image' });
  else if (event.key === ',' && state.tab === 'image') imageView.step(-1);
  else if (event.key === '.' && state.tab === 'image') imageView.step(1);
  else if (event.key === '?') help.showModal();
  else return;
  event.preventDefault();
});
onThemeChange(update);

update();
attempt(loadView());
