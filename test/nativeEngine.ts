/** Tests of the native engine, which are skipped where it is not installed. */
import { describe, it } from 'vitest';
import { installedEngines } from '../src/setup/native/installed';

export const hasNative = (await installedEngines()).length > 0;

/** In place of vitest's own: hooks do not run either in a file all of whose tests are skipped. */
export const itNative: ReturnType<typeof it.skipIf> = it.skipIf(!hasNative);
export const describeNative: ReturnType<typeof describe.skipIf> = describe.skipIf(!hasNative);
