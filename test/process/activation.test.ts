/** What VS Code loads when it activates the extension. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist } from './cli';

/** The modules that are bundled into a program, as its map lists them. */
function modulesOf(program: string): string[] {
  return (JSON.parse(readFileSync(join(dist, `${program}.js.map`), 'utf8')) as { sources: string[] }).sources;
}

test('no module of TensorFlow.js is in the extension host, unlike in the engine', () => {
  const ofTensorflow = (program: string): string[] => modulesOf(program).filter((path) => /@tensorflow\//.test(path));
  expect(ofTensorflow('extension')).toEqual([]);
  expect(ofTensorflow('engine').length).toBeGreaterThan(100);
});
