import * as l10n from '@vscode/l10n';
import { createSection, epoch, type TabSection } from '../tabSection';
import type { SectionContext } from '../sectionContext';
import { faithfulnessOf, fusionProblem } from '../wanted';
import { finishFaithfulness, takeFaithfulness, type FaithfulnessAnswer } from './answer';
import { faithfulnessContent } from './content';

export function faithfulnessSections(context: SectionContext): readonly TabSection[] {
  return [faithfulnessSection(context)];
}

function faithfulnessSection({ host, basis, chart, ...common }: SectionContext) {
  return createSection({
    ...common,
    key: 'faithfulness',
    title: l10n.t('Faithfulness'),
    question: l10n.t(
      'Does the prediction depend on the places that the heatmap marks, more than on those of maps that know nothing of the network?',
    ),
    things: l10n.t('images through the network'),
    isInSight: () => common.tab() === 'faithfulness',
    obstacle: () => {
      const of = basis();
      return of && fusionProblem(of);
    },
    params: () => {
      const of = basis();
      return of && faithfulnessOf(of);
    },
    ask: (params, options) => host.request('faithfulness', params, options),
    take: takeFaithfulness,
    finish: finishFaithfulness,
    lackOf: ({ missing }) => missing.length,
    countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
    costOf: (_, answer) => answer?.passes ?? { forward: 0, backward: 0 },
    contentOf(answer) {
      if (answer.points.every((points) => points.length === 0)) return undefined;
      const { score } = common.choice();
      return faithfulnessContent(
        answer,
        { method: placeOf(answer, common.choice()), score, epoch: epoch.value },
        chart(),
      );
    },
  });
}

/** The place of the method that is shown beside its controls. */
export function placeOf({ methods }: FaithfulnessAnswer, { method }: { readonly method: string | null }): number {
  return Math.max(
    0,
    methods.findIndex((each) => each.method.id === method),
  );
}
