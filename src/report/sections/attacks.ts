/** Accuracy under the study's attacks, by epoch. */
import { ATTACK_NOTE, type AttackAt } from '../../measures/attacks/doubts';
import { accuracyUnderAttack, cleanAccuracy } from '../../measures/attacks/measured';
import { attackDoubtTexts, attackSentences } from '../../measures/attacks/text';
import { checkpointName } from '../../runs';
import { percentOf } from '../../statistics';
import type { ReportContent, RunContent } from '../content';
import { charts, curveColour, drawCurves } from '../curves';
import { epochCell } from '../epochs';
import { html, type Markup } from '../markup';
import { NOTHING, rateCell } from '../numbers';
import type { AttacksContent } from '../studies';
import { dataTable, type Cell } from '../table';
import { figure, runsWith, type Section } from './section';

type Measured = AttacksContent['attacks'];

/** Left out where no run has it. */
export function attacksSection(content: ReportContent): Section | undefined {
  const body = runsWith(
    content,
    ({ studies }) => studies.attacks,
    (run, { attacks }) => ofRun(run, attacks),
  );
  return body && { id: 'attacks', title: 'Attacks', body };
}

function ofRun(run: RunContent, attacks: Measured): Markup {
  const epochs = [...new Set(attacks.flatMap((each) => each.epochs.map(({ epoch }) => epoch)))].sort((a, b) => a - b);
  const nameOf = (epoch: number): string => checkpointName(run.run.manifest, epoch);
  const last = epochs.at(-1) as number;
  const doubts = epochs.flatMap((epoch) => attackDoubtTexts(nameOf(epoch), at(attacks, epoch)));
  return html`<p>${attackSentences(nameOf(last), at(attacks, last)).join(' ')}</p>
    <p>${ATTACK_NOTE}</p>
    ${doubts.map((text) => html`<p>${text}</p>`)}
    ${epochs.length > 1 && figure(charts([curves(run, attacks)]), 'Accuracy under each attack by epoch, beside that on all test images as they are.')}
    ${table(run, attacks)}`;
}

function at(attacks: Measured, epoch: number): AttackAt[] {
  return attacks.flatMap(({ title, attack, epochs }) =>
    epochs.filter((each) => each.epoch === epoch).map(({ attacked }) => ({ title, attack, attacked })),
  );
}

function curves({ metrics }: RunContent, attacks: Measured): Markup {
  return drawCurves({
    title: 'Accuracy',
    unit: '%',
    curves: [
      ...attacks.map(({ title, epochs }, place) => ({
        name: title,
        colour: curveColour(place),
        points: epochs.map(({ epoch, attacked }) => [epoch, percentOf(accuracyUnderAttack(attacked))] as const),
      })),
      {
        name: 'as they are',
        colour: curveColour(attacks.length),
        points: metrics.flatMap(({ epoch, testAccuracy }) =>
          testAccuracy === null ? [] : [[epoch, testAccuracy] as const],
        ),
      },
    ],
  });
}

function table(run: RunContent, attacks: Measured): Markup {
  return dataTable({
    caption: 'Accuracy of the attacked images as they are and under each attack, with 95 % intervals over images.',
    head: ['Attack', 'Epoch', 'As they are', 'Under attack', 'Expected'],
    rows: attacks.flatMap(({ title, attack: { expect }, epochs }) =>
      epochs.map(({ epoch, attacked, misses }): Cell[] => [
        title,
        epochCell([run], epoch),
        rateCell(cleanAccuracy(attacked)),
        rateCell(accuracyUnderAttack(attacked)),
        expect?.accuracy === undefined
          ? NOTHING
          : `${misses.length === 0 ? 'passed' : 'failed'}: at least ${expect.accuracy.min} %`,
      ]),
    ),
  });
}
