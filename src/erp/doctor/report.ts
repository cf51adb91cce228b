/** Findings as they are printed: a line each, and a summary that a tired administrator reads first. */
import type { CompanyConfig } from '../../company-config.ts';
import { counted, levels, listed, type Finding } from './findings.ts';

export interface CompanyReport {
  readonly company: string;
  readonly name: string;
  readonly findings: readonly Finding[];
}

const widest = 'references'.length;

export const heading = ({ key, name }: Pick<CompanyConfig, 'key' | 'name'>): string => `${key}: ${name}\n`;

export const line = ({ level, area, message }: Finding): string =>
  `  ${level.padEnd(5)}  ${area.padEnd(widest)}  ${message}\n`;

const number = (findings: readonly Finding[], wanted: Finding['level']): number =>
  findings.filter(({ level }) => level === wanted).length;

const summaryOf = ({ company, findings }: CompanyReport): string => {
  const [ok = 0, notes = 0, warnings = 0, faults = 0] = levels.map((level) => number(findings, level));
  const parts = [`${ok} OK`, counted(notes, 'note'), counted(warnings, 'warning'), counted(faults, 'fault')];
  return `${company}: ${parts.join(', ')}\n`;
};

export const isSound = (reports: readonly CompanyReport[]): boolean =>
  reports.every(({ findings }) => number(findings, 'FAULT') === 0);

export function summary(reports: readonly CompanyReport[]): string {
  const faulty = reports.filter((report) => !isSound([report])).map(({ company }) => company);
  const verdict = faulty.length === 0 ? 'No faults.' : `Faults at ${listed(faulty)}.`;
  return `\n${reports.map(summaryOf).join('')}${verdict}\n`;
}

export const asJson = (reports: readonly CompanyReport[]): string =>
  `${JSON.stringify({ sound: isSound(reports), companies: reports }, null, 2)}\n`;
