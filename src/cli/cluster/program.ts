/** This program, as a script on a node starts it. */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import packageJson from '../../../package.json';
import { shellWord } from '../../common/shellWord';
import { keptCopy, SUMS } from './keptCopy';
import { nodeForTasks } from './nodeForTasks';
import { passedOn } from './passedOn';

export interface Program {
  /** Words of a shell. */
  readonly words: string;
  /** Lines of a shell, before it. */
  readonly prepare: string;
  /** Files that a node must see, beside those that `keep` writes. */
  readonly files: readonly string[];
  /** Puts what the script names beside the study; nothing is written before. @throws WorkError */
  readonly keep: () => Promise<void>;
}

/**
 * A copy of the command line beside the study, whatever becomes of where it was installed: a task may wait for weeks, and
 * goes on by the program that it was submitted by. Or of that copy the node's own.
 * @param sweepFolder see there @param nodeLocal the folder on each node that keeps a copy of every version
 */
export async function programOf(sweepFolder: string, nodeLocal: string | undefined): Promise<Program> {
  const programs = join(dirname(dirname(sweepFolder)), 'programs');
  const isElectron = process.versions['electron'] !== undefined;
  const node = await nodeForTasks(programs, {
    execPath: process.execPath,
    isElectron,
    path: process.env['PATH'] ?? '',
  });
  const asNode = isElectron && node.path === process.execPath ? ['ELECTRON_RUN_AS_NODE=1'] : [];
  const environment = [...Object.entries(passedOn()).map(([name, value]) => `${name}=${shellWord(value)}`), ...asNode];
  const before = [...(environment.length === 0 ? [] : ['env', ...environment]), shellWord(node.path)].join(' ');
  // A package manager's command is a link to it.
  const cli = await realpath(process.argv[1] ?? '');
  const from = dirname(cli);
  const copy = await keptCopy(from, await filesOf(from), join(programs, `epochlens-${packageJson.version}`));
  const words = (folder: string): string => `${before} ${shellWord(join(folder, basename(cli)))}`;
  const keep = async (): Promise<void> => {
    await node.keep?.();
    await copy.keep();
  };
  const files = node.keep === undefined ? [node.path] : [];
  if (nodeLocal === undefined) return { words: words(copy.folder), prepare: '', files, keep };
  const own = join(nodeLocal, basename(copy.folder));
  return { words: words(own), prepare: copying(copy.folder, own), files, keep };
}

/** What only the editor loads, what only those who develop it, and the sums of a copy that this program is run from. */
const LEFT_OUT = new RegExp(String.raw`^(extension|webview)\b|\.map$|^${SUMS}$`);

/** By their paths within the folder, sorted. */
async function filesOf(folder: string): Promise<string[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => !LEFT_OUT.test(name)).sort();
  const isFile = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).isFile()));
  return names.filter((_, at) => isFile[at]);
}

/**
 * One task of a node copies, and others wait for it while it gives a sign of life every few seconds. A lock that has been
 * silent for a minute is a dead task's; what that one had copied lies within the lock, and goes with it. Each task checks
 * every file by the sums of the copy that it was made from.
 */
function copying(from: string, to: string): string {
  return String.raw`# This node's own copy of EpochLens, made once.
copy=${shellWord(to)}
lock=$copy.lock
part=$lock/$(hostname).$$
no_copy() { echo "epochlens: no copy could be made in $copy: is its disk full?" >&2; exit 1; }
mkdir -p "$(dirname "$copy")" || exit 1
until [ -d "$copy" ]; do
  if mkdir "$lock" 2>/dev/null; then
    mkdir "$part" || { rmdir "$lock"; no_copy; }
    while sleep 5 && [ -d "$part" ] && kill -0 $$; do touch -c "$lock"; done >/dev/null 2>&1 &
    cp -RL ${shellWord(from)} "$part/copy" && mv -T "$part/copy" "$copy" || :
    # Without its part it was taken for dead, and another makes the copy.
    if [ -d "$part" ]; then
      rm -rf "$lock"
      [ -d "$copy" ] || no_copy
    fi
  else
    [ -z "$(find "$lock" -maxdepth 0 -mmin +1 2>/dev/null)" ] || { mv "$lock" "$lock.$$" && rm -rf "$lock.$$"; } 2>/dev/null || :
    sleep 1
  fi
done
sums=${shellWord(join(from, SUMS))}
[ -r "$sums" ] || { echo "epochlens: node $(hostname) cannot read $sums: submit the study again" >&2; exit 1; }
(cd "$copy" && sha256sum --check --status "$sums") 2>/dev/null || {
  echo "epochlens: the copy in $copy is damaged: remove it" >&2; exit 1; }`;
}
