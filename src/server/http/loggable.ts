/**
 * What of an unknown fault may be written down: where it happened, and which kind it was. Messages of databases quote the
 * values of the statement, so of their faults only the codes and names that hold none are kept.
 */
type Fields = Readonly<Record<string, unknown>>;

/** Marks that pg, TypeORM and the SQL Server driver leave on their errors. */
const databaseMarks = ['severity', 'driverError', 'query', 'sqlState', 'lineNumber', 'procName'];
/** Names and codes only: `detail`, `where` and `hint` of PostgreSQL may hold values. */
const valueFree = [
  'code',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'number',
  'state',
];

function plainFields(fault: Fields): Fields {
  const kept = valueFree.flatMap((name) => {
    const value = fault[name];
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(kept);
}

/** The stack begins with the message, and a line of the message can look like a frame. */
const frames = ({ stack = '', message }: Error): string[] =>
  stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 20);

/** Deeper chains of causes tell nothing new. */
const maximumCauses = 4;

export function loggable(fault: unknown, depth = 0): Fields {
  if (!(fault instanceof Error)) return { thrown: typeof fault };
  const fields: Fields = { ...fault, name: fault.name };
  const fromDatabase = databaseMarks.some((mark) => mark in fault);
  const cause = fields.driverError ?? fault.cause;
  return {
    name: fault.name,
    ...plainFields(fields),
    ...(fromDatabase ? {} : { message: fault.message.slice(0, 500) }),
    stack: frames(fault),
    ...(cause !== undefined && depth < maximumCauses ? { cause: loggable(cause, depth + 1) } : {}),
  };
}
