/**
 * Tests that are written but not part of the default run yet, with the reason; `GISA_E2E=all` runs them too. An entry goes
 * when its test has been seen to pass on the production build.
 */
export const pendingTests: [title: RegExp, reason: string][] = [
  [/comes last, the rest stays put at 1280×1600/, 'fails: skeletons are lower than what takes their place'],
  [/tells two visits of the same page apart/, 'fails: places are kept by address, not by history entry'],
  [/returns to the place on a page whose own link was followed/, 'fails: places are kept by address'],
  [/an address that is typed starts at the top/, 'fails: a stored place is restored on every load'],
  [/to the list pressed with Ctrl/, 'mended, not seen to pass yet'],
  [/ranking at 360 px keeps every text readable/, 'fails: rank and headline overlap at 200 %'],
];

/** Whole files that have not been seen to pass on the present production build. */
export const pendingFiles: [file: string, reason: string][] = [
  ['bad-input.spec.ts', 'a retry after an answer of the wrong shape was mended, not run again yet'],
  ['pages.spec.ts', 'not run on the present build yet'],
  ['print.spec.ts', 'not run on the present build yet'],
  ['semantics.spec.ts', 'not run on the present build yet'],
  ['wordpress.spec.ts', 'not run on the present build yet'],
];
