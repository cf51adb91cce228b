/** How far a command has come, told on the error output: a bar on a terminal, a line for each tenth in a file. */

const width = 30;

export function progressBar(began: number) {
  const terminal = process.stderr.isTTY;
  let told = '';
  return (step: string, done: number, all: number, note = ''): void => {
    const share = all === 0 ? 1 : Math.min(1, done / all);
    const filled = Math.round(share * width);
    const seconds = Math.round((performance.now() - began) / 1_000);
    const line = `${step.padEnd(10)} [${'#'.repeat(filled)}${'.'.repeat(width - filled)}] ${Math.min(done, all)} of ${all}${note}, ${seconds} s`;
    const tenth = `${step} ${Math.floor(share * 10)}`;
    if (terminal) process.stderr.write(`\r${line}\u001b[K`);
    else if (tenth !== told) process.stderr.write(`${line}\n`);
    told = tenth;
  };
}
