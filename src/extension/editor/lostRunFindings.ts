import { basename } from 'node:path';
import * as vscode from 'vscode';
import { likenessOf, mayBeOf } from '../../runs/finding/lost';
import type { Study } from '../../study';
import { COMMANDS } from '../ids';
import { listed } from '../language';
import type { RunSummary } from '../runs/runSummary';
import type { Located } from './finding';

/** Offers runs of another study file that may be this one's. @param lost the newest first */
export function lostRunFindings(studies: readonly Study[], file: string, lost: readonly RunSummary[]): Located[] {
  const likenesses = studies.map(likenessOf);
  const alike = lost.filter(({ studyName, studyHash = '' }) =>
    mayBeOf({ name: studyName, hash: studyHash }, likenesses),
  );
  if (alike.length === 0) return [];
  const files = listed([...new Set(alike.map(({ studyFile }) => basename(studyFile)))]);
  const isGone = alike.some(({ lost }) => lost === true);
  const argument = { studyFile: file, runs: alike.map(({ folder }) => folder) };
  const title =
    alike.length === 1
      ? vscode.l10n.t('Use that run for this study…')
      : vscode.l10n.t('Use those {0} runs for this study…', alike.length);
  const fixes = [{ title, command: COMMANDS.adoptRun, argument }];
  const message = isGone ? goneText(alike.length, files) : replacedText(alike.length, files);
  return [{ code: 'lostRuns', severity: 'information', path: [], message, fixes }];
}

function goneText(runs: number, files: string): string {
  if (runs === 1)
    return vscode.l10n.t('A run of {0}, which is gone, may be of this study: it has none of its own.', files);
  return vscode.l10n.t('{0} runs of {1}, which is gone, may be of this study: it has none of its own.', runs, files);
}

function replacedText(runs: number, files: string): string {
  if (runs === 1)
    return vscode.l10n.t(
      'A run of {0}, which has other settings by now, may be of this study: it has none of its own.',
      files,
    );
  return vscode.l10n.t(
    '{0} runs of {1}, which has other settings by now, may be of this study: it has none of its own.',
    runs,
    files,
  );
}
