import * as vscode from 'vscode';
import { bytesText } from '../../common/bytesText';
import type { CoreParts } from '../coreParts';

interface CacheItem extends vscode.QuickPickItem {
  readonly bytes: number;
  /** @returns a message about what could not be cleared */
  clear(): Promise<string | undefined>;
}

/** Shows the caches with their sizes, and clears those that the person chooses and confirms. */
export async function clearCachesCommand({ runStore, log }: CoreParts): Promise<void> {
  await runStore.ready;
  const folders = runStore.runs().map(({ folder }) => folder);
  const items = (await cacheItems(folders)).filter(({ bytes }) => bytes > 0);
  if (items.length === 0) {
    void vscode.window.showInformationMessage('There is nothing to clear.');
    return;
  }
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Clear Caches',
    placeHolder: 'Which? Runs keep their checkpoints and metrics.',
    canPickMany: true,
  });
  if (chosen === undefined || chosen.length === 0) return;
  const clear = 'Clear';
  const bytes = chosen.reduce((sum, item) => sum + item.bytes, 0);
  const answer = await vscode.window.showWarningMessage(
    `Clear ${bytesText(bytes)}?`,
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
  void vscode.window.showInformationMessage(left.length > 0 ? left.join(' ') : `Cleared ${bytesText(bytes)}.`);
}

async function cacheItems(folders: readonly string[]): Promise<CacheItem[]> {
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
    label: 'results',
    description: bytesText(results),
    detail: `heatmaps and tests of ${folders.length} ${folders.length === 1 ? 'run' : 'runs'}: computed again when asked for`,
    bytes: results,
    async clear() {
      const freed = await Promise.all(folders.map(clearResults));
      const used = freed.filter((each) => each === undefined).length;
      return used === 0 ? undefined : `A process uses ${used} ${used === 1 ? 'run' : 'runs'}, whose results stay.`;
    },
  };
  return [kept, ...(await Promise.all(ofUser))];
}
