import { dirname } from 'node:path';
import { valueOfWhatIsThere } from '../jsonText';
import { networkFactsOf } from '../network';
import { resolveStudy } from '../resolve';
import { writtenStudySchema, type Study } from '../schema';
import { variantsOf } from '../variants';
import { readableStudy } from './readable';

/** The studies of a text that is being written, with the default of every field that cannot be read. */
export async function studiesIn(text: string, file: string): Promise<Study[]> {
  const raw = valueOfWhatIsThere(text);
  const parsed = writtenStudySchema.safeParse(raw);
  const written = parsed.success ? parsed.data : readableStudy({ raw, issues: parsed.error.issues, schema: {} })?.value;
  const variants = written === undefined ? [] : variantsOf(written);
  return Promise.all(
    variants.map(async (variant) =>
      resolveStudy(variant.file, file, await networkFactsOf(variant.file.model, dirname(file))),
    ),
  );
}
