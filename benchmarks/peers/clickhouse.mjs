// Runs ClickHouse inside this process for CccRules.Compare: a line of JSON with a query in, a line with its result and its processor time out.
import { createInterface } from "node:readline";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";

const folder = mkdtempSync(join(tmpdir(), "ccc-clickhouse-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const session = new Session(folder);

for await (const line of createInterface({ input: process.stdin })) {
  const { query, format } = JSON.parse(line);
  const before = process.cpuUsage();
  let result, error;
  try {
    result = session.query(query, format);
  } catch (fault) {
    error = String(fault);
  }
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ result: result ?? "", error, microseconds: user + system }));
}
