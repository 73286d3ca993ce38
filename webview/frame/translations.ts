import * as l10n from '@vscode/l10n';

/** Loads the translations that the extension put into the document, if the editor's language is not English. */
export function loadTranslations(): void {
  const contents = document.getElementById('l10n')?.textContent ?? '';
  if (contents !== '') l10n.config({ contents });
}
