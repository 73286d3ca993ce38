/**
 * What the answer to "what is known of a run's tests" depends on, found without the engine. This file does not import
 * `vscode`.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonHash } from '../../common/canonicalJson';
import { checkpointPath, runPaths } from '../../runs/paths';
import type { RunSummary } from '../runs/runSummary';
import { readStudyText } from './studyFiles';

/** Results that tests rest on. */
const TESTED = /^(robustness|faithfulness|logits|sanity|localisation)/;

export interface Basis {
  /** A text that stays the same as long as the answer does. */
  readonly text: string;
  /** Whether anything was ever computed. */
  readonly hasResults: boolean;
}

export async function basisOf({ folder, studyFile, checkpoints }: RunSummary): Promise<Basis> {
  const { results } = runPaths(folder);
  const names = (await readdir(results).catch(() => [])).filter((name) => TESTED.test(name)).sort();
  const files = [
    ...names.map((name) => join(results, name)),
    ...checkpoints.map((epoch) => checkpointPath(folder, epoch)),
  ];
  const [study, ...stamps] = await Promise.all([readStudyText(studyFile), ...files.map(stampOf)]);
  return { text: jsonHash([study, files, stamps]), hasResults: names.length > 0 };
}

async function stampOf(file: string): Promise<readonly number[]> {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? [] : [found.mtimeMs, found.size];
}
