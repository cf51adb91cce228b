/**
 * The explorer at `/`: GraphiQL with ready-made examples, from this process alone, so that it works without the internet.
 * The files come out of the installed packages by a fixed table: no address is ever turned into a path.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { OutgoingHttpHeaders } from 'node:http';
import { answer } from '../http/exchange.ts';
import type { Exchange } from '../http/exchange.ts';
import type { Handler, Routes } from '../http/http-server.ts';
import { icon, page, pageStyle, startScript } from './page.ts';

interface Asset {
  readonly type: string;
  readonly read: () => Promise<Buffer>;
}

interface Loaded {
  readonly plain: Buffer;
  readonly compressed: Buffer;
  readonly etag: string;
}

const installed = createRequire(import.meta.url);

/** Packages do not export their builds for the web; what they all export is their description beside them. */
const fromPackage = (name: string, file: string, type: string): Asset => ({
  type,
  read: () => readFile(join(dirname(installed.resolve(`${name}/package.json`)), file)),
});

const fromText = (text: string, type: string): Asset => ({
  type,
  read: () => Promise.resolve(Buffer.from(text)),
});

const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

const assets: Readonly<Record<string, Asset>> = {
  '/': fromText(page, 'text/html; charset=utf-8'),
  '/explorer/start.js': fromText(startScript, script),
  '/explorer/page.css': fromText(pageStyle, style),
  '/explorer/icon.svg': fromText(icon, 'image/svg+xml'),
  '/explorer/react.js': fromPackage('react', 'umd/react.production.min.js', script),
  '/explorer/react-dom.js': fromPackage('react-dom', 'umd/react-dom.production.min.js', script),
  '/explorer/graphiql.js': fromPackage('graphiql', 'graphiql.min.js', script),
  '/explorer/graphiql.css': fromPackage('graphiql', 'graphiql.min.css', style),
};

/** Nothing from elsewhere, no inline script. GraphiQL's dialogs write style elements, and its sheet carries its fonts. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const fixedHeaders: OutgoingHttpHeaders = {
  'cache-control': 'no-cache',
  'content-security-policy': policy,
  vary: 'accept-encoding',
};

const compress = promisify(gzip);

async function load(asset: Asset): Promise<Loaded> {
  const plain = await asset.read();
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { plain, compressed: await compress(plain), etag: `W/"${hash}"` };
}

function sendAsset(exchange: Exchange, type: string, { plain, compressed, etag }: Loaded): void {
  const { headers } = exchange.request;
  const known = (headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim());
  if (known.includes(etag)) {
    answer(exchange, 304, { ...fixedHeaders, etag });
    return;
  }
  const packed = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(headers['accept-encoding'] ?? ''));
  const encoding = packed ? { 'content-encoding': 'gzip' } : {};
  answer(
    exchange,
    200,
    { ...fixedHeaders, ...encoding, 'content-type': type, etag },
    packed ? compressed : plain,
  );
}

function serveAsset(asset: Asset): Handler {
  let loading: Promise<Loaded> | undefined;
  return async (exchange) => {
    loading ??= load(asset).catch((fault: unknown) => {
      loading = undefined;
      throw fault;
    });
    sendAsset(exchange, asset.type, await loading);
  };
}

export function explorerRoutes(): Routes {
  return Object.fromEntries(
    Object.entries(assets).map(([path, asset]) => {
      const serve = serveAsset(asset);
      return [path, { GET: serve, HEAD: serve }];
    }),
  );
}
