/**
 * Variables by which a person tells Slurm's programs what to do where nothing is said: they count for more than a script's
 * own lines, and would leave tasks out of an answer. Where something is asked here that stands.
 */

/** Each leaves something out, or asks a person, or would be taken for the task's own. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  squeue: ofProgram('SQUEUE', 'ACCOUNT', 'LICENSES', 'NAMES', 'PARTITION', 'QOS', 'STATES', 'USERS'),
  scancel: ofProgram(
    'SCANCEL',
    ...['ACCOUNT', 'BATCH', 'CRON', 'CTLD', 'FULL', 'HURRY', 'INTERACTIVE', 'NAME', 'PARTITION', 'QOS', 'STATE'],
    ...['USER', 'WCKEY'],
  ),
  sinfo: ofProgram('SINFO', 'PARTITION'),
  // It would answer once all tasks are over. Of the task that submits, a first turn would have its count of turns.
  sbatch: ['SBATCH_WAIT', 'SLURM_RESTART_COUNT'],
};

function ofProgram(program: string, ...names: readonly string[]): readonly string[] {
  return names.map((name) => `${program}_${name}`);
}

/** @param program of Slurm's, which is to be asked without them */
export function hiddenFrom(program: string): readonly string[] {
  return HIDDEN[program] ?? [];
}

/** Of sbatch's short options those that have a variable. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ A: 'account', a: 'array', C: 'constraint', e: 'error', G: 'gpus', J: 'job-name', o: 'output' },
  ...{ p: 'partition', q: 'qos', t: 'time' },
};

/** Others are named after their option. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  array: ['ARRAY_INX'],
  time: ['TIMELIMIT'],
  mem: ['MEM_PER_NODE', 'MEM_PER_CPU', 'MEM_PER_GPU'],
  requeue: ['REQUEUE', 'NO_REQUEUE'],
};

const DIRECTIVE = /^#SBATCH\s+(?:--([a-z][\w-]*)|-([A-Za-z]))/;

/**
 * Those that would count for more than what a script asks for in a line of its own:
 * https://slurm.schedmd.com/sbatch.html#SECTION_INPUT-ENVIRONMENT-VARIABLES
 */
export function overriding(script: string): readonly string[] {
  return script.split('\n').flatMap((line) => {
    const [, long, short = ''] = DIRECTIVE.exec(line) ?? [];
    const option = long ?? SHORT[short];
    if (option === undefined) return [];
    return ofProgram('SBATCH', ...(NAMES[option] ?? [option.toUpperCase().replaceAll('-', '_')]));
  });
}
