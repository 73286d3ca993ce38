import * as l10n from '@vscode/l10n';
import type { SanityProgress } from '../../../src/computations/sanity/schema';
import type { Agreement } from '../../../src/computations/agreement/schema';
import { DESCRIPTIONS, methodName } from '../../../src/explanations/descriptions';
import type { Count } from '../../frame';
import type { SectionContent } from '../content';
import { TRAINING_IMAGES } from '../../../src/computations/sanity/schema';
import { costOfMaps, passesOfMap } from '../costText';
import type { SectionContext } from '../sectionContext';
import { createSection, type TabSection } from '../tabSection';
import { agreementOf, fusionProblem, methodsOf, sanityOf, type Asked } from '../wanted';
import { agreementContent } from './agreement';
import { finishSanity, takeSanity, type SanityAnswer } from './answer';
import { overEpochs } from './overEpochs';
import { randomisationContent } from './randomisation';

export function sanitySections(context: SectionContext): readonly TabSection[] {
  const { choice, chart } = context;
  return [
    checkSection(context, {
      check: 'classSensitivity',
      title: l10n.t('Class sensitivity'),
      question: l10n.t('Do the maps of the predicted class and of the runner-up differ?'),
      contentOf: (answer) =>
        overEpochs(
          answer,
          {
            part: 'classSensitivity',
            title: l10n.t('Predicted class and runner-up'),
            likeness: choice().likeness,
            notes: [l10n.t('Shaded: 95 % intervals over images. Maps that explain a class are less alike than 1.')],
          },
          chart(),
        ),
    }),
    checkSection(context, {
      check: 'randomisation',
      title: l10n.t('Randomised weights'),
      question: l10n.t('Do the maps change when what was learned is taken away, layer by layer?'),
      contentOf: (answer) => randomisationContent(answer, choice().likeness, chart().colours),
    }),
    agreementSection(context),
    checkSection(context, {
      check: 'against',
      title: l10n.t('Another run'),
      question: l10n.t('Are the maps other ones than those of the run that they are compared with?'),
      obstacle: () =>
        choice().against === null
          ? l10n.t('Choose under Appearance a run to compare with, such as one that was trained on permuted labels.')
          : undefined,
      contentOf: (answer) =>
        overEpochs(
          answer,
          {
            part: 'against',
            title: l10n.t('This run and the other'),
            likeness: choice().likeness,
            notes: [l10n.t('Shaded: 95 % intervals over images.')],
          },
          chart(),
        ),
    }),
  ];
}

interface Check {
  readonly check: 'classSensitivity' | 'randomisation' | 'against';
  readonly title: string;
  readonly question: string;
  readonly obstacle?: () => string | undefined;
  readonly contentOf: (answer: SanityAnswer) => SectionContent;
}

function checkSection({ host, basis, tab, pace }: SectionContext, { check, contentOf, obstacle, ...of }: Check) {
  return createSection({
    pace,
    ...of,
    key: check,
    things: l10n.t('comparisons'),
    isInSight: () => tab() === 'sanity',
    obstacle: () => {
      const from = basis();
      return obstacle?.() ?? (from && fusionProblem(from));
    },
    params: () => {
      const from = basis();
      return from && sanityOf(from, check);
    },
    ask: (params, options) => host.request('sanity', params, options),
    take: (answer: SanityAnswer | undefined, progress: SanityProgress, { methods }: Asked<'sanity'>) =>
      takeSanity(
        answer,
        progress,
        methods.map(({ method = '' }) => ({ id: method, name: methodName(method) })),
      ),
    finish: finishSanity,
    lackOf: ({ missing }) => missing,
    countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
    costOf({ methods, images }, _, lack) {
      const { forward, backward } = costOfMaps(basis(), 'one', lack);
      if (check !== 'randomisation') return { forward, backward };
      // One heatmap of each image, by each re-drawing; its running statistics are computed once for all methods.
      const redrawings = lack / (methods.length * images.length);
      const training = Math.min(TRAINING_IMAGES, basis()?.trainImages ?? 0);
      return { forward: forward + redrawings * training, backward };
    },
    passesOfUnit: () => passesOfMap(basis(), 'one'),
    contentOf: (answer) => (isEmpty(answer, check) ? undefined : contentOf(answer)),
  });
}

function isEmpty({ methods }: SanityAnswer, check: Check['check']): boolean {
  const part = check === 'randomisation' ? 'cascading' : check;
  return methods.every((method) => method[part].length === 0);
}

function agreementSection({ host, basis, chart, ...common }: SectionContext) {
  return createSection({
    ...common,
    key: 'agreement',
    title: l10n.t('Agreement of methods'),
    question: l10n.t('How alike are the maps of two methods, of the same images at the same checkpoint?'),
    things: l10n.t('heatmaps'),
    isInSight: () => common.tab() === 'sanity',
    obstacle: () => {
      const of = basis();
      if (of === undefined) return undefined;
      return methodsOf(of).length < 2
        ? l10n.t('Choose two methods or more, of the {0} that there are.', DESCRIPTIONS.length)
        : fusionProblem(of);
    },
    params: () => {
      const of = basis();
      return of && agreementOf(of);
    },
    ask: (params, options) => host.request('agreement', params, options),
    // Its numbers come at the end.
    take: (answer: Agreement | undefined) => answer,
    finish: (_: Agreement | undefined, result: Agreement) => (result.epochs.length === 0 ? undefined : result),
    lackOf: ({ missing }) => missing,
    countOf: (progress: Count) => progress,
    costOf: (_, __, lack) => costOfMaps(basis(), 'all', lack),
    passesOfUnit: () => passesOfMap(basis(), 'all'),
    contentOf: (answer) => agreementContent(answer, chart()),
  });
}
