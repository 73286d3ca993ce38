import type { Study } from './schema';

/** A study file that means exactly this study, with every default spelt out. */
export function studyText(study: Study): string {
  return `${JSON.stringify(study, null, 2)}\n`;
}
