/** The study that counts for a run, with its study file read once as long as it stays. */
import { fileStamp } from '../../common/fileStamp';
import { isReportedError } from '../../common/errors';
import { readStudyFile, studyInForce, type Cell, type Study } from '../../study/index';
import type { Run } from '../open';

interface StudyNow {
  readonly study: Study;
  /** What the file's sweep calls the run's settings now, else what it was called when it was trained; null of no sweep's. */
  readonly recipe: string | null;
  /** The recipe that the file's sweep compares with; undefined where it has none. */
  readonly sweepBaseline: string | undefined;
}

interface FileNow {
  readonly studies: readonly Study[];
  /** Of its sweep, by their ids. */
  readonly cells: ReadonlyMap<string, Cell>;
  readonly sweepBaseline: string | undefined;
}

const FILES = new Map<string, { readonly stamp: string; readonly now: Promise<FileNow | undefined> }>();
const MOST_FILES = 200;

/** As `currentStudy` has it; of a file that cannot be read the run's own counts. */
export async function studyNow({ study, studyFile, manifest }: Run): Promise<StudyNow> {
  const now = await fileNow(studyFile);
  // A run that plain train made of the same settings is the cell's, too.
  const cell = now?.cells.get(manifest.studyHash);
  return {
    study: studyInForce(study, cell === undefined ? now?.studies : [cell.study]),
    recipe: cell?.recipe ?? manifest.cell?.recipe ?? null,
    sweepBaseline: now?.sweepBaseline,
  };
}

async function fileNow(path: string): Promise<FileNow | undefined> {
  const stamp = await fileStamp(path).catch(() => undefined);
  if (stamp === undefined) return undefined;
  const known = FILES.get(path);
  if (known?.stamp === stamp) return known.now;
  const now = readStudyFile(path).then(
    ({ studies, sweep }): FileNow => ({
      studies: studies.map(({ study }) => study),
      cells: new Map((sweep?.cells ?? []).map((cell) => [cell.id, cell])),
      sweepBaseline: sweep?.baseline,
    }),
    (error: unknown) => {
      if (isReportedError(error)) return undefined;
      throw error;
    },
  );
  if (FILES.size >= MOST_FILES) FILES.clear();
  FILES.set(path, { stamp, now });
  return now;
}
