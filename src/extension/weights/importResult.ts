/** What an import says in the end. Knows nothing of `vscode`. */
import { basename } from 'node:path';
import { counted } from '../../common/counted';
import { percentOf } from '../../statistics';
import type { Imported, Inspected } from '../../protocol/importEvents';

/** How many files or sentences a notification names. */
const MOST_NAMED = 3;

/** "3 checkpoints of resnet20 imported. Left out: best.pth (it holds the same weights as epoch-5.pth)." */
export function importedText(
  { architecture, checkpoints, leftOut, notes }: Inspected,
  { measured, warnings }: Imported,
): string {
  const count = checkpoints.length;
  const sentences = [
    `${count} ${count === 1 ? 'checkpoint' : 'checkpoints'} of ${architecture} imported.`,
    warnings.length === 0 ? accuracyText(measured.at(-1), checkpoints) : '',
    leftOutText(leftOut),
    ...notes.slice(0, MOST_NAMED),
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

/** What differs from what the files claim, measured beside claimed; undefined where nothing does. */
export function warningText({ warnings }: Imported): string | undefined {
  const [first, ...others] = warnings;
  if (first === undefined) return undefined;
  const advice = others.at(-1) ?? '';
  const more = others.length - 1;
  return [first, more > 0 ? `So it is with ${more} more.` : '', advice].filter((sentence) => sentence !== '').join(' ');
}

function accuracyText(last: Imported['measured'][number] | undefined, checkpoints: Inspected['checkpoints']): string {
  if (last === undefined) return '';
  const { epoch, right, count, claimed } = last;
  const isNamed = checkpoints.find((each) => each.epoch === epoch)?.epochFrom !== 'nothing';
  const name = isNamed ? `Epoch ${epoch}` : 'The checkpoint';
  const claim =
    claimed.testAccuracy === null
      ? ''
      : `, and its file claims ${claimed.testAccuracy.toFixed(2)} %${claimed.isBestSoFar === true ? ' as its best so far' : ''}`;
  return `${name} gets ${percentOf({ count: right, of: count }).toFixed(2)} % of ${counted(count, 'test image')} right${claim}.`;
}

function leftOutText(leftOut: Inspected['leftOut']): string {
  if (leftOut.length === 0) return '';
  const named = leftOut.slice(0, MOST_NAMED).map(({ path, reason }) => `${basename(path)} (${reason})`);
  const more = leftOut.length - named.length;
  return `Left out: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
