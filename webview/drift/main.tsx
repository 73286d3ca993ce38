/** The page of attention over epochs: what it asks for, and the tree that shows it. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { attentionHostContract, attentionPageContract } from '../../src/protocol/driftPanel';
import type { Attention, AttentionImage } from '../../src/protocol/engine';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import { explanationKey, studyExplanation } from '../common/explanation';
import { createRequest, createRunPage, lazily, RunFrame, type Count } from '../frame';
import { createHeatsInSight, createLook, HeatsBanner } from '../heat';
import { explanationOf, wantedOf, type DriftParams, type Measured, type TestCount } from './driftState';
import { noNumbers } from './emptyViews';
import { DEFAULT_CHOICE, parseSavedState, type Choice } from './savedState';
import { DriftToolbar } from './toolbar';
// Of what is loaded later, too.
import '../chart/chart.css';
import '../chart/shareButton.css';
import '../heat/heat.css';
import './drift.css';

/** Loaded while they are measured. */
const Numbers = lazily(async () => (await import('./numbers')).Numbers);

const page = createRunPage({
  page: attentionPageContract,
  host: attentionHostContract,
  parseState: parseSavedState,
  handlers: { render: draw },
  forget: ({ choice }) => ({ choice: { ...DEFAULT_CHOICE, sort: choice.sort } }),
});
const choice = computed(() => page.state.value.choice);
const run = computed(() => (page.view.value?.kind === 'run' ? page.view.value : undefined));
const runFolder = computed(() => run.value?.run);

/** The number of the run's test images, to choose from. */
const testImages = signal<TestCount | undefined>(undefined);
const testCount = computed(() => (testImages.value?.run === runFolder.value ? testImages.value?.count : undefined));
effect(() => {
  const folder = runFolder.value;
  if (folder === undefined) return;
  const counting = page.host.request('testCount', {});
  page.attempt(counting.then(({ count }) => (testImages.value = { run: folder, count })));
});

/** The last answer, which stays until there is a newer one, or another run. */
const measured = signal<Measured | undefined>(undefined);
const shown = computed(() => (measured.value?.params.run === runFolder.value ? measured.value : undefined));
let compared: Count | undefined;
const measuring = createRequest<DriftParams, DriftParams, Count, Attention>({
  ask: (params, options) => page.host.request('attention', params, options),
  missing: (wanted) => (JSON.stringify(wanted) === JSON.stringify(measured.peek()?.params) ? undefined : wanted),
  onProgress: (count) => (compared = count),
  onResult: (attention, params) => (measured.value = { attention, params }),
  count: ({ epochs, images }) => compared ?? { done: 0, of: epochs.length * images.length },
  basis: (wanted) => JSON.stringify(wanted),
  forget: () => (compared = undefined),
});
effect(() => measuring.want(run.value && wantedOf(run.value, choice.value, testCount.value)));
const standing = computed(() => measuring.state.value.kind);

/** The heatmaps of the rows in sight. They look as the settings say. */
const heats = createHeatsInSight({
  ask: (params, options) => page.host.request('explain', params, options),
  mostCells: 1000,
});
const { appearance } = createLook({ view: page.view, state: signal({ look: {} }), keep: () => undefined });

async function draw({ kind }: { readonly kind: ExportKind }): Promise<{ bytes: Uint8Array<ArrayBuffer> }> {
  const { exported } = await import('./exports');
  return { bytes: await exported(kind, run.peek(), shown.peek()) };
}

function change(part: Partial<Choice>): void {
  page.keep({ choice: { ...choice.peek(), ...part } });
}

function wantHeatmaps(places: readonly number[], epochs: readonly number[]): void {
  const params = shown.peek()?.params;
  const images = places.flatMap((place) => params?.images[place] ?? []);
  if (params === undefined || images.length === 0 || epochs.length === 0) return;
  const { run: folder, method, parameters, layer, target } = params;
  heats.wantSoon({ run: folder, explanations: [{ method, parameters, layer }], classes: [target], epochs, images });
}

function openHeatmaps({ image }: AttentionImage): void {
  const inSet = /^(test|train):(\d+)$/.exec(image.name);
  if (inSet === null) return;
  const set = inSet[1] === 'train' ? 'train' : 'test';
  page.attempt(page.host.request('openHeatmaps', { images: [{ set, index: Number(inSet[2]) }] }));
}

function DriftPage() {
  return (
    <RunFrame
      page={page}
      things={l10n.t('attention curves')}
      computes={{
        things: l10n.t('heatmaps'),
        state: measuring.state,
        onCancel: measuring.cancel,
        onResume: measuring.resume,
      }}
      toolbar={(view) => (
        <DriftToolbar
          view={view}
          choice={choice.value}
          testCount={testCount.value}
          onChoice={change}
          onRun={page.chooseRun}
          onSave={(kind) => page.saving(page.host.request('save', { kind }))}
          onUseInStudy={() =>
            page.useInStudy(studyExplanation(explanationOf(view, choice.peek())), () =>
              change({ method: null, layer: null }),
            )
          }
          onGallery={() => page.act('openGallery')}
        />
      )}
      instead={(view) =>
        noNumbers(view, {
          choice: choice.value,
          measured: shown.value,
          state: standing.value,
          act: page.act,
          onChoice: change,
        })
      }
    >
      {(view) => <Measurement view={view} />}
    </RunFrame>
  );
}

function Measurement({ view }: { readonly view: RunView }) {
  const of = shown.value;
  if (of === undefined) return null;
  return (
    <>
      <Numbers
        view={view}
        measured={of}
        sort={choice.value.sort}
        heats={{ results: heats.results(explanationKey(of.params)), version: heats.version.value, appearance }}
        onSort={(sort) => change({ sort })}
        onSight={wantHeatmaps}
        onOpen={openHeatmaps}
      />
      <HeatsBanner heats={heats} onOutput={() => page.act('showOutput')} />
    </>
  );
}

render(<DriftPage />, document.body);
