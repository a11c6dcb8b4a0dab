/** Writes the newspaper with the hard articles before the tests. */
import { DIST, GISA } from '../e2e/support.ts';
import { HARD, writeHardNewspaper } from './hard-articles.ts';

export default function setUp(): void {
  writeHardNewspaper(HARD, DIST, GISA);
}
