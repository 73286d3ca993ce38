import type { ImportedFile, RunManifest } from '../../../../src/runs';
import { parseStudy } from '../../../../src/study';

/** What run.json says of a run, as far as accuracies need it. @param files absent of a run that was trained here */
export function manifestOf(files?: readonly Partial<ImportedFile>[], model: object = {}, kind = 'cifar10') {
  const parsed = parseStudy(JSON.stringify({ name: 'demo', model: { architecture: 'resnet20', ...model } }), 'demo');
  if (!parsed.ok) throw new Error('the study is wrong');
  const dataset: RunManifest['dataset'] = {
    kind,
    classNames: Array.from({ length: 10 }, (_, index) => `class ${index}`),
    fingerprint: 'f',
    description: 'some images',
  };
  const named = files?.map((file, at): ImportedFile => {
    return { epoch: at, file: `/theirs/${at}.pth`, sha256: 'aa', ...file };
  });
  const imported = named === undefined ? {} : { imported: { from: '/theirs', files: named } };
  return { study: parsed.studies[0], dataset, ...imported };
}

export const claims = (testAccuracy: number | null) => ({ testAccuracy, testLoss: null, trainLoss: null });
