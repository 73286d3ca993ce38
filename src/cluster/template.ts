/** The script that a task is handed over by, as a person keeps it beside the study, and how it is filled in. */
import { InputError } from '../common/errors';
import { shellWord } from '../common/shellWord';

/** What each placeholder is filled with; null: nobody asked for it, so that the cluster decides. */
export interface TemplateValues {
  readonly name: string;
  /** "0-63%8" */
  readonly array: string;
  /** The folder that the logs are written into. */
  readonly logs: string;
  /** The job's folder. */
  readonly job: string;
  /** Words of a shell that start EpochLens. */
  readonly program: string;
  /** Lines of a shell, before it. */
  readonly prepare: string;
  readonly partition: string | null;
  readonly account: string | null;
  readonly time: string | null;
  /** In seconds: see `warningSeconds`. */
  readonly warning: string;
  readonly memory: string | null;
  readonly cpus: string | null;
}

export type GivenOptions = Readonly<Partial<Record<keyof TemplateValues, string>>>;

const NEEDED = ['name', 'array', 'logs', 'job', 'program'] as const;
/** These are pieces of a script already. */
const SHELL: readonly string[] = ['program', 'prepare'];

const DIRECTIVE = '#SBATCH';
const SHEBANG = '#!';
/** From the first such line on Slurm reads no directive. */
const COMMAND = /^\s*[^#\s]/;

/**
 * A directive with a value that nobody asked for is left out. In the script's own lines values stand as words of a shell.
 * @param file the template's path, for what is wrong with it
 * @param given the options that a person gave for placeholders, as typed
 * @throws InputError that names the line of an unknown placeholder, or the one that is missing, or the option that would
 * have no effect without one, or a first line by which Slurm would refuse it, or a directive that it would not read
 */
export function fillTemplate(text: string, file: string, values: TemplateValues, given: GivenOptions = {}): string {
  if (!text.startsWith(SHEBANG)) throw notAScript(text, file);
  const known = new Map<string, string | null>(Object.entries(values));
  const used = new Set<string>();
  const inEffect = new Set<string>();
  const read = text.split(/\r?\n/);
  const command = read.findIndex((line) => COMMAND.test(line));
  const lines = read.flatMap((line, index) => {
    const isDirective = line.startsWith(DIRECTIVE);
    if (isDirective && command !== -1 && index > command) throw unread(file, index + 1, command + 1);
    const names = [...line.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim());
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined) throw unknownPlaceholder(file, index + 1, unknown, [...known.keys()]);
    for (const name of names) used.add(name);
    if (isDirective || !/^\s*#/.test(line)) for (const name of names) inEffect.add(name);
    if (isDirective && names.some((name) => known.get(name) === null)) return [];
    return line.replace(PLACEHOLDER, (_, name: string) => {
      const value = known.get(name.trim()) ?? '';
      if (SHELL.includes(name.trim())) return value;
      return isDirective ? plain(value, file, index + 1) : shellWord(value);
    });
  });
  // Where Slurm cannot write into the job's folder, a person has logs elsewhere, and says so.
  const missing = NEEDED.find((name) => !(name === 'logs' ? used : inEffect).has(name));
  const idle = Object.entries(given).find(([name]) => known.get(name) !== null && !inEffect.has(name));
  if (missing === undefined && idle !== undefined) throw withoutEffect(file, ...idle);
  if (missing === undefined) return lines.join('\n');
  const { length } = text.trimEnd().split('\n');
  throw new InputError('a placeholder is missing', {
    file,
    place: `lines 1 to ${String(length)}`,
    found: used.has(missing) ? `{{${missing}}} in a comment alone` : `no {{${missing}}}`,
    expected: NEEDED.map((name) => `{{${name}}}`).join(', '),
    advice: 'Put it back, or remove the file: it is then written anew.',
  });
}

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

function withoutEffect(file: string, name: string, option: string): InputError {
  return new InputError('an option that this script has no place for', {
    file,
    place: option,
    found: `no {{${name}}}`,
    expected: `{{${name}}} in a line of the script that is no comment`,
    advice: 'Put it back, or leave the option away.',
  });
}

function notAScript(text: string, file: string): InputError {
  const [first = ''] = text.split(/\r?\n/);
  return new InputError('Slurm takes no script that begins so', {
    file,
    place: 'line 1',
    found: first === '' ? 'nothing' : JSON.stringify(first),
    expected: 'its interpreter, such as #!/bin/bash, and nothing before it',
    advice: 'Put it there, or remove the file: it is then written anew.',
  });
}

function unread(file: string, line: number, command: number): InputError {
  return new InputError('Slurm does not read this line: it stands after a command', {
    file,
    place: `line ${String(line)}`,
    found: `the first command in line ${String(command)}`,
    expected: `every ${DIRECTIVE} line before it`,
    advice: 'Move that command below them, such as to where the usual script has modules.',
  });
}

function unknownPlaceholder(file: string, line: number, name: string, known: readonly string[]): InputError {
  return new InputError('an unknown placeholder', {
    file,
    place: `line ${String(line)}`,
    found: `{{${name}}}`,
    expected: `one of ${known.map((each) => `{{${each}}}`).join(', ')}`,
  });
}

/** Slurm reads a directive in a way of its own, in which these mean something. */
function plain(value: string, file: string, line: number): string {
  if (!/["'\\%#\n\r]/.test(value) || /^\d[\d,-]*(%\d+)?$/.test(value)) return value;
  throw new InputError('this cannot stand in a line for Slurm', {
    file,
    place: `line ${String(line)}`,
    found: value,
    expected: 'no quotes, backslashes, % and #',
    advice:
      'Give the study and its folders other names, or write another path into that line of slurm.epochlens.sh, which --script writes, and its placeholder into a comment.',
  });
}

export const USUAL_TEMPLATE = String.raw`#!/bin/bash
# How EpochLens hands tasks to Slurm, by: epochlens sweep STUDY --on slurm
# This file is yours: edit it as your cluster needs. It is read at each submission. Words in double braces are filled in
# then; an #SBATCH line whose value nobody asked for is left out, so that the cluster decides.
#SBATCH --job-name={{name}}
#SBATCH --array={{array}}
#SBATCH --output="{{logs}}/%a.txt"
#SBATCH --open-mode=append
#SBATCH --partition={{partition}}
#SBATCH --account={{account}}
#SBATCH --time={{time}}
#SBATCH --mem={{memory}}
#SBATCH --cpus-per-task={{cpus}}
# So many seconds before its time is up a task is told: it finishes its step, keeps it, and goes on in another turn.
#SBATCH --signal=B:USR2@{{warning}}
#SBATCH --requeue
# Such as a GPU for each task: take one # away.
##SBATCH --gres=gpu:1

# Such as what your cluster's programs are found by:
# module load cuda

# Such as a container, in which scontrol and sbatch must be found as well:
# container="apptainer exec --nv /shared/image.sif"
container=

if ! [ -f {{job}}/job.json ]; then
  echo "epochlens: node $(hostname) does not see this folder, which must be on a disk that all nodes share: "{{job}} >&2
  exit 2
fi
{{prepare}}
# Slurm tells this script alone of what is to come: it passes that on, and waits.
pass() { kill -s "$1" "$child" 2>/dev/null; }
$container {{program}} task {{job}} "$SLURM_ARRAY_TASK_ID" &
child=$!
trap 'pass USR2' USR2
trap 'pass TERM' TERM
while kill -0 "$child" 2>/dev/null; do wait "$child"; done
wait "$child"
`;
