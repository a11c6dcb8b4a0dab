import { defineConfig } from '@playwright/test';

/** Articles on paper: the built newspaper (`GISA_DIST`, by default `dist/`), printed by Chromium, Firefox and WebKit. */
export default defineConfig({
  testDir: '.',
  globalSetup: './setup.ts',
  outputDir: '../../test-results/paper',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A test prints many articles.
  timeout: 240_000,
  reporter: process.env.CI ? 'line' : 'list',
});
