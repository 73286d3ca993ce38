/** At which epochs an image is right, and at which wrong. */
import * as l10n from '@vscode/l10n';

export interface Mark {
  readonly epoch: number;
  readonly right: boolean;
}

export function markText({ name, right }: { readonly name: string; readonly right: boolean }): string {
  return right ? l10n.t('{0}: right', name) : l10n.t('{0}: wrong', name);
}

/** "Right at epochs 2 to 5, 7; wrong at 0, 1, 6" */
export function stripText(marks: readonly Mark[]): string {
  const at = (right: boolean): string => spans(marks.map((mark) => (mark.right === right ? mark.epoch : null)));
  const [right, wrong] = [at(true), at(false)];
  if (wrong === '') return l10n.t('Right at epochs {0}', right);
  if (right === '') return l10n.t('Wrong at epochs {0}', wrong);
  return l10n.t('Right at epochs {0}; wrong at {1}', right, wrong);
}

/** Neighbours in the list become one span, whatever epochs lie between them. */
function spans(epochs: readonly (number | null)[]): string {
  const found: [first: number, last: number][] = [];
  let before: number | null = null;
  for (const epoch of epochs) {
    const open = found.at(-1);
    if (epoch !== null && before !== null && open !== undefined) open[1] = epoch;
    else if (epoch !== null) found.push([epoch, epoch]);
    before = epoch;
  }
  return found.map(([first, last]) => (first === last ? String(first) : l10n.t('{0} to {1}', first, last))).join(', ');
}
