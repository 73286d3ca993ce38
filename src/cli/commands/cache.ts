import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { bytesText } from '../../common/bytesText';
import { clearResults, folderBytes, resultsLimit, runSize, type Freed, type RunEntry } from '../../runs';
import { clearUserCache, USER_CACHE_WORDS, USER_CACHES, userCacheFolder, type UserCache } from '../../setup/caches';
import { confirmOr } from '../confirm';
import { createOutput, table, type Output } from '../printing/output';
import { runsIn } from '../options/runsIn';

const NAMES = ['results', ...USER_CACHES] as const;
type CacheName = (typeof NAMES)[number];

interface Options {
  readonly clear?: readonly CacheName[];
  readonly yes?: boolean;
  readonly json?: boolean;
}

interface Cache {
  readonly name: CacheName;
  readonly bytes: number;
  readonly words: string;
}

/** `cache`: what can be computed or fetched again, what it takes, and clearing it. */
export function addCache(program: Command): void {
  program
    .command('cache')
    .description('what kept results and downloads take, and on request clear them')
    .argument('[place]', 'a folder of studies, a study file or a run folder, of whose runs the results are', '.')
    .option('--clear <caches>', `${NAMES.join(', ')} or all; several with commas`, cacheNames)
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON document on standard output')
    .action(cache);
}

function cacheNames(text: string): CacheName[] {
  if (text === 'all') return [...NAMES];
  return text.split(',').map((word) => {
    const name = NAMES.find((each) => each === word.trim());
    if (name === undefined) throw new InvalidArgumentError(`Expected some of ${NAMES.join(', ')}, or all.`);
    return name;
  });
}

async function cache(place: string, { clear = [], yes, json }: Options): Promise<void> {
  const output = createOutput(json ?? false);
  const runs = await runsIn(place);
  const caches = await cachesOf(runs);
  print(output, caches);
  const going = caches.filter(({ name, bytes }) => clear.includes(name) && bytes > 0);
  const bytes = going.reduce((sum, each) => sum + each.bytes, 0);
  if (going.length > 0 && yes !== true)
    await confirmOr('--yes', `Clear ${going.map(({ name }) => name).join(', ')}, ${bytesText(bytes)}?`);
  const used: string[] = [];
  for (const { name } of going) {
    if (name === 'results') used.push(...(await clearAll(runs)));
    else await clearUserCache(name);
  }
  for (const folder of used) output.log(`A process computes on ${folder}: its results stay.`);
  const left = going.length === 0 ? caches : await cachesOf(runs);
  const freed = bytes - left.filter(({ name }) => clear.includes(name)).reduce((sum, each) => sum + each.bytes, 0);
  output.document({ caches: left, freed: Math.max(0, freed), used });
  if (going.length > 0) output.line(`Cleared: ${bytesText(Math.max(0, freed))} are free.`);
}

async function cachesOf(runs: readonly RunEntry[]): Promise<Cache[]> {
  let results = 0;
  for (const { folder } of runs) results += (await runSize(folder)).results;
  const limit = resultsLimit();
  const words = `of ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, computed again when asked for; at most ${limit === 0 ? 'any amount' : bytesText(limit)} each`;
  const ofUser = USER_CACHES.map(async (name: UserCache): Promise<Cache> => {
    return { name, bytes: await folderBytes(userCacheFolder(name)), words: USER_CACHE_WORDS[name] };
  });
  return [{ name: 'results', bytes: results, words }, ...(await Promise.all(ofUser))];
}

/** @returns the runs that are used, whose results stay */
async function clearAll(runs: readonly RunEntry[]): Promise<string[]> {
  const used: string[] = [];
  for (const { folder } of runs) {
    const freed: Freed | undefined = await clearResults(folder);
    if (freed === undefined) used.push(folder);
  }
  return used;
}

function print(output: Output, caches: readonly Cache[]): void {
  const rows = caches.map(({ name, bytes }) => [name, bytesText(bytes)]);
  const lines = table(rows);
  for (const [at, { words }] of caches.entries()) output.line(`${lines[at] ?? ''}  ${words}`);
  output.line('ImageNet weights lie in the Hugging Face cache, which other programs share: it is not cleared here.');
}
