import type { EngineName } from '../common/engineWords';
import type { EngineDeclaration } from './declaration';
import { tensorflow } from './tensorflow/tensorflow';
import { wasm } from './wasm/wasm';

/** Every engine, by its name in files. Its word for a person stands in `common/engineWords.ts`. */
export const ENGINES: Readonly<Record<EngineName, EngineDeclaration>> = { tensorflow, wasm };
