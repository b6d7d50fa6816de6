// placeholder
export async function writeCsvOfWorkbook(_from: string, to: string, _sheet?: string): Promise<string> {
  return to;
}
