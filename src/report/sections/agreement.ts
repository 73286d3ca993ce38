/** How far explanation methods agree on the same images. */
import { counted } from '../../common/counted';
import { AGREEMENT_RULE, agreementTexts, pairName } from '../../measures/agreement';
import type { AgreementNumbers } from '../../measures/agreement/numbers';
import type { ReportContent, RunContent } from '../content';
import { charts, drawCurves } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { estimateCell } from '../numbers';
import type { AgreementContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { ACCURACY_AXIS, accuracyCurve, estimateCurve } from './estimateCurves';
import { figure, runsWith, type Section } from './section';

/** Left out where no run has it. */
export function agreementSection(content: ReportContent): Section | undefined {
  const body = runsWith(content, ({ studies }) => studies.agreement, ofRun);
  return body && { id: 'agreement', title: 'Agreement of methods', body };
}

function ofRun(run: RunContent, { compared, images }: AgreementContent): Markup {
  const followed = compared.filter(({ epochs }) => epochs.length > 1);
  return html`<ul>
      ${compared.flatMap(agreementTexts).map((text) => html`<li>${text}</li>`)}
    </ul>
    ${
      followed.length > 0 &&
      figure(
        charts(followed.map((numbers) => curves(run, numbers))),
        html`Rank correlation of two methods’ maps of the same image, by epoch, over ${counted(images, 'image')} that
        the study names, with 95 % intervals; dashed grey, on the right, the accuracy of all test images.`,
      )
    }
    ${table(run, compared)}
    <p class="note">${AGREEMENT_RULE}</p>`;
}

function curves(run: RunContent, numbers: AgreementNumbers): Markup {
  const { epochs, pairs } = numbers;
  return drawCurves({
    title: 'Agreement of methods',
    unit: 'ρ',
    right: ACCURACY_AXIS,
    curves: [
      ...pairs.map((_, pair) =>
        estimateCurve(
          pairName(numbers, pair),
          pair,
          epochs.map((at) => ({ epoch: at.epoch, value: at.pairs[pair]?.spearman })),
        ),
      ),
      accuracyCurve(
        run,
        epochs.map(({ epoch }) => epoch),
      ),
    ],
  });
}

function table(run: RunContent, compared: readonly AgreementNumbers[]): Markup {
  return dataTable({
    caption:
      'Agreement of every two methods: rank correlation of their maps, and what their highest fifths have in common. Means with 95 % intervals over n images.',
    head: ['Epoch', 'Rank correlation ρ', 'Overlap of the top 20 %'],
    rows: {
      groups: compared.flatMap((numbers) =>
        numbers.pairs.map(({ height, width, isSame }, pair) => ({
          title: `${pairName(numbers, pair)}, on ${height}×${width} cells${isSame ? ', the same by construction' : ''}`,
          rows: numbers.epochs.map(({ epoch, pairs }): Cell[] => [
            epochCell([run], epoch),
            estimateCell(pairs[pair]?.spearman, 3),
            estimateCell(pairs[pair]?.topOverlap, 3),
          ]),
        })),
      ),
    },
  });
}
