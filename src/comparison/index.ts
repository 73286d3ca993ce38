/** Runs beside each other: what is known of them, as columns, rows and recipes. Pure: pages take it, too. */
export * from './arrange';
export * from './columns';
export * from './engines';
export * from './facts';
export * from './recipes';
export * from './rows';
export * from './settings';
export * from './sweepBaseline';
export * from './thinned';
export { recipesCsv, runsCsv, type CsvOptions } from './formats/csv';
export { latexTable } from './formats/latex';
export { markdownTable, plainValue } from './formats/markdown';
export {
  printedDifference,
  printedTable,
  printedValue,
  type PrintedCell,
  type PrintedTable,
  type PrintedValue,
  type Printing,
} from './formats/printed';
