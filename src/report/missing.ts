/** What a report would show of what the study asks for, and nobody has computed yet. */
import { relative } from 'node:path/posix';
import { shellWord } from '../common/shellWord';
import type { Run } from '../runs';

export interface Missing {
  /** "perturbation 2 (rotation ±15°) at epochs 1 and 2" */
  readonly what: string;
  /** The command that computes it, without the run folder behind its name. */
  readonly words: readonly [string, ...string[]];
}

/** As a person types it. @param place the run's folder */
export function missingCommand({ words: [name, ...others] }: Missing, place: string): string {
  return ['epochlens', name, place, ...others].map(shellWord).join(' ');
}

/** The run's folder from that of its study, where the commands of a report are typed. */
export function placeFromStudy({ folder, studyFolder }: Pick<Run, 'folder' | 'studyFolder'>): string {
  const slashed = (path: string): string => path.replaceAll('\\', '/');
  return relative(slashed(studyFolder), slashed(folder));
}
