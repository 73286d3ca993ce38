/** The tab of published benchmarks: a section for each that the study names. Loaded when it is first shown. */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ExportKind, PanelAction } from '../../../src/protocol/runPanel';
import type {
  NamedBenchmarks,
  RobustnessHostContract,
  RobustnessPageContract,
} from '../../../src/protocol/robustnessPanel';
import type { BenchmarkProgress } from '../../../src/computations/benchmark/schema';
import type { Params, Result } from '../../../src/protocol/contract';
import type { Peer } from '../../../src/protocol/peer';
import { chartColours } from '../../chart/palette';
import { EmptyState, Loading, type RequestState } from '../../frame';
import { exported } from '../../trust/exports';
import { Section } from '../../trust/section';
import { busySection, createSection, epoch } from '../../trust/tabSection';
import type { RobustnessState } from '../robustnessState';
import { takeBenchmark, type BenchmarkAnswer } from './answer';
import { benchmarkContent } from './content';
import { Matrix } from './matrix';

export interface BenchmarksOptions {
  readonly host: Peer<RobustnessPageContract, RobustnessHostContract>;
  readonly shown: ReadonlySignal<RobustnessState | undefined>;
  readonly isInSight: () => boolean;
  readonly attempt: (work: Promise<unknown>) => void;
  readonly act: (action: PanelAction) => void;
}

type Named = NamedBenchmarks['benchmarks'][number];
type Host = RobustnessHostContract;
type Asked = Omit<Params<Host, 'benchmark'>, 'compute'>;

export function createBenchmarks({ host, shown, isInSight, attempt, act }: BenchmarksOptions) {
  const known = signal<({ readonly run: string } & NamedBenchmarks) | undefined>(undefined);
  const run = computed(() => shown.value?.view.run);
  const named = computed(() => (known.value?.run === run.value ? known.value : undefined));
  const paces = new Map<string, number>();
  // The study may have been edited since: its list is asked for whenever there is another view of the run.
  effect(() => {
    const folder = shown.value?.view.run;
    if (folder === undefined || !isInSight()) return;
    attempt(
      host.request('benchmarks', {}).then((found) => {
        if (JSON.stringify({ run: folder, ...found }) === JSON.stringify(known.peek())) return;
        if (known.peek()?.run !== folder) epoch.value = undefined;
        known.value = { run: folder, ...found };
      }),
    );
  });

  function sectionOf({ title, folder, limit, against }: Named) {
    return createSection<Asked, BenchmarkProgress, Result<Host, 'benchmark'>, BenchmarkAnswer>({
      key: `benchmark ${folder}`,
      title,
      question: l10n.t(
        'How often does the network err under published corruptions, and how often do predictions flip?',
      ),
      things: l10n.t('images'),
      isInSight,
      params() {
        const state = shown.value;
        if (state === undefined) return undefined;
        const epochs = state.checkpoints.map((each) => each.epoch);
        return {
          run: state.view.run,
          folder,
          epochs,
          ...(limit === undefined ? {} : { limit }),
          ...(against === undefined ? {} : { against }),
        };
      },
      ask: (params, options) => host.request('benchmark', params, options),
      take: takeBenchmark,
      lackOf: ({ missing }) => missing.length,
      countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
      costOf: (_, answer, lack) => ({
        forward: lack * (answer?.start.files.reduce((sum, file) => sum + file.predictions, 0) ?? 0),
        backward: 0,
      }),
      contentOf: (answer) =>
        answer.points.length === 0
          ? undefined
          : benchmarkContent(answer, {
              accuracies: new Map(shown.value?.view.checkpoints.map((each) => [each.epoch, each.testAccuracy])),
              colours: chartColours(),
            }),
      pace: { of: (key) => paces.get(key), keep: (key, pace) => void paces.set(key, pace) },
    });
  }

  const made = new Map<string, ReturnType<typeof sectionOf>>();
  const sections = computed(() =>
    (named.value?.benchmarks ?? []).flatMap((each) => {
      if (!each.isThere) return [];
      const key = JSON.stringify(each);
      const section = made.get(key) ?? sectionOf(each);
      made.set(key, section);
      return [section];
    }),
  );
  const busy = computed(() => busySection(sections.value));

  function View({ of }: { readonly of: RobustnessState }) {
    const found = named.value;
    if (found === undefined) return <Loading title={l10n.t('Looking for the study’s benchmarks…')} />;
    const openStudy = { label: l10n.t('Open Study File'), onClick: () => act('openStudy') };
    if (found.problem !== null)
      return (
        <EmptyState
          icon="warning"
          title={l10n.t('The benchmarks cannot be read')}
          text={found.problem}
          actions={[openStudy]}
        />
      );
    if (found.benchmarks.length === 0)
      return (
        <EmptyState
          icon="shield"
          title={l10n.t('The study names no benchmark yet')}
          text={`${l10n.t('Published corruptions are measured from their own files, which include six that are not drawn here: motion blur, snow, frost, fog, elastic transform and spatter.')} ${howText()}`}
          actions={[openStudy]}
        />
      );
    const onTrust = of.view.trusted ? undefined : () => act('manageTrust');
    const absent = found.benchmarks.filter(({ isThere }) => !isThere);
    return (
      <div class="measured">
        {absent.map(({ folder }) => (
          <p key={folder} class="lacking" role="status">
            {l10n.t('There is no folder {0}.', folder)} {howText()}
          </p>
        ))}
        {sections.value.map((section) => (
          <div key={section.key} class="benchmark">
            <Section section={section} onTrust={onTrust} onOpen={() => undefined} />
            {section.answer.value !== undefined && <Matrix answer={section.answer.value} />}
          </div>
        ))}
      </div>
    );
  }

  return {
    View,
    state: computed((): RequestState => busy.value?.measurement.state.value ?? { kind: 'idle' }),
    cancel: () => busy.peek()?.measurement.cancel(),
    resume: () => busy.peek()?.measurement.resume(),
    exported: (kind: ExportKind) =>
      exported(kind, sections.peek(), l10n.t('Benchmarks of {0}.', shown.peek()?.view.studyName ?? '')),
  };
}

function howText(): string {
  return l10n.t(
    'Download CIFAR-10-C or CIFAR-10-P (zenodo.org/record/2535967) or CIFAR-100-C (zenodo.org/record/3555552), unpack it, and name its folder in the study: {0}.',
    '"benchmarks": [{ "folder": "data/CIFAR-10-C" }]',
  );
}
