/** The documentation: its pages are those that the editor offers, and what they name is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentationPages } from '../../../src/extension/commands/documentationPages';

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly commands: readonly { readonly title: string }[];
    readonly configuration: { readonly properties: object };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly description: string }[] }[];
  };
}

const root = join(import.meta.dirname, '..', '..', '..');
const text = (path: string): string => readFileSync(join(root, path), 'utf8');
const words = JSON.parse(text('package.nls.json')) as Readonly<Record<string, string>>;
/** The manifest in English, as VS Code shows it. */
const manifest = JSON.parse(text('package.json'), (_, value: unknown) =>
  typeof value === 'string' ? value.replace(/^%(.+)%$/, (key, name: string) => words[name] ?? key) : value,
) as Manifest;
const pages = readdirSync(join(root, 'media', 'docs')).filter((name) => name.endsWith('.md'));
const documents = ['README.md', 'ARCHITECTURE.md', 'SECURITY.md', ...pages.map((name) => join('media', 'docs', name))];

function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

/** What VS Code, and not EpochLens, calls so. */
const VSCODES = [
  'Configure Display Language',
  'EpochLens',
  'Extensions: Install from VSIX…',
  'Install in SSH: …',
  'Workspaces: Manage Workspace Trust',
];
/** Titles and texts that a person sees, in English: the keys of a translation that is held complete. */
const ON_SCREEN = new Set([
  ...VSCODES,
  ...Object.values(words),
  ...Object.keys(JSON.parse(text('l10n/bundle.l10n.de.json')) as object),
]);

/** A fence and what stands in backquotes is code. */
const withoutCode = (markdown: string): string => markdown.replace(/^```[^]*?^```$/gm, '').replace(/`[^`]*`/g, '``');

/** As GitHub and VS Code make an anchor of a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

describe('the pages that the editor offers', () => {
  it('are all that there are, by their headings', () => {
    const headings = pages.map((name) => [name, /^# (.+)$/m.exec(text(`media/docs/${name}`))?.[1]]);
    expect(
      documentationPages()
        .map(({ id, title }) => [`${id}.md`, title])
        .sort(),
    ).toEqual(headings.sort());
  });

  it('are opened by the walkthrough under names that they have', () => {
    const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    const opened = steps.flatMap(({ description }) =>
      [...description.matchAll(/command:epochlens\.openDocumentation\?([^)]+)\)/g)].map(
        ([, argument]) => (JSON.parse(decodeURIComponent(argument ?? '')) as string[])[0],
      ),
    );
    expect(opened.length).toBeGreaterThan(2);
    expect(documentationPages().map(({ id }) => id)).toEqual(expect.arrayContaining(opened));
  });
});

describe.each(documents)('%s', (document) => {
  const content = text(document);

  it('links to files and headings that there are', () => {
    const links = [...withoutCode(content).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link]) => link ?? '');
    for (const link of links) {
      const [path = '', heading] = link.split('#');
      const file = path === '' ? document : join(dirname(document), path);
      expect(existsSync(join(root, file)), `${link} in ${document}`).toBe(true);
      if (heading === undefined) continue;
      const headings = [...text(file).matchAll(/^#+ (.+)$/gm)].map(([, words]) => anchor(words ?? ''));
      expect(headings, `${link} in ${document}`).toContain(heading);
    }
  });

  it('names paths of the repository that there are', () => {
    // A fence holds code, and a name in capitals stands for the reader's own.
    const prose = content.replace(/^```[^]*?^```$/gm, '');
    for (const [, path = ''] of prose.matchAll(/`((?:src|webview|test|media)\/[^`\s*]*)`/g)) {
      if (!/[A-Z]{4}/.test(path)) expect(existsSync(join(root, path)), `${path} in ${document}`).toBe(true);
    }
  });

  it('names commands, scripts and variables that there are', () => {
    const plain = content.replace(/\s+/g, ' ');
    const titles = manifest.contributes.commands.map(({ title }) => title);
    for (const [, title = ''] of plain.matchAll(/_EpochLens: ([^_]+)_/g)) expect(titles).toContain(title);
    for (const [, script = ''] of plain.matchAll(/npm run ([a-z0-9:]+)/g))
      expect(manifest.scripts).toHaveProperty([script]);
    const known = sources('src') + sources('test');
    for (const [name] of plain.matchAll(/EPOCHLENS_[A-Z0-9_]+/g)) expect(known).toContain(name);
    for (const [, setting = ''] of plain.matchAll(/`epochlens\.(?!py`)([\w.]+)`/g))
      expect(manifest.contributes.configuration.properties).toHaveProperty([`epochlens.${setting}`]);
  });

  it('names in italics what stands in a menu or on a button', () => {
    if (document.endsWith('promises.md')) return; // there they are tests
    const italics = [
      ...withoutCode(content)
        .replace(/\s+/g, ' ')
        .matchAll(/(?<![\w`])_(\p{Lu}[^_]*[^_:])_(?!\w)/gu),
    ];
    const named = italics.map(([, words = '']) => words.replace(/^EpochLens: /, ''));
    expect(named.filter((words) => !ON_SCREEN.has(words))).toEqual([]);
  });
});

it('the way of a heatmap leads through files that there are', () => {
  const way =
    text('ARCHITECTURE.md')
      .match(/^\d+\. .*$/gm)
      ?.join('\n') ?? '';
  const files = [...way.matchAll(/`([\w/]+(?:\.tsx?|\/))`/g)].map(([, path = '']) => path);
  expect(files.length).toBeGreaterThan(10);
  for (const path of files.filter((path) => path !== 'results/'))
    expect(existsSync(join(root, 'src', path)) || existsSync(join(root, path)), path).toBe(true);
});

it('the README is short', () => {
  expect(text('README.md').split(/\s+/).length).toBeLessThanOrEqual(900);
});

it('the drawing of the architecture names every room', () => {
  const drawing = text('media/docs/pictures/architecture.svg');
  const rooms = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of rooms) expect(drawing, name).toMatch(new RegExp(`[> ]${name}/`));
});
