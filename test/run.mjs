/**
 * `npm test`: lints, checks types, builds, runs every suite and packages, and closes with "N passed, N failed".
 *
 *     npm test                 everything
 *     npm test -- unit         only some of: static, unit, process, vscode, package
 *
 * A check that is not a test suite (lint, types, formatting, packaging) counts as one test.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'out', 'test');
const bin = (name) => join(root, 'node_modules', '.bin', name);

const GROUPS = {
  // Side by side, as each uses one core.
  static: () =>
    Promise.all([
      checkQuietly('formatting', bin('prettier'), ['--check', '--log-level', 'warn', '.']),
      checkQuietly('types', bin('tsc'), ['--build']),
      checkQuietly('lint', bin('eslint'), ['.']),
    ]),
  unit: () => [vitest('unit')],
  process: () => [vitest('process')],
  vscode: () => [vscode()],
  package: () => [check('package', process.execPath, [join(root, 'test', 'package.mjs')])],
};

function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (error !== undefined) console.error(error.message);
  return status ?? 1;
}

function check(name, program, args) {
  console.log(`\n— ${name}`);
  return asOneTest(run(program, args));
}

/** What it prints is shown when it has ended, so that it does not mix with others'. */
async function checkQuietly(name, program, args) {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = [];
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => printed.push(text));
  const status = await new Promise((resolve) => {
    child.once('error', (error) => {
      printed.push(`${error.message}\n`);
      resolve(1);
    });
    child.once('close', resolve);
  });
  console.log(`\n— ${name}`);
  process.stdout.write(printed.join(''));
  return asOneTest(status);
}

function asOneTest(status) {
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

function vitest(folder) {
  console.log(`\n— ${folder} tests`);
  const file = join(out, `${folder}.json`);
  rmSync(file, { force: true });
  const status = run(bin('vitest'), [
    'run',
    `test/${folder}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  // A file that cannot even be loaded has no tests to fail, and must not pass for that.
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 || status !== 0 ? 1 : 0);
  return { passed: numPassedTests, failed, skipped: numPendingTests };
}

/** The suites in a real VS Code write their results as a list of { name, ok, unsteady? }, and say which are unsteady. */
function vscode() {
  const runner = join(root, 'test', 'vscode', 'run.mjs');
  if (!existsSync(runner)) return { passed: 0, failed: 0, skipped: 0 };
  console.log('\n— in a real VS Code');
  const file = join(out, 'vscode.json');
  rmSync(file, { force: true });
  const status = run(process.execPath, [runner, '--results', file]);
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 };
  const results = JSON.parse(readFileSync(file, 'utf8'));
  const passed = results.filter(({ ok }) => ok).length;
  const failed = results.length - passed;
  return { passed, failed: failed === 0 && status !== 0 ? 1 : failed, skipped: 0 };
}

mkdirSync(out, { recursive: true });
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(GROUPS, name));
if (unknown.length > 0) {
  console.error(`no such group of tests: ${unknown.join(', ')}; there are ${Object.keys(GROUPS).join(', ')}`);
  process.exit(2);
}
const results = [];
for (const [name, group] of Object.entries(GROUPS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const begin = Date.now();
  results.push(...(await group()));
  console.log(`\n${name}: ${Math.round((Date.now() - begin) / 1000)} s`);
}
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(sum('failed') === 0 ? 0 : 1);
