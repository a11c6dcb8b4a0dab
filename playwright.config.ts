import { defineConfig } from '@playwright/test';

const PLAYWRIGHT_TURNS_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay',
  'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect', 'OptimizationHints',
  'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch',
];

/** The end-to-end tests: the built newspaper (`GISA_DIST`, by default `dist/`) in the system's Chromium. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/e2e/backends.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'ko-KR',
    // Not the newspaper's: a date in the reader's time zone would show.
    timezoneId: 'America/New_York',
    colorScheme: 'light',
    actionTimeout: 10_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // Each window would load two pages of Chromium's own for the suggestions under its address bar. The option counts
        // once: the others are those that Playwright turns off.
        `--disable-features=${['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', ...PLAYWRIGHT_TURNS_OFF].join()}`,
        // Nothing outside the test's own servers can be reached, on a developer's machine as in CI.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    },
  },
});
