export async function test(_root: string, _filter: string[]): Promise<number> {
  return 1;
}
