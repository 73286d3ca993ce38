import { describe, expect, it } from 'vitest';
import { methodsOf } from '../../../src/report/methods';
import { claims } from '../runs/imported/manifests';
import type { RunContent } from '../../../src/report/content';
import { absent, runContent } from './content';
import { importedContent } from './imported';

const textOf = (run: RunContent, title: string, term: RegExp | string): string => {
  const entries = methodsOf(run).find((group) => group.title === title)?.entries ?? [];
  return entries.find((each) => (typeof term === 'string' ? each.term === term : term.test(each.term)))?.text ?? '';
};

describe('perturbations are defined by unit and geometry', () => {
  const run = (entry: object): RunContent => runContent({ perturbations: [entry] });
  it.each([
    [
      { kind: 'occlusion', pixels: 10 },
      'occlusion 10',
      /^10 single pixels, each 1 × 1 and no patch, at distinct places .* replaced in all three channels by black\. All 100 test images, 3 rounds each/,
    ],
    [
      { kind: 'occlusion', pixels: 1, fill: 'blur' },
      'occlusion 1 blur',
      /^One single pixel at a place .* 5 × 5 pixels/,
    ],
    [
      { kind: 'gaussianNoise' },
      'gaussianNoise 0.1',
      /standard deviation 0\.1 .* values from 0 to 1 before normalisation/,
    ],
    [
      { kind: 'rotation', images: 40, rounds: 1, seed: 9 },
      /rotation/,
      /drawn uniformly from −30…30°, counter-clockwise.* black stands where .* The first 40 of 100 test images, 1 round each.* seed 9.* turned back/,
    ],
    [
      { kind: 'translation', fill: 'edge' },
      /translation/,
      /shift drawn uniformly from −4…4 pixels.* by whole pixels; the nearest pixel/,
    ],
    [{ kind: 'shear', axis: 'y' }, /shear/, /−15…15°, so that columns move up and down/],
    [{ kind: 'corruption', name: 'contrast' }, /contrast/, /severity 3.* once each: nothing is drawn/],
  ])('%o', (entry, term, said) => {
    expect(textOf(run(entry), 'Perturbations', term)).toMatch(said);
  });
});

it('tells data by counts and short hashes, the network by its parameters, and the training by its settings', () => {
  const run = runContent({ training: { epochs: 20, learningRate: 0.1, schedule: 'cosine' } }, 'cifar10');
  const manifest = { ...run.run.manifest, dataset: { ...run.run.manifest.dataset, fingerprint: 'a'.repeat(64) } };
  const hashed = { ...run, run: { ...run.run, manifest } };
  expect(textOf(hashed, 'Data', 'Images')).toMatch(
    /^CIFAR-10: 800 training and 100 test images of 32×32 pixels\. These are the first ones .* 50,000 and 10,000\..*: a{12}\.$/,
  );
  // PyTorch counts 269,722 with ten classes; eight fewer have 65 parameters less each.
  expect(textOf(run, 'Network', 'resnet20')).toContain('here 269,202 trainable parameters with 2 classes');
  expect(textOf(run, 'Training', 'Optimiser')).toMatch(/learning rate 0\.1, falling along half a cosine/);
  expect(textOf(run, 'Heatmaps', 'Grad-CAM')).toMatch(/Selvaraju et al\. 2017.* at layer3\.2, .* of 8×8 cells/);
});

it('says of imported checkpoints what is not known, and of what is absent nothing', () => {
  const run = importedContent([{ right: 916, file: { epoch: 1, claimed: claims(91) } }]);
  expect(textOf(run, 'Training', 'Imported')).toMatch(/^Not trained here/);
  expect(textOf(run, 'Training', 'Optimiser')).toBe('');
  const bare = { ...runContent(), robustness: absent, perturbed: absent, attention: absent, misclassified: absent };
  const terms = methodsOf(bare).flatMap(({ title, entries }) => (title === 'Measures' ? entries : []));
  expect(terms.map(({ term }) => term)).toEqual(['Accuracy']);
});

it('says what intervals do not cover', () => {
  expect(textOf(runContent(), 'Intervals and seeds', 'What they cover')).toMatch(
    /do not cover another seed of the training/,
  );
});

it('names the validation split, and permuted labels', () => {
  const dataset = { kind: 'synthetic', trainCount: 800, testCount: 100, seed: 1, validation: { count: 80 } };
  const run = runContent({ dataset, training: { epochs: 1, labels: 'permuted', seed: 7 } });
  expect(textOf(run, 'Data', 'Validation images')).toMatch(/^80 of the 800 training images are kept back/);
  expect(textOf(run, 'Training', 'Labels')).toMatch(/^Training labels permuted by seed 7/);
  expect(textOf(runContent(), 'Data', 'Validation images')).toBe('');
});
