/** The page of trust in heatmaps: whether they follow from the network, in four tabs. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { createRef, render } from 'preact';
import type { Result } from '../../src/protocol/contract';
import type { RunView } from '../../src/protocol/panelView';
import type { ExportKind } from '../../src/protocol/runPanel';
import {
  TRUST_TABS,
  trustHostContract,
  trustPageContract,
  type TrustHostContract,
  type TrustTab,
} from '../../src/protocol/trustPanel';
import { chartColours } from '../chart/palette';
import { HelpDialog, TAB_PANEL, tabId } from '../controls';
import { createRunPage, onPageKey, RunFrame, type RequestState } from '../frame';
import { calibrationSections } from './calibration/section';
import type * as Definitions from './definitions';
import { faithfulnessSections } from './faithfulness/section';
import { localisationSections } from './localisation/section';
import { sanitySections } from './sanity/sections';
import { parseSavedState, type Choice } from './savedState';
import type { SectionContext } from './sectionContext';
import { Section } from './section';
import { busySection, epoch, type TabSection } from './tabSection';
import { tabText } from './tabs';
import { TrustToolbar } from './toolbar';
import type { Basis } from './wanted';
import './section.css';
import './trust.css';

const page = createRunPage({
  page: trustPageContract,
  host: trustHostContract,
  parseState: parseSavedState,
  handlers: { render: draw },
  // Images, scores and what is shown of them stay.
  forget: ({ choice }) => ({
    choice: { ...choice, methods: null, method: null, layer: null, epochs: null, against: null },
  }),
});
const help = createRef<HTMLDialogElement>();
/** Loaded after the page is there. */
const definitionsOf = signal<typeof Definitions.definitionsOf | undefined>(undefined);
void import('./definitions').then((definitions) => (definitionsOf.value = definitions.definitionsOf));
const tab = computed(() => page.state.value.tab);
const choice = computed(() => page.state.value.choice);
const run = computed(() => (page.view.value?.kind === 'run' ? page.view.value : undefined));
const runFolder = computed(() => run.value?.run);

/** What there is to choose from, of a run. */
const known = signal<({ readonly run: string } & Result<TrustHostContract, 'choices'>) | undefined>(undefined);
const choices = computed(() => (known.value?.run === runFolder.value ? known.value : undefined));
effect(() => {
  const folder = runFolder.value;
  if (folder === undefined) return;
  epoch.value = undefined;
  page.attempt(page.host.request('choices', {}).then((found) => (known.value = { run: folder, ...found })));
});

const basis = computed((): Basis | undefined => {
  const view = run.value;
  return view && choices.value && { ...choices.value, view, choice: choice.value };
});
const context: SectionContext = {
  host: page.host,
  tab: () => tab.value,
  choice: () => choice.value,
  basis: () => basis.value,
  chart: () => ({
    accuracies: new Map(run.value?.checkpoints.map((each) => [each.epoch, each.testAccuracy])),
    colours: chartColours(),
  }),
  pace: {
    of: (key) => page.state.value.paces[key],
    keep: (key, pace) => page.keep({ paces: { ...page.state.peek().paces, [key]: pace } }),
  },
};
const sections: Readonly<Record<TrustTab, readonly TabSection[]>> = {
  faithfulness: faithfulnessSections(context),
  sanity: sanitySections(context),
  localisation: localisationSections(context),
  calibration: calibrationSections(context),
};

async function draw(what: { kind: ExportKind; tab: TrustTab }): Promise<{ bytes: Uint8Array<ArrayBuffer> }> {
  const { exported } = await import('./exports');
  return { bytes: await exported(what.kind, sections[what.tab], exportTitle(what.tab)) };
}

/** What a picture is of. */
function exportTitle(of: TrustTab): string {
  return l10n.t('Trust in heatmaps of {0}: {1}.', run.peek()?.studyName ?? '', tabText(of));
}

function change(part: Partial<Choice>): void {
  page.keep({ choice: { ...choice.peek(), ...part } });
}

const busy = computed(() => busySection(sections[tab.value]));
const busyState = computed((): RequestState => busy.value?.measurement.state.value ?? { kind: 'idle' });

function TrustPage() {
  const shown = tab.value;
  return (
    <RunFrame
      page={page}
      things={l10n.t('numbers')}
      computes={{
        things: busy.value?.things ?? '',
        state: busyState,
        onCancel: () => busy.peek()?.measurement.cancel(),
        onResume: () => busy.peek()?.measurement.resume(),
      }}
      toolbar={(view) => (
        <TrustToolbar
          view={view}
          tab={shown}
          choice={choice.value}
          counted={choices.value}
          otherRuns={choices.value?.otherRuns ?? []}
          onTab={(next) => page.keep({ tab: next })}
          onChoice={change}
          onRun={page.chooseRun}
          onSave={(kind) => page.saving(page.host.request('save', { kind, tab: shown }))}
          onHelp={() => help.current?.showModal()}
        />
      )}
      dialogs={
        <HelpDialog
          dialog={help}
          definitions={definitionsOf.value?.(shown) ?? []}
          shortcuts={[
            ['1 2 3 4', TRUST_TABS.map(tabText).join(', ')],
            [l10n.t('In the chart: ← →'), l10n.t('read out the epochs')],
            ['?', l10n.t('this help')],
          ]}
        />
      }
    >
      {(view) => <Content view={view} tab={shown} />}
    </RunFrame>
  );
}

function Content({ view, tab: shown }: { readonly view: RunView; readonly tab: TrustTab }) {
  const onTrust = view.trusted ? undefined : () => page.act('manageTrust');
  return (
    <div class="measured" id={TAB_PANEL} role="tabpanel" aria-labelledby={tabId(shown)} key={shown}>
      {sections[shown].map((section) => (
        <Section
          key={section.key}
          section={section}
          onTrust={onTrust}
          onOpen={(image) => page.attempt(page.host.request('openHeatmaps', { images: [image] }))}
        />
      ))}
    </div>
  );
}

onPageKey('vscode-dropdown, [popover], input, dialog', (key) => {
  const next = TRUST_TABS[Number(key) - 1];
  if (next !== undefined) page.keep({ tab: next });
  else if (key === '?') help.current?.showModal();
  else return false;
  return true;
});

render(<TrustPage />, document.body);
