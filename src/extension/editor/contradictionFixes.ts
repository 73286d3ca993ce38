/** What can be done about fields that do not go together. */
import * as vscode from 'vscode';
import { settingProblems } from '../../perturbations';
import type { StudyProblem, WrittenStudy } from '../../study';
import type { Fix } from './finding';

export function contradictionFixes({ path }: StudyProblem, { training, explain, perturbations }: WrittenStudy): Fix[] {
  const [section, field, ...setting] = path;
  // One of several models is a place deeper.
  const model = section === 'model' ? path.slice(0, -1) : [];
  const { epochs } = training;
  switch (`${String(section)}.${String(section === 'model' ? path.at(-1) : field)}`) {
    case 'explain.checkpoints': {
      if (explain.checkpoints === 'all') return [];
      const kept = explain.checkpoints.filter((epoch) => epoch <= epochs);
      const most = Math.max(...explain.checkpoints);
      return [
        change(
          vscode.l10n.t('Leave out what is after epoch {0}', epochs),
          ['explain', 'checkpoints'],
          kept.length > 0 ? kept : 'all',
        ),
        change(vscode.l10n.t('Train for {0} epochs', most), ['training', 'epochs'], most),
      ];
    }
    case 'training.warmupEpochs':
      return [change(vscode.l10n.t('Warm up for {0} epochs', epochs), ['training', 'warmupEpochs'], epochs)];
    case 'training.microBatchSize':
      return [change(vscode.l10n.t('Leave "microBatchSize" out'), path, undefined)];
    case 'model.weights':
      return [
        change(vscode.l10n.t('Start from random weights'), [...model, 'weights'], 'random'),
        change(vscode.l10n.t('Use resnet18, which has ImageNet weights'), [...model, 'architecture'], 'resnet18'),
      ];
    case 'explain.images':
      return [change(vscode.l10n.t('Choose 8 test images at random'), ['explain', 'images'], { random: 8 })];
  }
  const perturbation = section === 'perturbations' && typeof field === 'number' ? perturbations[field] : undefined;
  const problems = perturbation === undefined ? [] : settingProblems(perturbation);
  const fix = problems.find((problem) => problem.path.join() === setting.join())?.fix;
  return fix === undefined ? [] : [change(fix.title, path, fix.value)];
}

function change(title: string, path: StudyProblem['path'], value: unknown): Fix {
  return { title, changes: [{ path, value }] };
}
