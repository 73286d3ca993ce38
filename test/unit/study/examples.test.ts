/** The studies in media/examples: each parses, and its sweep is of the recipes that it names. */
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { contradictions, parseStudy, studyHash, studyText } from '../../../src/study';

const folder = join(import.meta.dirname, '../../../media/examples');
