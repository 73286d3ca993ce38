import { errorCode } from '../../common/reasons';
import { fileError } from '../../common/systemErrors';
import { openRegularFile } from '../../common/regularFile';
import { runPaths } from '../paths';

/** Appends to log.txt. @throws InputError where it is no file; WorkError */
export async function appendLog(folder: string, text: string): Promise<void> {
  const path = runPaths(folder).log;
  try {
    const file = await openRegularFile(path, 'a+');
    await file.appendFile(text).finally(() => file.close());
  } catch (error) {
    throw errorCode(error) === undefined ? error : fileError('could not be written', path, error);
  }
}
