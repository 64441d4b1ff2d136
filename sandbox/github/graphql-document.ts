/**
 * GraphQL documents, as far as programs send them here: one operation with variables, fields, aliases, arguments, selections and
 * inline fragments. No other fragments, no directives.
 */

import { GraphqlProblem } from './graphql-errors.ts';

/** A field that is asked for. */
export interface Field {
  readonly name: string;
  /** How it is called in the answer. */
  readonly alias: string;
  /** Asked of things of this type alone; null: of all. */
  readonly on: string | null;
  readonly args: Readonly<Record<string, unknown>>;
  /** Null: a value without parts. */
  readonly fields: readonly Field[] | null;
}

export interface Operation {
  readonly type: 'query' | 'mutation';
  readonly fields: readonly Field[];
}

const TOKEN = /\.\.\.|[{}()[\]:!=@]|"(?:[^"\\]|\\.)*"|\$?[A-Za-z_]\w*|-?\d+(?:\.\d+)?|[^\s,]/g;

/** Reads `text`, and puts the `variables` where they are named. @throws GraphqlProblem */
export function parseDocument(text: string, variables: Readonly<Record<string, unknown>>): Operation {
  return new Parser(text.replace(/#.*$/gm, '').match(TOKEN) ?? [], variables).operation();
}

class Parser {
  readonly #tokens: readonly string[];
  readonly #variables: Readonly<Record<string, unknown>>;
  #at = 0;

  constructor(tokens: readonly string[], variables: Readonly<Record<string, unknown>>) {
    this.#tokens = tokens;
    this.#variables = variables;
  }

  operation(): Operation {
    const type = this.#peek() === '{' ? 'query' : this.#next();
    if (type !== 'query' && type !== 'mutation') throw unexpected(type);
    if (isName(this.#peek())) this.#next();
    if (this.#peek() === '(') this.#skipVariables();
    const fields = this.#selection();
    if (this.#peek() !== undefined) throw unexpected(this.#peek());
    return { type, fields };
  }

  /** Their types are not looked at: what is done with them says what they have to be. */
  #skipVariables(): void {
    while (this.#next() !== ')');
  }

  #selection(on: string | null = null): Field[] {
    this.#expect('{');
    const fields: Field[] = [];
    while (this.#peek() !== '}') {
      if (this.#peek() === '...') fields.push(...this.#fragment());
      else fields.push(this.#field(on));
    }
    this.#expect('}');
    return fields;
  }

  #fragment(): Field[] {
    this.#expect('...');
    this.#expect('on');
    return this.#selection(this.#name());
  }

  #field(on: string | null): Field {
    const alias = this.#name();
    const hasAlias = this.#peek() === ':';
    if (hasAlias) this.#next();
    const name = hasAlias ? this.#name() : alias;
    const args = this.#peek() === '(' ? this.#pairs('(', ')') : {};
    return { name, alias, on, args, fields: this.#peek() === '{' ? this.#selection() : null };
  }

  #name(): string {
    const name = this.#next();
    if (!isName(name)) throw unexpected(name);
    return name;
  }

  #pairs(open: string, close: string): Record<string, unknown> {
    const pairs: Record<string, unknown> = {};
    this.#expect(open);
    while (this.#peek() !== close) {
      const name = this.#next();
      this.#expect(':');
      pairs[name] = this.#value();
    }
    this.#expect(close);
    return pairs;
  }

  #value(): unknown {
    if (this.#peek() === '{') return this.#pairs('{', '}');
    const token = this.#next();
    if (token.startsWith('$')) return this.#variables[token.slice(1)] ?? null;
    if (token === 'null') return null;
    if (token === 'true' || token === 'false') return token === 'true';
    if (isName(token)) return token;
    // Strings and numbers are written as in JSON.
    if (/^["\d-]/.test(token)) return JSON.parse(token);
    throw unexpected(token);
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw unexpected(token);
    this.#at += 1;
    return token;
  }

  #expect(token: string): void {
    const next = this.#next();
    if (next !== token) throw unexpected(next);
  }
}

function isName(token: string | undefined): token is string {
  return token !== undefined && /^[A-Za-z_]/.test(token);
}

function unexpected(token: string | undefined): GraphqlProblem {
  return new GraphqlProblem(token === undefined ? 'Unexpected end of document' : `Unexpected "${token}"`);
}
