/**
 * What lies in the folders that are offered: reports and linked reports, as REST v2.0 lists them, folder by folder and page by page. Hidden
 * ones are left out, and so is what lies in hidden folders.
 */
import { z } from 'zod';
import { RecordNotFound } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { SsrsConfig } from '../../ssrs-config.ts';
import { refusalOf } from './error-page.ts';
import { parameterDefinitions, parameterOf, type SsrsParameter } from './parameters.ts';
import { jsonOf, textOf, type ServerLine } from './server-line.ts';
import { NotReportServer, ReportAccessDenied } from './ssrs-errors.ts';

export interface SsrsReport {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly isLinked: boolean;
  /** Those of the nearest configured folder above it. */
  readonly roles: readonly string[];
}

const item = z.object({
  Id: z.string(),
  Name: z.string(),
  Path: z.string().startsWith('/'),
  Type: z.string(),
  Description: z.string().nullish(),
  Hidden: z.boolean().nullish(),
});
type Item = z.output<typeof item>;

const itemPage = z.object({ value: z.array(item), '@odata.nextLink': z.string().optional() });

const mostFolders = 500;
const mostReports = 10_000;
const mostPages = 1_000;

/** The report server does not tell small letters from capital ones in paths. */
const folded = (path: string): string => path.toLowerCase();
const isInside = (path: string, folder: string): boolean =>
  folder === '/' || folded(path).startsWith(`${folded(folder)}/`);

/** Undefined: it lies in none of the folders. */
function rolesOfPath(path: string, folders: SsrsConfig['folders']): readonly string[] | undefined {
  const [nearest] = Object.keys(folders)
    .filter((folder) => isInside(path, folder))
    .sort((one, other) => other.length - one.length);
  return nearest === undefined ? undefined : folders[nearest];
}

const quoted = (path: string): string => `Path='${encodeURIComponent(path.replaceAll("'", "''"))}'`;

export class Catalogue {
  constructor(
    private readonly config: Pick<SsrsConfig, 'restUrl' | 'folders'>,
    private readonly line: ServerLine,
    private readonly log: Log,
  ) {}

  /** By path. A configured folder that is not there, or not for our account, is left out, and the log says so. */
  async reports(signal: AbortSignal): Promise<readonly SsrsReport[]> {
    const found = new Map<string, SsrsReport>();
    const walked = new Set<string>();
    const toWalk = Object.keys(this.config.folders);
    let hasAny = false;
    for (let folder = toWalk.shift(); folder !== undefined; folder = toWalk.shift()) {
      if (walked.has(folded(folder)) || walked.size >= mostFolders) continue;
      walked.add(folded(folder));
      const children = await this.children(folder, signal);
      hasAny ||= children !== undefined;
      for (const child of children ?? []) {
        if (child.Hidden === true) continue;
        if (child.Type === 'Folder') toWalk.push(child.Path);
        const report = this.reportOf(child);
        if (report && found.size < mostReports) found.set(folded(report.path), report);
      }
    }
    if (!hasAny) throw new NotReportServer('has none of the configured folders for this service');
    return [...found.values()].sort((one, other) => one.path.localeCompare(other.path, 'en'));
  }

  async parameters(report: SsrsReport, signal: AbortSignal): Promise<readonly SsrsParameter[]> {
    const set = report.isLinked ? 'LinkedReports' : 'Reports';
    const address = `${this.config.restUrl}/${set}(${quoted(report.path)})/ParameterDefinitions`;
    const answer = await this.read(new URL(address), report.path, signal);
    const parsed = parameterDefinitions.safeParse(answer);
    if (!parsed.success) throw new NotReportServer('describes parameters in another way');
    return parsed.data.value.map(parameterOf);
  }

  private reportOf({ Id, Name, Path, Type, Description }: Item): SsrsReport | undefined {
    const roles = rolesOfPath(Path, this.config.folders);
    if (roles === undefined || (Type !== 'Report' && Type !== 'LinkedReport')) return undefined;
    const description = Description?.trim() ? Description.trim() : undefined;
    return { id: Id, path: Path, name: Name, description, isLinked: Type === 'LinkedReport', roles };
  }

  private async children(folder: string, signal: AbortSignal): Promise<readonly Item[] | undefined> {
    try {
      return await this.pages(
        `${this.config.restUrl}/Folders(${quoted(folder)})/CatalogItems`,
        folder,
        signal,
      );
    } catch (error) {
      if (!(error instanceof RecordNotFound || error instanceof ReportAccessDenied)) throw error;
      this.log.warn({ folder, code: error.code }, 'folder of the report server left out');
      return undefined;
    }
  }

  private async pages(address: string, folder: string, signal: AbortSignal): Promise<readonly Item[]> {
    const items: Item[] = [];
    const url = new URL(address);
    for (let page = 0; page < mostPages; page += 1) {
      const parsed = itemPage.safeParse(await this.read(url, folder, signal));
      if (!parsed.success) throw new NotReportServer('lists folders in another way');
      items.push(...parsed.data.value);
      const next = parsed.data['@odata.nextLink'];
      if (next === undefined || !URL.canParse(next, url.href) || items.length >= mostReports) return items;
      // Only where it goes on is taken from it: its host is the server's name for itself, and our login goes to no other than we were told.
      const { search } = new URL(next, url);
      if (search === url.search) return items;
      url.search = search;
    }
    return items;
  }

  private async read(url: URL, path: string, signal: AbortSignal): Promise<unknown> {
    const answer = await this.line.ask({ url }, signal);
    if (answer.status === 200) return jsonOf(answer);
    const page = await textOf(answer, 65_536);
    if (answer.status === 404) throw new RecordNotFound('report', path);
    throw refusalOf({ status: answer.status, page }, { path, format: '', parameters: [] });
  }
}
