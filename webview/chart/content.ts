export interface ChartContent {
  /** The chart's option for ECharts. */
  readonly option: Readonly<Record<string, unknown>>;
  /** The epochs that the arrow keys step through, ascending. */
  readonly epochs: readonly number[];
  /** A point at an epoch, where the pointer's line is drawn; undefined where there is none. */
  readonly pointAt: (epoch: number) => { readonly seriesIndex: number; readonly dataIndex: number } | undefined;
}
