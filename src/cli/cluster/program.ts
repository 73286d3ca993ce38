/** This program, as a script on a node starts it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import packageJson from '../../../package.json';
import { shellWord } from '../../common/shellWord';

export interface Program {
  /** Words of a shell. */
  readonly words: string;
  /** Lines of a shell, before it. */
  readonly prepare: string;
  /** Files that a node must see. */
  readonly files: readonly string[];
}

/** Where data and weights are looked for; `ssh` passes none of these on. */
const PASSED_ON = [
  'EPOCHLENS_DATA',
  'EPOCHLENS_CACHE',
  'EPOCHLENS_NATIVE',
  'EPOCHLENS_ONNXRUNTIME',
  'HF_HOME',
  'HF_HUB_CACHE',
  'HUGGINGFACE_HUB_CACHE',
  'ELECTRON_RUN_AS_NODE',
];

/**
 * Node and the command line by their paths, which a shared disk has, or of the command line the node's own copy.
 * @param nodeLocal the folder on each node that keeps a copy of every version
 */
export function programOf(nodeLocal: string | undefined): Program {
  const node = process.execPath;
  const cli = process.argv[1] ?? '';
  const environment = PASSED_ON.flatMap((name) => {
    const value = process.env[name];
    return value === undefined || value === '' ? [] : [`${name}=${shellWord(value)}`];
  });
  const before = [...(environment.length === 0 ? [] : ['env', ...environment]), shellWord(node)].join(' ');
  const files = [node, cli];
  if (nodeLocal === undefined) return { words: `${before} ${shellWord(cli)}`, prepare: '', files };
  const sum = createHash('sha256').update(readFileSync(cli)).digest('hex');
  const copy = join(nodeLocal, `epochlens-${packageJson.version}-${sum.slice(0, 12)}`);
  return { words: `${before} ${shellWord(join(copy, 'cli.js'))}`, prepare: copying(dirname(cli), copy, sum), files };
}

/**
 * One task of a node copies, and others wait for it while it gives a sign of life every few seconds. A lock that has been
 * silent for a minute is a dead task's; what
 * that one had copied lies within the lock, and goes with it.
 */
function copying(from: string, to: string, sum: string): string {
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
echo "${sum}  $copy/cli.js" | sha256sum --check --status || {
  echo "epochlens: the copy in $copy is damaged: remove it" >&2; exit 1; }`;
}
