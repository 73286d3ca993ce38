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

/** One task of a node copies, others wait for it; a lock without a sign of life for ten minutes is a dead task's. */
function copying(from: string, to: string, sum: string): string {
  return String.raw`# This node's own copy of EpochLens, made once.
copy=${shellWord(to)}
mkdir -p "$(dirname "$copy")" || exit 1
until [ -d "$copy" ]; do
  if mkdir "$copy.lock" 2>/dev/null; then
    [ -d "$copy" ] || { cp -RL ${shellWord(from)} "$copy.part" && mv "$copy.part" "$copy"; }
    made=$?
    rm -rf "$copy.part" "$copy.lock"
    [ $made = 0 ] || { echo "epochlens: no copy could be made in $copy: is its disk full?" >&2; exit 1; }
  else
    find "$copy.lock" -maxdepth 0 -mmin +10 -exec rm -rf {} \; 2>/dev/null
    sleep 1
  fi
done
echo "${sum}  $copy/cli.js" | sha256sum --check --status || {
  echo "epochlens: the copy in $copy is damaged: remove it" >&2; exit 1; }`;
}
