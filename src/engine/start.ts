/** Choosing an engine and starting it. */
import { engineWord } from '../common/engineWords';
import { InputError, isReportedError, WorkError } from '../common/errors';
import { ENGINE_NAMES, type Engine, type EngineChoice, type EngineName, type EngineReport } from './engine';
import { ENGINES } from './engines';
import { probeEngine } from './probe';
import { setRunningEngine } from './running';

type UsableReport = Extract<EngineReport, { usable: true }>;

/** What this machine has, in the order of `ENGINE_NAMES`. Each is tried in a process of its own if it has not been. */
export async function listEngines(): Promise<EngineReport[]> {
  const reports: EngineReport[] = [];
  // One after another: side by side they would slow each other down.
  for (const name of ENGINE_NAMES) reports.push(await probeEngine(name));
  return reports;
}

/**
 * Makes an engine compute this process's operations: the one named, or for 'auto' the fastest that passes the
 * self-test.
 *
 * @param reason why one that is named is taken
 * @throws InputError when the name is unknown, WorkError when the engine cannot be used on this machine
 */
export async function startEngine(choice: EngineChoice, reason = 'asked for by name'): Promise<Engine> {
  const engine = await startChosen(choice, reason);
  setRunningEngine(engine);
  return engine;
}

async function startChosen(choice: EngineChoice, reason: string): Promise<Engine> {
  if (choice === 'auto') return startFastest(await listEngines());
  if (!ENGINE_NAMES.includes(choice)) {
    throw new InputError('unknown engine', {
      found: choice,
      expected: [...ENGINE_NAMES.map(engineWord), 'auto'].join(', '),
    });
  }
  ENGINES[choice].check?.();
  const report = await probeEngine(choice);
  if (!report.usable) throw unusable(report.name, report.reason, report.advice);
  return { name: choice, ...(await ENGINES[choice].launch()), reason };
}

async function startFastest(reports: readonly EngineReport[]): Promise<Engine> {
  const ranked = rankEngines(reports);
  const failures = reports.flatMap((report) => (report.usable ? [] : [`${engineWord(report.name)}: ${report.reason}`]));
  for (const { name } of ranked) {
    try {
      return { name, ...(await ENGINES[name].launch()), reason: describeChoice(name, ranked, failures) };
    } catch (error) {
      if (!isReportedError(error)) throw error;
      failures.push(`${engineWord(name)}: ${error.message}`);
    }
  }
  const advice = reports.flatMap((report) => (report.usable ? [] : (report.advice ?? []))).join(' ');
  throw new WorkError('no engine can be used on this machine', {
    found: failures.join('; '),
    ...(advice === '' ? {} : { advice }),
  });
}

/** The usable ones, fastest first. */
export function rankEngines(reports: readonly EngineReport[]): UsableReport[] {
  return reports.filter((report) => report.usable).sort((a, b) => a.selfTestMilliseconds - b.selfTestMilliseconds);
}

function describeChoice(name: EngineName, ranked: readonly UsableReport[], failures: readonly string[]): string {
  const times = ranked
    .map((report) => `${engineWord(report.name)} ${report.selfTestMilliseconds.toFixed(1)} ms`)
    .join(', ');
  const others = failures.map((failure) => `; not usable: ${failure}`).join('');
  return ranked.length > 1
    ? `the fastest in the self-test (${times})${others}`
    : `the only one that passes the self-test (${engineWord(name)})${others}`;
}

function unusable(name: EngineName, reason: string, advice = 'Use `--engine auto`'): WorkError {
  return new WorkError(`the ${engineWord(name)} engine cannot be used on this machine`, { found: reason, advice });
}
