/** Checks the epochs that a person gives to files without any. */
import { basename } from 'node:path';
import * as vscode from 'vscode';

export interface FileToDate {
  readonly path: string;
  /** The epoch in its name or content; null where there is none. */
  readonly epoch: number | null;
}

/** The largest epoch that the command line takes. */
const LATEST = 99_999;

/** The suggested answer, as "3,4,5": each file's own epoch if no earlier file has it, otherwise the next free epoch. */
export function proposedEpochs(files: readonly FileToDate[]): string {
  const told = files.map(({ epoch }) => epoch);
  const isOwn = (index: number): boolean => told[index] !== null && told.indexOf(told[index] ?? null) === index;
  const taken = new Set(told.filter((_, index) => isOwn(index)));
  const proposed: number[] = [];
  for (const [index, epoch] of told.entries()) {
    if (epoch !== null && isOwn(index)) {
      proposed.push(epoch);
      continue;
    }
    let next = epoch ?? (proposed.at(-1) ?? 0) + 1;
    while (taken.has(next)) next++;
    taken.add(next);
    proposed.push(next);
  }
  return proposed.join(',');
}

/** The message below a wrong answer; undefined for a valid one. */
export function problemWithEpochs(text: string, files: readonly FileToDate[]): string | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const wrong = parts.find((part) => !/^\d{1,5}$/.test(part));
  if (wrong !== undefined) {
    return wrong === ''
      ? vscode.l10n.t('Nothing is no epoch: whole numbers up to {0}, with commas between.', LATEST)
      : vscode.l10n.t('“{0}” is no epoch: whole numbers up to {1}, with commas between.', wrong.slice(0, 20), LATEST);
  }
  if (parts.length !== files.length) {
    return parts.length === 1
      ? vscode.l10n.t('1 epoch for {0} files: one for each, in the order above.', files.length)
      : vscode.l10n.t('{0} epochs for {1} files: one for each, in the order above.', parts.length, files.length);
  }
  const epochs = parts.map(Number);
  const second = epochs.findIndex((epoch, index) => epochs.indexOf(epoch) < index);
  if (second < 0) return undefined;
  const [a, b] = [epochs.indexOf(epochs[second] ?? 0), second].map((index) => basename(files[index]?.path ?? ''));
  return vscode.l10n.t('{0} and {1} would both be of epoch {2}.', a ?? '', b ?? '', epochs[second] ?? '');
}

/** "1, 2,20" → "1,2,20" */
export function epochsArgument(text: string): string {
  return text
    .split(',')
    .map((part) => Number(part))
    .join(',');
}
