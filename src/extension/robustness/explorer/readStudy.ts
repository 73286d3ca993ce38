/** Reads a study's tests from its editor or the disk, with their results. */
import * as vscode from 'vscode';
import type { RunSummary } from '../../runs/runSummary';
import { outcomesOf } from '../outcomes';
import { readStudyText } from '../studyFiles';
import type { StudyTests } from '../studyTests';
import { testedEpochs } from '../testedEpochs';
import type { RobustnessTests } from '../tests';
import type { TestRow } from './items';

export interface OpenStudy extends StudyTests {
  readonly text: string;
}

/** Undefined where the file cannot be read. */
export async function readStudy(file: string): Promise<OpenStudy | undefined> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  const text = open?.getText() ?? (await readStudyText(file));
  if (text === undefined) return undefined;
  const { studyTests } = await import('../studyTests');
  return { text, ...studyTests(text, file) };
}

export function testRows(
  study: OpenStudy,
  run: RunSummary,
  { known, interrupted }: Pick<RobustnessTests, 'known' | 'interrupted'>,
): TestRow[] {
  const { text, tests = [] } = study;
  const epochs = testedEpochs(study, run.checkpoints);
  return tests.map((test) => {
    const line = text.slice(0, test.offset).split('\n').length - 1;
    const range = new vscode.Range(line, 0, line, 0);
    return {
      test,
      range,
      outcomes: outcomesOf(test, tests, known(run.folder), epochs),
      interrupted: epochs.filter((epoch) => interrupted.isInterrupted(run.folder, test.key, epoch)),
    };
  });
}
