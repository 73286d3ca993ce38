/** The person's settings. A value that is not allowed counts as the default, and that is said once. */
import * as vscode from 'vscode';
import { SETTINGS } from './ids';

export type SettingName = Exclude<(typeof SETTINGS)[keyof typeof SETTINGS], typeof SETTINGS.section>;

/** Reads a setting that VS Code's own editor of settings checks, and a file of settings does not. */
export function readSetting<Value>(name: SettingName, isAllowed: (value: unknown) => value is Value): Value {
  const settings = vscode.workspace.getConfiguration(SETTINGS.section);
  const value = settings.get<unknown>(name);
  if (isAllowed(value)) return value;
  const { defaultValue } = settings.inspect<Value>(name) ?? {};
  void sayOnce(name, value, defaultValue);
  return defaultValue as Value;
}

export function isOneOf<Value extends string>(values: readonly Value[]): (value: unknown) => value is Value {
  return (value): value is Value => (values as readonly unknown[]).includes(value);
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** Calls when one of these settings has changed, in whichever window or file. */
export function onDidChangeSettings(names: readonly SettingName[], changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (names.some((name) => event.affectsConfiguration(`${SETTINGS.section}.${name}`))) changed();
  });
}

/** Settings are read often, and a wrong value is told of once. */
const said = new Set<string>();

async function sayOnce(name: SettingName, value: unknown, fallback: unknown): Promise<void> {
  const key = `${SETTINGS.section}.${name}`;
  const found = `${key}: ${JSON.stringify(value)}`;
  if (said.has(found)) return;
  said.add(found);
  const open = vscode.l10n.t('Open Settings');
  const message = vscode.l10n.t(
    'The setting {0} cannot be {1}. Its default counts, {2}.',
    key,
    JSON.stringify(value),
    JSON.stringify(fallback),
  );
  if ((await vscode.window.showWarningMessage(message, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', key);
}
