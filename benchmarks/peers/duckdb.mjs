// Runs DuckDB inside this process for CccRules.Compare, on one thread: a line of JSON with a query in, a line with its first row and its processor time out.
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const connection = await instance.connect();

for await (const line of createInterface({ input: process.stdin })) {
  const { query } = JSON.parse(line);
  const before = process.cpuUsage();
  let result = "", error;
  try {
    const reader = await connection.runAndReadAll(query);
    result = reader.getRows()[0]?.map(String).join("\t") ?? "";
  } catch (fault) {
    error = String(fault);
  }
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ result, error, microseconds: user + system }));
}
