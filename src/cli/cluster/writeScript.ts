/** The script that tasks are handed over by, before the first of them is. */
import { resolve } from 'node:path';
import { keepTemplate, readTemplate } from '../../cluster';
import { readStudyFile } from '../../study';
import type { Output } from '../printing/output';

/** Where there is one it stays as it is. @throws InputError of the study or of a script that cannot be read; WorkError */
export async function writeScript(study: string, output: Output): Promise<void> {
  await readStudyFile(study);
  const template = await readTemplate(resolve(study));
  await keepTemplate(template);
  output.line(`${template.isNew ? 'Written' : 'There already'}: ${template.file}`);
  output.document({ event: 'script', file: template.file, isNew: template.isNew });
}
