/** From the study's `dataset` to images in memory. */
import type { Study } from '../study/index';
import type { DataPlace, Dataset } from './types';
import { loadCifar10 } from './cifar10';
import { loadSynthetic } from './synthetic';

/**
 * Loads what the study asks for.
 *
 * @throws InputError where the folder or a file in it is not what it should be; WorkError where a download failed;
 *   CancelledError where the signal was raised.
 */
export async function loadDataset(settings: Study['dataset'], place: DataPlace): Promise<Dataset> {
  return settings.kind === 'cifar10' ? loadCifar10(settings, place) : loadSynthetic(settings, place);
}
