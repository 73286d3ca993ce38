/** Attacks over epochs: accuracy under each beside that of the same images as they are. */
import * as l10n from '@vscode/l10n';
import type { AttackResult } from '../../../src/computations/attacks/schema';
import { ATTACK_NOTE, type AttackAt } from '../../../src/measures/attacks/doubts';
import { accuracyUnderAttack, cleanAccuracy } from '../../../src/measures/attacks/measured';
import { attackDoubtTexts, attackSentences, attackTitles } from '../../../src/measures/attacks/text';
import { styleOf } from '../../chart/palette';
import { ofRate } from '../benchmarks/content';
import type { NumberRow, SectionContent } from '../../trust/content';
import { curveFigures, curveReadout, type ChartBasis, type Curve, type CurveChart } from '../../trust/curveSection';
import type { AttackAnswer } from './answer';

export function attackContent(answer: AttackAnswer, basis: ChartBasis): SectionContent {
  const { results } = answer;
  const epochs = [...new Set(results.map(({ epoch }) => epoch))];
  const titles = titlesOf(answer);
  const charts = [chartOf(answer, titles)];
  const last = epochs.at(-1);
  return {
    sentences:
      last === undefined
        ? []
        : [
            ...attackSentences(`epoch ${last}`, attacksAt(answer, titles, last)),
            ...results.flatMap(({ entry, epoch, misses }) =>
              misses.map(({ text }) => l10n.t('Failed at epoch {0}, {1}: {2}', epoch, titles.get(entry) ?? '', text)),
            ),
          ],
    figures: curveFigures(charts, epochs, basis),
    readout: curveReadout(charts, epochs, basis),
    notes: [
      ...epochs.flatMap((epoch) => attackDoubtTexts(`epoch ${epoch}`, attacksAt(answer, titles, epoch))),
      ATTACK_NOTE,
    ],
    table: {
      heads: [l10n.t('Attack'), l10n.t('Measure'), l10n.t('Epoch'), l10n.t('Images')],
      columns: ['attack', 'measure', 'epoch', 'images'],
      rows: results.flatMap((result) => rowsOf(titles.get(result.entry) ?? '', result)),
    },
  };
}

/** By the places in the list. */
function titlesOf({ entries }: AttackAnswer): ReadonlyMap<number, string> {
  const titles = attackTitles(entries.map(({ attack }) => attack));
  return new Map(entries.map(({ entry, title }, at) => [entry, titles[at] ?? title]));
}

function attacksAt({ entries, results }: AttackAnswer, titles: ReadonlyMap<number, string>, at: number): AttackAt[] {
  return entries.flatMap(({ entry, attack }) => {
    const found = results.find((each) => each.entry === entry && each.epoch === at);
    return found === undefined ? [] : [{ title: titles.get(entry) ?? '', attack, attacked: found.attacked }];
  });
}

/** A curve for each attack, and one for each number of images as they are. */
function chartOf({ entries, results }: AttackAnswer, titles: ReadonlyMap<number, string>): CurveChart {
  const curve = (name: string, place: number, find: (result: AttackResult) => boolean, isClean: boolean): Curve => ({
    name,
    style: styleOf(place),
    at(epoch) {
      const found = results.find((each) => each.epoch === epoch && find(each));
      if (found === undefined) return null;
      return ofRate(isClean ? cleanAccuracy(found.attacked) : accuracyUnderAttack(found.attacked));
    },
  });
  const counts = [...new Set(entries.map(({ images }) => images))];
  return {
    key: 'accuracy',
    title: l10n.t('Accuracy (%)'),
    range: { min: 0, max: 100 },
    curves: [
      ...entries.map(({ entry }, place) =>
        curve(titles.get(entry) ?? '', place, (each) => each.entry === entry, false),
      ),
      ...counts.map((count, place) =>
        curve(
          l10n.t('{0} images as they are', count),
          entries.length + place,
          ({ attacked }) => attacked.of === count,
          true,
        ),
      ),
    ],
  };
}

function rowsOf(title: string, { epoch, attacked }: AttackResult): NumberRow[] {
  const row = (text: string, id: string, numbers: NumberRow['numbers']): NumberRow => ({
    of: [title, text, epoch, attacked.of],
    ids: [title, id, epoch, attacked.of],
    numbers,
    isShown: true,
  });
  return [
    row(l10n.t('accuracy under attack (%)'), 'attacked', ofRate(accuracyUnderAttack(attacked))),
    row(l10n.t('accuracy as they are (%)'), 'clean', ofRate(cleanAccuracy(attacked))),
  ];
}
