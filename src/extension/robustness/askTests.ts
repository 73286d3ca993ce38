/** Asks the engine for tests: perturbations by one request, measurements by another. This file does not import `vscode`. */
import type { ExtensionContextParts } from '../context';
import type { Waiting } from '../../protocol/engine';
import type { TestResult } from './outcomes';
import type { StudyTest } from './studyTests';

export interface AskedTests {
  readonly run: string;
  readonly epochs: readonly number[];
  readonly tests: readonly StudyTest[];
  readonly compute: boolean;
}

export interface TestListener {
  readonly signal?: AbortSignal;
  readonly onResult: (result: TestResult) => void;
  readonly onCount?: (done: number, of: number) => void;
  readonly onWaiting?: (behind: Waiting['behind']) => void;
}

/** @throws WorkError, InputError, CancelledError */
export async function askTests(
  engine: ExtensionContextParts['engine'],
  { run, epochs, tests, compute }: AskedTests,
  { signal, onResult, onCount, onWaiting }: TestListener,
): Promise<void> {
  const params = { run, epochs: [...epochs], compute };
  const options = signal === undefined ? {} : { signal };
  const perturbations = tests.filter(({ study }) => study === undefined);
  if (perturbations.length > 0)
    await engine.request(
      'robustness',
      { ...params, entries: perturbations.map(({ index }) => index) },
      {
        ...options,
        progress(value) {
          if (value.kind === 'result') onResult(value);
          else if (value.kind === 'count') onCount?.(value.done, value.of);
          else if (value.kind === 'waiting') onWaiting?.(value.behind);
        },
      },
    );
  const studies = tests.flatMap(({ study }) => study ?? []);
  if (studies.length > 0)
    await engine.request(
      'studyTests',
      { ...params, studies },
      {
        ...options,
        progress(value) {
          if (value.kind === 'count') onCount?.(value.done, value.of);
          else if (value.kind === 'waiting') onWaiting?.(value.behind);
          else {
            const test = tests.find(({ study }) => study === value.study);
            const { epoch, state, misses, scores, study } = value;
            if (test !== undefined) onResult({ entry: test.index, epoch, state, misses, measured: { study, scores } });
          }
        },
      },
    );
}
