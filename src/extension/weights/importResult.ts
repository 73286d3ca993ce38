/** What an import says in the end. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import { percentOf } from '../../statistics';
import type { Imported, Inspected } from '../../protocol/importEvents';
import { decimal, grouped } from '../language';

/** How many files or sentences a notification names. */
const MOST_NAMED = 3;

/** "3 checkpoints of resnet20 imported. Left out: best.pth (it holds the same weights as epoch-5.pth)." */
export function importedText(
  { architecture, checkpoints, leftOut, notes }: Inspected,
  { measured, warnings }: Imported,
): string {
  const count = checkpoints.length;
  const sentences = [
    count === 1
      ? vscode.l10n.t('1 checkpoint of {0} imported.', architecture)
      : vscode.l10n.t('{0} checkpoints of {1} imported.', count, architecture),
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
  const moreText = more > 0 ? vscode.l10n.t('So it is with {0} more.', more) : '';
  return [first, moreText, advice].filter((sentence) => sentence !== '').join(' ');
}

function accuracyText(last: Imported['measured'][number] | undefined, checkpoints: Inspected['checkpoints']): string {
  if (last === undefined) return '';
  const { epoch, right, count, claimed } = last;
  const isNamed = checkpoints.find((each) => each.epoch === epoch)?.epochFrom !== 'nothing';
  const name = isNamed ? vscode.l10n.t('Epoch {0}', epoch) : vscode.l10n.t('The checkpoint');
  const measured = decimal(percentOf({ count: right, of: count }).toFixed(2));
  const images = grouped(count);
  if (claimed.testAccuracy === null)
    return vscode.l10n.t('{0} gets {1} % of {2} test images right.', name, measured, images);
  const claim = decimal(claimed.testAccuracy.toFixed(2));
  return claimed.isBestSoFar === true
    ? vscode.l10n.t(
        '{0} gets {1} % of {2} test images right, and its file claims {3} % as its best so far.',
        name,
        measured,
        images,
        claim,
      )
    : vscode.l10n.t(
        '{0} gets {1} % of {2} test images right, and its file claims {3} %.',
        name,
        measured,
        images,
        claim,
      );
}

function leftOutText(leftOut: Inspected['leftOut']): string {
  if (leftOut.length === 0) return '';
  const named = leftOut.slice(0, MOST_NAMED).map(({ path, reason }) => `${basename(path)} (${reason})`);
  const more = leftOut.length - named.length;
  return more > 0
    ? vscode.l10n.t('Left out: {0} and {1} more.', named.join(', '), more)
    : vscode.l10n.t('Left out: {0}.', named.join(', '));
}
