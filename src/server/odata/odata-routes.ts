/** The addresses of OData: `/odata/`, its metadata, and its sets. */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Forbidden } from '../../errors.ts';
import { largestPage, type OData, type OdataAnswer } from '../../exports/odata/odata.ts';
import { readOptions } from '../../exports/odata/options.ts';
import type { Writing } from '../../exports/odata/payload.ts';
import type { Actor } from '../../request.ts';
import type { Callers } from '../../users/callers.ts';
import { answer, type Exchange } from '../http/exchange.ts';
import type { Routes } from '../http/http-server.ts';
import { contentTypeOf, formAsked, pageSizePreferred, requireVersion } from './negotiation.ts';
import { odataRefusal, odataRoot, versionHeader } from './odata-errors.ts';

interface OdataRouteParts {
  readonly odata: OData;
  readonly callers: Callers;
  /** Where callers reach the service; undefined: under the name that they used. */
  readonly publicUrl: string | undefined;
}

function requireExports({ access }: Actor): void {
  if (access.permissions.has('exports.run')) return;
  throw new Forbidden([{ path: 'odata', code: 'PERMISSION', message: 'needs exports.run' }]);
}

/** The door has looked at the name already. */
const baseOf = ({ headers }: IncomingMessage, publicUrl: string | undefined): string =>
  new URL(`${odataRoot.slice(1)}/`, publicUrl ?? `http://${headers.host}/`).href;

function headersOf(given: OdataAnswer, writing: Writing, pageSize: number | undefined): OutgoingHttpHeaders {
  switch (given.form) {
    case 'nothing':
      return {};
    case 'xml':
      return { 'content-type': 'application/xml;charset=utf-8' };
    case 'text':
      return { 'content-type': 'text/plain;charset=utf-8' };
    case 'json':
      return {
        'content-type': contentTypeOf(writing),
        ...(pageSize !== undefined && { 'preference-applied': `odata.maxpagesize=${pageSize}` }),
        ...(given.notOffered.length > 0 && { 'x-kartoteka-not-offered': given.notOffered.join(', ') }),
      };
  }
}

export function odataRoutes({ odata, callers, publicUrl }: OdataRouteParts): Routes {
  const send = async (exchange: Exchange, signal: AbortSignal): Promise<void> => {
    const { request, path, search, requestId } = exchange;
    const actor = await callers.identify(request, signal, requestId);
    requireExports(actor);
    requireVersion(request.headers);
    const { $format: format, ...others } = readOptions(search);
    const asked = path.slice(odataRoot.length + 1);
    // The metadata and a count have one form each, whatever would be taken.
    const oneForm = /(^|\/)\$(metadata|count)$/.test(asked);
    const form = oneForm ? formAsked(undefined, undefined) : formAsked(format, request.headers.accept);
    const pageSize = pageSizePreferred(request.headers.prefer, largestPage);
    const writing: Writing = { ...form, base: baseOf(request, publicUrl) };
    const options = format === undefined ? others : { ...others, $format: format };
    const given = await odata.answer({ path: asked, options, actor, writing, pageSize, signal });
    const headers = { ...versionHeader, ...headersOf(given, writing, pageSize) };
    if (given.form === 'nothing') answer(exchange, 204, headers);
    else answer(exchange, 200, headers, given.body);
  };
  const handle = async (exchange: Exchange): Promise<void> => {
    const hungUp = new AbortController();
    exchange.response.once('close', () => hungUp.abort());
    try {
      await send(exchange, hungUp.signal);
    } catch (fault) {
      // What breaks off because nobody waits for it is no fault.
      if (hungUp.signal.aborted && !exchange.response.headersSent) return;
      throw odataRefusal(fault) ?? fault;
    }
  };
  const methods = { GET: handle, HEAD: handle };
  return { [odataRoot]: methods, [`${odataRoot}/`]: methods, [`${odataRoot}/*`]: methods };
}
