import * as l10n from '@vscode/l10n';
import { calibrationOf } from '../wanted';
import { createSection, epoch, type TabSection } from '../tabSection';
import type { SectionContext } from '../sectionContext';
import { takeCalibration } from './answer';
import { calibrationContent } from './content';

export function calibrationSections({ host, basis, chart, ...common }: SectionContext): readonly TabSection[] {
  return [
    createSection({
      ...common,
      key: 'calibration',
      title: l10n.t('Calibration'),
      question: l10n.t(
        'How well does confidence match accuracy, at each checkpoint, as it is and with a fitted temperature?',
      ),
      things: l10n.t('images'),
      isInSight: () => common.tab() === 'calibration',
      params: () => {
        const of = basis();
        return of && calibrationOf(of);
      },
      ask: (params, options) => host.request('calibration', params, options),
      take: takeCalibration,
      lackOf: ({ missing }) => missing.length,
      countOf: (progress) => (progress.kind === 'count' ? progress : undefined),
      costOf: ({ images }, answer, lack) => ({ forward: lack * (images ?? 0) * (answer?.times ?? 1), backward: 0 }),
      contentOf: (answer) =>
        answer.points.length === 0
          ? undefined
          : calibrationContent(answer, { bins: common.choice().bins, epoch: epoch.value }, chart()),
    }),
  ];
}
