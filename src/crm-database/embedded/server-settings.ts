/**
 * The server's settings, given on its command line at each start: what this version of the service needs holds, whatever
 * an older one wrote to the cluster's files.
 */
export function serverSettings(port: number, durable: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // Socket paths are short and their folders shared; loopback with a password serves every client.
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What fails is told to the service, which made the statement. The server's log holds its life only: no statements,
    // no values (errors and their details quote them), and so it stays small.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
