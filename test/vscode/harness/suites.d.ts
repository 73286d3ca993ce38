/** Every suite of a kind; see `suitesPlugin` in `build.mjs`. */
declare module 'suites:driven' {}
declare module 'suites:inside' {}
