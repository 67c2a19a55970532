export async function bench(_root: string, _rest: string[]): Promise<number> {
  return 1;
}
