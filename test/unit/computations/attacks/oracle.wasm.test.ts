import { startWasm } from '../../../../src/engine/wasm/start';
import { describeOracle } from './oracle.suite';

// It is the slower engine: single steps, and one attack of several.
describeOracle(startWasm, 400);
