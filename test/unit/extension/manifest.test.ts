/** The names that the code shares with the manifest, which nothing else holds together. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS, CONTEXT_KEYS, PANELS, SETTINGS, VIEWS } from '../../../src/extension/ids';

interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly icon: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string; readonly enablement?: string }[];
    readonly submenus: readonly { readonly id: string }[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
    readonly views: { readonly epochlens: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly when: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
    readonly customEditors: readonly { readonly viewType: string }[];
    readonly configuration: { readonly properties: object };
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly svg: string } }[] }[];
  };
}

const root = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const menus = Object.values(contributes.menus).flat();

test('the commands are those of the code', () => {
  expect(contributes.commands.map(({ command }) => command).sort()).toEqual(Object.values(COMMANDS).sort());
});

test('views, panels and settings are those of the code', () => {
  expect(contributes.views.epochlens.map(({ id }) => id)).toEqual(Object.values(VIEWS));
  expect(Object.values(PANELS)).toEqual(expect.arrayContaining(contributes.customEditors.map((each) => each.viewType)));
  const { section, ...settings } = SETTINGS;
  const named = Object.values(settings).map((name) => `${section}.${name}`);
  expect(Object.keys(contributes.configuration.properties).sort()).toEqual(named.sort());
});

test('every panel comes back after a reload, also where nothing else activates the extension', () => {
  const { cifarBatch, ...panels } = PANELS; // an editor, which VS Code restores by itself
  const { activationEvents } = manifest;
  expect(activationEvents).toEqual(
    expect.arrayContaining(Object.values(panels).map((viewType) => `onWebviewPanel:${viewType}`)),
  );
  expect(activationEvents).not.toContain(`onWebviewPanel:${cifarBatch}`);
});

test('menus and keys name commands and submenus that there are', () => {
  const known = new Set<string>([...Object.values(COMMANDS), ...contributes.submenus.map(({ id }) => id)]);
  const named = [...menus, ...contributes.keybindings].map((entry) =>
    'submenu' in entry ? entry.submenu : entry.command,
  );
  expect(named.filter((name) => name === undefined || !known.has(name))).toEqual([]);
});

test('menus that are VS Code’s own have one entry, the submenu', () => {
  for (const place of ['explorer/context', 'editor/context', 'editor/title/context', 'webview/context'])
    expect(contributes.menus[place], place).toMatchObject([{ submenu: expect.any(String) as string }]);
});

test('conditions ask for context keys, views and panels that there are', () => {
  const welcomes = contributes.viewsWelcome.map(({ when }) => when);
  const keys = contributes.keybindings.map(({ when }) => when);
  const asked = [...menus.map(({ when }) => when ?? ''), ...welcomes, ...keys].flatMap(
    (when) => when.match(/epochlens\.\w+/g) ?? [],
  );
  const known = new Set<string>([CONTEXT_KEYS, PANELS, VIEWS].flatMap((names) => Object.values(names)));
  expect(asked.filter((name) => !known.has(name))).toEqual([]);
});

test('what a button shows has an icon', () => {
  const buttons = menus
    .filter(({ group = '' }) => /^(inline|navigation)/.test(group))
    .map(({ command = '' }) => command);
  const icons = new Map(contributes.commands.map((command) => [command.command, command.icon]));
  expect(buttons.filter((command) => !icons.get(command))).toEqual([]);
});

test('pictures are there', () => {
  const steps = contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
  const pictures = [manifest.icon, ...steps, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
  expect(steps).toHaveLength(5);
  expect(pictures.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('what starts a program needs trust', () => {
  const starting = [
    COMMANDS.train,
    COMMANDS.resume,
    COMMANDS.runExample,
    COMMANDS.installNativeEngine,
    COMMANDS.openReport,
    COMMANDS.runPerturbations,
    COMMANDS.testRobustness,
    COMMANDS.testRobustnessForRun,
  ];
  const trusting = contributes.commands.filter((command) => command.enablement === 'isWorkspaceTrusted');
  expect(trusting.map(({ command }) => command)).toEqual(expect.arrayContaining(starting));
});

test('every text that a person reads is a key of package.nls.json, and every key is used', () => {
  const keys = [...text.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key);
  const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
  expect(Object.keys(words).sort()).toEqual([...new Set(keys)].sort());
  const read =
    /"(title|label|description|markdownDescription|name|contents|altText|displayName)": "(?!%|epochlens|EpochLens)/;
  expect(text.split('\n').filter((line) => read.test(line))).toEqual([]);
});
