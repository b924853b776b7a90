/**
 * Milliseconds of processor time that this thread has used: what deadlines of searches count in. A
 * busy machine makes answers late, not poorer, and the same search finds the same books.
 * Systems tick about every 4 ms; reading it costs 2 µs.
 */
export function threadTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
