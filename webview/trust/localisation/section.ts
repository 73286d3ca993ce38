import * as l10n from '@vscode/l10n';
import type { SectionContext } from '../sectionContext';
import { createSection, type TabSection } from '../tabSection';
import { costOfMaps, passesOfMap } from '../costText';
import { fusionProblem, localisationOf } from '../wanted';
import { finishLocalisation, takeLocalisation } from './answer';
import { localisationContent } from './content';

export function localisationSections(context: SectionContext): readonly TabSection[] {
  return [localisationSection(context)];
}

function localisationSection({ host, basis, chart, ...common }: SectionContext) {
  return createSection({
    ...common,
    key: 'localisation',
    title: l10n.t('Localisation'),
    question: l10n.t(
      'Does relevance lie on the object, where masks are known, and on the right tiles of mosaics of two classes?',
    ),
    things: l10n.t('heatmaps'),
    isInSight: () => common.tab() === 'localisation',
    obstacle: () => {
      const of = basis();
      return of && fusionProblem(of);
    },
    params: () => {
      const of = basis();
      return of && localisationOf(of);
    },
    ask: (params, options) => host.request('localisation', params, options),
    take: takeLocalisation,
    finish: finishLocalisation,
    lackOf: ({ missing }) => missing,
    countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
    costOf: (_, __, lack) => costOfMaps(basis(), 'all', lack),
    passesOfUnit: () => passesOfMap(basis(), 'all'),
    contentOf: (answer) =>
      answer.points.every((points) => points.length === 0) ? undefined : localisationContent(answer, chart()),
  });
}
