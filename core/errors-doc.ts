import { ERRORS, type ErrorCode } from "./errors.ts";

const INTRODUCTION = `# Errors

Every door of Madang uses the codes below and no others. REST answers carry them as problem details
(\`application/problem+json\`, RFC 9457) with \`type\` \`/problems/<code>\`, \`title\`, \`status\`, \`detail\`, \`code\`,
\`action\` and \`errors\`, a list of \`{field, rule, fix}\`; GraphQL answers as \`errors[].extensions.code\`. No answer repeats
a value that was sent. Codes that begin with \`ROW_\` are reasons why one reading was refused while the others of its batch
were taken. This page is generated from \`core/errors.ts\`.

`;

const HEADER = ["code", "status", "what it means", "what to do"];

/** A Markdown table with its columns aligned, as the formatter of the project would write it. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = HEADER.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => {
    return `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |\n`;
  };
  return [HEADER, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("");
}

/** The text of `docs/errors.md`: one line for each code, in the order of the registry. */
export function renderErrors(): string {
  const codes = Object.keys(ERRORS) as ErrorCode[];
  const rows = codes.map((code) => {
    const { status, title, action } = ERRORS[code];
    return [`<a id="${code}"></a>\`${code}\``, String(status), title, action];
  });
  return `${INTRODUCTION}${table(rows)}`;
}
