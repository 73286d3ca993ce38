/** The robustness panel, put together from its parts. */
import '../frame/theme.css';
import '../common/style/panel.css';
import '../common/style/detail.css';
import '../common/style/heat.css';
import '../chart/chart.css';
import './style/tests.css';
import './style/image.css';
import {
  robustnessHostContract,
  robustnessPageContract,
  type RobustnessTab,
  type ShownTests,
} from '../../src/protocol/robustnessPanel';
import type { ExportKind } from '../../src/protocol/runPanel';
import { h } from '../common/dom';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { onPageKey } from '../frame/pageKeys';
import { createRunPage } from '../common/runPage/runPage';
import { onThemeChange } from '../chart/themeColours';
import { createTestsComputation } from './computing';
import { emptyView } from './emptyViews';
import { createHelp } from './help';
import { imageCsv } from './image/csv';
import { figureOf } from './image/figure';
import { createImageView } from './image/view';
import { createRobustnessState, type RobustnessState } from './robustnessState';
import { createNotice } from './notice';
import { parseSavedState, type SavedState } from './savedState';
import { testsCsv } from './tests/csv';
import { createTestsView } from './tests/view';
import { createToolbar } from './toolbar';

let tests: ShownTests | undefined;
let model: RobustnessState | undefined;

const page = createRunPage({
  page: robustnessPageContract,
  host: robustnessHostContract,
  parseState: parseSavedState,
  handlers: { render: async ({ kind, tab }) => ({ bytes: await render(kind, tab) }) },
  listeners: {
    tests: (value) => {
      computing.take(value.computing);
      tests = value;
      update();
    },
    job: (value) => {
      computing.count(value);
      page.banner.show(computing.state(page.state.tab));
    },
    show: ({ tab, entry }) => change({ tab, entry }),
  },
  forget: () => ({ entry: null, epochs: null, layer: null, image: null }),
  shows: 'robustness',
  computes: {
    things: 'perturbed images',
    onCancel: () => page.attempt(page.host.request('cancel', {})),
    onResume: compute,
  },
  onView(view) {
    document.title = view.title;
    update();
  },
});
const computing = createTestsComputation((params) => page.host.request('compute', params), update);
const toolbar = createToolbar({
  current: () => model,
  onState: change,
  onRun: page.chooseRun,
  onSave: (kind) => page.saving(page.host.request('save', { kind, tab: page.state.tab })),
  onHelp: () => help.showModal(),
});
const notice = createNotice(compute, () => page.act('manageTrust'));
const testsView = createTestsView(change);
const imageView = createImageView({
  ask: (params, options) => page.host.request('perturbed', params, options),
  onState: change,
  onFiles: chooseFiles,
  onGallery: () => page.act('openGallery'),
  onOutput: () => page.act('showOutput'),
});
const help = createHelp();
const views = [testsView.element, imageView.element, page.instead];
const content = h('div', { class: 'view', id: 'view', role: 'tabpanel' }, ...views);
const parts = [toolbar.element, notice.element, page.banner.element, content];
document.body.append(h('main', {}, ...parts), imageView.dialog, help);

function change(part: Partial<SavedState>): void {
  page.keep(part);
  update();
}

function update(): void {
  const { view, state } = page;
  model = view?.kind === 'run' && tests?.run === view.run ? createRobustnessState(view, tests, state) : undefined;
  const nothing = page.noRun() ?? emptyView(model, { act: page.act, compute, chooseFiles, change });
  page.showInstead(nothing);
  toolbar.element.hidden = model === undefined;
  testsView.element.hidden = nothing !== undefined || state.tab !== 'tests';
  imageView.element.hidden = nothing !== undefined || state.tab !== 'image';
  content.setAttribute('aria-labelledby', `tab-${state.tab}`);
  notice.element.hidden = true;
  if (model === undefined) return;
  toolbar.update(model);
  page.banner.show(computing.state(state.tab));
  if (nothing !== undefined) return;
  if (state.tab === 'image') imageView.update(model);
  else showTests(model);
}

function showTests(of: RobustnessState): void {
  notice.update(of);
  // One of the two lines has the button that continues.
  if (computing.hasEnded) notice.element.hidden = true;
  testsView.update(of);
}

/** The visible results that are missing or outdated. */
function compute(): void {
  if (model !== undefined) computing.start(model);
}

function chooseFiles(files: 'ask' | 'study'): void {
  page.attempt(page.host.request('chooseFiles', { files }));
}

async function render(kind: ExportKind, tab: RobustnessTab): Promise<Uint8Array<ArrayBuffer>> {
  if (tab === 'image') {
    const shown = imageView.current();
    if (kind === 'csv') return new TextEncoder().encode(imageCsv(shown));
    return new Uint8Array(await (await figureOf(shown)).arrayBuffer());
  }
  if (model === undefined) throw new Error('There is nothing to export yet.');
  return kind === 'csv' ? new TextEncoder().encode(testsCsv(model)) : testsView.picture(model);
}

onPageKey('vscode-dropdown, [popover], input, dialog', (key) => {
  const { tab, look } = page.state;
  const other = tab === 'image' ? appearanceByKey(key, look) : undefined;
  if (other !== undefined) change({ look: { ...look, ...other } });
  else if (key === '1') change({ tab: 'tests' });
  else if (key === '2') change({ tab: 'image' });
  else if (key === ',' && tab === 'image') imageView.step(-1);
  else if (key === '.' && tab === 'image') imageView.step(1);
  else if (key === '?') help.showModal();
  else return false;
  return true;
});
onThemeChange(update);

update();
page.load();
