/**
 * The manifest of a Job. Where EPOCHLENS_KUBERNETES_MODELS names a folder into which the npm package kubernetes-models was
 * installed, its validators, made from Kubernetes' published schemas, are asked; else a schema that was cut down by hand.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import * as z from 'zod';
import type { JobFile } from '../../../src/cluster';
import { kubernetesName, manifestOf } from '../../../src/cluster/kubernetes/manifest';

const JOB: JobFile = {
  ...{ format: 1, name: kubernetesName('Noise & Co', 'a1b2c3'), scheduler: 'kubernetes', host: null, id: null },
  ...{ kind: 'cells', studyFile: '/data/a.epochlens.json', tasks: ['x', 'y', 'z'], engine: 'auto' },
  ...{ requeues: 5, memoryBytes: 1.5e9, time: null, submittedAt: '2026-01-01T00:00:00.000Z' },
};
const ASKED = { image: 'registry.example/epochlens:1', claim: 'studies', mount: '/data', limit: 2, cpus: 4 };
const FOLDER = '/data/.epochlens/sweeps/a/jobs/j';

const models = process.env['EPOCHLENS_KUBERNETES_MODELS'];
const trimmed = z.fromJSONSchema(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/kubernetes/job.json'), 'utf8')) as never,
);

async function problemsOf(manifest: object): Promise<unknown> {
  const problems = trimmed.safeParse(manifest).error?.issues;
  if (problems !== undefined || models === undefined) return problems;
  const path = join(models, 'node_modules/kubernetes-models/_schemas/IoK8sApiBatchV1Job.js');
  const { validate } = (await import(pathToFileURL(path).href)) as {
    validate: ((data: unknown) => boolean) & { errors: unknown };
  };
  return validate(manifest) ? undefined : validate.errors;
}

it('is a Job of batch/v1, with every option and without', async () => {
  expect(await problemsOf(manifestOf(JOB, FOLDER, ASKED))).toBeUndefined();
  const least = { ...ASKED, limit: undefined, cpus: undefined };
  expect(await problemsOf(manifestOf({ ...JOB, memoryBytes: null }, FOLDER, least))).toBeUndefined();
  const { spec, ...rest } = manifestOf(JOB, FOLDER, ASKED);
  expect(await problemsOf({ ...rest, spec: { ...spec, completionMode: 'indexed' } })).toBeDefined();
  expect(await problemsOf({ ...rest, spec: { ...spec, maxFailedIndices: 1 } })).toBeDefined();
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
