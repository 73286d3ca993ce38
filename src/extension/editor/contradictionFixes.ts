/** Fixes for fields that contradict each other. */
import type { StudyProblem, WrittenStudy } from '../../study';
import type { Fix } from './finding';

export function contradictionFixes({ path }: StudyProblem, { training, explain, perturbations }: WrittenStudy): Fix[] {
  const [section, field, index] = path;
  // In a list of models, paths are one step deeper.
  const model = section === 'model' ? path.slice(0, -1) : [];
  const { epochs } = training;
  switch (`${String(section)}.${String(section === 'model' ? path.at(-1) : field)}`) {
    case 'explain.checkpoints': {
      if (explain.checkpoints === 'all') return [];
      const kept = explain.checkpoints.filter((epoch) => epoch <= epochs);
      const most = Math.max(...explain.checkpoints);
      return [
        change(`Leave out what is after epoch ${epochs}`, ['explain', 'checkpoints'], kept.length > 0 ? kept : 'all'),
        change(`Train for ${most} epochs`, ['training', 'epochs'], most),
      ];
    }
    case 'training.warmupEpochs':
      return [change(`Warm up for ${epochs} epochs`, ['training', 'warmupEpochs'], epochs)];
    case 'training.microBatchSize':
      return [change('Leave "microBatchSize" out', path, undefined)];
    case 'model.weights':
      return [
        change('Start from random weights', [...model, 'weights'], 'random'),
        change('Use resnet18, which has ImageNet weights', [...model, 'architecture'], 'resnet18'),
      ];
    case 'explain.images':
      return [change('Choose 8 test images at random', ['explain', 'images'], { random: 8 })];
  }
  const perturbation = section === 'perturbations' && typeof field === 'number' ? perturbations[field] : undefined;
  if (perturbation?.kind === 'corruption' && index === 'rounds') return [change('Leave "rounds" out', path, undefined)];
  if (perturbation?.kind !== 'rotation' || index !== 'degrees') return [];
  return [change('Swap the two angles', path, [...perturbation.degrees].reverse())];
}

function change(title: string, path: StudyProblem['path'], value: unknown): Fix {
  return { title, changes: [{ path, value }] };
}
