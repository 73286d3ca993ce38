import * as z from 'zod';
import { describeSettings, type DescribedNode } from './describeSettings';
import { writtenStudySchema } from './schema';

/** The study file's JSON schema, for completion, hovers and checks in an editor. */
function studyJsonSchema(): Record<string, unknown> {
  const generated = z.toJSONSchema(writtenStudySchema, { io: 'input', target: 'draft-7' });
  return { ...describeSettings(generated as DescribedNode), allowComments: true, allowTrailingCommas: true };
}

/** The text of media/study.schema.json. */
export function studyJsonSchemaText(): string {
  return `${JSON.stringify(studyJsonSchema(), null, 2)}\n`;
}
