/** What the rest of the program knows of an engine. */
export const ENGINE_NAMES = ['tensorflow', 'wasm'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
export type EngineChoice = EngineName | 'auto';

/** An engine that is running in this process: TensorFlow.js's operations now go to it. */
export interface Engine {
  readonly name: EngineName;
  /** The version of what computes, such as "TensorFlow 2.21.0" or "tfjs-backend-wasm 4.22.0". */
  readonly version: string;
  /** "CPU" or the graphics card's name. */
  readonly device: string;
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
