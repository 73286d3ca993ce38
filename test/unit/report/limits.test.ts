import { describe, expect, it } from 'vitest';
import type { RunContent } from '../../../src/report/content';
import { LIMITS, limitsOf } from '../../../src/report/limits';
import { PUBLISHED_PERTURBATIONS } from '../../../src/perturbations';
import { claims } from '../runs/imported/manifests';
import { absent, reportContent, runContent } from './content';
import { importedContent } from './imported';
import { STUDIES } from './studies';

const found = (run: RunContent): string[] => limitsOf(run, reportContent(run)).map(({ id }) => id);
const textOf = (run: RunContent, id: string): string =>
  limitsOf(run, reportContent(run)).find((limit) => limit.id === id)?.text ?? '';

/** A run that was trained whole, by the native engine, on all of CIFAR-10. */
function whole(study: object = {}): RunContent {
  const content = runContent({ training: { epochs: 1 }, ...study }, 'cifar10');
  const manifest = { ...content.run.manifest };
  delete manifest.microBatch;
  return {
    ...content,
    run: { ...content.run, manifest: { ...manifest, engine: { name: 'tensorflow', version: '2', device: 'CPU' } } },
    metrics: content.metrics.map((each) => ({ ...each, testAccuracy: 60 })),
    images: { train: 50_000, test: 10_000, height: 32, width: 32 },
    asked: { ...content.asked, perturbations: [{ kind: 'rotation', degrees: [-9, 9], rounds: 3, seed: 1 }] },
  };
}

/** Begun by the native engine, and gone on with by the embedded one. */
function goneOn(): RunContent {
  const { run, ...content } = whole();
  const laterEngines = [{ name: 'wasm', version: '1', device: 'CPU', fromEpoch: 3 }];
  return { ...content, run: { ...run, manifest: { ...run.manifest, laterEngines } } };
}

it('gives every rule an id of its own', () => {
  expect(new Set(LIMITS.map(({ id }) => id)).size).toBe(LIMITS.length);
});

describe('a rule holds where its condition does, and nowhere else', () => {
  const imported = importedContent([
    { right: 910, file: { epoch: 1, claimed: claims(null) } },
    { right: 920, file: { epoch: 2, claimed: claims(null) } },
  ]);
  const rotation = whole().asked.perturbations[0]!;
  const asked = (perturbations: RunContent['asked']['perturbations']): RunContent => ({
    ...whole(),
    asked: { ...whole().asked, perturbations },
  });
  const withoutMasks = { localisation: { ...STUDIES.localisation!, images: 0 } };
  const validated = whole().metrics.map((each) => ({ ...each, validationAccuracy: 50, validationImages: 10 }));
  it.each<[string, RunContent, RunContent | undefined]>([
    ['oneTraining', whole(), undefined],
    ['importedTraining', imported, whole()],
    ['unfinished', whole({ training: { epochs: 5 } }), whole()],
    ['embeddedEngine', runContent(), whole()],
    ['batchParts', runContent(), whole()],
    ['severalEngines', goneOn(), whole()],
    ['embeddedEngine', goneOn(), whole()],
    ['warnings', { ...whole(), warnings: ['sums.jsonl is missing.'] }, whole()],
    ['bestByTestImages', whole(), { ...whole(), metrics: whole().metrics.slice(1) }],
    ['bestByTestImages', whole(), imported],
    ['testSubset', { ...whole(), images: { ...whole().images, test: 1017 } }, whole()],
    ['trainSubset', { ...whole(), images: { ...whole().images, train: 8000 } }, whole()],
    ['fewTestImages', { ...whole(), images: { ...whole().images, test: 99 } }, whole()],
    ['drawnImages', runContent(), whole()],
    ['smallImages', whole({ model: { architecture: 'resnet20', inputSize: 64 } }), whole()],
    ['noPerturbations', asked([]), whole()],
    ['fallbackPerturbations', asked(PUBLISHED_PERTURBATIONS.slice()), whole()],
    ['untested', { ...whole(), robustness: absent }, whole()],
    ['perturbedSubset', asked([{ ...rotation, images: 200 }]), whole()],
    ['corruptionSubset', asked([{ kind: 'corruption', name: 'contrast', severity: 3, rounds: 1, seed: 1 }]), whole()],
    ['oneMethod', whole(), undefined],
    ['noSanity', { ...whole(), attention: absent }, { ...whole(), studies: STUDIES }],
    ['noLocalisation', whole(), { ...whole(), studies: STUDIES }],
    ['noMasks', { ...whole(), studies: withoutMasks }, { ...whole(), studies: STUDIES }],
    ['bestByTestImages', whole(), { ...whole(), metrics: validated }],
    ['noFaithfulness', whole(), { ...whole(), studies: STUDIES }],
    ['noCalibration', whole(), { ...whole(), studies: STUDIES }],
    ['coarseMap', whole({ model: { architecture: 'vgg16_bn_cifar' } }), whole()],
    ['someCheckpoints', { ...whole(), present: [0, 1, 2] }, whole()],
    ['notComputed', { ...whole(), perturbed: absent }, whole()],
    ['manyNumbers', whole(), { ...whole(), robustness: absent }],
  ])('%s', (id, holds, not) => {
    expect(found(holds)).toContain(id);
    if (not !== undefined) expect(found(not)).not.toContain(id);
  });
});

it('says which check of sanity was not made', () => {
  const { sanity } = STUDIES;
  const methods = sanity!.methods.map((each) => ({ ...each, classSensitivity: null }));
  const run = { ...whole(), attention: absent, studies: { sanity: { ...sanity!, methods } } };
  expect(textOf(run, 'noSanity')).toBe('No sanity check was made of whether the heatmaps depend on the class.');
  expect(textOf({ ...run, studies: {} }, 'noSanity')).toContain('on what was learned, or on the class');
});

it('says its numbers', () => {
  expect(textOf({ ...whole(), images: { ...whole().images, test: 1017 } }, 'testSubset')).toContain(
    'the first 1,017 of 10,000',
  );
  expect(textOf(whole(), 'oneTraining')).toContain('one seed (1)');
  expect(textOf(goneOn(), 'severalEngines')).toContain(
    'by the native engine and went on with the embedded one from epoch 3',
  );
  expect(textOf({ ...whole(), perturbed: absent, attention: absent }, 'notComputed')).toContain(
    'perturbed images, attention over epochs',
  );
});
