/** A browser without a screen: follows no redirect by itself, keeps cookies by path, reads forms. */
export type Visitor = {
  get(url: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a form as a page of the same origin would; headers may say otherwise. */
  post(url: string, form: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Goes on while the answer leads to a page of the provider. */
  follow(answer: Answer): Promise<Answer>;
  /** Every Set-Cookie so far, as it was sent. */
  setCookies(): readonly string[];
};

export type Answer = {
  status: number;
  /** Address that was asked. */
  url: string;
  location: string | null;
  headers: Headers;
  text: string;
};

export type Form = { action: string; hidden: Record<string, string> };

type Cookie = { name: string; value: string; path: string };

const decode = (text: string): string =>
  text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&#x27;", "'");
const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}=("([^"]*)"|'([^']*)')`, "i").exec(tag);
  return found === null ? null : decode(found[2] ?? found[3] ?? "");
};

/** The form of a page that is sent by POST, its address absolute. */
export function formOf({ text, url }: Answer): Form {
  const [whole, tag] = /(<form\b[^>]*>)[\s\S]*?<\/form>/i.exec(text) ?? [];
  if (whole === undefined || tag === undefined)
    throw new Error(`no form at ${new URL(url).pathname}: ${text.slice(0, 300)}`);
  const inputs = [...whole.matchAll(/<input\b[^>]*>/gi)].map(([input]) => input);
  const hidden = inputs.filter((input) => attribute(input, "type") === "hidden");
  return {
    action: new URL(attribute(tag, "action") || url, url).href,
    hidden: Object.fromEntries(
      hidden.map((input) => [attribute(input, "name") ?? "", attribute(input, "value") ?? ""]),
    ),
  };
}

/** Addresses of links in a page, absolute. */
export const linksOf = ({ text, url }: Answer): string[] =>
  [...text.matchAll(/<a\b[^>]*>/gi)].flatMap(([tag]) => {
    const href = attribute(tag, "href");
    return href === null ? [] : [new URL(href, url).href];
  });

export function openVisitor(language = "en"): Visitor {
  const jar = new Map<string, Cookie>();
  const lines: string[] = [];
  const keep = (headers: Headers, url: URL): void => {
    lines.push(...headers.getSetCookie());
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
      const [name = "", ...value] = pair.split("=");
      const option = (wanted: string): string | undefined =>
        rest.find((part) => part.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
      const path = option("path") ?? url.pathname.replace(/\/[^/]*$/, "/");
      const expires = option("expires");
      const gone = option("max-age") === "0" || (expires !== undefined && Date.parse(expires) <= Date.now());
      if (gone) jar.delete(`${name} ${path}`);
      else jar.set(`${name} ${path}`, { name, value: value.join("="), path });
    }
  };
  const ask = async (url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> => {
    const at = new URL(url);
    const sent = [...jar.values()].filter(({ path }) => `${at.pathname}/`.startsWith(path.replace(/\/?$/, "/")));
    const response = await fetch(at, {
      ...init,
      redirect: "manual",
      headers: {
        "accept-language": language,
        ...(sent.length > 0 && { cookie: sent.map(({ name, value }) => `${name}=${value}`).join("; ") }),
        ...init.headers,
      },
    });
    keep(response.headers, at);
    const location = response.headers.get("location");
    return {
      status: response.status,
      url,
      location: location === null ? null : new URL(location, url).href,
      headers: response.headers,
      text: await response.text(),
    };
  };
  const get: Visitor["get"] = (url, headers = {}) => ask(url, { method: "GET", headers });
  return {
    get,
    post: (url, form, headers = {}) =>
      ask(url, {
        method: "POST",
        body: new URLSearchParams(form).toString(),
        headers: {
          "content-type": "application/x-www-form-urlencoded",
          origin: new URL(url).origin,
          "sec-fetch-site": "same-origin",
          ...headers,
        },
      }),
    async follow(answer) {
      let current = answer;
      for (let steps = 0; current.location !== null && /\/realms\//.test(new URL(current.location).pathname); steps++) {
        if (steps > 10) throw new Error(`redirects without end at ${current.location}`);
        current = await get(current.location);
      }
      return current;
    },
    setCookies: () => lines,
  };
}
