/**
 * `npm run bench`: how fast every engine of this machine trains, infers and explains, beside PyTorch in the same run
 * where a Python that has torch and timm is named. On the CPU, which both sides have everywhere.
 *
 * Everyone computes in a process of its own, new for each case, so that its peak memory is the case's.
 */
import { CommanderError } from 'commander';
import { availableParallelism, cpus } from 'node:os';
import { isReportedError } from '../../src/common/errors';
import { createOutput } from '../../src/cli/printing/output';
import type { EngineName } from '../../src/engine/engine';
import { MEASURE, measureHere } from './apart';
import { nameOf } from './cases';
import { serve } from './engineProcess';
import { keep } from './history';
import { FULL, measureCase, QUICK, type CaseResult } from './measure';
import { readOptions } from './options';
import { JOBS, measureSections } from './sections';
import { findSides, SERVE } from './sides';
import { remarks, tables } from './tables';
import { targets } from './targets';

async function bench(argv: readonly string[]): Promise<void> {
  const options = readOptions(argv);
  // Inherited by every process, for TensorFlow and PyTorch alike.
  process.env['CUDA_VISIBLE_DEVICES'] = '-1';
  const output = createOutput(options.json);
  const effort = options.quick ? QUICK : FULL;
  const sides = await findSides(options);
  const { all, engines, withPytorch, notes } = sides;
  for (const note of notes) output.log(note);
  const results: CaseResult[] = [];
  for (const item of options.sections.includes('speed') ? options.only : []) {
    output.log(`${nameOf(item)} …`);
    results.push(await measureCase(item, all, effort, (text) => output.progress(`${nameOf(item)}, ${text}`)));
  }
  const progress = (text: string): void => output.progress(text);
  const sections = await measureSections(options.sections, { options, sides, effort, results, progress });
  const machine = `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`;
  const method = `Medians of ${effort.rounds} turns that alternate, warm-up excluded; ratios are medians of the ratios within a turn.`;
  const lines = [machine, ...notes, method, ...remarks(results)];
  const speed = results.length === 0 ? [] : [tables(results, engines, withPytorch), targets(results)];
  const text = [...speed, ...sections.map((section) => section.text), lines.map((line) => `- ${line}`).join('\n')];
  output.line(text.join('\n\n'));
  output.document({ notes: lines, rounds: effort.rounds, cases: results, sections });
  output.log(`kept in ${await keep(results, sections, notes, options.quick)}`);
}

async function main([first, ...rest]: readonly string[]): Promise<number> {
  try {
    if (first === SERVE) await serve(rest[0] as EngineName, rest[1]);
    else if (first === MEASURE) await measureHere(JOBS, rest);
    else await bench(first === undefined ? [] : [first, ...rest]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!isReportedError(error)) throw error;
    process.stderr.write(`epochlens: ${error.message}\n`);
    return error.exitCode;
  }
}

// An engine's threads would keep the process alive.
void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
  process.stdout.write('', () => process.exit(code));
});
