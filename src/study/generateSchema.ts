/** Writes the study file's JSON schema: `generateSchema.js FILE`. Run by the build. */
import { writeFileAtomically } from '../common/atomic';
import { studyJsonSchemaText } from './jsonSchema';

const [, , file = 'media/study.schema.json'] = process.argv;
writeFileAtomically(file, studyJsonSchemaText()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
