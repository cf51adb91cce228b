/**
 * Who reports on the CRM read as: a role that may read what is listed here and nothing else, whatever the text of a report says. Seen to at
 * each start rather than by a migration: a role belongs to the whole server, so a database that was restored elsewhere comes without it, and an
 * administrator may make it later. Where the login may not make roles the service starts all the same, and such reports are refused.
 */

export const reportRole = 'kartoteka_report';

/** Columns of tables that are not to be read whole. */
const columnsOf: Readonly<Record<string, readonly string[]>> = {
  // Who signs in as whom is not for reports.
  user_account: ['id', 'name', 'email', 'active', 'created_at', 'deleted_at'],
};

const readable = [
  'attachment',
  'attachment_revision',
  'card_type',
  'client',
  'client_merge',
  'contact',
  'delivery_place',
  'erp_account',
  'event',
  'event_attendee',
  'event_participant',
  'feature_definition',
  'feature_value',
  'note',
  'recipient',
  'user_account',
] as const;

/** The relations of the CRM that reports may read, as their texts may spell them. */
export const crmReportTables: ReadonlySet<string> = new Set(
  readable.flatMap((table) => [table, `public.${table}`]),
);

/**
 * Several databases of one server may see to it at the same moment, and so whoever finds it made or changed meanwhile goes on. What may be
 * read is granted only where it is not yet, since rights are written to the catalogue each time.
 *
 * set_config could undo SET ROLE in the middle of a query, which functions that run a query's text would then use. Only a superuser can take it
 * from everybody; elsewhere the login's own rights are what is left behind the check.
 */
const steps = [
  `IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${reportRole}') THEN
    CREATE ROLE ${reportRole} NOLOGIN NOINHERIT;
  END IF`,
  `IF NOT pg_has_role(current_user, '${reportRole}',
      CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) THEN
    EXECUTE format('GRANT ${reportRole} TO %I', current_user);
  END IF`,
  `IF NOT has_schema_privilege('${reportRole}', 'public', 'USAGE') THEN
    GRANT USAGE ON SCHEMA public TO ${reportRole};
  END IF`,
  ...readable.map((table) => {
    const columns = columnsOf[table];
    const granted =
      columns === undefined
        ? `has_table_privilege('${reportRole}', 'public.${table}', 'SELECT')`
        : columns
            .map(
              (column) => `has_column_privilege('${reportRole}', 'public.${table}', '${column}', 'SELECT')`,
            )
            .join(' AND ');
    const list = columns === undefined ? '' : ` (${columns.join(', ')})`;
    return `IF NOT (${granted}) THEN GRANT SELECT${list} ON public.${table} TO ${reportRole}; END IF`;
  }),
  `IF (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
      AND has_function_privilege('${reportRole}', 'pg_catalog.set_config(text, text, boolean)', 'EXECUTE') THEN
    REVOKE EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) FROM PUBLIC;
  END IF`,
];

/** One script; each step by itself, so that what one login may not do does not keep the others from being done. */
export const reportRoleScript = `DO $role$ BEGIN
${steps
  .map(
    (step) => `  BEGIN ${step};
  EXCEPTION
    WHEN duplicate_object OR unique_violation OR insufficient_privilege OR undefined_object OR internal_error THEN NULL;
  END;`,
  )
  .join('\n')}
END $role$`;
