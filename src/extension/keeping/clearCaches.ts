import * as vscode from 'vscode';
import type { CoreParts } from '../coreParts';
import { bytesText } from '../language';

interface CacheItem extends vscode.QuickPickItem {
  readonly bytes: number;
  /** @returns a message about what could not be cleared */
  clear(): Promise<string | undefined>;
}

/** Shows the caches with their sizes, and clears those that the person chooses and confirms. */
export async function clearCachesCommand({ runStore, log }: CoreParts): Promise<void> {
  const { l10n } = vscode;
  await runStore.ready;
  const folders = runStore.runs().map(({ folder }) => folder);
  const items = (await cacheItems(folders)).filter(({ bytes }) => bytes > 0);
  if (items.length === 0) {
    void vscode.window.showInformationMessage(l10n.t('There is nothing to clear.'));
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Clear Caches'),
    placeHolder: l10n.t('Which? Runs keep their checkpoints and metrics.'),
    canPickMany: true,
  });
  if (chosen === undefined || chosen.length === 0) return;
  const clear = l10n.t('Clear');
  const bytes = chosen.reduce((sum, item) => sum + item.bytes, 0);
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Clear {0}?', bytesText(bytes)),
    { modal: true, detail: chosen.map(({ label, detail }) => `${label}: ${detail ?? ''}`).join('\n') },
    clear,
  );
  if (answer !== clear) return;
  const left: string[] = [];
  for (const item of chosen) {
    const problem = await item.clear();
    log.info(problem ?? `Cleared ${item.label}, ${bytesText(item.bytes)}.`);
    if (problem !== undefined) left.push(problem);
  }
  void vscode.window.showInformationMessage(
    left.length > 0 ? left.join(' ') : l10n.t('Cleared {0}.', bytesText(bytes)),
  );
}

async function cacheItems(folders: readonly string[]): Promise<CacheItem[]> {
  const { l10n } = vscode;
  const { clearResults, folderBytes, runSize } = await import('../../runs');
  const { clearUserCache, USER_CACHES, USER_CACHE_WORDS, userCacheFolder } = await import('../../setup/caches');
  let results = 0;
  for (const folder of folders) results += (await runSize(folder)).results;
  const ofUser = USER_CACHES.map(async (name): Promise<CacheItem> => {
    const bytes = await folderBytes(userCacheFolder(name));
    return {
      label: name,
      description: bytesText(bytes),
      detail: USER_CACHE_WORDS[name],
      bytes,
      clear: () => clearUserCache(name).then(() => undefined),
    };
  });
  const kept: CacheItem = {
    label: l10n.t('results'),
    description: bytesText(results),
    detail:
      folders.length === 1
        ? l10n.t('heatmaps and tests of 1 run: computed again when asked for')
        : l10n.t('heatmaps and tests of {0} runs: computed again when asked for', folders.length),
    bytes: results,
    async clear() {
      const freed = await Promise.all(folders.map(clearResults));
      const used = freed.filter((each) => each === undefined).length;
      if (used === 0) return undefined;
      return used === 1
        ? l10n.t('A process uses 1 run, whose results stay.')
        : l10n.t('A process uses {0} runs, whose results stay.', used);
    },
  };
  return [kept, ...(await Promise.all(ofUser))];
}
