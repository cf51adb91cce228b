/** The explorer's own page, script and icon. No inline script, so that the page's policy can forbid them all. */
import { examples } from './examples.ts';
import type { Example } from './examples.ts';

export const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kartoteka</title>
<link rel="icon" href="/explorer/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/explorer/graphiql.css">
<link rel="stylesheet" href="/explorer/page.css">
</head>
<body>
<div id="explorer">Loading the explorer&hellip;</div>
<noscript>The explorer needs JavaScript. The API itself is at <code>POST /graphql</code>.</noscript>
<script src="/explorer/react.js"></script>
<script src="/explorer/react-dom.js"></script>
<script src="/explorer/graphiql.js"></script>
<script src="/explorer/start.js"></script>
</body>
</html>
`;

export const pageStyle = `html, body { height: 100%; margin: 0; overflow: hidden; }
#explorer { height: 100vh; }
.kartoteka-name { font-weight: 600; letter-spacing: 0.02em; }
.kartoteka-token { width: 16em; margin-left: 1em; padding: 0.3em 0.6em; font: inherit; font-size: 0.8em; border: 1px solid #8884; border-radius: 4px; }
`;

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
<rect x="1" y="3" width="14" height="11" rx="1.5" fill="#1f6f5c"/><rect x="3" y="1" width="6" height="3" rx="1" fill="#1f6f5c"/>
<path d="M4 7h8M4 10h5" stroke="#fff" stroke-width="1.4" stroke-linecap="round"/></svg>
`;

const tabOf = ({ title, query, variables }: Example) => ({
  query: `# ${title}\n\n${query}\n`,
  variables: variables ? JSON.stringify(variables, null, 2) : '',
});

/** Runs in the browser; React, ReactDOM and GraphiQL are the globals of their builds for the web. */
export const startScript = `'use strict';
const tabs = ${JSON.stringify(examples.map(tabOf), null, 2)};
// GraphiQL fills the first tab's query from its tabs, but its variables only from what it kept of an earlier visit.
if (localStorage.getItem('graphiql:tabState') === null) localStorage.setItem('graphiql:variables', tabs[0].variables);
// Kept while this tab is open, and by no other: a token must not outlive its use in a browser's storage.
const kept = 'kartoteka:token';
const token = sessionStorage.getItem(kept);
const withToken = (address, options) => {
  const headers = new Headers(options.headers);
  if (token && !headers.has('authorization')) headers.set('authorization', 'Bearer ' + token);
  return fetch(address, { ...options, headers });
};
const keep = (event) => {
  const given = event.target.value.trim().replace(/^Bearer +/i, '');
  if (given) sessionStorage.setItem(kept, given);
  else sessionStorage.removeItem(kept);
  // The schema is asked for once, at the start, and without a token it may not be told.
  location.reload();
};
const tokenField = React.createElement('input', {
  className: 'kartoteka-token',
  type: 'password',
  autoComplete: 'off',
  spellCheck: false,
  placeholder: 'Access token or API key',
  title: 'Where a login is configured: sent with each request, and forgotten when this tab is closed',
  'aria-label': 'Access token or API key',
  defaultValue: token ?? '',
  onBlur: (event) => event.target.value.trim() !== (token ?? '') && keep(event),
  onKeyDown: (event) => event.key === 'Enter' && keep(event),
});
const name = React.createElement(GraphiQL.Logo, null, React.createElement('span', { className: 'kartoteka-name' }, 'Kartoteka'), tokenField);
const explorer = React.createElement(
  GraphiQL,
  { fetcher: GraphiQL.createFetcher({ url: '/graphql', fetch: withToken }), defaultTabs: tabs, defaultEditorToolsVisibility: 'variables' },
  name,
);
ReactDOM.createRoot(document.getElementById('explorer')).render(explorer);
`;
