/** Saves a text as a file on this device. */
export function saveText(name: string, text: string, type = "text/plain;charset=utf-8"): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Saves what was fetched as a file on this device. */
export function saveBlob(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
