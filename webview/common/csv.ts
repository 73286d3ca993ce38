/** Tables for other programs. */
export { csvText } from '../../src/common/csvText';
