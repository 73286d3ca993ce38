/** What attacks say of a checkpoint, in sentences: the same in reports and panels. */
import { percentOf, type Rate } from '../../statistics';
import { numberedTitles } from '../../common/numberedTitles';
import { attackDoubts, type AttackAt } from './doubts';
import { accuracyUnderAttack, cleanAccuracy } from './measured';
import { attackTitle } from './title';

export const ATTACK_QUESTION =
  'How many test images are still classified rightly once an attack has changed each within a distance that may be too small to see?';

/** "31.2 % (95 % 25.8…37.2)" */
function rateText(rate: Rate): string {
  const { interval } = rate;
  const text = `${percentOf(rate).toFixed(1)} %`;
  return interval === null ? text : `${text} (95 % ${interval.low.toFixed(1)}…${interval.high.toFixed(1)})`;
}

/** @param name of the checkpoint, "epoch 20" */
export function attackSentences(name: string, all: readonly AttackAt[]): string[] {
  return all.map(({ title, attacked }) => {
    const { of } = attacked;
    const clean = percentOf(cleanAccuracy(attacked)).toFixed(1);
    return `At ${name} ${title} leaves ${rateText(accuracyUnderAttack(attacked))} of ${of} images classified rightly, of ${clean} % as they are.`;
  });
}

/** Of one checkpoint, each beginning with its name. */
export function attackDoubtTexts(name: string, all: readonly AttackAt[]): string[] {
  return attackDoubts(all).map((text) => `Doubtful at ${name}: ${text}`);
}

/** Each by a title of its own, in the order of the list. */
export function attackTitles(attacks: readonly Parameters<typeof attackTitle>[0][]): string[] {
  return numberedTitles(attacks.map(attackTitle));
}
