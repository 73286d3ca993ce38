/** The licences of others' code that is packaged, in one text. Plain JavaScript, because the build uses it. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** What is compiled into a package, and has a licence of its own that the package does not carry. */
const COMPILED_IN = {
  '@cornerstonejs/codec-libjpeg-turbo-8bit': 'libjpeg-turbo.txt',
  '@cwasm/jpeg-turbo': 'libjpeg-turbo.txt',
};

/**
 * Writes a part for each package: its name, version and licence, then the licence files that it carries.
 *
 * @param {string} file
 * @param {Iterable<string>} folders of the packages
 */
export async function writeNotices(file, folders) {
  const parts = await Promise.all([...new Set(folders)].map(partOf));
  // A package may lie in several places.
  const all = [...new Set(parts)].sort((a, b) => a.localeCompare(b, 'en'));
  await writeFile(file, all.join(`\n${'-'.repeat(80)}\n\n`));
}

async function partOf(folder) {
  const { name, version, license, author, repository } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const files = await licenceFilesIn(folder);
  const compiledIn = COMPILED_IN[name];
  if (compiledIn !== undefined) files.push(fileURLToPath(new URL(compiledIn, import.meta.url)));
  const texts = await Promise.all(files.map((each) => readFile(each, 'utf8')));
  const head = [`${name} ${version}, ${license}`, author?.name ?? author, repository?.url ?? repository];
  return `${[head.filter(Boolean).join('\n'), ...texts.map((text) => text.trim())].join('\n\n')}\n`;
}

/** In the package's folder itself, or in one for licences. */
async function licenceFilesIn(folder) {
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => LICENCE_FILE.test(name));
  const files = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
  });
  return (await Promise.all(files)).flat();
}

/**
 * The folder of the package that a file belongs to; undefined for a file of ours.
 *
 * @param {string} path with '/' or '\'
 * @returns {string | undefined}
 */
export function packageFolderOf(path) {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
}
