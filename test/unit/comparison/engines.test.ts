import { expect, test } from 'vitest';
import { engineKey, engineText, recipesOfSeveralEngines, type Recipe } from '../../../src/comparison';

test('a run is of one engine, or of all that it went on with', () => {
  expect(engineText(engineKey(['wasm']))).toBe('embedded');
  expect(engineText(engineKey(['wasm', 'tensorflow', 'wasm']))).toBe('embedded + native');
});

test('recipes are found whose runs different engines computed, be it one run', () => {
  const recipe = (name: string, ...engines: string[]): Recipe =>
    ({ key: name, name, runs: engines.map((engine) => ({ engine })), repeated: [] }) as unknown as Recipe;
  const recipes = [
    recipe('one', 'wasm', 'wasm'),
    recipe('two', 'wasm', 'tensorflow'),
    recipe('within', engineKey(['wasm', 'tensorflow'])),
  ];
  expect(recipesOfSeveralEngines(recipes).map(({ name }) => name)).toEqual(['two', 'within']);
});
