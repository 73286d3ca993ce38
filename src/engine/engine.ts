/** What the rest of the program knows of an engine. */
import type { EngineName } from '../common/engineWords';
import type { Launched } from './declaration';

export { ENGINE_NAMES, type EngineName } from '../common/engineWords';
export type EngineChoice = EngineName | 'auto';

/** An engine that is running in this process: TensorFlow.js's operations now go to it. */
export interface Engine extends Launched {
  readonly name: EngineName;
  /** Why this one was taken, for a person to read. */
  readonly reason: string;
}

/** What `epochlens engines` says of one engine. */
export type EngineReport =
  | {
      readonly name: EngineName;
      readonly usable: true;
      readonly version: string;
      readonly device: string;
      readonly selfTestMilliseconds: number;
    }
  | { readonly name: EngineName; readonly usable: false; readonly reason: string; readonly advice?: string };
