// Describes the machine on which the figures were measured.
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';

/** The first line of a command's output, or a note that the command is missing. */
function says(command, ...args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
      .split('\n')[0]
      .trim();
  } catch {
    return `${command} is missing`;
  }
}

/** Properties of the machine, and versions of the programs, by name. */
export function machine() {
  const [processor] = cpus();
  return {
    Processor: `${cpus().length} × ${processor.model.trim()}`,
    Memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    Kernel: release(),
    'File system': says('stat', '--file-system', '--format=%T', '.'),
    Hugo: says('hugo', 'version').replace(/^hugo /, ''),
    goaccess: says('goaccess', '--version').replace(/^GoAccess - |\.$/g, ''),
    Chromium: says(process.env.CHROMIUM ?? '/usr/bin/chromium', '--version', '--no-sandbox').replace(/^Chromium /, ''),
    rustc: says('rustc', '--version').replace(/^rustc /, ''),
    Node: process.version,
    gisa: says('git', 'describe', '--always', '--dirty'),
  };
}
