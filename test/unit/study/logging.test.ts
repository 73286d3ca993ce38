/** A study's logging: where trainings are shown, and no part of what is trained. */
import { describe, expect, it } from 'vitest';
import {
  allStudies,
  parseStudy,
  problemText,
  studyHash,
  studyJsonSchemaText,
  wholeStudyHash,
} from '../../../src/study';

const BASE = {
  dataset: { kind: 'synthetic' },
  training: { epochs: 1 },
  sweep: { axes: { 'training.learningRate': [0.1, 0.2] }, seeds: 2 },
};

function parsed(logging: unknown) {
  return parseStudy(JSON.stringify({ ...BASE, logging }), 's.epochlens.json');
}

function problemsOf(logging: unknown): string {
  const found = parsed(logging);
  return found.ok ? '' : found.problems.map(problemText).join('\n');
}

describe('logging', () => {
  it('changes no hash: of the study, of all of it, and of the cells of its sweep', () => {
    const [without, logged] = [
      parsed(undefined),
      parsed({ tensorboard: true, mlflow: { uri: 'http://localhost:5000' } }),
    ];
    if (!without.ok || !logged.ok) throw new Error('not read');
    expect(allStudies(logged).map(studyHash)).toEqual(allStudies(without).map(studyHash));
    expect(wholeStudyHash(logged.study)).toBe(wholeStudyHash(without.study));
    expect(logged.logging).toEqual({ tensorboard: true, mlflow: { uri: 'http://localhost:5000' } });
    expect(without).not.toHaveProperty('logging');
  });

  it.each([
    [{ tensorboard: 'yes' }, 'logging.tensorboard'],
    [{ wandb: true }, 'unknown field "wandb"'],
    [{ mlflow: { uri: 'file:///runs' } }, 'an http or https address without user, password or query'],
    [{ mlflow: { uri: 'http://me:secret@host' } }, 'an http or https address without user, password or query'],
    [{ mlflow: { uri: 'http://host/?token=x' } }, 'an http or https address without user, password or query'],
    [{ mlflow: { experiment: '' } }, 'logging.mlflow.experiment'],
  ])('%j is a mistake that is marked', (logging, message) => {
    expect(problemsOf(logging)).toContain(message);
  });

  it.each(['http://localhost:5000', 'https://host.example/mlflow/', 'http://[::1]:5000'])('takes %s', (uri) => {
    expect(problemsOf({ mlflow: { uri } })).toBe('');
  });

  it('is described in the schema by which an editor completes', () => {
    const schema = JSON.parse(studyJsonSchemaText()) as {
      properties: { logging: { description: string; properties: Record<string, { description?: string }> } };
    };
    const { logging } = schema.properties;
    expect(logging.description).toContain('It plays no part in what is trained.');
    expect(Object.keys(logging.properties)).toEqual(['tensorboard', 'mlflow']);
    for (const each of Object.values(logging.properties)) expect(each.description).toBeTruthy();
  });
});
