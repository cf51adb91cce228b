/** The arrows of the house: main → server → rooms → ground floor; a parent never imports its child; no circles. */
const ground =
  '^src/(config|company-config|json-setting|login-config|ssrs-config|log|errors|request|at-once|access/access|access/permission|access/roles)\\.ts$|^src/(values|crm-database|reads|storage)/';
const composition = '^src/(main\\.ts|server/)';

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-orphans', severity: 'error', from: { orphan: true, pathNot: '\\.d\\.ts$' }, to: {} },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      name: 'only-main-and-server-import-server',
      severity: 'error',
      from: { pathNot: composition },
      to: { path: '^src/server/' },
    },
    {
      name: 'ground-floor-knows-no-room',
      comment: 'What everybody stands on must not lean on anybody.',
      severity: 'error',
      from: { path: ground },
      to: { path: '^src/', pathNot: ground },
    },
    {
      name: 'parents-do-not-import-children',
      severity: 'error',
      from: { path: '^src/(clients|erp)/[^/]+\\.ts$' },
      to: { path: '^src/$1/[^/]+/' },
    },
    {
      name: 'erp-knows-only-the-client-type',
      severity: 'error',
      from: { path: '^src/erp/' },
      to: {
        path: '^src/(clients|card-types|changes|users|features|sample)/',
        pathNot: '^src/clients/client\\.type\\.ts$',
      },
    },
    {
      name: 'clients-know-erp-only-through-accounts',
      severity: 'error',
      from: { path: '^src/clients/', pathNot: '^src/clients/(erp-accounts|history)/' },
      to: { path: '^src/erp/' },
    },
    {
      name: 'records-know-no-features',
      comment: 'Whatever has features reaches them by the port in src/changes.',
      severity: 'error',
      from: {
        path: '^src/(clients|card-types|changes|users)/',
        pathNot: '^src/clients/(merge|history|search)/',
      },
      to: { path: '^src/features/' },
    },
    {
      name: 'only-the-pool-knows-mssql',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/erp/pool[^/]*\\.ts$' },
      to: { path: 'node_modules/(mssql|tedious)/' },
    },
    {
      name: 'the-sandbox-stands-alone',
      severity: 'error',
      from: { path: '^src/sandbox-erp/' },
      to: { path: '^src/', pathNot: '^src/sandbox-erp/' },
    },
    {
      name: 'only-composition-and-sample-know-the-sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: `${composition}|^src/sandbox-erp/` },
      to: { path: '^src/sandbox-erp/' },
    },
    {
      name: 'nobody-knows-the-sample',
      severity: 'error',
      from: { path: '^src/', pathNot: `${composition}|^src/sample/` },
      to: { path: '^src/sample/' },
    },
    {
      name: 'services-know-no-graphql',
      severity: 'error',
      from: { path: '\\.(service|reader|entity|read|kind)\\.ts$' },
      to: { path: 'node_modules/(graphql|type-graphql|@apollo)/' },
    },
    {
      name: 'resolvers-see-no-database',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: 'node_modules/(pg|typeorm|mssql)/|^src/crm-database/' },
    },
    {
      name: 'nothing-from-development',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
