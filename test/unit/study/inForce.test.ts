import { expect, it } from 'vitest';
import { parseStudy, studyInForce, type Study } from '../../../src/study';

function studiesOf(settings: object): readonly Study[] {
  const parsed = parseStudy(JSON.stringify({ dataset: { kind: 'synthetic' }, ...settings }), 'a.epochlens.json');
  if (!parsed.ok) throw new Error('not a study');
  return parsed.studies;
}

const [run] = studiesOf({ model: { architecture: 'resnet20' }, explain: { layer: 'layer1' } }) as [Study];
const noise = { kind: 'gaussianNoise', standardDeviation: 0.2 };

it('is what the file asks for now, of the run as it was made', () => {
  const now = studiesOf({
    model: [{ architecture: 'resnet32' }, { architecture: 'resnet20' }],
    training: { seed: 9 },
    explain: { layer: 'layer2', images: { test: [7] } },
    perturbations: [noise],
  });
  const study = studyInForce(run, now);
  expect(study).toMatchObject({ explain: { layer: 'layer2', images: { test: [7] } }, perturbations: [noise] });
  expect([study.training, study.model]).toEqual([run.training, run.model]);
});

it('keeps the run’s layer where the file is of another network', () => {
  const now = studiesOf({
    model: { architecture: 'efficientnet_b0' },
    explain: { layer: 'blocks.4' },
    perturbations: [noise],
  });
  expect(studyInForce(run, now)).toMatchObject({ explain: { layer: 'layer1' }, perturbations: [noise] });
});

it('is the run’s own where the file is gone', () => {
  expect(studyInForce(run, undefined)).toEqual(run);
});
