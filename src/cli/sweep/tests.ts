/** The commands that test a cell's run once it is trained, as its study asks. */
import type { Study, Sweep } from '../../study';

/** Each as words of the command line. @param run the run folder */
export function testCommands(
  study: Study,
  tests: Sweep['tests'],
  { run, engine }: { readonly run: string; readonly engine: string },
): string[][] {
  if (tests === 'none') return [];
  const at = tests === 'last' ? ['--checkpoints', String(study.training.epochs)] : [];
  const command = (name: string, ...more: readonly string[]): string[] => [
    name,
    run,
    ...at,
    ...more,
    '--engine',
    engine,
    '--json',
  ];
  return [
    ...(study.perturbations.length > 0 ? [command('perturb')] : []),
    ...(study.attacks === undefined ? [] : [command('attack')]),
    // How attention moves is a matter of all checkpoints.
    ...(study.training.epochs > 0 ? [['attention', run, '--engine', engine, '--json']] : []),
    ...MEASUREMENTS.flatMap(([name, ...keys]) => (keys.some((key) => study[key] !== undefined) ? [command(name)] : [])),
  ];
}

/** A command, and the fields of a study that ask for it. */
const MEASUREMENTS = [
  ['calibration', 'calibration'],
  ['faithfulness', 'faithfulness'],
  ['localisation', 'localisation', 'focus'],
  ['sanity', 'sanity'],
  ['benchmark', 'benchmarks'],
] as const;
