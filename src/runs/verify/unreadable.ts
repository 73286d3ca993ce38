import { basename } from 'node:path';
import { isReportedError } from '../../common/errors';
import { ADVICE, type Finding } from './finding';

/** Of a file that cannot be read, such as a folder in its place. @throws what is no fault of a file */
export function unreadable(of: Pick<Finding, 'part' | 'file'>, error: unknown): Finding {
  if (!isReportedError(error)) throw error;
  const { file, found } = error.problem;
  const other = file === undefined || basename(file) === of.file ? '' : ` (${basename(file)})`;
  const detail = `${error.summary}${other}${found === undefined ? '' : `: ${found}`}`;
  return { ...of, verdict: 'damaged', detail, advice: `Move away what is there. ${ADVICE.restore}` };
}
