/** The attacks that a run's study names, as the study file says now, and the first ones of a study without any. */
import * as vscode from 'vscode';
import type { NamedAttacks } from '../../../protocol/robustnessPanel';
import { withField } from '../../gallery/studyText';
import { studyNow } from '../../runPanel/studyNow';
import type { RunSummary } from '../../runs/runSummary';
import { editStudy } from '../../studies/editStudy';

export async function namedAttacks({ folder, studyFile }: RunSummary): Promise<NamedAttacks> {
  const { openRun } = await import('../../../runs');
  const { study, text } = await studyNow(studyFile, (await openRun(folder)).study);
  const problem =
    text === undefined
      ? vscode.l10n.t('Something in the study file is wrong, so that its attacks cannot be read.')
      : null;
  return { attacks: problem === null ? (study.attacks ?? []) : [], problem };
}

/** A single step and ten of them, as far as each other: where the single one leaves less, something is wrong. */
const EXAMPLE = [
  { kind: 'fgsm', epsilon: '2/255', images: 256 },
  { kind: 'pgd', epsilon: '2/255', steps: 10, images: 256 },
];

/** @throws InputError where the file is no study, WorkError */
export function addAttacks(studyFile: string): Promise<{ written: boolean }> {
  return editStudy(
    vscode.Uri.file(studyFile),
    (text) => withField(text, ['attacks'], EXAMPLE, studyFile),
    vscode.l10n.t('The attacks are in its editor, unsaved.'),
  );
}
