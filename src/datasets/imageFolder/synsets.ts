/** What classes whose folders are WordNet's numbers are called: by words.txt, or as Imagenette and Imagewoof call theirs. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Of fast.ai's README. */
const KNOWN: Readonly<Record<string, string>> = {
  n01440764: 'tench',
  n02102040: 'English springer',
  n02979186: 'cassette player',
  n03000684: 'chain saw',
  n03028079: 'church',
  n03394916: 'French horn',
  n03417042: 'garbage truck',
  n03425413: 'gas pump',
  n03445777: 'golf ball',
  n03888257: 'parachute',
  n02086240: 'Shih-Tzu',
  n02087394: 'Rhodesian ridgeback',
  n02088364: 'beagle',
  n02089973: 'English foxhound',
  n02093754: 'Border terrier',
  n02096294: 'Australian terrier',
  n02099601: 'golden retriever',
  n02105641: 'Old English sheepdog',
  n02111889: 'Samoyed',
  n02115641: 'dingo',
};

const SYNSET = /^n\d{8}$/;

/** Of each folder the name to show: the folder's own where nothing else is known, and no name twice. */
export async function namesOf(root: string, folders: readonly string[]): Promise<string[]> {
  if (!folders.some((folder) => SYNSET.test(folder))) return [...folders];
  const words = await readWords(join(root, 'words.txt'), new Set(folders));
  const named = folders.map((folder) => words.get(folder) ?? KNOWN[folder] ?? folder);
  const counts = new Map<string, number>();
  for (const each of named) counts.set(each, (counts.get(each) ?? 0) + 1);
  return named.map((each, at) => ((counts.get(each) ?? 0) > 1 ? `${each} (${folders[at] ?? ''})` : each));
}

/** Lines of a number, a tab, and words for it of which the first is taken; ImageNet's has 82,115. */
async function readWords(path: string, wanted: ReadonlySet<string>): Promise<Map<string, string>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const words = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [number = '', rest = ''] = line.split('\t');
    const [first = ''] = rest.split(',');
    if (wanted.has(number) && first.trim() !== '') words.set(number, first.trim());
  }
  return words;
}

/** The classes that wnids.txt lists; undefined where there is none. */
export async function readWnids(root: string): Promise<string[] | undefined> {
  const text = await readFile(join(root, 'wnids.txt'), 'utf8').catch(() => undefined);
  const numbers = text?.split(/\s+/).filter((line) => SYNSET.test(line));
  return numbers === undefined || numbers.length === 0 ? undefined : numbers;
}
