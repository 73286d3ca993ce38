/** The page of misclassified images: what it asks for, and the tree that shows it. */
import { computed, effect } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { render } from 'preact';
import { misclassifiedHostContract, misclassifiedPageContract } from '../../src/protocol/misclassifiedPanel';
import type { ExportKind } from '../../src/protocol/runPanel';
import { appearanceByKey } from '../common/heat/appearanceKeys';
import { requestOf, studyExplanation } from '../common/explanation';
import { createRunPage, onPageKey, RunFrame } from '../frame';
import { createHeatsInSight, createLook, HeatsBanner, type Wanted } from '../heat';
import { Heading } from './heading';
import { List } from './list';
import { checkpointOf, createCounter, sharedScale, type Item } from './misclassifiedState';
import { createPredictions } from './predictions';
import { DEFAULT_CHOICE, OWN_LOOK, parseSavedState, type Choice } from './savedState';
import { epochAt } from './scrubber';
import { Side } from './side';
import { MisclassifiedToolbar } from './toolbar';
import './style/page.css';
import './style/side.css';
import './style/list.css';

const page = createRunPage({
  page: misclassifiedPageContract,
  host: misclassifiedHostContract,
  parseState: parseSavedState,
  handlers: { render: draw },
  listeners: { show: ({ epoch }) => change({ epoch }) },
  forget: () => ({ choice: DEFAULT_CHOICE }),
});
const look = createLook(page, OWN_LOOK);
const choice = computed(() => page.state.value.choice);
const run = computed(() => (page.view.value?.kind === 'run' ? page.view.value : undefined));

const predictions = createPredictions((params, options) => page.host.request('predictions', params, options));
effect(() => {
  const view = run.value;
  predictions.request.want(
    view && {
      run: view.run,
      epochs: view.checkpoints.map(({ epoch }) => epoch),
      first: checkpointOf(view, choice.value).epoch,
    },
  );
});

/** What the predictions say of the images that the person has chosen. */
const count = createCounter();
const state = computed(() => run.value && count(run.value, choice.value, predictions.known.value));

/** The heatmaps of the rows in sight. */
const heats = createHeatsInSight({
  ask: (params, options) => page.host.request('explain', params, options),
  mostCells: 400,
});
const computing = computed(() => ['computing', 'waiting'].includes(heats.request.state.value.kind));
const scaleKind = computed(() => look.appearance.value.scale);
/** What has come so far; a new object with each change. */
const arrived = computed(() => ({
  results: heats.results(state.value?.explanation.key ?? ''),
  version: heats.version.value,
}));
const shared = computed(() =>
  state.value && scaleKind.value === 'shared' ? sharedScale(state.value, arrived.value.results) : undefined,
);
let inSight: readonly Item[] = [];
/** The row to return to after the page was hidden or reloaded. */
const { top } = page.state.peek();

function change(part: Partial<Choice>): void {
  page.keep({ choice: { ...choice.peek(), ...part } });
}

function useInStudy(): void {
  const of = state.peek();
  if (of !== undefined) page.useInStudy(studyExplanation(of.explanation), () => change({ method: null, layer: null }));
}

function onSight(items: readonly Item[], first: number): void {
  inSight = items;
  page.keep({ top: first });
  heats.wantSoon(wantedHeatmaps(items));
}

function wantedHeatmaps(items: readonly Item[]): Wanted | undefined {
  const of = state.peek();
  return (
    of && {
      run: of.view.run,
      explanations: [requestOf(of.explanation)],
      classes: ['predicted', 'other'],
      epochs: [...new Set(items.map(({ epoch }) => epoch))],
      images: [...new Set(items.map(({ image }) => image))].map((index) => ({ kind: 'set', set: 'test', index })),
    }
  );
}

async function draw({ kind }: { readonly kind: ExportKind }): Promise<{ bytes: Uint8Array<ArrayBuffer> }> {
  const { exported } = await import('./exports');
  const appearance = look.appearance.peek();
  return {
    bytes: await exported(kind, state.peek(), {
      results: arrived.peek().results,
      items: inSight,
      appearance,
      shared: shared.peek(),
    }),
  };
}

async function add({ image }: Item): Promise<void> {
  const { written } = await page.host.request('addToStudy', { image: { set: 'test', index: image } });
  page.say(
    written
      ? l10n.t('test {0} is among the study’s images.', image)
      : l10n.t('test {0} is among the study’s images, once you save the study file.', image),
  );
}

const actions = {
  onEpoch: (epoch: number) => change({ epoch, ...(choice.peek().scope === 'search' && { scope: 'wrong' as const }) }),
  onHeatmaps: ({ image }: Item) =>
    page.attempt(page.host.request('openHeatmaps', { images: [{ set: 'test', index: image }] })),
  onAdd: (item: Item) => page.attempt(add(item)),
};

function MisclassifiedPage() {
  const { request } = predictions;
  return (
    <RunFrame
      page={page}
      things={l10n.t('misclassified images')}
      computes={{
        things: l10n.t('predictions'),
        state: request.state,
        onCancel: request.cancel,
        onResume: request.resume,
      }}
      toolbar={() =>
        state.value && (
          <MisclassifiedToolbar
            state={state.value}
            look={look}
            shared={shared}
            onChoice={change}
            rows={inSight.length}
            onRun={page.chooseRun}
            onUseInStudy={useInStudy}
            onSave={(kind) => page.saving(page.host.request('save', { kind }))}
          />
        )
      }
    >
      {() => (
        <div class="stage">
          <Which />
          <section aria-label={l10n.t('Images and their heatmaps')}>
            <Images />
            <HeatsBanner heats={heats} onOutput={() => page.act('showOutput')} />
          </section>
        </div>
      )}
    </RunFrame>
  );
}

function Which() {
  return state.value && <Side state={state.value} onChoice={change} />;
}

function Images() {
  if (state.value === undefined) return null;
  const input = {
    state: state.value,
    ...arrived.value,
    computing: computing.value,
    look,
    scaleKind: scaleKind.value,
    shared: shared.value,
  };
  return (
    <>
      <Heading state={state.value} onChoice={change} />
      <List input={input} actions={actions} top={top} onSight={onSight} />
    </>
  );
}

onPageKey('vscode-dropdown, input', (key) => {
  const of = state.peek();
  if (of === undefined) return false;
  const { checkpoints } = of.view;
  const place = checkpoints.indexOf(of.checkpoint);
  const changed = appearanceByKey(key, look.appearance.peek());
  if (changed !== undefined) look.change(changed);
  else if (key === ',') change({ epoch: epochAt(checkpoints, place - 1) });
  else if (key === '.') change({ epoch: epochAt(checkpoints, place + 1) });
  else return false;
  return true;
});

render(<MisclassifiedPage />, document.body);
