/**
 * What `npm start`, `npm test` and their like run: gets a fresh checkout ready, then runs the command.
 *
 *     node src/setup/bootstrap.mjs start|test|setup|package|bench|check:images|code [arguments passed on]
 *
 * Node's own modules only, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = 20;
const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** What each command runs once everything is ready. `setup` is the getting ready itself. */
const COMMANDS = {
  start: ['dist/cli.js', 'start'],
  test: ['test/run.mjs'],
  setup: undefined,
  package: ['test/package.mjs'],
  bench: ['dist/bench.js'],
  'check:images': ['dist/checkImages.js'],
  code: ['dist/code.js'],
};

/** What computes nothing, and so needs no engine. */
const WITHOUT_ENGINE = ['package'];

function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!Object.hasOwn(COMMANDS, command ?? '')) {
    fail(2, `usage: node src/setup/bootstrap.mjs ${Object.keys(COMMANDS).join('|')} [ARGUMENTS]`);
  }
  checkNode();
  installPackages();
  step('building', () => run('node', ['esbuild.mjs', '--quiet'], 'The build failed.'));
  if (!WITHOUT_ENGINE.includes(command)) step('native engine', () => setUpEngine(command === 'setup' ? args : []));
  const program = COMMANDS[command];
  if (program !== undefined) process.exit(runToEnd(process.execPath, [...program, ...args]));
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  fail(
    1,
    `Node ${process.versions.node} is too old: EpochLens needs Node ${OLDEST_NODE} or newer (https://nodejs.org).`,
  );
}

/** `npm ci`, unless what package-lock.json asks for is there. */
function installPackages() {
  if (packagesAreInstalled()) return;
  const reachable = registryIsReachable();
  if (!reachable) say('no package registry can be reached; trying with what npm has cached');
  step('installing npm packages', () =>
    run(
      NPM,
      ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...(reachable ? [] : ['--offline'])],
      reachable ? 'Its messages above say why.' : 'A first start needs a network: connect to one and run this again.',
    ),
  );
}

/** Asked first and briefly, because npm by itself would try for minutes. Any answer counts, also "no such page". */
function registryIsReachable() {
  const args = ['ping', '--fetch-retries=0', '--fetch-timeout=4000'];
  const { status, stderr } = spawnSync(NPM, args, { cwd: root, encoding: 'utf8', shell: NPM.endsWith('.cmd') });
  return status === 0 || /code E\d{3}\b/.test(stderr ?? '');
}

/**
 * Compares package-lock.json with npm's own record of what it has installed, which it writes last. Optional packages
 * are left out: most are for other platforms.
 */
function packagesAreInstalled() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(record);
  return Object.entries(wanted)
    .filter(([path, { optional, devOptional }]) => path !== '' && !optional && !devOptional)
    .every(([path, { version }]) => installed[path]?.version === version);
}

function readPackages(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/** Not having the native engine is no failure: there is one that needs no installation. */
function setUpEngine(args) {
  const status = runToEnd(process.execPath, ['dist/setup.js', ...args]);
  if (status === 2) process.exit(2);
  if (status !== 0) say('the native engine was not set up; going on without it');
}

/** Runs a program that must succeed. */
function run(program, args, advice) {
  const status = runToEnd(program === 'node' ? process.execPath : program, args);
  if (status !== 0) fail(1, `${[program, ...args].join(' ')} ended with ${status}. ${advice}`);
}

/** @returns the exit code; what a signal ended counts as 1 */
function runToEnd(program, args) {
  // npm is a script on Windows, which only a shell runs; none of the arguments has anything to quote.
  const shell = program.endsWith('.cmd');
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit', shell });
  if (error !== undefined) fail(1, `cannot run ${program}: ${error.message}`);
  return status ?? 1;
}

function step(name, work) {
  const begin = Date.now();
  work();
  say(`${name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
}

/** On standard error: standard output belongs to the command. */
function say(text) {
  process.stderr.write(`epochlens: ${text}\n`);
}

function fail(exitCode, text) {
  say(text);
  process.exit(exitCode);
}

main();
