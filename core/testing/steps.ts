/** Tries a part of a pattern at a place; `next` tries what stands behind it. */
type Match = (at: number, next: (at: number) => boolean) => boolean;
/** A part and the most characters that it can take. */
type Part = { readonly match: Match; readonly width: number };

/** What one attempt of a pattern at one place cost, and where it ended (-1: no match). */
export type Attempt = { readonly steps: number; readonly end: number };

/**
 * Counts what a backtracking engine does: how many characters and assertions it looks at to match a pattern at one place
 * of a text, in the order in which ECMAScript tries alternatives. Knows what our patterns use: characters, classes,
 * groups, alternatives, quantifiers, lookaround, anchors and named references.
 * @throws SyntaxError for syntax that it does not know
 */
export function stepCounter({ source, flags }: RegExp): (text: string, at: number) => Attempt {
  let text = "";
  let steps = 0;
  const named = new Map<string, string>();
  let place = 0;

  const peek = (word: string): boolean => source.startsWith(word, place);
  const take = (word: string): boolean => {
    if (!peek(word)) return false;
    place += word.length;
    return true;
  };
  const lexeme = (pattern: RegExp): RegExpExecArray | null => {
    const sticky = new RegExp(pattern.source, "y");
    sticky.lastIndex = place;
    const found = sticky.exec(source);
    if (found !== null) place = sticky.lastIndex;
    return found;
  };

  function alternatives(): Part {
    const parts = [sequence()];
    while (take("|")) parts.push(sequence());
    return {
      match: (at, next) => parts.some(({ match }) => match(at, next)),
      width: Math.max(...parts.map(({ width }) => width)),
    };
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (place < source.length && !peek("|") && !peek(")")) parts.push(quantified());
    return {
      match: parts.reduceRight<Match>(
        (rest, { match }) =>
          (at, next) =>
            match(at, (then) => rest(then, next)),
        (at, next) => next(at),
      ),
      width: parts.reduce((sum, { width }) => sum + width, 0),
    };
  }

  function quantified(): Part {
    const part = atom();
    const found = lexeme(/\?|\*|\+|\{(\d+)(,?)(\d*)\}/);
    if (found === null) return part;
    const lazy = take("?");
    const [sign, least = "", comma, greatest] = found;
    const min = least === "" ? (sign === "+" ? 1 : 0) : Number(least);
    const max = sign === "?" ? 1 : comma === "" ? min : greatest ? Number(greatest) : Number.POSITIVE_INFINITY;
    const again =
      (count: number, from: number): Match =>
      (at, next) => {
        const more = () =>
          count < max && (at > from || count <= min) && part.match(at, (then) => again(count + 1, at)(then, next));
        if (count < min) return more();
        return lazy ? next(at) || more() : more() || next(at);
      };
    return { match: again(0, -1), width: part.width * max };
  }

  function atom(): Part {
    if (take("^")) return assertion((at) => at === 0);
    if (take("$")) return assertion((at) => at === text.length);
    const group = lexeme(/\((?:\?(?:(:)|(=)|(!)|(<=)|(<!)|<(\w+)>))?/);
    if (group !== null) {
      const [, , ahead, notAhead, behind, notBehind, name] = group;
      const part = alternatives();
      if (!take(")")) throw new SyntaxError(`no end of a group in ${source}`);
      if (ahead ?? notAhead) return assertion((at) => part.match(at, () => true) === (ahead !== undefined));
      if (behind ?? notBehind) return assertion((at) => isBehind(part, at) === (behind !== undefined));
      return name === undefined ? part : capture(name, part);
    }
    const reference = lexeme(/\\k<(\w+)>/)?.[1];
    if (reference !== undefined) {
      return {
        width: 3,
        match: (at, next) => {
          steps++;
          const word = named.get(reference) ?? "";
          return text.startsWith(word, at) && next(at + word.length);
        },
      };
    }
    const one = lexeme(/\[(?:\\.|[^\]\\])*\]|\\p\{[^}]+\}|\\u[0-9a-fA-F]{4}|\\.|[^()|]/su)?.[0];
    if (one === undefined) throw new SyntaxError(`unknown syntax at ${place} of ${source}`);
    const test = new RegExp(`^${one}$`, flags.includes("i") ? "iu" : "u");
    return {
      width: 2,
      match: (at, next) => {
        steps++;
        const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
        return at < text.length && test.test(character) && next(at + character.length);
      },
    };
  }

  const assertion = (holds: (at: number) => boolean): Part => ({
    width: 0,
    match: (at, next) => {
      steps++;
      return holds(at) && next(at);
    },
  });

  function isBehind({ match, width }: Part, at: number): boolean {
    for (let from = at; from >= Math.max(0, at - width); from--) if (match(from, (end) => end === at)) return true;
    return false;
  }

  const capture = (name: string, { match, width }: Part): Part => ({
    width,
    match: (at, next) =>
      match(at, (end) => {
        const before = named.get(name);
        named.set(name, text.slice(at, end));
        if (next(end)) return true;
        if (before !== undefined) named.set(name, before);
        return false;
      }),
  });

  const whole = alternatives();
  if (place < source.length) throw new SyntaxError(`unknown syntax at ${place} of ${source}`);
  return (input, at) => {
    text = input;
    steps = 0;
    named.clear();
    let end = -1;
    whole.match(at, (then) => {
      end = then;
      return true;
    });
    return { steps, end };
  };
}
