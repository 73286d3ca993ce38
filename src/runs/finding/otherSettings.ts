/** Whether a run was made by what its study file says now: a file may be edited, or replaced by another of its name. */
import {
  differencesText,
  sameTraining,
  settingDifferences,
  type SettingDifference,
  type Study,
} from '../../study/index';
import type { Run } from '../open';

type Made = Pick<Run, 'study' | 'manifest'>;

/**
 * In what a run's settings differ from those of a study file's models: from the study of its own architecture, where
 * there is one. How its checkpoints were trained says nothing of an imported run, which was trained elsewhere; a training that
 * is only watched follows no study file. A run of a cell of the file's sweep differs in nothing.
 * @param studies of the file: see `allStudies`
 */
export function differencesFrom({ study, manifest }: Made, studies: readonly [Study, ...Study[]]): SettingDifference[] {
  if (manifest.watched !== undefined) return [];
  if (sameTraining(study, studies, manifest.studyHash) !== undefined) return [];
  const now = studies.find(({ model }) => model.architecture === study.model.architecture) ?? studies[0];
  return settingDifferences(study, now, manifest.imported === undefined ? undefined : ['dataset', 'model']);
}

export function isMadeBy(run: Made, studies: readonly [Study, ...Study[]]): boolean {
  return differencesFrom(run, studies).length === 0;
}

/** "made with other settings than a.epochlens.json has now: dataset.seed 1 → 2"; undefined where they are the same. */
export function otherSettingsText(run: Made, studies: readonly [Study, ...Study[]], file: string): string | undefined {
  const differences = differencesFrom(run, studies);
  return differences.length === 0
    ? undefined
    : `made with other settings than ${file} has now: ${differencesText(differences)}`;
}
