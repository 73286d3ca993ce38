/**
 * `npm run l10n [-- LANGUAGE | --check]`: collects the texts of the extension and of its pages into
 * `bundle.l10n.json`, and brings the translations beside it, and those of `package.nls.json`, into line: what no text
 * has any more is dropped, what is missing or wrong is listed.
 *
 *     npm run l10n             for every language there is
 *     npm run l10n -- fr       begins a language: its two files, with the English texts to be translated
 *     npm run l10n -- --check  writes nothing; fails unless every language is complete
 */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileURLToPath } from 'node:url';
import { bringIntoLine } from './bringIntoLine.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false }, root: { type: 'string' } },
});
const root = values.root ?? join(dirname(fileURLToPath(import.meta.url)), '..');
const { problems, dropped, count } = await bringIntoLine(root, { check: values.check, begin: positionals });
console.log([...dropped, ...problems, `${count} texts`].join('\n'));
if (problems.length > 0) process.exitCode = 1;
