import { startWasm } from '../../../../src/engine/wasm/start';
import { describeOracle } from './oracle.suite';

describeOracle(startWasm);
