/** What people read can be translated, and the translations are whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';
import { parser } from 'typescript-eslint';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bringIntoLine } from '../../l10n/bringIntoLine.mjs';
import {
  compareTexts,
  FILES,
  keysOfManifest,
  languagesOf,
  messageOf,
  readTexts,
  translationOf,
} from '../../l10n/texts.mjs';
import { throughL10n } from '../../l10n/throughL10n.mjs';

const root = join(import.meta.dirname, '..', '..');

describe('the texts', () => {
  // By TypeScript's own parser: that of `npm run l10n` takes forty seconds for as many files.
  test('are those of the sources, however they are written', () => {
    const sources = ['src/extension', 'webview'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(root, folder, name)),
    );
    const used = sources.filter((path) => /\.tsx?$/.test(path)).flatMap(textsIn);
    const collected = Object.values(readTexts(root, FILES.bundle)).map(messageOf);
    expect(collected.length).toBeGreaterThan(100);
    expect([...new Set(collected)].sort()).toEqual([...new Set(used)].sort());
    expect(Object.keys(readTexts(root, FILES.manifest)).sort()).toEqual(keysOfManifest(root));
  });

  test('are there in every language, German among them', () => {
    expect(languagesOf(root)).toContain('de');
    for (const language of languagesOf(root))
      for (const file of Object.values(FILES)) {
        const found = compareTexts(readTexts(root, file), readTexts(root, translationOf(file, language)));
        expect(found, translationOf(file, language)).toEqual({ missing: [], surplus: [], wrong: [] });
      }
  });
});

/** The first arguments of `l10n.t(…)`, as TypeScript reads them. */
function textsIn(path: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bl10n\.t$/.test(node.expression.getText())) {
      const [text] = node.arguments;
      if (text !== undefined && ts.isStringLiteralLike(text)) found.push(text.text);
    }
    ts.forEachChild(node, visit);
  };
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true, kind));
  return found;
}

describe('npm run l10n', () => {
  let folder: string;
  const put = async (path: string, contents: unknown): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), typeof contents === 'string' ? contents : JSON.stringify(contents));
  };
  const texts = async (path: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, path), 'utf8')) as unknown;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'epochlens-l10n-'));
    await put('package.json', { description: '%description%' });
    await put('package.nls.json', { description: 'Trains a classifier' });
    await put('package.nls.de.json', { description: 'Trainiert einen Klassifikator' });
    await put('src/extension/a.ts', "import * as vscode from 'vscode';\nvscode.l10n.t('Saved as {0}', name);");
    const page =
      "import * as l10n from '@vscode/l10n';\nexport const Page = () => <p title={l10n.t('It’s `gone`')}>{l10n.t('Save')}</p>;";
    await put('webview/page/page.tsx', page);
    await put('l10n/bundle.l10n.de.json', {
      'Saved as {0}': 'Gespeichert als {0}',
      'It’s `gone`': '`gone` fehlt',
      Save: 'Speichern',
    });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test('collects from the extension and from pages, TSX included', async () => {
    expect(await bringIntoLine(folder)).toEqual({ problems: [], dropped: [], count: 4 });
    const expected = ['It’s `gone`', 'Save', 'Saved as {0}'];
    expect(await texts('l10n/bundle.l10n.json')).toEqual(Object.fromEntries(expected.map((text) => [text, text])));
    expect(await bringIntoLine(folder, { check: true })).toEqual({ problems: [], dropped: [], count: 4 });
  });

  test('drops what no text has any more, and lists what is missing, to be pasted', async () => {
    await put('l10n/bundle.l10n.de.json', { 'Saved as {0}': 'Gespeichert als {0}', Gone: 'Weg' });
    await put('package.nls.de.json', {});
    const { problems, dropped } = await bringIntoLine(folder);
    expect(dropped).toEqual(['l10n/bundle.l10n.de.json: dropped\n  Gone']);
    expect(problems).toContainEqual(
      expect.stringContaining('l10n/bundle.l10n.de.json: lacks\n  "It’s `gone`": "It’s `gone`",\n  "Save": "Save",'),
    );
    expect(problems).toContainEqual(
      expect.stringContaining('package.nls.de.json: lacks\n  "description": "Trains a classifier",'),
    );
    expect(await texts('l10n/bundle.l10n.de.json')).toEqual({ 'Saved as {0}': 'Gespeichert als {0}' });
  });

  test.each([
    [{ 'Saved as {0}': 'Gespeichert' }, 'has placeholders “” in place of “{0}”'],
    [{ 'Saved as {0}': 'Gespeichert als {0} {1}' }, 'has placeholders “{0} {1}” in place of “{0}”'],
    [{ 'It’s `gone`': '`weg` fehlt' }, 'has code “`weg`” in place of “`gone`”'],
    [{ 'Saved as {0}': 'Saved as {0}' }, 'is still in English'],
    [{ Save: ' ' }, 'is empty'],
  ])('says what is wrong in %j', async (translation, reason) => {
    await bringIntoLine(folder);
    const before = (await texts('l10n/bundle.l10n.de.json')) as object;
    await put('l10n/bundle.l10n.de.json', { ...before, ...translation });
    const { problems } = await bringIntoLine(folder, { check: true });
    expect(problems).toContainEqual(
      `l10n/bundle.l10n.de.json: is wrong in\n  ${JSON.stringify(Object.keys(translation)[0])}: ${reason}`,
    );
  });

  test('checks without writing', async () => {
    const { problems } = await bringIntoLine(folder, { check: true });
    expect(problems).toContainEqual(
      expect.stringContaining('l10n/bundle.l10n.json: is not what the sources say; run `npm run l10n`'),
    );
    await expect(texts('l10n/bundle.l10n.json')).rejects.toThrow('ENOENT');
  });

  test('holds package.json against its texts', async () => {
    await put('package.json', { displayName: '%name%' });
    const { problems } = await bringIntoLine(folder);
    expect(problems).toContainEqual(
      expect.stringContaining('package.nls.json: has no text for what package.json names\n  name'),
    );
    expect(problems).toContainEqual(
      expect.stringContaining('package.nls.json: has texts that package.json does not name\n  description'),
    );
  });

  test('begins a language', async () => {
    await bringIntoLine(folder, { begin: ['fr'] });
    expect(await texts('l10n/bundle.l10n.fr.json')).toEqual(await texts('l10n/bundle.l10n.json'));
    expect(await texts('package.nls.fr.json')).toEqual(await texts('package.nls.json'));
    const { problems } = await bringIntoLine(folder);
    expect(problems).toContainEqual(
      expect.stringContaining('l10n/bundle.l10n.fr.json: is wrong in\n  "Saved as {0}": is still in English'),
    );
  });
});

describe('the lint rule', () => {
  const eslint = new ESLint({
    overrideConfigFile: true,
    overrideConfig: {
      files: ['**/*.tsx'],
      languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      plugins: { l10n: { rules: { through: throughL10n } } },
      rules: { 'l10n/through': 'error' },
    },
  });
  const complaints = async (code: string): Promise<string[]> =>
    (await eslint.lintText(code, { filePath: 'page.tsx' })).flatMap(({ messages }) =>
      messages.map(({ message }) => message),
    );

  test.each([
    'const Page = () => <p>No run yet</p>;',
    'const Page = () => <p>Save</p>;',
    "const Page = ({ n }) => <p>{n === 1 ? '1 image' : `${n} images`}</p>;",
    'const Page = () => <vscode-button aria-label="Close" />;',
    'const Page = ({ name }) => <input placeholder={`Filter ${name}`} />;',
    "button({ label: 'Export PNG', onClick });",
    "said.textContent = 'Saved';",
    "vscode.window.showInformationMessage('Saved');",
    "vscode.window.showQuickPick(items, { title: 'Which run?' });",
    "vscode.window.withProgress({ title: 'Training' }, work);",
    "new vscode.TreeItem('Runs');",
    "throw new WorkError('the study file is gone');",
    "function why(): string { return 'every epoch is kept'; }",
    "const f = () => l10n.t('Saved {0}', n === 1 ? 'one image' : 'many images');",
    'const f = () => l10n.t(message);',
    'const f = () => l10n.t(`Saved ${name}`);',
    "const f = () => l10n.t('Saved ' + name);",
    "const f = () => l10n.t('Saved as {0} in {1}', name);",
    "const TITLE = l10n.t('Saved');",
  ])('refuses %s', async (code) => {
    expect(await complaints(code)).not.toEqual([]);
  });

  test.each([
    'const Page = () => <p class="muted nothing">{l10n.t(\'No run yet\')} · {n} %</p>;',
    'const Page = () => <path d="M8 4a4 4 0 1 0 .01 0z" role="img" aria-label={l10n.t(\'Curve\')} />;',
    "const f = () => l10n.t('Saved as {0}', name);",
    "const f = () => vscode.l10n.t({ message: 'Run {0}', args: [id], comment: ['A noun.'] });",
    "log.info('the engine has ended');",
    "throw new Error('no such panel in the list');",
    "host.closest('vscode-dropdown, input');",
    "vscode.window.createStatusBarItem('epochlens.training', vscode.StatusBarAlignment.Left);",
    'const policy = [`img-src ${source} data: blob:`];',
    "if (kind === 'many images') draw();",
    "const EXPORTS = { label: 'epochs' };",
    'const Page = () => <h1>EpochLens</h1>;',
  ])('accepts %s', async (code) => {
    expect(await complaints(code)).toEqual([]);
  });
});
