import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { writeFileAtomically } from '../../common/atomic';
import { errorCode } from '../../common/reasons';
import { InputError } from '../../common/errors';
import type { NetworkName } from '../../architectures';
import type { EngineChoice } from '../../engine/engine';
import { renderReportData, REPORT_DATA_FORMAT } from '../../report/data';
import type { RunContent } from '../../report/content';
import { missingCommand } from '../../report/missing';
import { renderReport } from '../../report/report';
import { leaveResults, studyReportPath, type Run } from '../../runs';
import packageJson from '../../../package.json';
import { networkName, engineChoice, epochs, METHOD_OPTION, methodId, oneOf } from '../options/arguments';
import { lazyEngine } from '../computing';
import { abortOnInterrupt, sayWhatIsKept } from '../interrupt';
import { createOutput, duration, type Output } from '../printing/output';
import { collectRun, type CollectRunOptions } from '../../report/collecting/collect';
import { foldersOf, madeWith, studyText } from '../../report/collecting/made';
import { REPORT_STUDIES, type ReportStudy } from '../../report/studies';
import { portable } from '../../report/portable';
import { showCount, showDataProgress } from '../printing/progress';
import { chosenRuns } from '../options/runs';

interface Options {
  readonly out?: string;
  readonly checkpoints?: 'all' | number[];
  readonly method?: string;
  readonly architecture?: NetworkName;
  readonly with?: readonly ReportStudy[];
  readonly quick?: boolean;
  readonly kept?: boolean;
  readonly engine: EngineChoice;
  readonly json?: boolean;
}

/** `report`: one self-contained page. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description(
      'the study written up as one self-contained HTML page, with its numbers as JSON beside it; computes what is missing, and keeps it',
    )
    .argument('<run>', 'a run folder, or a study file for the newest run of each of its models')
    .option('--out <file>', 'where to write it (default: report.html in the run folder, or beside several)')
    .option('--checkpoints <epochs>', 'of tables and figures: 0,1,2,20, or all (default: the study’s)', epochs)
    .option('--method <id>', METHOD_OPTION, methodId)
    .option(
      '--with <studies>',
      `compute some of ${REPORT_STUDIES.join(',')}, too (what is kept of them is shown anyway)`,
      (word) => [...new Set(word.split(',').map(oneOf('--with', REPORT_STUDIES)))],
    )
    .option('--architecture <name>', 'of a study of several models: only this one', networkName)
    .option('--quick', 'compute nothing but the heatmaps of the study’s images: the rest as far as it is kept')
    .option('--kept', 'compute nothing: what is kept, and what is missing, with the commands that compute it')
    .option('--engine <name>', 'native, embedded or auto', engineChoice, 'auto')
    .option('--json', 'one JSON document on standard output')
    .action(report);
}

async function report(argument: string, options: Options): Promise<void> {
  const begin = performance.now();
  const output = createOutput(options.json ?? false);
  const signal = abortOnInterrupt(output, 'the report');
  const kept = options.kept ?? false;
  // What computes nothing makes no room either: shards may have kept what is to be put together.
  if (kept) leaveResults();
  const runs = await chosenRuns(argument, options.architecture, output);
  const path = options.out ?? defaultPath(runs);
  await refuseMissingFolder(path);
  await refuseOtherData(dataPath(path));
  if (kept && options.with !== undefined) {
    throw new InputError('options that do not go together', {
      place: '--kept',
      expected: 'it without --with, which computes',
    });
  }
  const writing = writeReport(runs, path, {
    start: lazyEngine(options.engine, output),
    signal,
    progress: reportProgress(output),
    quick: options.quick ?? false,
    kept,
    checkpoints: options.checkpoints,
    method: options.method,
    studies: options.with,
  });
  const contents = await sayWhatIsKept(output, writing);
  const missing = contents.flatMap((content) =>
    content.missing.map((each) => ({
      run: content.run.folder,
      what: each.what,
      command: missingCommand(each, content.run.folder),
    })),
  );
  for (const { what, command } of missing) output.log(`Missing: ${what}. This computes it:  ${command}`);
  output.log(`Done in ${duration((performance.now() - begin) / 1000)}.`);
  output.document({ report: path, data: dataPath(path), missing });
  output.line(`The report is in ${path}, and its numbers are in ${basename(dataPath(path))} beside it`);
}

/** How far a report is, in the terminal. */
export function reportProgress(output: Output): CollectRunOptions['progress'] {
  return { log: (text) => output.log(text), count: (what) => showCount(output, what), data: showDataProgress(output) };
}

/** @param runs at least one @returns what is in it, of each run */
export async function writeReport(
  runs: readonly [Run, ...Run[]],
  path: string,
  options: CollectRunOptions,
): Promise<readonly RunContent[]> {
  const contents: RunContent[] = [];
  for (const run of runs) contents.push(await collectRun(run, options));
  const whole = {
    title: runs[0].study.name,
    madeAt: new Date().toISOString(),
    version: packageJson.version,
    made: await madeWith(runs, given(options)),
    study: await studyText(runs[0]),
    runs: contents,
  };
  const content = portable(whole, foldersOf(runs));
  await writeFileAtomically(dataPath(path), renderReportData(content));
  await writeFileAtomically(path, renderReport(content));
  return contents;
}

/** The options that decide what stands in it, as they are written. */
function given({ quick, kept, checkpoints, method, studies = [] }: CollectRunOptions): string[] {
  return [
    ...(quick ? ['--quick'] : []),
    ...(kept === true ? ['--kept'] : []),
    ...(checkpoints === undefined ? [] : ['--checkpoints', String(checkpoints)]),
    ...(method === undefined ? [] : ['--method', method]),
    ...(studies.length === 0 ? [] : ['--with', studies.join(',')]),
  ];
}

/** Where a report's numbers lie: report.json beside report.html. */
function dataPath(path: string): string {
  return `${path.replace(/\.html?$/i, '')}.json`;
}

/** In the run folder; of several, in the folder that they lie in. */
export function defaultPath([run, ...others]: readonly [Run, ...Run[]]): string {
  return others.length === 0 ? join(run.folder, 'report.html') : studyReportPath(run);
}

/** What is found out before hours of computing, and not after. */
async function refuseMissingFolder(path: string): Promise<void> {
  const folder = dirname(resolve(path));
  const stats = await stat(folder).catch(() => undefined);
  if (stats?.isDirectory() === true && (await stat(path).catch(() => undefined))?.isDirectory() !== true) return;
  throw new InputError('the report cannot be written there', {
    file: path,
    place: '--out',
    found: stats === undefined ? 'no such folder' : 'a folder of that name, or a file in place of a folder',
    expected: 'a file name in a folder that is there',
  });
}

/** A file of that name that no report has written is somebody's. */
async function refuseOtherData(path: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    return '';
  });
  if (text === undefined || text.trimStart().slice(0, 200).includes(`"format": "${REPORT_DATA_FORMAT}"`)) return;
  throw new InputError('the numbers of the report cannot be written there', {
    file: path,
    place: '--out',
    found: 'a file that is no report’s',
    expected: 'no such file, or one of an earlier report',
    advice: 'Give the report another name by --out.',
  });
}
