import * as vscode from 'vscode';
import { InputError } from '../../common/errors';
import type { RunAbout } from '../../runs';
import type { CoreParts } from '../coreParts';
import { CONTEXT_KEYS } from '../ids';

/** The changes of names, notes and pins in this window, which can be undone and done again. */
export interface History {
  /** Changes the given fields of some runs, as one step. */
  change(folders: readonly string[], fields: RunAbout): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
}

/** The fields that were changed, as they were and as they are, for each run. */
type Step = readonly { readonly folder: string; readonly from: RunAbout; readonly to: RunAbout }[];

export type AboutParts = CoreParts & { readonly history: History };

export function createHistory({ runStore, log }: Pick<CoreParts, 'runStore' | 'log'>): History {
  const done: Step[] = [];
  const undone: Step[] = [];

  async function apply(step: Step): Promise<void> {
    const { changeAbout } = await import('../../runs');
    for (const { folder, to } of step) {
      await changeAbout(folder, to);
      log.info(`${folder} is said to be ${JSON.stringify(to)}.`);
      await runStore.reread(folder);
    }
  }

  /** Takes the newest step of one list, applies it the other way round, and puts it on the other list. */
  async function reverse(from: Step[], onto: Step[]): Promise<void> {
    const step = from.pop();
    if (step === undefined) return;
    try {
      const reversed = (await reversible(step)).map((each) => ({ folder: each.folder, from: each.to, to: each.from }));
      await apply(reversed);
      onto.push(reversed);
    } finally {
      tellContext();
    }
  }

  function tellContext(): void {
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.canUndoRunChange, done.length > 0);
    void vscode.commands.executeCommand('setContext', CONTEXT_KEYS.canRedoRunChange, undone.length > 0);
  }

  return {
    async change(folders, fields) {
      const { readAbout } = await import('../../runs');
      const step = await Promise.all(
        folders.map(async (folder) => ({
          folder,
          from: sameFields((await readAbout(folder)).about, fields),
          to: fields,
        })),
      );
      await apply(step);
      done.push(step);
      undone.length = 0;
      tellContext();
    },
    undo: () => reverse(done, undone),
    redo: () => reverse(undone, done),
  };
}

/**
 * The part of a step whose runs are not deleted since.
 * @throws InputError where all are, or another program has changed one since
 */
async function reversible(step: Step): Promise<Step> {
  const { isRunFolder, readAbout } = await import('../../runs');
  const areThere = await Promise.all(step.map(({ folder }) => isRunFolder(folder)));
  const there = step.filter((_, at) => areThere[at]);
  const [first] = step;
  if (first !== undefined && there.length === 0)
    throw new InputError(vscode.l10n.t('The run is gone: there is nothing to undo.'), { file: first.folder });
  for (const { folder, to } of there) {
    const now = sameFields((await readAbout(folder)).about, to);
    if (!isSame(now, to))
      throw new InputError(vscode.l10n.t('The run was changed since by another program, so that nothing is undone.'), {
        file: folder,
      });
  }
  return there;
}

function sameFields(about: RunAbout, fields: RunAbout): RunAbout {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, about[name as keyof RunAbout]]));
}

/** An absent field, an empty text and false are the same. */
function isSame(a: RunAbout, b: RunAbout): boolean {
  return (Object.keys(a) as (keyof RunAbout)[]).every((name) => (a[name] || undefined) === (b[name] || undefined));
}
