/** The tab of attacks: accuracy under each that the study names. Loaded when it is first shown. */
import { computed, effect, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { AttackProgress } from '../../../src/computations/attacks/schema';
import { ATTACK_QUESTION } from '../../../src/measures/attacks/text';
import type { Params, Result } from '../../../src/protocol/contract';
import type { NamedAttacks, RobustnessHostContract } from '../../../src/protocol/robustnessPanel';
import type { ExportKind } from '../../../src/protocol/runPanel';
import { chartColours } from '../../chart/palette';
import { EmptyState, Loading, type RequestState } from '../../frame';
import { exported } from '../../trust/exports';
import { Section } from '../../trust/section';
import { createSection, epoch } from '../../trust/tabSection';
import type { BenchmarksOptions } from '../benchmarks/benchmarks';
import type { RobustnessState } from '../robustnessState';
import { missingGradients, takeAttack, type AttackAnswer } from './answer';
import { attackContent } from './content';
import { AttackTable } from './table';

type Host = RobustnessHostContract;
type Asked = Omit<Params<Host, 'attack'>, 'compute'>;

export function createAttacks({ host, shown, isInSight, attempt, act }: BenchmarksOptions) {
  const known = signal<({ readonly run: string } & NamedAttacks) | undefined>(undefined);
  const named = computed(() => (known.value?.run === shown.value?.view.run ? known.value : undefined));
  const pace = signal<number | undefined>(undefined);
  function look(): void {
    const folder = shown.peek()?.view.run;
    if (folder === undefined) return;
    attempt(
      host.request('attacks', {}).then((found) => {
        if (JSON.stringify({ run: folder, ...found }) === JSON.stringify(known.peek())) return;
        if (known.peek()?.run !== folder) epoch.value = undefined;
        known.value = { run: folder, ...found };
      }),
    );
  }
  // The study may have been edited since.
  effect(() => {
    if (shown.value !== undefined && isInSight()) look();
  });

  const section = createSection<Asked, AttackProgress, Result<Host, 'attack'>, AttackAnswer>({
    key: 'attacks',
    title: l10n.t('Attacks'),
    question: ATTACK_QUESTION,
    things: l10n.t('gradients'),
    isInSight,
    params() {
      const [state, list] = [shown.value, named.value];
      if (state === undefined || list === undefined || list.attacks.length === 0) return undefined;
      const epochs = state.checkpoints.map((each) => each.epoch);
      return { run: state.view.run, epochs, attacks: [...list.attacks] };
    },
    ask: (params, options) => host.request('attack', params, options),
    take: takeAttack,
    lackOf: ({ missing }) => missing.length,
    countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
    costOf({ epochs }, answer) {
      const gradients = answer === undefined ? 0 : missingGradients(answer, epochs);
      return { forward: gradients, backward: gradients };
    },
    // A gradient takes a pass forward and one backward.
    passesOfUnit: () => 2,
    contentOf: (answer) =>
      answer.results.length === 0
        ? undefined
        : attackContent(answer, {
            accuracies: new Map(shown.value?.view.checkpoints.map((each) => [each.epoch, each.testAccuracy])),
            colours: chartColours(),
          }),
    pace: { of: () => pace.value, keep: (_, measured) => (pace.value = measured) },
  });

  function View({ of }: { readonly of: RobustnessState }) {
    const found = named.value;
    if (found === undefined) return <Loading title={l10n.t('Looking for the study’s attacks…')} />;
    const openStudy = { label: l10n.t('Open Study File'), onClick: () => act('openStudy') };
    if (found.problem !== null)
      return (
        <EmptyState
          icon="warning"
          title={l10n.t('The attacks cannot be read')}
          text={found.problem}
          actions={[openStudy]}
        />
      );
    if (found.attacks.length === 0)
      return (
        <EmptyState
          icon="shield"
          title={l10n.t('The study names no attack yet')}
          text={l10n.t(
            'An attack changes each test image along the gradient of the loss, within a distance, so that it is misclassified: FGSM in one step, PGD in several. What is left is an upper bound of the accuracy that an adversary leaves.',
          )}
          actions={[
            {
              label: l10n.t('Add Attacks to the Study'),
              icon: 'add',
              onClick: () => attempt(host.request('addAttacks', {}).then(look)),
            },
            openStudy,
          ]}
        />
      );
    const onTrust = of.view.trusted ? undefined : () => act('manageTrust');
    const answer = section.answer.value;
    return (
      <div class="measured">
        <Section section={section} onTrust={onTrust} onOpen={() => undefined} />
        {answer !== undefined && answer.results.length > 0 && <AttackTable answer={answer} />}
      </div>
    );
  }

  return {
    View,
    state: computed((): RequestState => section.measurement.state.value),
    cancel: section.measurement.cancel,
    resume: section.measurement.resume,
    exported: (kind: ExportKind) =>
      exported(kind, [section], l10n.t('Attacks of {0}.', shown.peek()?.view.studyName ?? '')),
  };
}
