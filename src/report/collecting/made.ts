/** What the appendix needs beside the runs: the study file, the commands, versions, and the commit of the workspace. */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { engineWord } from '../../common/engineWords';
import { shellWord } from '../../common/shellWord';
import { folderIn } from '../../datasets/datasetKinds';
import { readTextFile } from '../../study';
import type { Run } from '../../runs';
import type { MadeWith, StudyText } from '../content';

/** The study file as it is now; of a run whose file is gone the study that it keeps. */
export async function studyText({ studyFile, study }: Run): Promise<StudyText> {
  const name = basename(studyFile);
  const text = await readTextFile(studyFile, 'the study').catch(() => undefined);
  return text === undefined
    ? { name, text: JSON.stringify(study, null, 2), isFile: false }
    : { name, text, isFile: true };
}

/**
 * @param options of `epochlens report`, as they were given
 */
export async function madeWith([run]: readonly [Run, ...Run[]], options: readonly string[]): Promise<MadeWith> {
  return {
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    commands: commands(run, options),
    commit: await commitOf(dirname(run.studyFile)),
  };
}

function commands({ studyFile, manifest }: Run, options: readonly string[]): string[] {
  const study = shellWord(basename(studyFile));
  const report = ['npx epochlens report', study, ...options.map(shellWord)].join(' ');
  const { imported, engine } = manifest;
  return imported === undefined
    ? [`npx epochlens train ${study} --engine ${engineWord(engine.name)}`, report]
    : [
        '# The checkpoints are imported: the files and their SHA-256 stand under “What was run”.',
        `npx epochlens import ${shellWord(basename(imported.from))}`,
        report,
      ];
}

const GIT_MILLISECONDS = 5000;

/** Null where there is no git, or the folder is in no repository. */
async function commitOf(folder: string): Promise<MadeWith['commit']> {
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', args, { cwd: folder, timeout: GIT_MILLISECONDS });
    return stdout.trim();
  };
  try {
    const id = await git('rev-parse', 'HEAD');
    return { id, isChanged: (await git('status', '--porcelain', '--untracked-files=no')) !== '' };
  } catch {
    return null;
  }
}

/** Folders that texts of a report may begin a path with. */
export function foldersOf(runs: readonly Run[]): string[] {
  const named = runs.flatMap(({ folder, studyFolder, study, manifest }) => {
    const data = folderIn(study.dataset);
    const { imported } = manifest;
    return [
      folder,
      studyFolder,
      ...(data === undefined ? [] : [resolve(studyFolder, data)]),
      ...(imported === undefined ? [] : [imported.from, ...imported.files.map(({ file }) => dirname(file))]),
    ];
  });
  return [...new Set([...named, homedir(), process.cwd()])];
}
