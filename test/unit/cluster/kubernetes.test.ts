/**
 * The manifest of a Job, held against Kubernetes' published schema, as the package kubernetes-models has it. The schema lets
 * unknown fields pass; that there are none, `manifestOf` has from the same package's types.
 */
import { Job } from 'kubernetes-models/batch/v1/Job';
import { expect, it } from 'vitest';
import type { JobFile } from '../../../src/cluster';
import { kubernetesName, manifestOf } from '../../../src/cluster/kubernetes/manifest';

const JOB: JobFile = {
  ...{ format: 1, name: kubernetesName('Noise & Co', 'a1b2c3'), scheduler: 'kubernetes', host: null, id: null },
  ...{ kind: 'cells', studyFile: '/data/a.epochlens.json', tasks: ['x', 'y', 'z'], engine: 'auto' },
  ...{ requeues: 5, memoryBytes: 1.5e9, time: null, submittedAt: '2026-01-01T00:00:00.000Z' },
};
const ASKED = {
  image: 'registry.example/epochlens:1',
  claim: 'studies',
  mount: '/data',
  environment: { HF_HOME: '/data/$(hub)' },
  limit: 2,
  cpus: 4,
};
const FOLDER = '/data/.epochlens/sweeps/a/jobs/j';

const check = (manifest: object) => new Job(manifest).validate();

it('is a Job of batch/v1, with every option and without', () => {
  check(manifestOf(JOB, FOLDER, ASKED));
  check(manifestOf({ ...JOB, memoryBytes: null }, FOLDER, { ...ASKED, limit: undefined, cpus: undefined }));
  const { spec, ...rest } = manifestOf(JOB, FOLDER, ASKED);
  expect(() => check({ ...rest, spec: { ...spec, completions: '3' } })).toThrow('completions');
  const rules = [{ action: 'Ignore', onPodConditions: [{ status: 'True' }] }];
  expect(() => check({ ...rest, spec: { ...spec, podFailurePolicy: { rules } } })).toThrow('type');
});

it('has a pod a task, begins those anew that were disrupted, and gives up those that failed', () => {
  const { spec } = manifestOf(JOB, FOLDER, ASKED);
  expect(spec).toMatchObject({ completionMode: 'Indexed', completions: 3, parallelism: 2, backoffLimitPerIndex: 5 });
  expect(manifestOf(JOB, FOLDER, { ...ASKED, limit: 9 }).spec.parallelism).toBe(3);
  const [disrupted, failed] = spec.podFailurePolicy.rules;
  expect(disrupted).toEqual({ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] });
  expect(failed).toMatchObject({ action: 'FailIndex', onExitCodes: { containerName: 'task', values: [1, 2] } });
  const [container] = spec.template.spec.containers;
  expect(container?.command.slice(2)).toEqual(['exec epochlens task "$0" "$JOB_COMPLETION_INDEX"', FOLDER]);
  // "$$" is how Kubernetes writes "$": it would put a variable's value there.
  expect(container?.env).toEqual([{ name: 'HF_HOME', value: '/data/$$(hub)' }]);
  // 1.5e9 bytes are 1430.5 MiB.
  expect(container?.resources).toEqual({
    requests: { cpu: '4', memory: '1431Mi' },
    limits: { cpu: '4', memory: '1431Mi' },
  });
});

it('has a name that pods can have', () => {
  expect(kubernetesName('Noise & Co', 'a1b2c3')).toBe('epochlens-noise-co-a1b2c3');
  expect(kubernetesName('Größe', 'a1b2c3')).toBe('epochlens-gr-e-a1b2c3');
  expect(kubernetesName('…', 'a1b2c3')).toBe('epochlens-a1b2c3');
  expect(kubernetesName('x'.repeat(99), 'a1b2c3')).toHaveLength('epochlens--'.length + 24 + 6);
});
