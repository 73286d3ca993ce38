/** Whether the file of weights is there that training starts from. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Check } from './check';

export const weightsCheck: Check = {
  reads: [['model', 'weights']],
  async remarks({ study, folder }) {
    const { weights } = study.model;
    if (weights === 'random' || weights === 'imagenet') return [];
    const file = resolve(folder, weights);
    const isFile = stat(file).then((stats) => stats.isFile());
    if (await isFile.catch(() => false)) return [];
    return [
      { code: 'weightsMissing', severity: 'error', path: ['model', 'weights'], summary: `there is no file ${file}` },
    ];
  },
};
