/** The study that counts for a run, with its study file read once as long as it stays. */
import { fileStamp } from '../../common/fileStamp';
import { isReportedError } from '../../common/errors';
import { readStudies, studyInForce, type Study } from '../../study/index';
import type { Run } from '../open';

interface StudyNow {
  readonly study: Study;
  /** The name that the file's sweep has for the run's settings; null where it has none. */
  readonly recipe: string | null;
}

const FILES = new Map<string, { readonly stamp: string; readonly studies: Promise<readonly Study[] | undefined> }>();
const MOST_FILES = 200;

/** As `currentStudy` has it; of a file that cannot be read the run's own counts. */
export async function studyNow({ study, studyFile }: Run): Promise<StudyNow> {
  return { study: studyInForce(study, await studiesOf(studyFile)), recipe: null };
}

async function studiesOf(path: string): Promise<readonly Study[] | undefined> {
  const stamp = await fileStamp(path).catch(() => undefined);
  if (stamp === undefined) return undefined;
  const known = FILES.get(path);
  if (known?.stamp === stamp) return known.studies;
  const studies = readStudies(path).then(
    (located) => located.map(({ study }) => study),
    (error: unknown) => {
      if (isReportedError(error)) return undefined;
      throw error;
    },
  );
  if (FILES.size >= MOST_FILES) FILES.clear();
  FILES.set(path, { stamp, studies });
  return studies;
}
