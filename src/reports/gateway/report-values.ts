/** The values of a run: what callers gave, what is filled in from the client, and what stands where nothing was given; all that is wrong told at once. */
import { InputRejected, type Problem } from '../../errors.ts';
import type { ReportParameter, ReportValueType } from '../report.ts';
import { asBound, faultOfValue } from '../sql-reports/report-values.ts';

export type GivenValues = ReadonlyMap<string, readonly string[]>;

/** What is asked of a report. */
export interface Asked {
  /** Public id of a card. */
  readonly client: string | undefined;
  readonly company: string | undefined;
  readonly given: GivenValues;
  /** Where callers gave a parameter. */
  readonly pathOf: (name: string) => string;
}

const longest = 512;

interface Filling {
  readonly parameters: readonly ReportParameter[];
  readonly given: GivenValues;
  /** By the names of the parameters that are filled in. */
  readonly fromClient: GivenValues;
  /** Of those whose choices were asked for. */
  readonly choices: GivenValues;
  /** Where callers gave them. */
  readonly pathOf: (name: string) => string;
}

class Filler {
  readonly problems: Problem[] = [];

  constructor(private readonly filling: Filling) {}

  object(name: string, code: string, message: string): void {
    this.problems.push({ path: this.filling.pathOf(name), code, message });
  }

  valuesOf(parameter: ReportParameter): readonly string[] {
    const { name, type, required, multiple, fromClient, defaults } = parameter;
    if (fromClient !== null) {
      const filled = this.filling.fromClient.get(name) ?? [];
      if (!multiple && filled.length > 1)
        this.object(name, 'ONE_VALUE', `takes one value, and the client has ${filled.length}`);
      if (required && filled.length === 0)
        this.object(name, 'NOT_KNOWN', 'the client has none of what it is filled in with');
      return this.read(name, type, filled);
    }
    const given = this.filling.given.get(name) ?? [];
    if (given.length === 0) {
      if (required && defaults === null) this.object(name, 'REQUIRED', 'is needed');
      return defaults ?? [];
    }
    if (!multiple && given.length > 1) this.object(name, 'ONE_VALUE', `takes one value, not ${given.length}`);
    if (given.length > longest) this.object(name, 'TOO_MANY', `takes at most ${longest} values`);
    const values = this.read(name, type, given.slice(0, longest));
    const choices = parameter.choices ?? this.filling.choices.get(name);
    // Those from the database may tell of more than the caller sees.
    const told = parameter.choices ? `: ${choices?.slice(0, 50).join(', ').slice(0, 500)}` : '';
    if (choices && values.some((value) => !choices.includes(value)))
      this.object(name, 'CHOICE', `is none of the choices${told}`);
    return values;
  }

  private read(name: string, type: ReportValueType, texts: readonly string[]): readonly string[] {
    return texts.flatMap((text) => {
      const value = asBound(type, text);
      const fault = faultOfValue(type, value);
      if (!fault) return [value];
      this.object(name, fault.code, fault.message);
      return [];
    });
  }
}

/** Throws InputRejected. */
export function filledValues(filling: Filling): GivenValues {
  const filler = new Filler(filling);
  for (const name of filling.given.keys()) {
    const parameter = filling.parameters.find((one) => one.name === name);
    if (!parameter)
      filler.object(
        name,
        'PARAMETER',
        `is no parameter of the report: there are ${
          filling.parameters
            .filter(({ fromClient }) => fromClient === null)
            .map((one) => one.name)
            .join(', ') || 'none'
        }`,
      );
    else if (parameter.fromClient !== null)
      filler.object(name, 'FROM_CLIENT', 'is filled in from the client and cannot be given');
  }
  const values = new Map(
    filling.parameters.map((parameter) => [parameter.name, filler.valuesOf(parameter)] as const),
  );
  if (filler.problems.length > 0) throw new InputRejected(filler.problems);
  return values;
}
