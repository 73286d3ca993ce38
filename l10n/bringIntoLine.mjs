/** Writes the English texts that the sources have, and what of each translation still belongs to them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  collectTexts,
  compareTexts,
  FILES,
  keysOfManifest,
  languagesOf,
  messageOf,
  readTexts,
  translationOf,
} from './texts.mjs';

/**
 * @param root the repository's folder
 * @param options `check`: writes nothing, and takes what would be written for a problem; `begin`: languages to begin
 * @returns what a person has to mend, what was dropped, and how many texts there are
 */
export async function bringIntoLine(root, { check = false, begin = [] } = {}) {
  const bundle = await collectTexts(root);
  const manifest = readTexts(root, FILES.manifest);
  const problems = [...bundleProblems(root, bundle, check), ...manifestProblems(root, manifest)];
  const dropped = [];
  if (!check) write(root, FILES.bundle, bundle);
  for (const language of new Set([...languagesOf(root), ...begin]))
    for (const [file, english] of [
      [FILES.bundle, bundle],
      [FILES.manifest, manifest],
    ]) {
      const target = translationOf(file, language);
      const translated = readTexts(root, target);
      const { missing, surplus, wrong } = compareTexts(english, translated);
      const begins = begin.includes(language);
      if (!check) write(root, target, inLine(english, translated, begins));
      (check ? problems : dropped).push(
        ...listed(target, check ? 'has what no text has any more' : 'dropped', surplus),
      );
      if (begins) continue;
      const lines = missing.map((key) => `${JSON.stringify(key)}: ${JSON.stringify(messageOf(english[key]))},`);
      problems.push(...listed(target, 'lacks', lines));
      problems.push(
        ...listed(
          target,
          'is wrong in',
          wrong.map(({ key, reason }) => `${JSON.stringify(key)}: ${reason}`),
        ),
      );
    }
  return { problems, dropped, count: Object.keys(bundle).length + Object.keys(manifest).length };
}

function bundleProblems(root, bundle, check) {
  if (!check) return [];
  const { missing, surplus } = compareTexts(bundle, readTexts(root, FILES.bundle));
  return listed(FILES.bundle, 'is not what the sources say; run `npm run l10n`', [...missing, ...surplus]);
}

function manifestProblems(root, manifest) {
  const named = Object.fromEntries(keysOfManifest(root).map((key) => [key, key]));
  const { missing, surplus } = compareTexts(named, manifest);
  return [
    ...listed(FILES.manifest, 'has no text for what package.json names', missing),
    ...listed(FILES.manifest, 'has texts that package.json does not name', surplus),
  ];
}

/** In the order of the English texts. */
function inLine(english, translated, begins) {
  const entries = Object.entries(english).filter(([key]) => begins || key in translated);
  return Object.fromEntries(entries.map(([key, text]) => [key, translated[key] ?? messageOf(text)]));
}

function listed(file, what, lines) {
  return lines.length === 0 ? [] : [[`${file}: ${what}`, ...lines.map((line) => `  ${line}`)].join('\n')];
}

function write(root, file, texts) {
  writeFileSync(join(root, file), `${JSON.stringify(texts, null, 2)}\n`);
}
