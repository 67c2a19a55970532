import page from "../Page.module.css";

/** Terms in words, a sentence a line: each is a rule of its own. */
export function TermsText({ text }: { text: string }) {
  return (
    <ul className={page.bullets}>
      {sentences(text).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}

function sentences(text: string): string[] {
  return text.split(/(?<=\.)\s+/).filter((sentence) => sentence.trim() !== "");
}
