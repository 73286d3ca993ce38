import { startWasm } from '../../../src/engine/wasm/start';
import { describeInputOracle } from './inputOracle.suite';

describeInputOracle(startWasm);
