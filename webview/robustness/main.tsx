/** The robustness panel: many images under the study's perturbations, and one image under each round of them. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { createRef, render } from 'preact';
import {
  robustnessHostContract,
  robustnessPageContract,
  type RobustnessTab,
  type ShownTests,
} from '../../src/protocol/robustnessPanel';
import type { ExportKind } from '../../src/protocol/runPanel';
import type { ChartHandle } from '../chart/chart';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { keyOf } from '../common/heat/results';
import '../common/style/detail.css';
import { studyExplanation } from '../common/explanation';
import { TAB_PANEL, tabId } from '../controls';
import { createRunPage, Loading, onPageKey, RunFrame } from '../frame';
import { steady } from '../frame/steady';
import { createLook } from '../heat';
import { createTestsComputation } from './computing';
import { Help } from './help';
import { ImageAppearance, ImageControls } from './image/controls';
import { ImageView } from './image/imageView';
import { createOneImage } from './image/oneImage';
import { isRunning } from './image/perturbedRequest';
import { insteadOfTests, LoadingTests, NoCheckpoints, NoImages } from './instead';
import { Notice } from './notice';
import { createRobustnessState, type RobustnessState } from './robustnessState';
import { parseSavedState } from './savedState';
import '../trust/section.css';
import type * as AttacksTab from './attacks/attacks';
import type * as BenchmarksTab from './benchmarks/benchmarks';
import './style/benchmarks.css';
import './style/image.css';
import './style/tests.css';
import { TestsView } from './tests/testsView';
import { RobustnessToolbar } from './toolbar';

const page = createRunPage({
  page: robustnessPageContract,
  host: robustnessHostContract,
  parseState: parseSavedState,
  handlers: { render: async ({ kind, tab }) => ({ bytes: await exported(kind, tab) }) },
  listeners: {
    tests(value) {
      computation.take(value.computing);
      tests.value = value;
    },
    job: (value) => computation.count(value),
    show: ({ tab, entry }) => page.keep({ tab, entry }),
  },
  forget: () => ({ entry: null, epochs: null, method: null, layer: null, image: null }),
});
const tests = signal<ShownTests | undefined>(undefined);
const computation = createTestsComputation((params) => page.host.request('compute', params));
const chart: ChartHandle = { drawn: undefined };
const look = createLook(page);
const help = createRef<HTMLDialogElement>();

const choices = steady(() => {
  const { entry, epochs, method, layer } = page.state.value;
  return { entry, epochs, method, layer };
});
/** Undefined until the run's tests are known. */
const shown = computed(() => {
  const view = page.view.value;
  const known = tests.value;
  if (view?.kind !== 'run' || known?.run !== view.run) return undefined;
  return createRobustnessState(view, known, choices.value);
});
const image = createOneImage({
  ask: (params, options) => page.host.request('perturbed', params, options),
  shown,
  saved: page.state,
});

/** Loaded when its tab is first shown. */
const benchmarks = signal<ReturnType<typeof BenchmarksTab.createBenchmarks> | undefined>(undefined);
const isInBenchmarks = computed(() => page.state.value.tab === 'benchmarks');
effect(() => {
  if (!isInBenchmarks.value || benchmarks.peek() !== undefined) return;
  void import('./benchmarks/benchmarks').then(({ createBenchmarks }) => {
    const { host, attempt, act } = page;
    benchmarks.value ??= createBenchmarks({ host, shown, isInSight: () => isInBenchmarks.value, attempt, act });
  });
});

const attacks = signal<ReturnType<typeof AttacksTab.createAttacks> | undefined>(undefined);
const isInAttacks = computed(() => page.state.value.tab === 'attacks');
effect(() => {
  if (!isInAttacks.value || attacks.peek() !== undefined) return;
  void import('./attacks/attacks').then(({ createAttacks }) => {
    const { host, attempt, act } = page;
    attacks.value ??= createAttacks({ host, shown, isInSight: () => isInAttacks.value, attempt, act });
  });
});

effect(() => {
  if (page.view.value !== undefined) document.title = page.view.value.title;
});

async function exported(kind: ExportKind, tab: RobustnessTab): Promise<Uint8Array<ArrayBuffer>> {
  if (tab === 'benchmarks' && benchmarks.value !== undefined) return benchmarks.value.exported(kind);
  if (tab === 'attacks' && attacks.value !== undefined) return attacks.value.exported(kind);
  const { exportImage, exportTests } = await import('./exports');
  return tab === 'image'
    ? exportImage(kind, image.state.value, look.appearance.value)
    : exportTests(kind, shown.value, page.state.value.sort, chart.drawn);
}

/** Computes the visible results that are missing or outdated. */
function compute(): void {
  if (shown.value !== undefined) computation.start(shown.value);
}

function chooseFiles(files: 'ask' | 'study'): void {
  page.attempt(page.host.request('chooseFiles', { files }));
}

function stepImage(by: number): void {
  const keys = shown.value?.view.images.map(keyOf) ?? [];
  const key = keys[keys.indexOf(image.state.value?.image ?? '') + by];
  if (key !== undefined) page.keep({ image: key });
}

function App() {
  const { tab } = page.state.value;
  const ofTests = {
    things: l10n.t('perturbed images'),
    state: computation.state,
    onCancel: () => page.attempt(page.host.request('cancel', {})),
    onResume: compute,
  };
  const { state, cancel, resume } = image.request;
  const ofImage = { things: l10n.t('perturbed views'), state, onCancel: cancel, onResume: resume };
  const ofBenchmarks = benchmarks.value && {
    things: l10n.t('images'),
    state: benchmarks.value.state,
    onCancel: benchmarks.value.cancel,
    onResume: benchmarks.value.resume,
  };
  const ofAttacks = attacks.value && {
    things: l10n.t('gradients'),
    state: attacks.value.state,
    onCancel: attacks.value.cancel,
    onResume: attacks.value.resume,
  };
  const ofTab = { tests: ofTests, image: ofImage, benchmarks: ofBenchmarks, attacks: ofAttacks };
  return (
    <RunFrame
      page={page}
      things={l10n.t('perturbation tests')}
      computes={ofTab[tab] ?? ofTests}
      toolbar={() => shown.value !== undefined && <Controls of={shown.value} />}
      instead={() => shown.value === undefined && <LoadingTests />}
      dialogs={<Help dialog={help} />}
    >
      {() => (
        <div class="view" id={TAB_PANEL} role="tabpanel" aria-labelledby={tabId(tab)}>
          {shown.value !== undefined && <Content of={shown.value} />}
        </div>
      )}
    </RunFrame>
  );
}

function Controls({ of }: { readonly of: RobustnessState }) {
  const saved = page.state.value;
  const ofImage = { of, entries: image.entries.value, state: saved, look, keep: page.keep };
  return (
    <RobustnessToolbar
      of={of}
      state={saved}
      keep={page.keep}
      onRun={page.chooseRun}
      onSave={(kind) => page.saving(page.host.request('save', { kind, tab: saved.tab }))}
      onHelp={() => help.current?.showModal()}
      imageControls={
        <ImageControls
          {...ofImage}
          image={image.state.value?.image}
          onStep={stepImage}
          onUseInStudy={() =>
            page.useInStudy(studyExplanation(of.explanation), () => page.keep({ method: null, layer: null }))
          }
          onFiles={chooseFiles}
          onGallery={() => page.act('openGallery')}
        />
      }
      appearance={() => <ImageAppearance {...ofImage} shown={image.state.value} />}
    />
  );
}

function Content({ of }: { readonly of: RobustnessState }) {
  const saved = page.state.value;
  const actions = { of, compute, act: page.act, keep: page.keep };
  if (of.checkpoints.length === 0) return <NoCheckpoints {...actions} />;
  if (saved.tab === 'image') {
    const ask = (): void => chooseFiles('ask');
    if (image.state.value === undefined) return <NoImages act={page.act} chooseFiles={ask} />;
    return (
      <ImageView
        of={image.state.value}
        look={look}
        computing={isRunning(image.request.state.value)}
        published={of.tests.tests.length === 0}
        chooseFiles={ask}
        onMeasure={() => page.act('measure')}
      />
    );
  }
  if (saved.tab === 'benchmarks') {
    const View = benchmarks.value?.View;
    return View === undefined ? <Loading title={l10n.t('Loading…')} /> : <View of={of} />;
  }
  if (saved.tab === 'attacks') {
    const View = attacks.value?.View;
    return View === undefined ? <Loading title={l10n.t('Loading…')} /> : <View of={of} />;
  }
  const instead = insteadOfTests(actions);
  if (instead !== undefined) return instead;
  return (
    <>
      {/* The banner has the button that continues what ended early. */}
      {computation.state.value.kind === 'idle' && (
        <Notice of={of} onCompute={compute} onTrust={() => page.act('manageTrust')} />
      )}
      <TestsView of={of} saved={saved} handle={chart} keep={page.keep} />
    </>
  );
}

onPageKey('vscode-dropdown, [popover], input, dialog', (key) => {
  const ofImage = page.state.value.tab === 'image';
  const change = ofImage ? appearanceByKey(key, look.appearance.value) : undefined;
  if (change !== undefined) look.change(change);
  else if (key === '1') page.keep({ tab: 'tests' });
  else if (key === '2') page.keep({ tab: 'image' });
  else if (key === '3') page.keep({ tab: 'benchmarks' });
  else if (key === '4') page.keep({ tab: 'attacks' });
  else if (key === ',' && ofImage) stepImage(-1);
  else if (key === '.' && ofImage) stepImage(1);
  else if (key === '?') help.current?.showModal();
  else return false;
  return true;
});

render(<App />, document.body);
