/** What VS Code loads when it activates the extension. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist } from './cli';

/** The modules that are bundled into a file, as its map lists them. */
function modulesOf(...file: string[]): string[] {
  return (JSON.parse(readFileSync(join(dist, ...file), 'utf8')) as { sources: string[] }).sources;
}

const atOnce = modulesOf('extension.js.map');
const later = readdirSync(join(dist, 'extension'))
  .filter((name) => name.endsWith('.js.map'))
  .flatMap((name) => modulesOf('extension', name));

test('no module of TensorFlow.js is in the extension host, unlike in the engine', () => {
  const ofTensorflow = (modules: readonly string[]): string[] => modules.filter((path) => /@tensorflow\//.test(path));
  expect(ofTensorflow([...atOnce, ...later])).toEqual([]);
  expect(ofTensorflow(modulesOf('engine.js.map')).length).toBeGreaterThan(100);
});

test('schemas, parsers, downloads and archives are loaded when they are needed, and not before', () => {
  const packages = /node_modules\/(zod|undici|tar|yauzl|jsonc-parser)\//;
  expect(atOnce.filter((path) => packages.test(path))).toEqual([]);
  expect(atOnce.filter((path) => /src\/(study\/schema|download|setup\/native\/install)/.test(path))).toEqual([]);
  expect(later.some((path) => packages.test(path))).toBe(true);
});

test('no archive is unpacked in the extension host for the native engine, which has a process of its own', () => {
  expect([...atOnce, ...later].filter((path) => /yauzl|setup\/native\/(install|wheel|stock)\./.test(path))).toEqual([]);
});
