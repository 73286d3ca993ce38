/** What unit tests get of VS Code's module: its translations, without a language. */
export * as l10n from '@vscode/l10n';

export const env = { language: 'en' };
