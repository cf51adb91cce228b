/**
 * The driver of SQL Server, loaded with the first company: a service without an ERP never needs it. Of what the driver loads itself, the
 * libraries for signing in at Azure's directory are left out, half of all its files: companies sign in by password, which
 * is all that a company's address can say (src/values/server-address.ts). Why so: docs/decisions/start.md.
 */
import { createRequire, Module } from 'node:module';
import type mssql from 'mssql';

const directoryLogin = '@azure/identity';

let loaded: typeof mssql | undefined;

export function driver(): typeof mssql {
  return (loaded ??= load());
}

function load(): typeof mssql {
  const own = createRequire(import.meta.url);
  const drivers = createRequire(createRequire(own.resolve('mssql')).resolve('tedious'));
  const path = drivers.resolve(directoryLogin);
  // Whoever asks for it now is answered what stands here, and its file is not read.
  own.cache[path] ??= Object.assign(new Module(path), { loaded: true });
  return own('mssql') as typeof mssql;
}
