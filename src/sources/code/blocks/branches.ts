// Reads what of Ruby and Elixir may run or not, once or often: branches, loops, and what is done after errors.

import type { Span } from '../../../text/span.ts';
import type { Expression, Statement } from '../tree/tree.ts';
import { ExpressionReader } from './expressions.ts';
import { negated } from './shapes.ts';

export abstract class BranchReader extends ExpressionReader {
  /** Up to its `end`, with what happens after errors. */
  protected blockWithRescue(place: Span): readonly Statement[] {
    const body = this.body();
    const handlers: (readonly Statement[])[] = [];
    const behind: Statement[] = [];
    while (this.is('rescue', 'ensure', 'else', 'catch', 'after', 'elsif', 'when', 'in')) {
      const isEnsured = this.is('ensure', 'after');
      this.at += 1;
      if (!isEnsured) while (this.token.kind !== 'line' && this.token.kind !== 'end') this.at += 1;
      const inner = this.body();
      if (isEnsured) behind.push(...inner);
      else handlers.push(inner);
    }
    this.takes('end');
    return handlers.length + behind.length === 0 ? body : [{ kind: 'attempt', body, handlers, behind, place }];
  }

  protected attempt(place: Span): Statement {
    const [first, ...rest] = this.blockWithRescue(place);
    return first?.kind === 'attempt' && rest.length === 0 ? first : { kind: 'attempt', body: [...(first ? [first] : []), ...rest], handlers: [], behind: [], place };
  }

  protected if(place: Span, isNegated: boolean): Statement {
    const written = this.wholly(() => this.expression(), true);
    const test = isNegated ? negated(written) : written;
    if (this.takes(',')) return { kind: 'choice', test, yes: this.#keyed('do'), no: this.takes(',') ? this.#keyed('else') : [], place };
    this.takes('then', 'do');
    const yes = this.body();
    const start = this.token.place;
    if (this.takes('elsif')) return { kind: 'choice', test, yes, no: [this.#further(start)], place };
    const no = this.takes('else') ? this.body() : [];
    this.takes('end');
    return { kind: 'choice', test, yes, no, place };
  }

  /** `do: …`. */
  #keyed(key: string): readonly Statement[] {
    this.skipLines();
    if (this.token.kind !== 'key' || this.token.text !== key) return [];
    this.at += 1;
    return [this.simple(this.token.place)];
  }

  /** `elsif`. */
  #further(place: Span): Statement {
    if (this.isTooDeep) return { kind: 'unreadable', place };
    this.depth += 1;
    const found = this.if(place, false);
    this.depth -= 1;
    return found;
  }

  /** `for x <- list do … end`; anything else in it is not followed. */
  protected for(place: Span): Statement {
    const start = this.at;
    this.at += 1;
    const each = this.wholly(() => this.expression(), true);
    if (each.kind === 'binary' && each.operator === '<-') {
      const { left: pattern, right: of } = each;
      if (this.takes('do')) {
        const body = this.body();
        this.takes('end');
        return { kind: 'each', pattern, of, body, behind: [], place };
      }
      if (this.is(',') && this.peek(1).kind === 'key' && this.peek(1).text === 'do') {
        this.at += 1;
        return { kind: 'each', pattern, of, body: this.#keyed('do'), behind: [], place };
      }
    }
    this.at = start;
    return this.unknownBlock(place);
  }

  /** Nobody knows how often it runs, or which of its arms. */
  protected unknownBlock(place: Span): Statement {
    const test = this.other(place);
    this.at += 1;
    const isKeyed = (): boolean => this.token.kind === 'key' && this.token.text === 'do';
    while (!/^(?:end|line)$/.test(this.token.kind) && !this.is('do') && !isKeyed()) this.at += 1;
    if (isKeyed()) return { kind: 'while', test, body: this.#keyed('do'), place };
    this.takes('do');
    const body: Statement[] = [];
    for (body.push(...this.body()); !this.isOver && !this.takes('end'); body.push(...this.body())) {
      this.at += 1;
      while (!/^(?:end|line)$/.test(this.token.kind) && !this.is('then', '->')) this.at += 1;
      this.takes('then', '->');
    }
    return { kind: 'while', test, body, place };
  }

  /** `… if …`, `… unless …`. */
  protected modified(statement: Statement): Statement {
    const isNegated = this.is('unless');
    if (!this.takes('if', 'unless')) return statement;
    const written = this.expression();
    const test = isNegated ? negated(written) : written;
    return { kind: 'choice', test, yes: [statement], no: [], place: statement.place };
  }

  protected simple(place: Span): Statement {
    const first = this.expression();
    if (this.is('=', '+=', '||=')) {
      const operator = this.token.text === '+=' ? '+=' : '=';
      this.at += 1;
      this.skipLines();
      return { kind: 'assignment', targets: [first], operator, value: this.expression(), place: this.since(place) };
    }
    const value: Expression = first.kind === 'name' ? { kind: 'call', callee: first, args: [], place: first.place } : first;
    return { kind: 'expression', value, place: this.since(place) };
  }

  protected raise(place: Span): readonly Statement[] {
    const statement: Statement = { kind: 'raise', place };
    const isModified = (): boolean => this.is('if', 'unless');
    while (this.token.kind !== 'line' && this.token.kind !== 'end' && !this.is('}', 'end') && !isModified()) this.at += 1;
    return [this.modified(statement)];
  }
}
